/**
 * Rules about rows, as data: which rows of a table a caller may see. They never hold a person's id: the caller is a
 * parameter, so that everyone of one permission class shares what was compiled from them.
 */

/** None, all or some: a union, so that "no condition" cannot be mistaken for "no rows". */
export type Rows =
  { readonly kind: "none" } | { readonly kind: "all" } | { readonly kind: "some"; readonly where: Condition };

export type Condition =
  /** The column holds the caller's member id. */
  | { readonly kind: "own"; readonly column: string }
  /** The column holds an id that is in a set known of the caller. */
  | { readonly kind: "among"; readonly column: string; readonly set: FactSet }
  /** The boolean column is true. */
  | { readonly kind: "flag"; readonly column: string }
  /** The column holds none of these words. */
  | { readonly kind: "noneOf"; readonly column: string; readonly values: readonly string[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] }
  | { readonly kind: "every"; readonly of: readonly Condition[] };

/** Ids known of the caller, read in the snapshot of the data: the column `pick` of those rows of `table` that meet `where`. */
export interface FactSet {
  readonly name: string;
  readonly table: string;
  readonly pick: string;
  readonly where: Condition;
}

export const NONE: Rows = { kind: "none" };
export const ALL: Rows = { kind: "all" };
export const some = (where: Condition): Rows => ({ kind: "some", where });
export const own = (column: string): Condition => ({ kind: "own", column });
export const among = (column: string, set: FactSet): Condition => ({ kind: "among", column, set });
export const flag = (column: string): Condition => ({ kind: "flag", column });
export const noneOf = (column: string, values: readonly string[]): Condition => ({ kind: "noneOf", column, values });
export const any = (...of: readonly Condition[]): Condition => ({ kind: "any", of });
export const every = (...of: readonly Condition[]): Condition => ({ kind: "every", of });

/** The rows of either. */
export function unite(one: Rows, other: Rows): Rows {
  if (one.kind === "all" || other.kind === "none") return one;
  if (other.kind === "all" || one.kind === "none") return other;
  return sameRows(one, other) ? one : some(any(one.where, other.where));
}

/** The rows of both. */
export function intersect(one: Rows, other: Rows): Rows {
  if (one.kind === "none" || other.kind === "all") return one;
  if (other.kind === "none" || one.kind === "all") return other;
  return sameRows(one, other) ? one : some(every(one.where, other.where));
}

/** Whether both are written alike. Equal rows written in two ways count as different: a mask too many, never one too few. */
export const sameRows = (one: Rows, other: Rows): boolean => JSON.stringify(one) === JSON.stringify(other);
