/** Brings the tables of PostgreSQL to what this version needs, with the login that owns them. */
import { problem } from "../problem.ts";
import { grantRows } from "../storage/grant.ts";
import { migrate } from "../storage/migrate.ts";
import { openDatabase } from "../storage/open.ts";
import { print, type Surroundings } from "./context.ts";

export async function migrateAsOwner(surroundings: Surroundings, json: boolean): Promise<number> {
  const { databaseOwnerUrl, databaseUrl } = surroundings.config;
  if (databaseOwnerUrl === undefined) throw problem("MIGRATE_NEEDS_OWNER");
  const database = await openDatabase({ url: databaseOwnerUrl, poolSize: 2 });
  try {
    const applied = await migrate(database);
    if (databaseUrl !== undefined) await grantRows(database, decodeURIComponent(new URL(databaseUrl).username));
    return tellMigrated(surroundings, applied, json);
  } finally {
    await database.close();
  }
}

export function tellMigrated({ output }: Surroundings, applied: readonly string[], json: boolean): number {
  const words = applied.length === 0 ? "The database is as this version needs it." : `Applied ${applied.join(", ")}.`;
  print(output, { words, json: { applied } }, json);
  return 0;
}
