/** About how many rows an operation asks for, and never less: what the gate would refuse for its size is drawn again. */
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  getNullableType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";

export function weight(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const setWeight = (set: SelectionSetNode, parent: string): number =>
    set.selections.reduce((sum, node) => {
      if (node.kind === Kind.FIELD) return sum + fieldWeight(node, parent);
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      if (fragment === undefined) return sum;
      return sum + setWeight(fragment.selectionSet, fragment.typeCondition?.name.value ?? parent);
    }, 0);
  const fieldWeight = (node: FieldNode, parent: string): number => {
    const owner = schema.getType(parent);
    const field = isObjectType(owner) || isInterfaceType(owner) ? owner.getFields()[node.name.value] : undefined;
    const type = field && getNamedType(field.type);
    if (field === undefined || !node.selectionSet || !isCompositeType(type)) return 0;
    const below = setWeight(node.selectionSet, type.name);
    if (type.name.endsWith("Connection")) return pageOf(node, variables) * (1 + below);
    const isRows = isListType(getNullableType(field.type)) && !/(Connection|Edge|Report|Row)$/.test(parent);
    return isRows ? 10 * (1 + below) : below;
  };
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operation?.kind === Kind.OPERATION_DEFINITION ? setWeight(operation.selectionSet, "Query") : 0;
}

/** The number that is written out; a variable's, where the request has one; the largest that there is where it is unclear. */
function pageOf(node: FieldNode, variables: Readonly<Record<string, unknown>>): number {
  const sizes = (node.arguments ?? []).flatMap(({ name, value }): readonly unknown[] => {
    if (name.value !== "first" && name.value !== "last") return [];
    if (value.kind === Kind.INT) return [Number(value.value)];
    return [value.kind === Kind.VARIABLE ? (variables[value.name.value] ?? 50) : 50];
  });
  return Math.min(500, Math.max(0, ...(sizes.length === 0 ? [50] : sizes.map(Number))));
}
