/**
 * A throw-away database that the gate works on as on any other, and in which nothing lasts: all is done in one
 * transaction that is never committed, so that a hidden change is undone by going back, and so is whatever is written.
 */
import type { Database, Reader } from "../storage/database.ts";
import type { Table } from "../storage/table.ts";
import { applyStep, type Change } from "./change.ts";
import { quoted, say } from "./copy.ts";

export interface World {
  /** For the gate: what it writes is undone as soon as its answer was made. */
  readonly database: Database;
  readonly reader: Reader;
  /** Back to the rows that were copied, then these changes. Answers those that the database took. */
  change(changes: readonly Change[]): Promise<readonly Change[]>;
  /** The same with changes that it has taken before, together and in this order. */
  again(changes: readonly Change[]): Promise<void>;
  /** Nothing was ever here. */
  end(): Promise<void>;
}

const END = new Error("the world ends");

export function holdWorld(database: Database, tables: readonly Table[]): Promise<World> {
  return new Promise((resolve, reject) => {
    const whole = database.write(
      (transaction) =>
        new Promise<never>((_, stop) => {
          worldOf(transaction, tables, () => stop(END)).then(
            (world) => resolve({ ...world, end: () => world.end().then(() => ended) }),
            stop,
          );
        }),
    );
    const ended = whole.catch((failure: unknown) => {
      if (failure !== END) reject(failure instanceof Error ? failure : new Error("the world broke"));
    });
  });
}

/** Two places to go back to: the rows as copied, and the rows as changed. */
const [COPIED, CHANGED] = ["savepoint copied", "savepoint changed"];

async function worldOf(transaction: Reader, tables: readonly Table[], stop: () => void): Promise<World> {
  await say(transaction, COPIED);
  await say(transaction, CHANGED);
  return {
    reader: transaction,
    database: databaseOf(transaction),
    change: async (changes) => {
      await say(transaction, `rollback to ${COPIED}`);
      const taken: Change[] = [];
      for (const change of changes) if (await attempt(transaction, change, tables)) taken.push(change);
      await say(transaction, CHANGED);
      return taken;
    },
    again: async (changes) => {
      await say(transaction, `rollback to ${COPIED}`);
      for (const { steps } of changes) for (const step of steps) await applyStep(transaction, step, tables);
      await say(transaction, CHANGED);
    },
    end: () => Promise.resolve(stop()),
  };
}

/** False where a constraint of the database forbids it; then nothing of it is there. */
async function attempt(transaction: Reader, { steps }: Change, tables: readonly Table[]): Promise<boolean> {
  await say(transaction, "savepoint step");
  try {
    for (const step of steps) await applyStep(transaction, step, tables);
    return true;
  } catch {
    await say(transaction, "rollback to savepoint step");
    return false;
  } finally {
    await say(transaction, "release savepoint step");
  }
}

function databaseOf(transaction: Reader): Database {
  return {
    kind: "pglite",
    run: async (statement, values) => {
      try {
        return await transaction.run(statement, values);
      } catch (failure) {
        // A statement that fails ends the transaction, unless one goes back to before it.
        await say(transaction, `rollback to ${CHANGED}`);
        throw failure;
      }
    },
    write: async (work) => {
      await say(transaction, "savepoint written");
      try {
        return await work(transaction);
      } finally {
        await say(transaction, "rollback to savepoint written");
        await say(transaction, "release savepoint written");
      }
    },
    close: () => Promise.resolve(),
  };
}

/** All rows of the account in the tables that rooms have declared, as the world has them now. */
export async function readRows(
  reader: Reader,
  account: string,
  tables: readonly Table[],
): Promise<ReadonlyMap<string, readonly Readonly<Record<string, string | null>>[]>> {
  const all = new Map<string, readonly Readonly<Record<string, string | null>>[]>();
  for (const { name, columns } of tables) {
    const names = Object.keys(columns);
    const list = names.map((column) => `${quoted(column)}::text`).join(", ");
    const text = `select ${list} from ${quoted(name)} where account_id = $1::uuid order by ${names.map(quoted).join(", ")}`;
    const rows = await reader.run({ name: "", text }, [account]);
    all.set(
      name,
      rows.map((row) => Object.fromEntries(names.map((column, at) => [column, row[at] ?? null]))),
    );
  }
  return all;
}
