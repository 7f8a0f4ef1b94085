/** Where a command gets its database: it opens it, or has the server that holds it run the command. */
import { setTimeout as pause } from "node:timers/promises";
import { MEMORY, type Config } from "../config.ts";
import { Problem, problem } from "../problem.ts";
import { checkSchema, migrate } from "../storage/migrate.ts";
import { openDatabase, type OpenDatabase } from "../storage/open.ts";
import type { Place } from "./command.ts";
import type { CommandContext, Surroundings, Terminal } from "./context.ts";
import { examine } from "./doctor.ts";
import { migrateAsOwner, tellMigrated } from "./migrate.ts";
import { sendOrder } from "./socket.ts";

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

export interface Calling {
  readonly surroundings: Surroundings;
  readonly terminal: Terminal;
}

export interface Called extends Calling {
  readonly argv: readonly string[];
  readonly serve: (json: boolean) => Promise<number>;
  readonly emit: (json: boolean) => Promise<number>;
}

/** A command in a process of its own. */
export function ownPlace(called: Called): Place {
  const { surroundings, terminal } = called;
  const inDatabase = (work: (context: CommandContext) => Promise<void>): Promise<number> =>
    reach(called, async ({ database }) => work({ ...surroundings, database }));
  return {
    output: surroundings.output,
    terminal,
    inDatabase,
    own: {
      serve: called.serve,
      emit: called.emit,
      migrate: (json) =>
        surroundings.config.databaseUrl === undefined
          ? reach(called, async ({ applied }) => tellMigrated(surroundings, applied, json))
          : migrateAsOwner(surroundings, json),
      doctor: async (json) => (await toServer(called)) ?? examine(surroundings, undefined, json),
    },
  };
}

/** A command that came through the local socket: the database is open already. */
export function serverPlace({ surroundings, terminal }: Calling, database: OpenDatabase): Place {
  return {
    output: surroundings.output,
    terminal,
    inDatabase: async (work) => {
      await work({ ...surroundings, database });
      return 0;
    },
    own: {
      serve: elsewhere,
      emit: elsewhere,
      migrate: async (json) => tellMigrated(surroundings, [], json),
      doctor: (json) => examine(surroundings, database, json),
    },
  };
}

async function elsewhere(): Promise<number> {
  throw problem("DATA_DIR_LOCKED", { extensions: { pid: process.pid } });
}

/** Two commands at once, or a server just starting, are worth waiting for; whoever holds the folder longer is named. */
const PATIENCE_MILLISECONDS = 20_000;
const PAUSE_MILLISECONDS = 250;

async function reach(called: Called, work: (ready: Ready) => Promise<unknown>): Promise<number> {
  const { clock } = called.surroundings;
  const until = clock.now().getTime() + PATIENCE_MILLISECONDS;
  for (;;) {
    const exit = await toServer(called);
    if (exit !== undefined) return exit;
    const ready = await openUnlessLocked(called, clock.now().getTime() < until);
    if (ready === undefined) {
      called.surroundings.output.progress("waiting for the process that holds the data folder");
      await pause(PAUSE_MILLISECONDS);
      continue;
    }
    try {
      await work(ready);
      return 0;
    } finally {
      await ready.database.close();
    }
  }
}

async function openUnlessLocked({ surroundings }: Called, patient: boolean): Promise<Ready | undefined> {
  try {
    return await openReady(surroundings.config);
  } catch (failure) {
    if (patient && failure instanceof Problem && failure.code === "DATA_DIR_LOCKED") return undefined;
    throw failure;
  }
}

/** Undefined where no server holds the database, or where several processes may open it anyway. */
async function toServer({ surroundings, terminal, argv }: Called): Promise<number | undefined> {
  const { config, directory } = surroundings;
  if (config.databaseUrl !== undefined || config.dataDir === MEMORY) return undefined;
  return sendOrder(config.dataDir, { argv, directory, watched: terminal.watched }, terminal);
}
