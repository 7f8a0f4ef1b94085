/** Opens the database in the state for which this version was written, or says why that cannot be. */
import type { Config } from "../config.ts";
import { Problem } from "../problem.ts";
import { checkSchema, migrate } from "../storage/migrate.ts";
import { openDatabase, type OpenDatabase } from "../storage/open.ts";

/** Open, and in the state for which this version was written. */
export interface Ready {
  readonly database: OpenDatabase;
  /** Migrations that were missing: an embedded database has nobody else to see to it. */
  readonly applied: readonly string[];
}

export async function openReady(config: Config): Promise<Ready> {
  const { databaseUrl, dataDir } = config;
  const database = await openDatabase(databaseUrl === undefined ? { folder: dataDir } : { url: databaseUrl });
  try {
    const applied = databaseUrl === undefined ? await bringUp(database) : [];
    await checkSchema(database);
    return { database, applied };
  } catch (failure) {
    await database.close();
    throw failure;
  }
}

/** Migrates only what is behind: a database that is ahead belongs to another version, and is left alone. */
async function bringUp(database: OpenDatabase): Promise<readonly string[]> {
  try {
    await checkSchema(database);
    return [];
  } catch (failure) {
    if (failure instanceof Problem && failure.code === "SCHEMA_BEHIND") return migrate(database);
    throw failure;
  }
}
