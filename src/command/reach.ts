/** Where a command gets its database: it opens it, or has the server that holds it run the command. */
import { setTimeout as pause } from "node:timers/promises";
import { MEMORY } from "../config.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import { Problem, problem } from "../problem.ts";
import type { OpenDatabase } from "../storage/open.ts";
import type { Place } from "./command.ts";
import type { CommandContext, Surroundings, Terminal } from "./context.ts";
import type { Ready } from "./ready.ts";
import { sendOrder } from "./socket.ts";

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
    reach(called, async ({ database }) => {
      await work({ ...surroundings, database, catalogue: freshCatalogue });
    });
  return {
    output: surroundings.output,
    terminal,
    inDatabase,
    own: {
      serve: called.serve,
      emit: called.emit,
      migrate: async (json) => {
        const { migrateAsOwner, tellMigrated } = await import("./migrate.ts");
        if (surroundings.config.databaseUrl !== undefined) return migrateAsOwner(surroundings, json);
        return reach(called, async ({ applied }) => tellMigrated(surroundings, applied, json));
      },
      doctor: async (json) => {
        const exit = await toServer(called);
        return exit ?? (await import("./doctor.ts")).examine(surroundings, undefined, json);
      },
    },
  };
}

async function freshCatalogue(): Promise<Catalogue> {
  return (await import("./catalogue.ts")).readCatalogue();
}

/** What a server has open, and its commands use. */
export interface Held {
  readonly database: OpenDatabase;
  readonly catalogue: Catalogue;
}

/** A command that came through the local socket: the database is open already. */
export function serverPlace({ surroundings, terminal }: Calling, { database, catalogue }: Held): Place {
  return {
    output: surroundings.output,
    terminal,
    inDatabase: async (work) => {
      await work({ ...surroundings, database, catalogue: async () => catalogue });
      return 0;
    },
    own: {
      serve: elsewhere,
      emit: elsewhere,
      migrate: async (json) => (await import("./migrate.ts")).tellMigrated(surroundings, [], json),
      doctor: async (json) => (await import("./doctor.ts")).examine(surroundings, database, json),
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
    // What opens a database takes long to load, and a running server spares us it.
    return await (await import("./ready.ts")).openReady(surroundings.config);
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
