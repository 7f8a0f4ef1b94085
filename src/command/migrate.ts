/** Brings the tables of PostgreSQL to what this version needs, with the login that owns them. */
import { problem } from "../problem.ts";
import { grantRows } from "../storage/grant.ts";
import { migrate } from "../storage/migrate.ts";
import { openDatabase } from "../storage/open.ts";
import { print, type Surroundings } from "./context.ts";

export async function migrateAsOwner(surroundings: Surroundings, json: boolean): Promise<number> {
  const { databaseOwnerUrl, databaseUrl } = surroundings.config;
  if (databaseOwnerUrl === undefined) throw problem("MIGRATE_NEEDS_OWNER");
  const login = databaseUrl === undefined ? undefined : loginOf(databaseUrl);
  const database = await openDatabase({ url: databaseOwnerUrl, poolSize: 2 });
  try {
    const applied = await migrate(database);
    if (login !== undefined) await grantRows(database, login);
    return tellMigrated(surroundings, applied, json);
  } finally {
    await database.close();
  }
}

/**
 * Asked before anything is migrated. Without a name the driver would take that of the operating system's user: whoever migrates
 * may be another one than whoever serves.
 */
function loginOf(databaseUrl: string): string {
  const { searchParams, username } = new URL(databaseUrl);
  // As the driver reads it: what is said after the question mark comes first.
  const login = searchParams.get("user") || decodeURIComponent(username);
  if (login === "") throw problem("MIGRATE_NEEDS_LOGIN");
  return login;
}

export function tellMigrated({ output }: Surroundings, applied: readonly string[], json: boolean): number {
  const words = applied.length === 0 ? "The database is as this version needs it." : `Applied ${applied.join(", ")}.`;
  print(output, { words, json: { applied } }, json);
  return 0;
}
