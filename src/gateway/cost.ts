/**
 * How many rows an operation may ask for. Pages within pages multiply: three levels of 500 are 125 million rows, in a
 * document of one line. Counted from what was cleared; page sizes that are variables are read anew for each request.
 */
import type { Read, Variables } from "../permission/input.ts";
import type { Picked } from "../permission/check.ts";
import type { Subject } from "../permission/declare.ts";
import { DEFAULT_SIZE, LARGEST } from "../plan/page.ts";
import { problem } from "../problem.ts";
import type { Price } from "./price.ts";

/** Two hundred of the largest pages, as many as an operation may have roots. */
const MOST_ROWS = 100_000;
/** Lists that have no pages are short: the tags of an entry, the leads of a team. */
const UNPAGED = 10;

export type Rows = (variables: Variables) => number;
type Subjects = ReadonlyMap<string, Subject>;

export interface Counting {
  readonly subjects: Subjects;
  readonly price: Price;
}

/** Throws OPERATION_TOO_LARGE. */
export function demandRows(rows: Rows, variables: Variables): void {
  if (rows(variables) <= MOST_ROWS) return;
  throw problem("OPERATION_TOO_LARGE", { extensions: { limit: "rows", most: MOST_ROWS } });
}

/** The rows of all lists, and for each of them again the rows of the lists that hang on it. */
export function rowsOf(picks: readonly Picked[], counting: Counting): Rows {
  const parts = picks.filter(({ denied }) => !denied).map((picked) => pricedIn(picked, counting));
  const counted = parts.filter((part) => part !== NONE);
  if (counted.length === 0) return NONE;
  return (variables) => counted.reduce((sum, part) => sum + part(variables), 0);
}

const NONE: Rows = () => 0;

function pricedIn(picked: Picked, counting: Counting): Rows {
  const rows = rowsIn(picked, counting);
  const price = counting.price(picked);
  return price === undefined ? rows : (variables) => price(variables) + rows(variables);
}

function rowsIn(picked: Picked, counting: Counting): Rows {
  const below = [...picked.picks.values()].map((picks) => rowsOf(picks, counting)).filter((rows) => rows !== NONE);
  // A row is of one type only, so of several types the one counts that asks for most.
  const each: Rows = below.length === 0 ? NONE : (variables) => Math.max(...below.map((rows) => rows(variables)));
  const size = sizeOf(picked, counting.subjects);
  return size === undefined ? each : (variables) => size(variables) * (1 + each(variables));
}

/** Undefined where it is no list of rows. */
function sizeOf(picked: Picked, subjects: Subjects): Rows | undefined {
  if (picked.type === "Query" && picked.field === "nodes") return (variables) => lengthOf(picked, variables);
  const kind = subjects.get(picked.type)?.fields[picked.field]?.source.kind;
  if (kind === "many") return () => UNPAGED;
  const isRoot = picked.type === "Query" && [...subjects.values()].some(({ root }) => root?.name === picked.field);
  if (kind !== "connection" && !isRoot) return undefined;
  // Of a list that is only counted no row is read.
  const isRead = [...picked.picks.values()]
    .flat()
    .some(({ field }) => field !== "totalCount" && field !== "__typename");
  if (!isRead) return () => 1;
  const asked = readOf(picked, "last") ?? readOf(picked, "first");
  return asked === undefined ? () => DEFAULT_SIZE : (variables) => pageOf(asked(variables));
}

function readOf(picked: Picked, name: string): Read | undefined {
  const input = picked.arguments.get(name);
  return input?.kind === "leaf" ? input.read : undefined;
}

function lengthOf(picked: Picked, variables: Variables): number {
  const ids = readOf(picked, "ids")?.(variables);
  return Array.isArray(ids) ? ids.length : 1;
}

/** What is no size of a page is refused where the page is planned. */
const pageOf = (size: unknown): number => (typeof size === "number" ? Math.min(Math.max(size, 0), LARGEST) : 0);
