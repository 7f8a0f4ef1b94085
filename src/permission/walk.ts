/** The operation that will run, field by field: what is picked, what is pruned of it, and what makes it refused. */
import {
  getNamedType,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { inputFromAst, inputFromConstant, type Guard, type Input, type Variables } from "./input.ts";
import { argumentCoordinate, memberCoordinate, typeCoordinate, type Coordinate } from "./coordinate.ts";
import type { PermissionSet } from "./compile.ts";
import type { Reason } from "./rules.ts";
import { Uses } from "./use.ts";

/** One response key of an object, with everything that was asked of it by whichever fragment. */
export interface Picked {
  readonly key: string;
  /** The object type on which it is picked. */
  readonly type: string;
  readonly field: string;
  readonly coordinate: Coordinate;
  /** Cut out: answered with null, and with one error for its coordinate. */
  readonly denied: boolean;
  readonly arguments: ReadonlyMap<string, Input>;
  /** What is picked of the result, by the result's concrete type. */
  readonly picks: ReadonlyMap<string, readonly Picked[]>;
  readonly nodes: readonly FieldNode[];
  /** Where it stands in the answer; `@` for any place of a list. */
  readonly path: string;
}

export type Usage = "SELECT" | "FILTER" | "ORDER" | "GROUP" | "WRITE" | "ARGUMENT";

export interface Denial {
  readonly coordinate: Coordinate;
  readonly usage: Usage;
  readonly reason: Reason;
  readonly affectedPath: string;
  /** In how many places of the operation. */
  readonly count: number;
}

export interface Question {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** After coercion, with defaults. */
  readonly variables: Variables;
  readonly set: PermissionSet;
}

/** One walk over the operation that will run. A class because the walk has a state that must not leave it. */
export class Walk {
  readonly guards: Guard[] = [];
  readonly denials = new Map<string, Denial>();
  readonly refusals = new Map<string, Denial>();
  readonly uses = new Uses();
  readonly #question: Question;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(question: Question) {
    this.#question = question;
    this.#fragments = new Map(
      question.document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    );
  }

  pick(type: GraphQLObjectType, sets: readonly SelectionSetNode[], { path, use }: Place): readonly Picked[] {
    const fields = new Map<string, FieldNode[]>();
    const silent = !this.#question.set.open.has(typeCoordinate(type.name));
    for (const set of sets) this.#collect(type, set.selections, { fields, silent });
    return [...fields].map(([key, nodes]) =>
      this.#field(type, { key, nodes, path: path === "" ? key : `${path}.${key}`, beneath: use }),
    );
  }

  /** Groups what is asked of one object type by response key, through fragments that apply to it. */
  #collect(type: GraphQLObjectType, selections: readonly SelectionNode[], into: Collected): void {
    for (const selection of selections) {
      if (!this.#included(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = into.fields.get(key);
        if (into.silent || nodes?.includes(selection) === true) continue;
        if (nodes === undefined) into.fields.set(key, [selection]);
        else nodes.push(selection);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
      if (fragment === undefined) continue;
      const on = fragment.typeCondition?.name.value;
      if (on !== undefined && !this.#applies(on, type)) continue;
      const open = this.#question.set.open.has(typeCoordinate(type.name));
      const silent = on === undefined ? into.silent : !open && on !== type.name;
      this.#collect(type, fragment.selectionSet.selections, { fields: into.fields, silent });
    }
  }

  #applies(condition: string, type: GraphQLObjectType): boolean {
    const { schema } = this.#question;
    const named = schema.getType(condition);
    return named === type || (isAbstractType(named) && schema.isSubType(named, type));
  }

  #included(selection: SelectionNode): boolean {
    return (selection.directives ?? []).every((directive) => {
      const name = directive.name.value;
      if (name !== "skip" && name !== "include") return true;
      const value = directive.arguments?.[0]?.value;
      return this.#truth(value) === (name === "include");
    });
  }

  #truth(node: ValueNode | undefined): boolean {
    if (node?.kind === Kind.BOOLEAN) return node.value;
    if (node?.kind !== Kind.VARIABLE) return false;
    const name = node.name.value;
    const value = this.#question.variables[name] === true;
    this.guards.push((variables) => (variables[name] === true) === value);
    return value;
  }

  #field(type: GraphQLObjectType, at: Asked): Picked {
    const [node] = at.nodes;
    const name = node?.name.value ?? "";
    const coordinate = memberCoordinate(type.name, name);
    const bare = { key: at.key, type: type.name, field: name, coordinate, nodes: at.nodes, path: at.path };
    const nothing = { arguments: new Map<string, Input>(), picks: new Map<string, readonly Picked[]>() };
    if (name.startsWith("__")) return { ...bare, ...nothing, denied: false }; // part of GraphQL, not of any account
    const field = type.getFields()[name];
    if (node === undefined || field === undefined) throw new Error(`${coordinate} is not in the schema.`);
    const use = this.uses.add(coordinate, at.beneath);
    if (!this.#question.set.open.has(coordinate)) {
      this.#deny(coordinate, at, this.#refuses(type, field));
      return { ...bare, ...nothing, denied: true };
    }
    const values = this.#arguments({ type: type.name, field, node, at, use });
    return { ...bare, arguments: values, picks: this.#below(field.type, { ...at, use }), denied: false };
  }

  /** Mutations are refused whole, and so is the operation around a root that cannot be null. */
  #refuses(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): boolean {
    const { operation, schema } = this.#question;
    const isRoot = type === schema.getRootType(operation.operation);
    return isRoot && (operation.operation !== OperationTypeNode.QUERY || isNonNullType(field.type));
  }

  #below(output: GraphQLOutputType, at: Asked & Place): ReadonlyMap<string, readonly Picked[]> {
    const named = getNamedType(output);
    const sets = at.nodes.flatMap((node) => (node.selectionSet === undefined ? [] : [node.selectionSet]));
    const place = { path: isList(output) ? `${at.path}.@` : at.path, use: at.use };
    const picks = new Map<string, readonly Picked[]>();
    if (isObjectType(named)) picks.set(named.name, this.pick(named, sets, place));
    else if (isAbstractType(named)) {
      for (const type of this.#question.schema.getPossibleTypes(named)) {
        const picked = this.pick(type, sets, place);
        if (picked.length > 0) picks.set(type.name, picked);
      }
    }
    return picks;
  }

  #arguments(of: ArgumentsOf): ReadonlyMap<string, Input> {
    const given = new Map((of.node.arguments ?? []).map((argument) => [argument.name.value, argument.value]));
    const values = new Map<string, Input>();
    for (const argument of of.field.args) {
      const usage = this.#usage(argument.name);
      const path = `${of.at.path}(${argument.name}:)`;
      const use = (coordinate: Coordinate): void => {
        this.uses.add(coordinate, of.use);
        if (!this.#question.set.open.has(coordinate)) this.#refuse(coordinate, usage, path);
      };
      const scope = {
        variables: this.#question.variables,
        guards: this.guards,
        use: (type: string, member: string): void => use(memberCoordinate(type, member)),
      };
      let value = inputFromAst(given.get(argument.name), argument.type, scope);
      if (value !== undefined) use(argumentCoordinate(of.type, of.field.name, argument.name));
      else if (argument.defaultValue !== undefined) {
        value = inputFromConstant(argument.defaultValue, argument.type, scope);
      }
      if (value !== undefined) values.set(argument.name, value);
    }
    return values;
  }

  #usage(argument: string): Usage {
    if (this.#question.operation.operation === OperationTypeNode.MUTATION) return "WRITE";
    return USAGES.get(argument) ?? "ARGUMENT";
  }

  #deny(coordinate: Coordinate, at: Asked, refuses: boolean): void {
    if (refuses) {
      this.#refuse(
        coordinate,
        this.#question.operation.operation === OperationTypeNode.MUTATION ? "WRITE" : "SELECT",
        at.path,
      );
    } else this.#count(this.denials, { coordinate, usage: "SELECT", path: at.path });
  }

  #refuse(coordinate: Coordinate, usage: Usage, path: string): void {
    this.#count(this.refusals, { coordinate, usage, path });
  }

  #count(into: Map<string, Denial>, what: { coordinate: Coordinate; usage: Usage; path: string }): void {
    const key = `${what.usage} ${what.coordinate}`;
    const known = into.get(key);
    const reason = this.#question.set.closed.get(what.coordinate) ?? "ROLE";
    into.set(key, {
      coordinate: what.coordinate,
      usage: what.usage,
      reason,
      affectedPath: known?.affectedPath ?? what.path,
      count: (known?.count ?? 0) + 1,
    });
  }
}

/** What the arguments of lists are for, by the names that all lists share. */
const USAGES: ReadonlyMap<string, Usage> = new Map([
  ["filter", "FILTER"],
  ["orderBy", "ORDER"],
  ["groupBy", "GROUP"],
]);

interface Collected {
  readonly fields: Map<string, FieldNode[]>;
  /**
   * The type is closed, and what comes now is asked of an interface that it has: that a type nobody named lacks a field
   * is not worth an error.
   */
  readonly silent: boolean;
}

interface Asked {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly path: string;
  /** The use of the field beneath which it is asked. */
  readonly beneath: number;
}

/** A field of which something is picked: where it stands in the answer, and its use. */
interface Place {
  readonly path: string;
  readonly use: number;
}

interface ArgumentsOf {
  readonly type: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly at: Asked;
  /** The field's own. */
  readonly use: number;
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);
