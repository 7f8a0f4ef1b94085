// Values that nobody means well, for every scalar of the schema, and inputs made with them.
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";
import type { Uses } from "../permission/uses.ts";

const TEXTS: readonly unknown[] = [
  "",
  "'; drop table member; --",
  "%_\\",
  "{}",
  '{"a"}',
  "NULL",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfffx",
  "\ufeff\u202e\u0000",
  "𝕏 ﷽ é",
  "x".repeat(100_000),
  "\\x00",
  "\\u0000",
  "${1}",
  "$1",
  "?",
];
const NUMBERS: readonly unknown[] = [
  0,
  -0,
  -1,
  1,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  -(2 ** 31) - 1,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53) + 1,
  1e21,
  1e308,
  -1e308,
  5e-324,
  0.1,
];
const DAYS: readonly unknown[] = [
  "2026-13-01",
  "2026-02-30",
  "0000-01-01",
  "0001-01-01",
  "9999-12-31",
  "-001-01-01",
  "10000-01-01",
  "+002026-01-01",
  "2026-1-1",
  "infinity",
  "-infinity",
  "now",
  "today",
  "epoch",
  "2026-03-29 BC",
  "",
];
const INSTANTS: readonly unknown[] = [
  "2026-13-01T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+14:00",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999999999Z",
  "9999-12-31T23:59:59-14:00",
  "2026-03-29T24:00:00Z",
  "2026-03-29T23:59:60Z",
  "2026-03-29T01:00:00",
  "infinity",
  "-infinity",
  "now",
  "2026-03-29T01:00:00+99:00",
  "+275760-09-13T00:00:00Z",
  "",
];
const ZONES: readonly unknown[] = [
  "",
  "UTC",
  "utc",
  "Mars/Olympus",
  "+01:00",
  "../../etc/passwd",
  "Europe/Berlin\u0000",
  "EST5EDT",
  "posixrules",
  "GMT+25",
  "PST8PDT",
  "Factory",
  "localtime",
];
const IDS: readonly unknown[] = [
  "",
  "1",
  "AAkBnKigYalwAIABEAAAAAAB",
  "AAkBnKigYalwAIABEAAAAAA",
  "AAkBnKigYalwAIABEAAAAAAB=",
  "////////////////////////",
  "________________________",
  "AAAAAAAAAAAAAAAAAAAAAAAA",
  "\u0000",
  1,
  "AAkBnKigYalwAIABEAAAAA B",
];
/** What somebody put in the wrong place, and must never read anywhere. */
export const SECRET = "Zq7secret";

const OTHERS: readonly unknown[] = [
  SECRET,
  [SECRET],
  { eq: SECRET },
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { eq: 1 },
  "__proto__",
];

const BY_SCALAR: Readonly<Record<string, readonly unknown[]>> = {
  String: TEXTS,
  ID: IDS,
  Int: NUMBERS,
  SafeInt: NUMBERS,
  Float: NUMBERS,
  Boolean: [],
  Date: DAYS,
  DateTime: INSTANTS,
  TimeZone: ZONES,
  Coordinate: ["", "a", "Member.salary", "__Type", "Query.timeEntries(filter:)", "a.b.c", "Member\u0000"],
};

/** Each value by itself, in a list, and far too often, whatever the type is. */
export function hostileValues(type: GraphQLInputType): readonly unknown[] {
  const named = getNamedType(type);
  const own = isScalarType(named) ? (BY_SCALAR[named.name] ?? []) : isEnumType(named) ? ["NOBODY", "ASC", 1] : [];
  const all = [...own, ...OTHERS];
  const bare = isNonNullType(type) ? type.ofType : type;
  return isListType(bare)
    ? [...all, ...all.map((value) => [value]), Array.from({ length: 300 }, () => own[2] ?? null)]
    : all;
}

/** As a literal of the document; undefined for what a document cannot say. */
export function literal(value: unknown): string | undefined {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return JSON.stringify(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : JSON.stringify(value);
  if (Array.isArray(value))
    return value.length > 20 ? undefined : `[${value.map((one) => literal(one) ?? "null").join(" ")}]`;
  return `{ ${Object.entries(Object(value))
    .map(([name, one]) => `${name}: ${literal(one) ?? "null"}`)
    .join(" ")} }`;
}

export interface Target {
  readonly name: string;
  readonly type: GraphQLInputType;
  /** The operation with something in this place. */
  put(inside: string): string;
}

/** Every argument and every input field that takes a scalar or an enum, of queries alone or of everything. */
export function targets(schema: GraphQLSchema, uses: Uses): readonly Target[] {
  return Object.values(schema.getTypeMap()).flatMap((type): readonly Target[] => {
    if (isInputObjectType(type)) {
      return Object.values(type.getFields())
        .filter((field) => !isInputObjectType(getNamedType(field.type)))
        .map((field) => ({
          name: `${type.name}.${field.name}`,
          type: field.type,
          put: (inside) => uses.given(`${type.name}.${field.name}`, inside),
        }));
    }
    if (type.name.startsWith("__") || !("getFields" in type) || !("getInterfaces" in type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      field.args
        .filter((argument) => !isInputObjectType(getNamedType(argument.type)))
        .map((argument) => ({
          name: `${type.name}.${field.name}(${argument.name}:)`,
          type: argument.type,
          put: (inside) => uses.argued(`${type.name}.${field.name}(${argument.name}:)`, inside),
        })),
    );
  });
}
