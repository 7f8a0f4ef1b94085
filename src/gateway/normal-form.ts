/**
 * An operation as it may be kept: what it asks for, and not a value. Two that differ only in values, aliases, spacing or the
 * order of arguments come to the same text. What a coordinate names stays: fields, arguments, input fields, enum values.
 */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type ASTVisitor,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import type { KnownOperation } from "./document.ts";

/** What is longer is cut: it is there for people to know it again. */
const LONGEST = 20_000;

export function normalForm({ schema, document, operation }: KnownOperation): string {
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const info = new TypeInfo(schema);
  const used = [operation, ...reachable(operation, fragments)];
  const texts = used.map((definition) => print(visit(definition, visitWithTypeInfo(info, stripping(info)))));
  const [first = "", ...others] = texts;
  const text = [first, ...others.toSorted()].join("\n\n");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The fragments that the operation comes to use: a document may hold others, for its siblings. */
function reachable(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FragmentDefinitionNode[] {
  const found = new Set<FragmentDefinitionNode>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || found.has(fragment)) return;
        found.add(fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return [...found];
}

function stripping(info: TypeInfo): ASTVisitor {
  return {
    Argument: {
      leave: (node) => {
        // What a literal leaves out or takes in belongs to what is asked, not to whom or what it is asked about.
        const isStructure = ["skip", "include"].includes(info.getDirective()?.name ?? "");
        if (isStructure && node.value.kind === Kind.BOOLEAN) return undefined;
        return { ...node, value: stripped(node.value, info.getInputType()) };
      },
    },
    VariableDefinition: {
      leave: (node) =>
        node.defaultValue === undefined
          ? undefined
          : { ...node, defaultValue: stripped(node.defaultValue, info.getInputType()) },
    },
    // An alias is often made from a value: `user_123: node(id: "123")`.
    Field: { leave: ({ alias: _alias, ...node }) => ({ ...node, arguments: byName(node.arguments ?? []) }) },
    Directive: { leave: (node) => ({ ...node, arguments: byName(node.arguments ?? []) }) },
    SelectionSet: { leave: (node): SelectionSetNode => ({ ...node, selections: once(node.selections) }) },
    OperationDefinition: {
      leave: (node) => ({
        ...node,
        variableDefinitions: (node.variableDefinitions ?? []).toSorted((one, other) =>
          one.variable.name.value < other.variable.name.value ? -1 : 1,
        ),
      }),
    },
  };
}

/** By the type and not by the look: what looks like an enum's value or an object may be a scalar's. */
function stripped(node: ValueNode, type: GraphQLInputType | null | undefined): ValueNode {
  if (node.kind === Kind.VARIABLE || node.kind === Kind.NULL) return node;
  const named = type === null || type === undefined ? undefined : getNamedType(type);
  if (isInputObjectType(named) || isEnumType(named)) {
    // How many there were would tell something, too.
    if (node.kind === Kind.LIST) return { ...node, values: once(node.values.map((value) => stripped(value, named))) };
    if (isEnumType(named) && node.kind === Kind.ENUM && named.getValue(node.value)) return node;
    if (isInputObjectType(named) && node.kind === Kind.OBJECT) {
      const fields = named.getFields();
      const kept = node.fields.filter((field) => field.name.value in fields);
      const bare = kept.map((field) => ({ ...field, value: stripped(field.value, fields[field.name.value]?.type) }));
      return { ...node, fields: byName(bare) };
    }
  }
  return EMPTY[node.kind];
}

/** A literal of nothing, by the kind of the literal that it stands for. */
const EMPTY: Readonly<Record<Exclude<ValueNode["kind"], Kind.VARIABLE | Kind.NULL>, ValueNode>> = {
  [Kind.INT]: { kind: Kind.INT, value: "0" },
  [Kind.FLOAT]: { kind: Kind.FLOAT, value: "0" },
  [Kind.STRING]: { kind: Kind.STRING, value: "" },
  [Kind.BOOLEAN]: { kind: Kind.BOOLEAN, value: false },
  [Kind.ENUM]: { kind: Kind.STRING, value: "" },
  [Kind.LIST]: { kind: Kind.LIST, values: [] },
  [Kind.OBJECT]: { kind: Kind.OBJECT, fields: [] },
};

function byName<Node extends Pick<ArgumentNode, "name">>(nodes: readonly Node[]): readonly Node[] {
  return nodes.toSorted((one, other) => (one.name.value < other.name.value ? -1 : 1));
}

/** What says the same is said once. */
function once<Node extends Parameters<typeof print>[0]>(nodes: readonly Node[]): readonly Node[] {
  return [...new Map(nodes.map((node) => [print(node), node])).values()];
}
