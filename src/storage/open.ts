/** Opens the database that the options name: PostgreSQL by its address, PGlite in a folder or in memory. */
import { join } from "node:path";
import { MEMORY } from "../config.ts";
import { lockFolder } from "./lock.ts";
import { openPglite, type PgliteDatabase } from "./pglite.ts";
import { openPostgresql, type PostgresqlDatabase, type PostgresqlOptions } from "./postgresql.ts";

export type OpenOptions = PostgresqlOptions | EmbeddedOptions;

export interface EmbeddedOptions {
  /** The data folder, or `memory:`. */
  readonly folder: string;
}

export type OpenDatabase = PostgresqlDatabase | PgliteDatabase;

export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  if ("url" in options) return openPostgresql(options);
  return options.folder === MEMORY ? openPglite({}) : openFolder(options.folder);
}

async function openFolder(folder: string): Promise<PgliteDatabase> {
  const lock = lockFolder(folder);
  try {
    const database = await openPglite({ folder: join(folder, "database") });
    const close = async () => {
      try {
        await database.close();
      } finally {
        lock.release();
      }
    };
    return { ...database, close };
  } catch (failure) {
    lock.release();
    throw failure;
  }
}
