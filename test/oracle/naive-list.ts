/** Filters, orders and pages of a list, as the rules say them in words. */
import { fieldOf, type Seen, type Sight } from "./naive-sight.ts";
import { compare, instant, isMoney, related, relatives, seen } from "./naive-value.ts";
import type { PlainRow } from "./world.ts";

export type Input = Readonly<Record<string, unknown>>;
const asInput = (value: unknown): Input => (typeof value === "object" && value !== null ? { ...value } : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

export function matches(sight: Sight, subject: string, filter: unknown): (row: PlainRow) => boolean {
  const tests = Object.entries(asInput(filter)).map(([key, value]) => testOf(sight, subject, { key, value }));
  return (row) => tests.every((test) => test(row));
}

type Test = (row: PlainRow) => boolean;

function testOf(sight: Sight, subject: string, given: { readonly key: string; readonly value: unknown }): Test {
  const { key, value } = given;
  if (key === "not") {
    const inner = matches(sight, subject, value);
    return (row) => !inner(row);
  }
  if (key === "and" || key === "or") {
    const parts = asList(value).map((part) => matches(sight, subject, part));
    return (row) => (key === "and" ? parts.every((part) => part(row)) : parts.some((part) => part(row)));
  }
  const { source } = fieldOf(sight, subject, key);
  const at = { subject, field: key };
  if (source.kind === "one") {
    const inner = matches(sight, source.type, value);
    return (row) => {
      const target = related(sight, at, row);
      return target !== undefined && inner(target);
    };
  }
  if (source.kind === "many") return manyTest(sight, at, { type: source.type, value });
  const operators = Object.entries(asInput(value));
  return (row) => {
    const value = seen(sight, at, row);
    return operators.every(([operator, operand]) => holds(operator, value, operand));
  };
}

function manyTest(
  sight: Sight,
  at: { readonly subject: string; readonly field: string },
  given: { readonly type: string; readonly value: unknown },
): Test {
  const parts = Object.entries(asInput(given.value)).map(([quantifier, inner]) => {
    const meets = matches(sight, given.type, inner);
    return (rows: readonly PlainRow[]): boolean => {
      if (quantifier === "some") return rows.some(meets);
      if (quantifier === "every") return rows.every(meets);
      if (quantifier === "none") return !rows.some(meets);
      throw new Error(`no quantifier is called ${quantifier}`);
    };
  });
  return (row) => parts.every((part) => part(relatives(sight, at, row) ?? []));
}

function holds(operator: string, value: Seen, operand: unknown): boolean {
  if (operator === "isNull") return (value === null) === operand;
  if (operator === "currency") return isMoney(value) && value.currency === operand;
  if (value === null) return operator === "ne" || operator === "notIn";
  const plain = isMoney(value) ? value.minor : value;
  const by = (other: unknown): number => compare(plain, alike(plain, other));
  switch (operator) {
    case "eq":
      return by(operand) === 0;
    case "ne":
      return by(operand) !== 0;
    case "in":
      return asList(operand).some((other) => by(other) === 0);
    case "notIn":
      return !asList(operand).some((other) => by(other) === 0);
    case "lt":
      return by(operand) < 0;
    case "lte":
      return by(operand) <= 0;
    case "gt":
      return by(operand) > 0;
    case "gte":
      return by(operand) >= 0;
    case "contains":
      return String(plain).includes(String(operand));
    case "startsWith":
      return String(plain).startsWith(String(operand));
    default:
      throw new Error(`no operator is called ${operator}`);
  }
}

/** An instant may be given with any offset; ours are in UTC with milliseconds. */
function alike(value: Seen, operand: unknown): Seen {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)) return instant(String(operand));
  return typeof operand === "string" || typeof operand === "number" || typeof operand === "boolean" ? operand : null;
}

type Direction = "ASC" | "DESC";
export type Comparison = (one: PlainRow, other: PlainRow) => number;

/** The order asked for, or that of the subject; then the id in the direction of the last term. */
export function comparison(sight: Sight, subject: string, orderBy: unknown): Comparison {
  const asked = asList(orderBy ?? []).map((term) => {
    const { field, direction } = asInput(term);
    return { field: fieldNamed(sight, subject, String(field)), direction: direction === "DESC" ? "DESC" : "ASC" };
  });
  // An empty list is an order of no terms; only where none is given does the subject's own hold.
  const usual = sight.subject(subject).defaultOrder.filter(({ field }) => sight.showsAlways(subject, field));
  const terms: readonly { readonly field: string; readonly direction: string }[] = Array.isArray(orderBy)
    ? asked
    : usual;
  const last: Direction = terms.at(-1)?.direction === "DESC" ? "DESC" : "ASC";
  return (one, other) => {
    for (const { field, direction } of terms) {
      const at = { subject, field };
      const difference = nullsLast(seen(sight, at, one), seen(sight, at, other), direction);
      if (difference !== 0) return difference;
    }
    return nullsLast(one["id"] ?? null, other["id"] ?? null, last);
  };
}

function nullsLast(one: Seen, other: Seen, direction: string): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return direction === "DESC" ? compare(other, one) : compare(one, other);
}

/** COST_RATE is the name of costRate in an order. */
function fieldNamed(sight: Sight, subject: string, constant: string): string {
  const names = Object.keys(sight.subject(subject).fields);
  const name = names.find((field) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() === constant);
  if (name === undefined) throw new Error(`${subject} has no order ${constant}`);
  return name;
}

export interface Page {
  readonly rows: readonly PlainRow[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

const CURSOR = "cursor:";
export const cursorOf = (row: PlainRow): string => `${CURSOR}${String(row["id"])}`;

interface List {
  readonly list: readonly PlainRow[];
  readonly order: Comparison;
  /** The row that a cursor was given out for; it need not be in this list. */
  readonly place: (cursor: string) => PlainRow | undefined;
}

/** A page of a list that is in its order. The arguments have been judged before. */
export function page({ list, order, place }: List, { first, after, last, before }: Input): Page {
  const behind = typeof after === "string" ? place(after) : undefined;
  const ahead = typeof before === "string" ? place(before) : undefined;
  const within = list.filter(
    (row) => (behind === undefined || order(row, behind) > 0) && (ahead === undefined || order(row, ahead) < 0),
  );
  const counts = { totalCount: list.length };
  if (typeof last === "number") {
    const rows = last === 0 ? [] : within.slice(-last);
    const hasPreviousPage = rows.length < within.length;
    return { ...counts, rows, hasPreviousPage, hasNextPage: typeof before === "string" };
  }
  const rows = within.slice(0, typeof first === "number" ? first : 50);
  const hasNextPage = rows.length < within.length;
  return { ...counts, rows, hasNextPage, hasPreviousPage: typeof after === "string" };
}
