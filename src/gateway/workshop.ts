/**
 * Where the generated parts of the schema are made: classes that type-graphql reads, by calling its decorators as
 * functions, and beside each coordinate what it declares. Types are named as GraphQL names them (`[Member!]`), and are
 * looked up when the schema is built, so that they may point at each other.
 */
import {
  Arg,
  type ClassType,
  Field,
  Float,
  ID,
  InputType,
  Int,
  InterfaceType,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { argumentCoordinate, memberCoordinate } from "../permission/coordinate.ts";
import type { Declared } from "../permission/declare.ts";
import type { Enumeration } from "../permission/enumeration.ts";
import { scalars } from "../permission/scalar.ts";

/** A field, an argument or an input field. */
export interface Part {
  /** In GraphQL's notation: `X`, `X!`, `[X!]`, `[X!]!`, `[X]!`. */
  readonly type: string;
  readonly description: string;
  readonly declared: Declared;
  readonly defaultValue?: string;
  readonly arguments?: Parts;
}
export type Parts = Readonly<Record<string, Part>>;

export interface MadeType {
  readonly name: string;
  readonly description: string;
  readonly declared: Declared;
  readonly fields: Parts;
}

type TypeValue = ClassType | object;

export interface Workshop {
  readonly declarations: Map<string, Declared>;
  readonly types: Map<string, TypeValue>;
  /** Classes to which hand-written types point where they mean a generated one. */
  readonly references: ReadonlyMap<string, ClassType>;
}

export function openWorkshop(references: ReadonlyMap<string, ClassType>): Workshop {
  const types = new Map<string, TypeValue>(scalars.map((scalar) => [scalar.name, scalar]));
  for (const [name, type] of Object.entries({ String, Boolean, Int, Float, ID })) types.set(name, type);
  return { declarations: new Map(), types, references };
}

export function makeInterface(shop: Workshop, made: MadeType): void {
  const target = begin(shop, made);
  InterfaceType(made.name, { description: made.description, resolveType: typeOfRow })(target);
  addFields(shop, target, made);
}

/** Rows of an interface carry the name of their type. */
const typeOfRow = (row: { readonly __typename: string }): string => row.__typename;

/** `simpleResolvers`: the answer is shaped by the plan, and no function of type-graphql's stands between. */
export function makeObject(shop: Workshop, made: MadeType, implemented: readonly string[] = []): void {
  const target = begin(shop, made);
  const interfaces = implemented.map((name) => classNamed(shop, name));
  ObjectType(made.name, { description: made.description, simpleResolvers: true, implements: interfaces })(target);
  addFields(shop, target, made);
}

export function makeInput(shop: Workshop, made: MadeType): void {
  const target = begin(shop, made);
  InputType(made.name, { description: made.description })(target);
  addFields(shop, target, made);
}

export function makeEnum(shop: Workshop, made: Enumeration, declared: Declared): void {
  say(shop, made.name, declared);
  shop.types.set(made.name, made.values);
  registerEnumType(made.values, { name: made.name, description: made.description, valuesConfig: made.said });
  for (const [value, { declared: of }] of Object.entries(made.said)) say(shop, memberCoordinate(made.name, value), of);
}

/** Root fields that the plan answers. Their methods exist because type-graphql wants them, and are never called. */
export function makeQueries(shop: Workshop, fields: Parts): ClassType {
  const target = classCalled("PlannedRoots");
  for (const [name, part] of Object.entries(fields)) {
    const value = (): never => {
      throw new Error(`Query.${name} is never run: planned`);
    };
    const method = { value, writable: true, configurable: true };
    Object.defineProperty(target.prototype, name, method);
    Query(...typeOf(shop, part))(target.prototype, name, method);
    addArguments(shop, { target, type: "Query", field: name }, part.arguments ?? {});
    say(shop, memberCoordinate("Query", name), part.declared);
  }
  Resolver()(target);
  return target;
}

/** What hand-written parts and generated ones say of coordinates meets in one map; nothing is said twice. */
export function say(shop: Workshop, coordinate: string, declared: Declared): void {
  if (shop.declarations.has(coordinate)) throw new Error(`${coordinate} is declared twice`);
  shop.declarations.set(coordinate, declared);
}

function begin(shop: Workshop, { name, declared }: MadeType): ClassType {
  const target = shop.references.get(name) ?? classCalled(name);
  shop.types.set(name, target);
  say(shop, name, declared);
  return target;
}

function addFields(shop: Workshop, target: ClassType, made: MadeType): void {
  for (const [name, part] of Object.entries(made.fields)) {
    Field(...typeOf(shop, { ...part, description: describe(made.name, part) }))(target.prototype, name);
    addArguments(shop, { target, type: made.name, field: name }, part.arguments ?? {});
    say(shop, memberCoordinate(made.name, name), part.declared);
  }
}

interface Place {
  readonly target: ClassType;
  readonly type: string;
  readonly field: string;
}

function addArguments(shop: Workshop, { target, type, field }: Place, parts: Parts): void {
  for (const [index, [name, part]] of Object.entries(parts).entries()) {
    Arg(name, ...typeOf(shop, part))(target.prototype, field, index);
    say(shop, argumentCoordinate(type, field, name), part.declared);
  }
}

const NOTATION = /^(\[)?(\w+)(!)?(?:\](!)?)?$/;
/** Whoever reads the schema learns what a field is closed with; sources on the same type are named without it. */
function describe(type: string, { description, declared: { madeFrom } }: Part): string {
  const sources = madeFrom.map((source) => (source.startsWith(`${type}.`) ? source.slice(type.length + 1) : source));
  return sources.length === 0 ? description : `${description}\nmade from ${sources.join(", ")}`;
}

type Options = { description: string; nullable: boolean | "items" | "itemsAndList"; defaultValue?: string };

function typeOf(shop: Workshop, part: Part): [() => TypeValue | TypeValue[], Options] {
  const [, list, name = "", inner, outer] = NOTATION.exec(part.type) ?? [];
  const options: Options = { description: part.description, nullable: nullability(list !== undefined, inner, outer) };
  if (part.defaultValue !== undefined) options.defaultValue = part.defaultValue;
  return [() => (list === undefined ? typeNamed(shop, name) : [typeNamed(shop, name)]), options];
}

function nullability(list: boolean, inner: string | undefined, outer: string | undefined): Options["nullable"] {
  if (!list) return inner === undefined;
  if (inner !== undefined) return outer === undefined;
  return outer === undefined ? "itemsAndList" : "items";
}

function typeNamed(shop: Workshop, name: string): TypeValue {
  const found = shop.types.get(name);
  if (found === undefined) throw new Error(`no type is called ${name}`);
  return found;
}

function classNamed(shop: Workshop, name: string): ClassType {
  const found = typeNamed(shop, name);
  if (typeof found !== "function") throw new Error(`${name} is not a class`);
  return found as ClassType; // the map holds no other functions but scalars, and those implement nothing
}

const classCalled = (name: string): ClassType => ({ [name]: class {} })[name] ?? class {};
