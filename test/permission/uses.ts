/**
 * For every coordinate of the schema an operation that uses it, and for every field of a subject an operation for each of
 * the nine ways to use it. Made from the shape of the schema and of the subjects alone, and not from what a declaration
 * says to read: what a declaration forgets is found here.
 */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

/** From the inside of an object or a value to the whole operation. */
type Wrap = (inside: string) => string;

/** A value that a type accepts and that says as little as possible. */
export function smallest(type: GraphQLInputType): string {
  if (isNonNullType(type)) return smallest(type.ofType);
  if (isListType(type)) return `[${smallest(type.ofType)}]`;
  if (isEnumType(type)) return type.name === "ReportDimension" ? "DAY" : String(type.getValues()[0]?.name);
  if (isInputObjectType(type)) return smallestObject(type);
  return SCALARS[type.name] ?? `"x"`;
}

const SCALARS: Readonly<Record<string, string>> = {
  ID: `"AAkBnKigYalwAIABEAAAAAAB"`,
  Int: "1",
  SafeInt: "1",
  Float: "1",
  Boolean: "true",
  Date: `"2026-03-17"`,
  DateTime: `"2026-03-17T09:00:00Z"`,
  TimeZone: `"Europe/London"`,
  Coordinate: `"TimeEntry.costRate"`,
};

function smallestObject(type: GraphQLInputObjectType): string {
  const fields = type.getFields();
  if (fields["isNull"] !== undefined) return "{ isNull: true }";
  if (fields["some"] !== undefined) return "{ some: {} }";
  const required = Object.values(fields).filter(isRequiredInputField);
  return `{ ${required.map((field) => `${field.name}: ${smallest(field.type)}`).join(" ")} }`;
}

/** `field(what it must be given) { … }` */
function asked(field: GraphQLField<unknown, unknown>, given: ReadonlyMap<string, string>, inside?: string): string {
  const needed = field.args.filter((one) => isRequiredArgument(one) && !given.has(one.name));
  const all = [...given, ...needed.map((one) => [one.name, smallest(one.type)] as const)];
  const listed = all.map(([name, value]) => `${name}: ${value}`).join(", ");
  const set = isCompositeType(getNamedType(field.type)) ? ` { ${inside ?? "__typename"} }` : "";
  return `${field.name}${listed === "" ? "" : `(${listed})`}${set}`;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** How each object type is reached, by the shortest way; roots first. */
function ways(schema: GraphQLSchema): ReadonlyMap<string, Wrap> {
  const found = new Map<string, Wrap>([
    ["Query", (inside) => `query { ${inside} }`],
    ["Mutation", (inside) => `mutation { ${inside} }`],
  ]);
  const queue = [...found.keys()];
  for (const name of queue) {
    const type = schema.getType(name);
    const outer = found.get(name);
    if (!isObjectType(type) || outer === undefined) continue;
    for (const field of Object.values(type.getFields())) {
      const target = getNamedType(field.type);
      const into = isAbstractType(target) ? [] : [target];
      for (const { name: next } of into) {
        if (!isObjectType(schema.getType(next)) || found.has(next)) continue;
        found.set(next, (inside) => outer(asked(field, NOTHING, inside)));
        queue.push(next);
      }
    }
  }
  return found;
}

interface Position {
  readonly type: GraphQLInputType;
  readonly put: Wrap;
}

/** Where a value of each input type can be given. */
function positions(schema: GraphQLSchema, reach: ReadonlyMap<string, Wrap>): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  const queue: Position[] = [];
  const add = (type: GraphQLInputType, put: Wrap): void => {
    const { name } = getNamedType(type);
    if (found.has(name)) return;
    const bare = isNonNullType(type) ? type.ofType : type;
    const position = { type: getNamedType(type), put: isListType(bare) ? (value: string) => put(`[${value}]`) : put };
    found.set(name, position);
    queue.push(position);
  };
  for (const [name, wrap] of reach) {
    for (const [field, argument] of argumentsOf(schema.getType(name))) {
      add(argument.type, (value) => wrap(asked(field, new Map([[argument.name, value]]))));
    }
  }
  for (const { type, put } of queue) {
    if (!isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      add(field.type, (value) => put(member(type, field.name, value)));
  }
  return found;
}

function argumentsOf(type: unknown): readonly (readonly [GraphQLField<unknown, unknown>, GraphQLArgument])[] {
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => field.args.map((argument) => [field, argument] as const));
}

/** An input object with one field that is meant, and those that it cannot be without. */
function member(type: GraphQLInputObjectType, name: string, value: string): string {
  const others = Object.values(type.getFields()).filter((field) => isRequiredInputField(field) && field.name !== name);
  return `{ ${[`${name}: ${value}`, ...others.map((field) => `${field.name}: ${smallest(field.type)}`)].join(", ")} }`;
}

export interface Uses {
  /** An operation that uses the coordinate; undefined for what can only ever be answered, and for plain scalars. */
  operation(coordinate: string): string | undefined;
  /** An operation that gives this value to the input field. */
  given(input: string, value: string): string;
  /** An operation that gives this value to the argument. */
  argued(argument: string, value: string): string;
  /** An operation that selects this inside an object of the type. */
  selected(type: string, inside: string): string;
}

export function usesOf(schema: GraphQLSchema): Uses {
  const reach = ways(schema);
  const places = positions(schema, reach);
  const place = (type: string): Position => {
    const found = places.get(type);
    if (found === undefined) throw new Error(`nothing takes a ${type}`);
    return found;
  };
  const selected = (type: string, inside: string): string => {
    const wrap = reach.get(type);
    if (wrap === undefined) throw new Error(`nothing leads to ${type}`);
    return wrap(inside);
  };
  const given = (input: string, value: string): string => {
    const [type = "", name = ""] = input.split(".");
    const { type: found, put } = place(type);
    if (!isInputObjectType(found)) throw new Error(`${type} has no fields`);
    return put(member(found, name, value));
  };
  const ofObject = (type: GraphQLObjectType, name: string, argument?: readonly [string, string]): string => {
    const field = type.getFields()[name];
    if (field === undefined) throw new Error(`${type.name} has no ${name}`);
    return selected(type.name, asked(field, argument === undefined ? NOTHING : new Map([argument])));
  };
  const argued = (coordinate: string, value?: string): string => {
    const [typeName = "", name = "", argument = ""] = coordinate.split(/[.(:]/);
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`${typeName} has no arguments`);
    const one = type.getFields()[name]?.args.find((other) => other.name === argument);
    if (one === undefined) throw new Error(`there is no ${coordinate}`);
    return ofObject(type, name, [argument, value ?? smallest(one.type)]);
  };
  const operation = (coordinate: string): string | undefined => {
    const [, typeName = "", name, argument] = /^(\w+)(?:\.(\w+)(?:\((\w+):\))?)?$/.exec(coordinate) ?? [];
    const type = schema.getType(typeName);
    if (isAbstractType(type)) return `{ node(id: ${SCALARS["ID"]}) { ${name ?? "__typename"} } }`;
    if (isObjectType(type)) {
      if (name === undefined) return selected(typeName, "__typename");
      return argument === undefined ? ofObject(type, name) : argued(coordinate);
    }
    if (isInputObjectType(type)) {
      const field = name === undefined ? undefined : type.getFields()[name];
      if (field === undefined) return place(typeName).put(smallest(type));
      return given(coordinate, smallest(field.type));
    }
    if (!isEnumType(type) || !places.has(typeName)) return undefined;
    return place(typeName).put(name ?? smallest(type));
  };
  return { operation, given, argued, selected };
}
