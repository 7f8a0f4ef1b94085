/** Rows as they go into tables: plain values, days and instants as texts, so that the same seed is the same bytes. */

export type Cell = string | number | boolean | null;
export type SeedRow = Readonly<Record<string, Cell>>;
/** Rows by the name of their table. */
export type SeedRows = Readonly<Record<string, readonly SeedRow[]>>;

/** The two columns of a sum of money; `units` are pounds, dollars or euros. */
export function money(name: string, units: number | null, currency: string): SeedRow {
  const minor = units === null ? null : Math.round(units * 100);
  return { [`${name}_minor`]: minor, [`${name}_currency`]: minor === null ? null : currency };
}

/** The rows of several accounts, table by table. */
export function together(parts: readonly SeedRows[]): SeedRows {
  const names = new Set(parts.flatMap((part) => Object.keys(part)));
  return Object.fromEntries([...names].map((name) => [name, parts.flatMap((part) => part[name] ?? [])]));
}

export function countRows(rows: SeedRows): number {
  return Object.values(rows).reduce((sum, found) => sum + found.length, 0);
}

const byId = (one: SeedRow, other: SeedRow): number => (String(one["id"]) < String(other["id"]) ? -1 : 1);

/** In the order in which the rows were made; a table without ids stays as it is. */
export function inOrderOfIds(rows: SeedRows): SeedRows {
  return Object.fromEntries(
    Object.entries(rows).map(([name, found]) => [name, found[0]?.["id"] === undefined ? found : found.toSorted(byId)]),
  );
}
