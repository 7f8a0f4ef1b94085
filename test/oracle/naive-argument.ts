/** What the value of an argument uses, and what can be wrong with it. */
import { getNullableType, isEnumType, isInputObjectType, isListType, type GraphQLInputType } from "graphql";
import type { Reason } from "./naive-access.ts";
import { cursorOf, type Input } from "./naive-list.ts";
import type { Sight } from "./naive-sight.ts";
import { readGlobalId } from "./naive-value.ts";

export interface Use {
  readonly coordinate: string;
  readonly usage: "SELECT" | "FILTER" | "ORDER" | "GROUP" | "ARGUMENT";
  /** Each of these would close it alone. */
  readonly reasons: ReadonlySet<Reason>;
  readonly path: readonly string[];
}

/** What is used in an argument is used for that for which the argument is there. */
export function usageIn(argument: string): Use["usage"] {
  if (argument === "filter") return "FILTER";
  if (argument === "orderBy") return "ORDER";
  return argument === "groupBy" ? "GROUP" : "ARGUMENT";
}

/** Coordinates of the input fields and enum values that a coerced value holds, at any depth. */
export function inputUses(type: GraphQLInputType, value: unknown): readonly string[] {
  const plain = getNullableType(type);
  if (value === null || value === undefined) return [];
  if (isListType(plain)) {
    return (Array.isArray(value) ? value : [value]).flatMap((element) => inputUses(plain.ofType, element));
  }
  if (isEnumType(plain)) return typeof value === "string" ? [`${plain.name}.${value}`] : [];
  if (!isInputObjectType(plain) || typeof value !== "object") return [];
  const fields = plain.getFields();
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields[name];
    return field === undefined ? [] : [`${plain.name}.${name}`, ...inputUses(field.type, inner)];
  });
}

export interface Arguments {
  /** The field to which they are given. */
  readonly coordinate: string;
  /** The subject that it lists, where it does. */
  readonly listed: string | undefined;
  readonly values: Input;
}

export function argumentProblems(sight: Sight, { coordinate, listed, values }: Arguments): readonly string[] {
  const problems: string[] = [];
  if (!pageIsValid(values)) problems.push("PAGE_INVALID");
  const cursors = [values["after"], values["before"]].filter((cursor) => typeof cursor === "string");
  if (listed !== undefined && !cursors.every((cursor) => isCursor(sight, listed, cursor))) {
    problems.push("CURSOR_INVALID");
  }
  const { filter } = values;
  if (filter !== null && holdsNull(filter)) problems.push("FILTER_NULL");
  const of = coordinate === "Query.timeReport" ? "TimeEntry" : listed;
  if (of !== undefined && !idsAreValid(sight, of, filter)) problems.push("ID_INVALID");
  const ids = coordinate === "Query.node" ? [values["id"]] : values["ids"];
  if (Array.isArray(ids) && ids.some((id) => readGlobalId(id) === undefined)) problems.push("ID_INVALID");
  if (listed !== undefined && namesTwice(values["orderBy"])) problems.push("BAD_USER_INPUT");
  if (coordinate === "Query.timeReport") problems.push(...reportProblems(values));
  return problems;
}

/** One that was given out for a row of what is listed. */
const isCursor = (sight: Sight, subject: string, cursor: string): boolean =>
  sight.rows(subject).some((row) => cursorOf(row) === cursor);

const counts = (value: unknown): boolean => value === null || (Number(value) >= 0 && Number(value) <= 500);

function pageIsValid({ first = null, last = null, after = null, before = null }: Input): boolean {
  if (first !== null && last !== null) return false;
  if (after !== null && last !== null) return false;
  if (before !== null && last === null) return false;
  return counts(first) && counts(last);
}

/** An order in which one field stands twice. */
function namesTwice(orderBy: unknown): boolean {
  const terms: readonly unknown[] = Array.isArray(orderBy) ? orderBy : [];
  const fields = terms.map((term) =>
    typeof term === "object" && term !== null && "field" in term ? term.field : term,
  );
  return new Set(fields).size < fields.length;
}

function holdsNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === "object" && Object.values(value).some(holdsNull);
}

/** An id in a filter is one of the type that the filter is about. */
function idsAreValid(sight: Sight, subject: string, filter: unknown): boolean {
  if (typeof filter !== "object" || filter === null) return true;
  return Object.entries(filter).every(([key, value]) => {
    if (key === "id") return operandsOf(value).every((id) => readGlobalId(id)?.tag === sight.subject(subject).tag);
    if (key === "and" || key === "or" || key === "not") {
      return (Array.isArray(value) ? value : [value]).every((part) => idsAreValid(sight, subject, part));
    }
    const source = sight.subject(subject).fields[key]?.source;
    if (source?.kind === "one") return idsAreValid(sight, source.type, value);
    if (source?.kind !== "many" || typeof value !== "object" || value === null) return true;
    return Object.values(value).every((inner) => idsAreValid(sight, source.type, inner));
  });
}

const operandsOf = (operators: unknown): readonly unknown[] =>
  typeof operators === "object" && operators !== null
    ? Object.values(operators)
        .flat()
        .filter((operand) => typeof operand === "string")
    : [];

function reportProblems({ groupBy, rounding, timezone }: Input): readonly string[] {
  const problems: string[] = [];
  const dimensions = Array.isArray(groupBy) ? groupBy : [groupBy];
  if (new Set(dimensions).size < dimensions.length) problems.push("BAD_USER_INPUT");
  if (typeof rounding === "object" && rounding !== null && "to" in rounding) {
    const minutes = Number(rounding.to);
    if (minutes < 1 || minutes > 1440) problems.push("BAD_USER_INPUT");
  }
  if (typeof timezone === "string" && !isZone(timezone)) problems.push("TIME_ZONE_UNKNOWN");
  return problems;
}

function isZone(name: string): boolean {
  return name === "UTC" || Intl.supportedValuesOf("timeZone").includes(name) || NEW_NAMES.includes(name);
}

/** Names in force that the machine lists under their older ones. */
const NEW_NAMES: readonly string[] = ["Asia/Kathmandu"];
