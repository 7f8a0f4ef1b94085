/** What a database says when it refuses a statement, alike for both drivers. */

export interface Refusal {
  /** The five characters of SQLSTATE: 23505 for a key that exists, 23503 for a reference to nothing. */
  readonly sqlstate: string;
  /** The constraint that was broken, where it was one. */
  readonly constraint: string | undefined;
  readonly table: string | undefined;
}

/** Undefined for a failure that no database answered: a lost connection, a slip of ours. */
export function refusalOf(failure: unknown): Refusal | undefined {
  if (!(failure instanceof Error) || !("code" in failure) || !("severity" in failure)) return undefined;
  const { code } = failure;
  if (typeof code !== "string" || !/^[0-9A-Z]{5}$/.test(code)) return undefined;
  return { sqlstate: code, constraint: textOf(failure, "constraint"), table: textOf(failure, "table") };
}

/** What else a driver puts beside its words: rows, parameters and statements, none of which may reach a log. */
const REVEALING = ["detail", "where", "query", "params", "queryOptions", "internalQuery"];

/** The same failure, without values of rows. */
export function withoutValues<Failure>(failure: Failure): Failure {
  if (failure instanceof Error) for (const name of REVEALING) Reflect.deleteProperty(failure, name);
  return failure;
}

function textOf(failure: object, name: string): string | undefined {
  const value: unknown = Object.entries(failure).find(([key]) => key === name)?.[1];
  return typeof value === "string" ? value : undefined;
}
