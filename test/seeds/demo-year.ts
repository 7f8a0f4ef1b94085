// The demo's rows, made once for a test file, and ways to look at them.
import { demoRows } from "../../seeds/demo.ts";
import type { SeedRow } from "../../seeds/rows.ts";
import { tables } from "../../src/tables.ts";

export const rows = demoRows();
export const of = (table: string): readonly SeedRow[] => rows[table] ?? [];
export const entries = of("time_entry");
export const accounts = of("account").map((row) => row["id"]);

const byId = new Map(tables.flatMap(({ name }) => of(name).map((row) => [String(row["id"]), row] as const)));
/** The row that another one points at; ids are of one table only. */
export const find = (id: unknown): SeedRow => byId.get(String(id)) ?? {};

export const seconds = (found: readonly SeedRow[]): number =>
  found.reduce((all, row) => all + Number(row["duration_seconds"]), 0);
export const values = (found: readonly SeedRow[], column: string): string[] =>
  [...new Set(found.map((row) => String(row[column])))].toSorted();
export const grouped = (found: readonly SeedRow[], key: (row: SeedRow) => string): ReadonlyMap<string, SeedRow[]> =>
  Map.groupBy(found, key);
/** The part of all entries of which something is true. */
export const share = (test: (row: SeedRow) => boolean): number => entries.filter(test).length / entries.length;
