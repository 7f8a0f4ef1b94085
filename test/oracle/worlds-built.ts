/** A small world as the product takes it: a schema, declarations, subjects, a catalogue and settings. */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isInputType,
  isInterfaceType,
  isObjectType,
  isOutputType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLNullableType,
  type GraphQLOutputType,
} from "graphql";
import { buildCatalogue, type Catalogue } from "../../src/permission/catalogue.ts";
import { declared, scalar, type Declared, type Field, type Subject } from "../../src/permission/declare.ts";
import { settingsOf, type Settings } from "../../src/permission/settings.ts";
import { table } from "../../src/storage/table.ts";
import type { Law } from "./naive-access.ts";
import type { World } from "./world.ts";
import { coordinatesOf, TEAM_ROWS, type Member, type SmallType, type SmallWorld } from "./worlds.ts";

export interface Built {
  readonly world: SmallWorld;
  readonly law: Law;
  readonly subjects: readonly Subject[];
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  /** The rows, as the naive side reads them. */
  readonly rows: World;
}

/** Throws where the world names something that it has not. */
export function build(world: SmallWorld): Built {
  const schema = schemaOf(world.types);
  const declarations = new Map<string, Declared>(
    coordinatesOf(world.types).map((coordinate) => [coordinate, declared(world.said[coordinate] ?? {})]),
  );
  const subjects = world.types.flatMap((type) => subjectOf(type, declarations));
  const account = [{ account_id: "account", id: "account", denied_as: world.deniedAs }];
  const tables = world.types.map((type) => [type.name, type.rows] as const);
  return {
    world,
    law: { schema, declarations },
    subjects,
    catalogue: buildCatalogue({ schema, declarations, subjects }),
    settings: settingsOf(world.toggles, world.deniedAs),
    rows: {
      accounts: ["account"],
      tables: { ...Object.fromEntries(tables), in_team: TEAM_ROWS, account },
      toggles: [],
    },
  };
}

const wrap = <T extends GraphQLNullableType>(type: T, needed: boolean): T | GraphQLNonNull<T> =>
  needed ? new GraphQLNonNull(type) : type;

function schemaOf(types: readonly SmallType[]): GraphQLSchema {
  const named = new Map<string, GraphQLNamedType>([
    ["String", GraphQLString],
    ["Boolean", GraphQLBoolean],
    ["ID", GraphQLID],
  ]);
  const find = (name: string): GraphQLNamedType => {
    const found = named.get(name);
    if (found === undefined) throw new Error(`no type is called ${name}`);
    return found;
  };
  const input = ({ type, needed }: Member): { type: GraphQLInputType } => {
    const found = find(type);
    if (!isInputType(found)) throw new Error(`${type} cannot be given`);
    return { type: wrap(found, needed) };
  };
  const output = ({
    type,
    needed,
    args,
  }: Member): { type: GraphQLOutputType; args: Record<string, ReturnType<typeof input>> } => {
    const found = find(type);
    if (!isOutputType(found)) throw new Error(`${type} cannot be shown`);
    return { type: wrap(found, needed), args: byName(args, input) };
  };
  const found = <T extends GraphQLNamedType>(names: readonly string[], is: (type: unknown) => type is T): T[] =>
    names.map(find).filter(is);
  for (const { name, kind, members, others } of types) {
    const fields = (): Record<string, ReturnType<typeof output>> => byName(members, output);
    if (kind === "object") {
      named.set(name, new GraphQLObjectType({ name, fields, interfaces: () => found(others, isInterfaceType) }));
    } else if (kind === "interface") named.set(name, new GraphQLInterfaceType({ name, fields }));
    else if (kind === "union")
      named.set(name, new GraphQLUnionType({ name, types: () => found(others, isObjectType) }));
    else if (kind === "input")
      named.set(name, new GraphQLInputObjectType({ name, fields: () => byName(members, input) }));
    else if (kind === "enum") named.set(name, new GraphQLEnumType({ name, values: byName(members, () => ({})) }));
    else named.set(name, new GraphQLScalarType({ name }));
  }
  const root = (name: string): GraphQLObjectType | undefined => {
    const type = named.get(name);
    return isObjectType(type) ? type : undefined;
  };
  return new GraphQLSchema({
    query: root("Query"),
    mutation: root("Mutation"),
    types: [...named.values()],
    assumeValid: true,
  });
}

const byName = <T>(members: readonly Member[], make: (member: Member) => T): Record<string, T> =>
  Object.fromEntries(members.map((member) => [member.name, make(member)]));

function subjectOf(
  { name, members, rules }: SmallType,
  declarations: ReadonlyMap<string, Declared>,
): readonly Subject[] {
  if (rules === undefined) return [];
  const fields = members.flatMap((member): readonly (readonly [string, Field])[] => {
    if (member.source === undefined) return [];
    const madeFrom = declarations.get(`${name}.${member.name}`)?.madeFrom ?? [];
    return [[member.name, { ...scalar("String", "", ""), source: member.source, madeFrom }]];
  });
  return [
    {
      name,
      description: "",
      tag: 1,
      table: table(name, {}),
      rows: rules,
      fields: Object.fromEntries(fields),
      defaultOrder: [],
    },
  ];
}
