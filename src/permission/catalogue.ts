/**
 * Every coordinate of the schema with its declaration and with what it cannot be open without. Made once, at the start;
 * a coordinate that nobody declared ends the start.
 */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import {
  argumentCoordinate,
  memberCoordinate,
  parseCoordinate,
  splitCoordinate,
  typeCoordinate,
  type Coordinate,
} from "./coordinate.ts";
import type { Declared, Subject } from "./declare.ts";

export type EntryKind = "type" | "field" | "argument" | "input" | "value";

export interface Entry {
  readonly coordinate: Coordinate;
  readonly kind: EntryKind;
  readonly declared: Declared;
  /** Closed with any of these: what it belongs to, what it shows or uses, what it is made from. */
  readonly needs: readonly Coordinate[];
  /** An output field that may not be null: when it is closed, its type is. */
  readonly closesParent: Coordinate | undefined;
  /** An argument or input field without which its field or its input cannot be asked for. */
  readonly requiredBy: Coordinate | undefined;
  readonly description: string | undefined;
}

export interface Catalogue {
  readonly schema: GraphQLSchema;
  readonly entries: ReadonlyMap<Coordinate, Entry>;
  readonly subjects: ReadonlyMap<string, Subject>;
  /** Fields, input fields or values by the type that they are of. */
  readonly parts: ReadonlyMap<Coordinate, readonly Coordinate[]>;
  /** Who is closed when this one is. */
  readonly dependants: ReadonlyMap<Coordinate, readonly Coordinate[]>;
}

export interface CatalogueSource {
  readonly schema: GraphQLSchema;
  readonly declarations: ReadonlyMap<string, Declared>;
  readonly subjects: readonly Subject[];
}

/** Throws an Error that names the first coordinate without a declaration, or that reads one that does not exist. */
export function buildCatalogue(source: CatalogueSource): Catalogue {
  const entries = new Map<Coordinate, Entry>();
  const add = (entry: Omit<Entry, "declared">, reads: readonly Coordinate[] = []): void => {
    const declaration = source.declarations.get(entry.coordinate);
    if (declaration === undefined)
      throw new Error(`Nobody has classified ${entry.coordinate}: declare who may see it.`);
    const own = declaration.reads.map((read) => known(read, entry.coordinate));
    entries.set(entry.coordinate, { ...entry, declared: declaration, needs: [...entry.needs, ...own, ...reads] });
  };
  for (const type of Object.values(source.schema.getTypeMap())) {
    if (!isIntrospectionType(type) && !isSpecifiedScalarType(type)) addType(type, add);
  }
  return {
    schema: source.schema,
    entries,
    subjects: new Map(source.subjects.map((subject) => [subject.name, subject])),
    parts: partsOf(entries),
    dependants: dependantsOf(entries),
  };
}

type Add = (entry: Omit<Entry, "declared">, last?: readonly Coordinate[]) => void;

function addType(type: GraphQLNamedType, add: Add): void {
  const coordinate = typeCoordinate(type.name);
  add(part(coordinate, "type", { needs: [], description: type.description }));
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) addField(type, field, add);
  } else if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      const member = memberCoordinate(type.name, field.name);
      add(
        {
          ...part(member, "input", { needs: [coordinate], description: field.description }),
          requiredBy: isRequiredInputField(field) ? coordinate : undefined,
        },
        shown(getNamedType(field.type)),
      );
    }
  } else if (isEnumType(type)) {
    for (const value of type.getValues()) {
      const member = memberCoordinate(type.name, value.name);
      add(part(member, "value", { needs: [coordinate], description: value.description }));
    }
  }
}

function addField(
  type: GraphQLObjectType | GraphQLInterfaceType,
  field: GraphQLField<unknown, unknown>,
  add: Add,
): void {
  const parent = typeCoordinate(type.name);
  const coordinate = memberCoordinate(type.name, field.name);
  const entry = part(coordinate, "field", { needs: [parent], description: field.description });
  // A root that may not be null refuses the operation instead: it takes no other root with it.
  const bubbles = isNonNullType(field.type) && type.name !== "Query" && type.name !== "Mutation";
  add({ ...entry, closesParent: bubbles ? parent : undefined }, shown(getNamedType(field.type)));
  for (const argument of field.args) addArgument(coordinate, argument, { type: type.name, field: field.name, add });
}

function addArgument(
  field: Coordinate,
  argument: GraphQLArgument,
  at: { readonly type: string; readonly field: string; readonly add: Add },
): void {
  const coordinate = argumentCoordinate(at.type, at.field, argument.name);
  const entry = part(coordinate, "argument", { needs: [field], description: argument.description });
  const requiredBy = isRequiredArgument(argument) ? field : undefined;
  at.add({ ...entry, requiredBy }, shown(getNamedType(argument.type)));
}

const part = (
  coordinate: Coordinate,
  kind: EntryKind,
  rest: { readonly needs: readonly Coordinate[]; readonly description: string | null | undefined },
): Omit<Entry, "declared"> => ({
  coordinate,
  kind,
  needs: rest.needs,
  closesParent: undefined,
  requiredBy: undefined,
  description: rest.description ?? undefined,
});

/** The type that is shown or taken, unless it is one that every GraphQL schema has. */
const shown = (type: GraphQLNamedType): readonly Coordinate[] =>
  isSpecifiedScalarType(type) || isIntrospectionType(type) ? [] : [typeCoordinate(type.name)];

function known(read: string, by: Coordinate): Coordinate {
  const coordinate = parseCoordinate(read);
  if (coordinate === undefined) throw new Error(`${by} reads ${read}, which is not a schema coordinate.`);
  return coordinate;
}

function partsOf(entries: ReadonlyMap<Coordinate, Entry>): ReadonlyMap<Coordinate, readonly Coordinate[]> {
  const parts = new Map<Coordinate, Coordinate[]>();
  for (const { coordinate, kind } of entries.values()) {
    const type = typeCoordinate(splitCoordinate(coordinate).type);
    if (kind === "type") parts.set(type, parts.get(type) ?? []);
    else if (kind !== "argument") parts.set(type, [...(parts.get(type) ?? []), coordinate]);
  }
  return parts;
}

function dependantsOf(entries: ReadonlyMap<Coordinate, Entry>): ReadonlyMap<Coordinate, readonly Coordinate[]> {
  const dependants = new Map<Coordinate, Coordinate[]>();
  const depend = (on: Coordinate, who: Coordinate): void => {
    const list = dependants.get(on);
    if (list === undefined) dependants.set(on, [who]);
    else list.push(who);
  };
  for (const entry of entries.values()) {
    for (const need of entry.needs) {
      if (!entries.has(need)) throw new Error(`${entry.coordinate} needs ${need}, which the schema does not have.`);
      depend(need, entry.coordinate);
    }
    if (entry.closesParent !== undefined) depend(entry.coordinate, entry.closesParent);
  }
  return dependants;
}
