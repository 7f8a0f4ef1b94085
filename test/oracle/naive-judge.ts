/** What is said of an operation before anything runs: what it may not use, and what is wrong with what it was given. */
import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isObjectType,
  isInterfaceType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { inputUses, argumentProblems, usageIn, type Use } from "./naive-argument.ts";
import type { Sight } from "./naive-sight.ts";

export interface Judgement {
  /** Output fields that are answered with null, in the order in which they first occur. */
  readonly denied: readonly Use[];
  /** Uses for which the whole operation is refused. */
  readonly refused: readonly Use[];
  /** Codes of what is wrong with arguments. */
  readonly problems: readonly string[];
  /** The same of what lies beneath a denied field, where the rules do not say whether it is judged. */
  readonly beneath: { readonly refused: readonly Use[]; readonly problems: readonly string[] };
}

export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Walk {
  readonly operation: Operation;
  readonly sight: Sight;
  readonly denied: Use[];
  readonly refused: Use[];
  readonly problems: string[];
  readonly beneath: { readonly refused: Use[]; readonly problems: string[] };
}

/** Selections that one object of the answer is made from, each with where it was found. */
interface Found {
  readonly set: SelectionSetNode;
  readonly place: Place;
}

interface Place {
  readonly parent: GraphQLCompositeType;
  /** The object types that can be met here: what lies in a fragment on another is never reached. */
  readonly possible: readonly GraphQLObjectType[];
  /** Lies beneath a denied field. */
  readonly pruned: boolean;
}

interface FoundField {
  readonly node: FieldNode;
  readonly place: Place;
}

export function judge(operation: Operation, sight: Sight): Judgement {
  const walk: Walk = {
    operation,
    sight,
    denied: [],
    refused: [],
    problems: [],
    beneath: { refused: [], problems: [] },
  };
  const query = operation.schema.getQueryType();
  const definition = operation.document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (!query || definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation to judge");
  judgeObject(walk, [{ set: definition.selectionSet, place: { parent: query, possible: [query], pruned: false } }], []);
  return walk;
}

/** Type by type where there are several, in the order of the schema. */
function judgeObject(walk: Walk, found: readonly Found[], path: readonly string[]): void {
  for (const object of new Set(found.flatMap(({ place }) => place.possible))) {
    const here = found.filter(({ place }) => place.possible.includes(object));
    const narrowed = here.map(({ set, place }) => ({ set, place: { ...place, possible: [object] } }));
    judgeType(walk, narrowed, path);
  }
}

/** Key by key in the order of the answer, so that denials come in the order in which their nulls do. */
function judgeType(walk: Walk, found: readonly Found[], path: readonly string[]): void {
  const keys = new Map<string, FoundField[]>();
  for (const { set, place } of found) collect(walk, set, { place, keys });
  for (const [key, fields] of keys) {
    const beneath = fields.map((field) => judgeField(walk, field, [...path, key])).filter((part) => part !== undefined);
    const isList = beneath.some(({ list }) => list);
    judgeObject(walk, beneath, [...path, key, ...(isList ? ["@"] : [])]);
  }
}

function collect(
  walk: Walk,
  set: SelectionSetNode,
  into: { readonly place: Place; readonly keys: Map<string, FoundField[]> },
): void {
  const { place, keys } = into;
  for (const node of set.selections) {
    if (!included(walk.operation, node)) continue;
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      keys.set(key, [...(keys.get(key) ?? []), { node, place }]);
      continue;
    }
    const fragment =
      node.kind === Kind.INLINE_FRAGMENT ? node : fragmentNamed(walk.operation.document, node.name.value);
    const condition = fragment.typeCondition?.name.value;
    const type = condition === undefined ? place.parent : walk.operation.schema.getType(condition);
    if (!isCompositeType(type)) throw new Error(`no type is called ${condition}`);
    const possible = place.possible.filter((object) => possibleTypes(walk, type).includes(object));
    if (possible.length > 0)
      collect(walk, fragment.selectionSet, { place: { ...place, parent: type, possible }, keys });
  }
}

const possibleTypes = ({ operation }: Walk, type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
  isObjectType(type) ? [type] : operation.schema.getPossibleTypes(type);

function fragmentNamed(document: DocumentNode, name: string) {
  const found = document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
  if (found?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`no fragment is called ${name}`);
  return found;
}

export function included({ variables }: Operation, node: SelectionNode): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, { ...variables });
  const include = getDirectiveValues(GraphQLIncludeDirective, node, { ...variables });
  return skip?.["if"] !== true && include?.["if"] !== false;
}

/** What lies beneath the field; undefined where nothing can. */
function judgeField(
  walk: Walk,
  { node, place }: FoundField,
  path: readonly string[],
): (Found & { readonly list: boolean }) | undefined {
  if (node.name.value === "__typename") return undefined;
  const { parent } = place;
  if (!isObjectType(parent) && !isInterfaceType(parent)) throw new Error("fields lie on objects and interfaces");
  const definition = parent.getFields()[node.name.value];
  if (definition === undefined) throw new Error(`${parent.name} has no ${node.name.value}`);
  const coordinate = `${parent.name}.${definition.name}`;
  const reasons = walk.sight.access.closed(coordinate);
  if (reasons !== undefined && !place.pruned) add(walk.denied, { coordinate, usage: "SELECT", reasons, path });
  const pruned = place.pruned || reasons !== undefined;
  argumentsOf(walk, node, { definition, coordinate, path, pruned });
  const type = getNamedType(definition.type);
  if (!node.selectionSet || !isCompositeType(type)) return undefined;
  const inner = { parent: type, possible: possibleTypes(walk, type), pruned };
  return { set: node.selectionSet, place: inner, list: String(definition.type).startsWith("[") };
}

function argumentsOf(
  walk: Walk,
  node: FieldNode,
  at: {
    readonly definition: GraphQLField<unknown, unknown>;
    readonly coordinate: string;
    readonly path: readonly string[];
    readonly pruned: boolean;
  },
): void {
  const values = getArgumentValues(at.definition, node, { ...walk.operation.variables });
  const into = at.pruned ? walk.beneath : walk;
  for (const argument of node.arguments ?? []) {
    const name = argument.name.value;
    const declared = at.definition.args.find((other) => other.name === name);
    const omitted = argument.value.kind === Kind.VARIABLE && !(argument.value.name.value in walk.operation.variables);
    if (declared === undefined || omitted) continue;
    const coordinate = `${at.coordinate}(${name}:)`;
    for (const used of [coordinate, ...inputUses(declared.type, values[name])]) {
      const reasons = walk.sight.access.closed(used);
      if (reasons !== undefined) add(into.refused, { coordinate: used, usage: usageIn(name), reasons, path: at.path });
    }
  }
  const listed = /^(\w+)Connection$/.exec(getNamedType(at.definition.type).name)?.[1];
  into.problems.push(...argumentProblems(walk.sight, { coordinate: at.coordinate, listed, values }));
}

function add(uses: Use[], use: Use): void {
  if (!uses.some(({ coordinate }) => coordinate === use.coordinate)) uses.push(use);
}
