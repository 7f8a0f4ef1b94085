/**
 * Every coordinate that a document names, also where nothing of it runs: skipped, in a sibling operation, in a fragment on
 * another type. Where one of them does not exist for a caller, the whole document is invalid.
 */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isSpecifiedScalarType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLNamedType,
} from "graphql";
import { argumentCoordinate, memberCoordinate, typeCoordinate, type Coordinate } from "../permission/coordinate.ts";
import { MENTIONED, type Use } from "../permission/use.ts";
import type { KnownOperation } from "./document.ts";

export function mentioned({ schema, document }: KnownOperation): ReadonlySet<Coordinate> {
  const found = new Set<Coordinate>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      NamedType: ({ name }) => {
        if (isOurs(schema.getType(name.value))) found.add(typeCoordinate(name.value));
      },
      Field: ({ name }) => {
        const parent = info.getParentType();
        if (isOurs(parent) && !name.value.startsWith("__")) found.add(memberCoordinate(parent.name, name.value));
      },
      Argument: ({ name }) => {
        const [parent, field] = [info.getParentType(), info.getFieldDef()];
        const isOfDirective = info.getDirective() !== null && info.getDirective() !== undefined;
        if (isOfDirective || !isOurs(parent) || !field || field.name.startsWith("__")) return;
        found.add(argumentCoordinate(parent.name, field.name, name.value));
      },
      ObjectField: ({ name }) => {
        const input = info.getParentInputType();
        const named = input ? getNamedType(input) : undefined;
        if (isInputObjectType(named)) found.add(memberCoordinate(named.name, name.value));
      },
      EnumValue: ({ value }) => {
        const input = info.getInputType();
        const named = input ? getNamedType(input) : undefined;
        if (isEnumType(named) && isOurs(named)) found.add(memberCoordinate(named.name, value));
      },
    }),
  );
  return found;
}

const isOurs = (type: GraphQLNamedType | null | undefined): type is GraphQLNamedType =>
  type !== null && type !== undefined && !isIntrospectionType(type) && !isSpecifiedScalarType(type);

/** What is touched, and what is named: of an interface fields are touched that the document does not name. */
export const withMentioned = (uses: readonly Use[], named: ReadonlySet<Coordinate>): readonly Use[] => [
  ...uses,
  ...[...named].toSorted().map((coordinate) => ({ coordinate, beneath: MENTIONED })),
];
