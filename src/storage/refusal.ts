/** What a database says when it refuses a statement, alike for both drivers. */
import { problem, type Problem } from "../problem.ts";

export interface Refusal {
  /** The five characters of SQLSTATE: 23505 for a key that exists, 23503 for a reference to nothing. */
  readonly sqlstate: string;
  /** The constraint that was broken, where it was one. */
  readonly constraint: string | undefined;
  readonly table: string | undefined;
}

/** Undefined for a failure that no database answered: a lost connection, a slip of ours. */
export function refusalOf(failure: unknown): Refusal | undefined {
  const sqlstate = codeOf(failure);
  if (sqlstate === undefined || !/^[0-9A-Z]{5}$/.test(sqlstate)) return undefined;
  // Only servers speak of severity; five capitals alone may be a code of the operating system.
  if (textOf(failure, "severity") === undefined) return undefined;
  return { sqlstate, constraint: textOf(failure, "constraint"), table: textOf(failure, "table") };
}

/** Two transactions waited for each other, or could not both be as if alone: one was undone, and would now succeed. */
const COLLIDED = /^40/;

export function collisionOf(failure: unknown): Problem | undefined {
  const refusal = refusalOf(failure);
  if (refusal === undefined || !COLLIDED.test(refusal.sqlstate)) return undefined;
  const log = `the database undid a transaction: ${refusal.sqlstate}`;
  return problem("COLLIDED", { log, cause: withoutValues(failure) });
}

/** A server's SQLSTATE, or the system's code in words; the failure's class is not asked, as it may come from another realm. */
export const codeOf = (failure: unknown): string | undefined => textOf(failure, "code");

/** What else a driver puts beside its words: rows, parameters and statements, none of which may reach a log. */
const REVEALING = ["detail", "where", "query", "params", "queryOptions", "internalQuery"];

/** The same failure, without values of rows. */
export function withoutValues(failure: unknown): unknown {
  if (typeof failure === "object" && failure !== null) {
    for (const name of REVEALING) Reflect.deleteProperty(failure, name);
  }
  return failure;
}

function textOf(failure: unknown, name: string): string | undefined {
  if (typeof failure !== "object" || failure === null) return undefined;
  const value: unknown = Reflect.get(failure, name);
  return typeof value === "string" ? value : undefined;
}
