// What a seed is in bytes: of rows as they are made, and of rows as a live database gives them back.
import { digest } from "../../src/storage/digest.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";
import { keyOf } from "../../src/storage/orm.ts";
import { tables } from "../../src/tables.ts";
import type { SeedRow, SeedRows } from "../../seeds/rows.ts";
import { sql } from "../database.ts";

export function digestOf(rows: SeedRows): string {
  const sorted = tables.map(({ name }) => [name, (rows[name] ?? []).map(columnsInOrder)]);
  return digest(JSON.stringify(sorted));
}

const columnsInOrder = (row: SeedRow): unknown =>
  Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Every table, its rows by their key, its columns by their name. */
export async function dumpOf(database: OpenDatabase): Promise<Readonly<Record<string, string>>> {
  const dumped: [string, string][] = [];
  for (const table of tables) {
    const columns = Object.keys(table.columns).toSorted().join(", ");
    const rows = await sql(database, `SELECT ${columns} FROM ${table.name} ORDER BY ${keyOf(table).join(", ")}`);
    dumped.push([table.name, `${rows.length} rows ${digest(JSON.stringify(rows))}`]);
  }
  return Object.fromEntries(dumped);
}

export async function countsOf(database: OpenDatabase): Promise<Readonly<Record<string, number>>> {
  const counted: [string, number][] = [];
  for (const { name } of tables) {
    const [row] = await sql(database, `SELECT count(*) FROM ${name}`);
    counted.push([name, Number(row?.[0])]);
  }
  return Object.fromEntries(counted);
}
