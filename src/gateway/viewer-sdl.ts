/** The schema of a class of callers as text. What is denied to them is marked `@access`, which introspection has no words for. */
import {
  Kind,
  parse,
  print,
  printSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type NameNode,
} from "graphql";
import type { PermissionSet } from "../permission/compile.ts";
import { argumentCoordinate, memberCoordinate, typeCoordinate, type Coordinate } from "../permission/coordinate.ts";

const DIRECTIVE = `"""What may not be used, or shows on some rows only."""
directive @access(state: AccessState!, reason: AccessReason!) on ARGUMENT_DEFINITION | ENUM | ENUM_VALUE | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | INPUT_OBJECT | INTERFACE | OBJECT | SCALAR | UNION`;

/** `schema` is the one that is cut by what the set hides. */
export function printViewerSchema(schema: GraphQLSchema, set: PermissionSet): string {
  const { definitions } = parse(printSchema(schema), { noLocation: true });
  const marked = definitions.map((definition) => print(markDefinition(definition, set)));
  return `${[DIRECTIVE, ...marked].join("\n\n")}\n`;
}

interface Marked {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

function mark<T extends Marked>(node: T, coordinate: Coordinate, { closed, masks }: PermissionSet): T {
  const reason = closed.get(coordinate);
  const said = reason !== undefined ? access("DENIED", reason) : masks.has(coordinate) ? MASKED : undefined;
  return said === undefined ? node : { ...node, directives: [...(node.directives ?? []), said] };
}

const argument = (name: string, value: string) =>
  ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.ENUM, value },
  }) as const;
const access = (state: string, reason: string): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: "access" },
  arguments: [argument("state", state), argument("reason", reason)],
});
const MASKED = access("MASKED", "ROW_CONDITION");

function markDefinition(node: DefinitionNode, set: PermissionSet): DefinitionNode {
  if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION) {
    const fields = (node.fields ?? []).map((field) => markField(field, node.name.value, set));
    return mark({ ...node, fields }, typeCoordinate(node.name.value), set);
  }
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    return mark(
      { ...node, fields: markMembers(node.fields, node.name.value, set) },
      typeCoordinate(node.name.value),
      set,
    );
  }
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) {
    return mark(
      { ...node, values: markMembers(node.values, node.name.value, set) },
      typeCoordinate(node.name.value),
      set,
    );
  }
  const isOther = node.kind === Kind.SCALAR_TYPE_DEFINITION || node.kind === Kind.UNION_TYPE_DEFINITION;
  return isOther ? mark(node, typeCoordinate(node.name.value), set) : node;
}

function markMembers<T extends Marked & { readonly name: NameNode }>(
  members: readonly T[] | undefined,
  type: string,
  set: PermissionSet,
): readonly T[] {
  return (members ?? []).map((member) => mark(member, memberCoordinate(type, member.name.value), set));
}

function markField(field: FieldDefinitionNode, type: string, set: PermissionSet): FieldDefinitionNode {
  const given = (field.arguments ?? []).map((one) => {
    return mark(one, argumentCoordinate(type, field.name.value, one.name.value), set);
  });
  return mark({ ...field, arguments: given }, memberCoordinate(type, field.name.value), set);
}
