/** What of a schema is not there for somebody from whom this is closed: written down as the law has it, looked at again and again. */
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
  isUnionType,
  type GraphQLNamedType,
} from "graphql";
import type { Law } from "./naive-access.ts";

export interface Hiding {
  readonly law: Law;
  readonly deniedAs: "DENIED" | "HIDDEN";
  readonly isClosed: (coordinate: string) => boolean;
}

/** Why: of itself, because it cannot be there without something, because a type breaks its word, or nothing leads to it. */
export type Why = "itself" | "needs" | "needed" | "empty" | "unkept" | "unreachable";

export function naiveHidden({ law, deniedAs, isClosed }: Hiding): ReadonlyMap<string, Why> {
  const hidden: Found = new Map();
  const types = Object.values(law.schema.getTypeMap()).filter((type) => !isBuiltIn(type));
  for (const [coordinate, { internal }] of law.declarations) {
    if (isClosed(coordinate) && (deniedAs === "HIDDEN" || internal)) hidden.set(coordinate, "itself");
  }
  if (hidden.size === 0) return hidden;
  for (let size = -1; size !== hidden.size;) {
    size = hidden.size;
    for (const [coordinate, { reads }] of law.declarations) {
      if (reads.some((read) => hidden.has(read))) add(hidden, coordinate, ["needs", true]);
    }
    for (const type of types) lookAt(type, law, hidden);
    if (size !== hidden.size) continue; // first all that follows from what is known
    const reached = reach(law, hidden);
    for (const type of types) add(hidden, type.name, ["unreachable", !reached.has(type.name)]);
    if (size === hidden.size) for (const type of types) holdToWord(type, hidden);
  }
  return hidden;
}

type Found = Map<string, Why>;

function add(hidden: Found, coordinate: string, [why, holds]: readonly [Why, boolean]): void {
  if (holds && !hidden.has(coordinate)) hidden.set(coordinate, why);
}

function lookAt(type: GraphQLNamedType, law: Law, hidden: Found): void {
  const parts = partsOf(type);
  const root = [law.schema.getQueryType(), law.schema.getMutationType()].some((one) => one === type);
  for (const part of parts) {
    add(hidden, part.coordinate, ["needs", hidden.has(type.name) || hidden.has(part.shows)]);
    const takesTypeAlong = part.kind === "field" && part.needed && !root;
    add(hidden, type.name, ["needs", takesTypeAlong && hidden.has(part.coordinate)]);
    add(hidden, type.name, ["needed", part.kind === "input" && part.needed && hidden.has(part.coordinate)]);
    for (const argument of part.args) {
      add(hidden, argument.coordinate, ["needs", hidden.has(part.coordinate) || hidden.has(argument.shows)]);
      add(hidden, part.coordinate, ["needed", argument.needed && hidden.has(argument.coordinate)]);
    }
  }
  add(hidden, type.name, ["empty", parts.length > 0 && parts.every(({ coordinate }) => hidden.has(coordinate))]);
  const left = isUnionType(type) ? type.getTypes().filter(({ name }) => !hidden.has(name)) : [type];
  add(hidden, type.name, ["empty", left.length === 0]);
}

/** What an interface promises and a type of it has no more is not there either. */
function holdToWord(type: GraphQLNamedType, hidden: Found): void {
  if (hidden.has(type.name) || !isObjectType(type)) return;
  for (const [promised, part] of type.getInterfaces().flatMap((face) => pairs(partsOf(face), partsOf(type)))) {
    add(hidden, promised.coordinate, ["unkept", hidden.has(part.coordinate)]);
    for (const [argument, own] of pairs(promised.args, part.args)) {
      add(hidden, argument.coordinate, ["unkept", hidden.has(own.coordinate)]);
    }
  }
}

/** Each of the one with that of the other which has its name. */
const pairs = <T extends Omit<Part, "args" | "kind">>(one: readonly T[], other: readonly T[]): (readonly [T, T])[] =>
  one.flatMap((part) => other.filter((own) => own.member === part.member).map((own): readonly [T, T] => [part, own]));

const isBuiltIn = (type: GraphQLNamedType): boolean => isIntrospectionType(type) || isSpecifiedScalarType(type);

interface Part {
  readonly coordinate: string;
  /** Its own name. */
  readonly member: string;
  readonly kind: "field" | "input" | "value";
  /** The type that it shows or takes. */
  readonly shows: string;
  readonly needed: boolean;
  readonly args: readonly Omit<Part, "args" | "kind">[];
}

function partsOf(type: GraphQLNamedType): readonly Part[] {
  if (isEnumType(type)) {
    return type.getValues().map(({ name }) => ({
      coordinate: `${type.name}.${name}`,
      member: name,
      kind: "value",
      shows: "",
      needed: false,
      args: [],
    }));
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => ({
      coordinate: `${type.name}.${field.name}`,
      member: field.name,
      kind: "input",
      shows: getNamedType(field.type).name,
      needed: isRequiredInputField(field),
      args: [],
    }));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).map((field) => ({
    coordinate: `${type.name}.${field.name}`,
    member: field.name,
    kind: "field",
    shows: getNamedType(field.type).name,
    needed: isNonNullType(field.type),
    args: field.args.map((argument) => ({
      coordinate: `${type.name}.${field.name}(${argument.name}:)`,
      member: argument.name,
      shows: getNamedType(argument.type).name,
      needed: isRequiredArgument(argument),
    })),
  }));
}

/** Types to which an operation can lead over what is there. */
function reach({ schema }: Law, hidden: ReadonlyMap<string, Why>): ReadonlySet<string> {
  const reached = new Set<string>();
  const go = (type: GraphQLNamedType | null | undefined): void => {
    if (!type || hidden.has(type.name) || reached.has(type.name)) return;
    reached.add(type.name);
    if (isUnionType(type)) type.getTypes().forEach(go);
    if (isInterfaceType(type)) schema.getPossibleTypes(type).forEach(go);
    if (isObjectType(type)) type.getInterfaces().forEach(go);
    for (const part of partsOf(type)) {
      if (hidden.has(part.coordinate)) continue;
      go(schema.getType(part.shows));
      for (const argument of part.args) if (!hidden.has(argument.coordinate)) go(schema.getType(argument.shows));
    }
  };
  go(schema.getQueryType());
  go(schema.getMutationType());
  return reached;
}
