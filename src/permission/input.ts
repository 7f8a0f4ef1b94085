/**
 * Arguments as the judge and the plan see them: structure is decided now, values are read when the plan runs. Whatever
 * of the variables was looked at to decide becomes a guard, so that a verdict is reused exactly where it would be the same.
 */
import {
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  valueFromAST,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type ValueNode,
} from "graphql";

export type Variables = Readonly<Record<string, unknown>>;
export type Guard = (variables: Variables) => boolean;
export type Read = (variables: Variables) => unknown;

export type Input =
  | { readonly kind: "null" }
  /** A scalar, or a list of scalars: its value does not decide anything. */
  | { readonly kind: "leaf"; readonly read: Read }
  | { readonly kind: "value"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Input[] }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Input> };

/** What is asked of every part that is met: an input field by its type and name, an enum value by its type and name. */
export interface InputScope {
  readonly variables: Variables;
  readonly guards: Guard[];
  use(type: string, member: string): void;
}

/** A value and where it will be found again: in the variables of the next request, or nowhere because it is constant. */
interface Place {
  readonly value: unknown;
  readonly read: Read;
  readonly guard: (holds: (value: unknown) => boolean) => void;
}

/** Undefined where the argument is left out and has no default. The document has been validated. */
export function inputFromAst(
  node: ValueNode | undefined,
  type: GraphQLInputType,
  scope: InputScope,
): Input | undefined {
  if (node === undefined) return undefined;
  if (node.kind === Kind.VARIABLE) return fromVariable(node.name.value, type, scope);
  if (node.kind === Kind.NULL) return { kind: "null" };
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return listFromAst(node, bare.ofType, scope);
  if (isInputObjectType(bare)) return node.kind === Kind.OBJECT ? objectFromAst(node, bare, scope) : { kind: "null" };
  if (isEnumType(bare)) return node.kind === Kind.ENUM ? enumValue(bare, node.value, scope) : { kind: "null" };
  const value: unknown = valueFromAST(node, bare);
  return { kind: "leaf", read: () => value };
}

/** A default from the schema, or any other value that never changes. */
export const inputFromConstant = (value: unknown, type: GraphQLInputType, scope: InputScope): Input =>
  fromPlace({ value, read: () => value, guard: () => undefined }, type, scope);

function fromVariable(name: string, type: GraphQLInputType, scope: InputScope): Input | undefined {
  const read: Read = (variables) => variables[name];
  const given = name in scope.variables;
  scope.guards.push((variables) => name in variables === given);
  if (!given) return undefined;
  const guard: Place["guard"] = (holds) => scope.guards.push((variables) => holds(read(variables)));
  return fromPlace({ value: scope.variables[name], read, guard }, type, scope);
}

function listFromAst(node: ValueNode, type: GraphQLInputType, scope: InputScope): Input {
  const nodes = node.kind === Kind.LIST ? node.values : [node];
  const items = nodes.map((item) => inputFromAst(item, type, scope) ?? { kind: "null" as const });
  return isScalar(type) ? { kind: "leaf", read: readAll(items) } : { kind: "list", items };
}

const isScalar = (type: GraphQLInputType): boolean => {
  const bare = isNonNullType(type) ? type.ofType : type;
  return isLeafType(bare) && !isEnumType(bare);
};

const readAll =
  (items: readonly Input[]): Read =>
  (variables) =>
    items.map((item) => (item.kind === "leaf" ? item.read(variables) : null));

function objectFromAst(
  node: Extract<ValueNode, { kind: Kind.OBJECT }>,
  type: GraphQLInputObjectType,
  scope: InputScope,
): Input {
  const given = new Map(node.fields.map((field) => [field.name.value, field.value]));
  const fields = new Map<string, Input>();
  for (const field of Object.values(type.getFields())) {
    const value =
      inputFromAst(given.get(field.name), field.type, scope) ??
      (field.defaultValue === undefined ? undefined : inputFromConstant(field.defaultValue, field.type, scope));
    if (value === undefined) continue;
    scope.use(type.name, field.name);
    fields.set(field.name, value);
  }
  return { kind: "object", fields };
}

function enumValue(type: GraphQLEnumType, name: string, scope: InputScope): Input {
  scope.use(type.name, name);
  return { kind: "value", name };
}

function fromPlace(place: Place, type: GraphQLInputType, scope: InputScope): Input {
  const bare = isNonNullType(type) ? type.ofType : type;
  const { value } = place;
  const missing = value === null || value === undefined;
  place.guard((other) => (other === null || other === undefined) === missing);
  if (missing) return { kind: "null" };
  if (isListType(bare)) return listFromPlace(place, bare.ofType, scope);
  if (isInputObjectType(bare)) return objectFromPlace(place, bare, scope);
  if (!isEnumType(bare)) return { kind: "leaf", read: place.read };
  place.guard((other) => other === value);
  return enumValue(bare, String(bare.serialize(value)), scope);
}

function listFromPlace(place: Place, type: GraphQLInputType, scope: InputScope): Input {
  if (isScalar(type)) return { kind: "leaf", read: place.read };
  const length = lengthOf(place.value);
  place.guard((other) => lengthOf(other) === length);
  const items = Array.from({ length }, (_, index) => fromPlace(step(place, index), type, scope));
  return { kind: "list", items };
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : -1);

function objectFromPlace(place: Place, type: GraphQLInputObjectType, scope: InputScope): Input {
  const keys = keysOf(place.value);
  const names = keys.join(" ");
  place.guard((other) => keysOf(other).join(" ") === names);
  const fields = new Map<string, Input>();
  for (const field of Object.values(type.getFields())) {
    if (!keys.includes(field.name)) continue; // coercion has put in the defaults
    scope.use(type.name, field.name);
    fields.set(field.name, fromPlace(step(place, field.name), field.type, scope));
  }
  return { kind: "object", fields };
}

const keysOf = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null ? Object.keys(value).toSorted() : [];

/** The place one step inside. Guards run outside in, so that the step exists when the inner one is asked. */
function step(place: Place, key: string | number): Place {
  const inside = (value: unknown): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return {
    value: inside(place.value),
    read: (variables) => inside(place.read(variables)),
    guard: (holds) => place.guard((value) => holds(inside(value))),
  };
}
