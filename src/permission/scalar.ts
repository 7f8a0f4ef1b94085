/**
 * The scalars of the API. Each keeps its value as the text or number that SQL takes, and refuses what is no such thing
 * without repeating it: what a caller sent by mistake may be a secret, and errors are logged.
 */
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { type Coordinate as CoordinateText, parseCoordinate } from "./coordinate.ts";

/** What a reader of a scalar answers when the value is no such thing. */
const REFUSED = Symbol("refused");
type Reader<Value> = (value: unknown) => Value | typeof REFUSED;

interface Description<Value> {
  readonly name: string;
  readonly description: string;
  /** What is expected, in words that follow "must be". */
  readonly expected: string;
  readonly literal: Kind.STRING | Kind.INT;
  readonly read: Reader<Value>;
  /** Values of ours on their way out; the reader itself where they have the same form. */
  readonly show?: Reader<Value>;
}

function scalar<Value>(of: Description<Value>): GraphQLScalarType<Value, Value> {
  const accept = (read: Reader<Value>, value: unknown, nodes?: ValueNode): Value => {
    const result = read(value);
    // A GraphQLError, because graphql-js prints the value beside any other kind.
    if (result === REFUSED)
      throw new GraphQLError(`A ${of.name} must be ${of.expected}.`, nodes === undefined ? {} : { nodes });
    return result;
  };
  return new GraphQLScalarType<Value, Value>({
    name: of.name,
    description: of.description,
    serialize: (value) => accept(of.show ?? of.read, value),
    parseValue: (value) => accept(of.read, value),
    parseLiteral: (node) => accept(of.read, node.kind === of.literal ? literal(node) : undefined, node),
  });
}

function literal(node: ValueNode): unknown {
  if (node.kind === Kind.INT) return Number(node.value);
  return node.kind === Kind.STRING ? node.value : undefined;
}

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const CALENDAR_DAY = /^\d{4}-\d\d-\d\d$/;
const OUR_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** JavaScript lets the 31st of June be the 1st of July; year 0 exists for neither PostgreSQL nor us. */
function isDay(text: string): boolean {
  if (!CALENDAR_DAY.test(text) || text.startsWith("0000")) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

function readInstant(value: unknown): string | typeof REFUSED {
  const day = typeof value === "string" ? RFC_3339.exec(value)?.[1] : undefined;
  if (typeof value !== "string" || day === undefined || !isDay(day)) return REFUSED;
  const text = new Date(value.toUpperCase()).toISOString();
  // An offset may carry an instant out of the years that can be written.
  return OUR_INSTANT.test(text) && !text.startsWith("0000") ? text : REFUSED;
}

function showInstant(value: unknown): string | typeof REFUSED {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? REFUSED : readInstant(value.toISOString());
  return readInstant(value);
}

export const DateTime = scalar<string>({
  name: "DateTime",
  description: "An instant, RFC 3339: written in UTC with milliseconds, read with any offset.",
  expected: "an RFC 3339 instant with an offset, such as 2024-03-31T00:30:00.000Z",
  literal: Kind.STRING,
  read: readInstant,
  show: showInstant,
});

export const LocalDate = scalar<string>({
  name: "Date",
  description: "A local calendar day, YYYY-MM-DD.",
  expected: "a calendar day, such as 2024-03-31",
  literal: Kind.STRING,
  read: (value) => (typeof value === "string" && isDay(value) ? value : REFUSED),
});

/** Offsets are accepted by Intl and refused here: a zone has a history, an offset has none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+\-/]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name }).format(0);
    return true;
  } catch {
    return false;
  }
}

export const TimeZone = scalar<string>({
  name: "TimeZone",
  description: "A time zone by its IANA name.",
  expected: "an IANA time zone name, such as Europe/Berlin",
  literal: Kind.STRING,
  read: (value) => (typeof value === "string" && isTimeZone(value) ? value : REFUSED),
  // A zone that was known when it was written is shown even where this machine has forgotten it.
  show: (value) => (typeof value === "string" ? value : REFUSED),
});

export const Coordinate = scalar<CoordinateText>({
  name: "Coordinate",
  description: "A schema coordinate: Type, Type.field, Type.field(argument:), Input.field or Enum.VALUE.",
  expected: "a schema coordinate, such as TimeEntry.costRate",
  literal: Kind.STRING,
  read: (value) => (typeof value === "string" ? (parseCoordinate(value) ?? REFUSED) : REFUSED),
});

const readSafeInt: Reader<number> = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) ? value + 0 : REFUSED;

export const SafeInt = scalar<number>({
  name: "SafeInt",
  description: "An integer from -(2^53 - 1) to 2^53 - 1.",
  expected: "an integer between -(2^53 - 1) and 2^53 - 1",
  literal: Kind.INT,
  read: readSafeInt,
  // PostgreSQL's bigint and sums of it arrive as text.
  show: (value) =>
    readSafeInt(
      typeof value === "bigint" || (typeof value === "string" && /^-?\d+$/.test(value)) ? Number(value) : value,
    ),
});

export const PackedRule = scalar<readonly unknown[]>({
  name: "PackedRule",
  description: "One packed rule of @casl/ability: give the list to unpackRules. Only ever an answer.",
  expected: "left to the server: it is never an input",
  literal: Kind.STRING,
  read: () => REFUSED,
  show: (value) => (Array.isArray(value) ? value : REFUSED),
});

export const scalars: readonly GraphQLScalarType[] = [DateTime, LocalDate, TimeZone, Coordinate, SafeInt, PackedRule];
