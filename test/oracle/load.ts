/** Writes a world into a database, row by row, with inserts made from the declarations alone. */
import type { Database, Reader } from "../../src/storage/database.ts";
import type { Table } from "../../src/storage/table.ts";
import { tables } from "../../src/tables.ts";
import type { World } from "./world.ts";

export async function load(database: Database, world: World): Promise<void> {
  await database.write(async (transaction) => {
    for (const table of tables) await insertAll(transaction, table, world);
    for (const { account, coordinate, audience, enabled } of world.toggles) {
      await transaction.run(TOGGLE, [account, coordinate, audience, enabled]);
    }
    for (const row of world.tables["account"] ?? []) {
      await transaction.run(REVISION, [row["id"] ?? null, row["revision"] ?? null]);
    }
  });
}

const TOGGLE = {
  name: "oracle_insert_toggle",
  text: `insert into toggle (account_id, coordinate, audience, enabled, changed_by, revision)
         values ($1, $2, $3, $4, 'the world', 1)`,
};
/** The database counts a step for each role and each toggle; the world says where it ends. */
const REVISION = { name: "oracle_revision", text: "update account set revision = $2 where id = $1" };

async function insertAll(transaction: Reader, table: Table, world: World): Promise<void> {
  // The account's own account_id is generated from its id.
  const columns = Object.keys(table.columns).filter((name) => table.name !== "account" || name !== "account_id");
  const places = columns.map((_, at) => `$${at + 1}`).join(", ");
  const names = columns.map((name) => `"${name}"`).join(", ");
  const statement = {
    name: `oracle_insert_${table.name}`,
    text: `insert into "${table.name}" (${names}) values (${places})`,
  };
  for (const row of world.tables[table.name] ?? []) {
    await transaction.run(
      statement,
      columns.map((name) => (table.name === "account" && name === "revision" ? 1 : (row[name] ?? null))),
    );
  }
}
