/** The database inside this process: PGlite on a folder or in memory, rows as arrays of raw text. */
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import type { Database, Reader, Row, Statement, Value } from "./database.ts";
import { parameter } from "./parameter.ts";
import { collisionOf, withoutValues } from "./refusal.ts";
import { makeFence, undone } from "./transaction.ts";

export interface PgliteOptions {
  /** Absent: in memory, gone when it is closed. */
  readonly folder?: string;
  /** A database to begin with, as `instance.dumpDataDir` gives it out. */
  readonly from?: Blob;
}

export interface PgliteDatabase extends Database {
  readonly kind: "pglite";
  /** For the ORM alone, which must work on this very instance: a second one on the same folder would lose rows. */
  readonly instance: PGlite;
}

const asIs = (text: string): string => text;
/** date, timestamp, timestamptz and interval reach the ORM as text: it reads them itself, in the way it does over pg. */
const times = { 1082: asIs, 1114: asIs, 1184: asIs, 1186: asIs };

export async function openPglite({ folder, from }: PgliteOptions): Promise<PgliteDatabase> {
  const instance = await PGlite.create({
    dataDir: folder ?? "memory://",
    extensions: { btree_gist, pgcrypto },
    parsers: times,
    ...(from === undefined ? {} : { loadDataDir: from }),
  });
  await instance.exec("SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601'");
  const rows = rawRows(instance);
  const run = rows(instance);
  const fence = makeFence();
  return {
    kind: "pglite",
    instance,
    run: async (statement, values) => {
      fence.demandOutside();
      return run(statement, values);
    },
    write: async (work) => {
      fence.demandOutside();
      try {
        return await instance.transaction((handle) => fence.within(() => watched(work, rows(handle))));
      } catch (failure) {
        throw collisionOf(failure) ?? failure;
      }
    },
    // Closing twice is a failure of PGlite's; a caller that stops in a hurry should not see it.
    close: async () => {
      if (!instance.closed) await instance.close();
    },
  };
}

/** PGlite begins and ends the transaction; it would not say that its COMMIT has undone everything. */
async function watched<T>(work: (transaction: Reader) => Promise<T>, run: Reader["run"]): Promise<T> {
  let hasFailed = false;
  const result = await work({
    run: async (statement, values) => {
      try {
        return await run(statement, values);
      } catch (failure) {
        hasFailed = true;
        throw failure;
      }
    },
  });
  // The work may have gone back to a savepoint of its own: then this one succeeds.
  if (hasFailed) await run({ name: "", text: "SELECT 1" }, []).catch(() => Promise.reject(undone()));
  return result;
}

/** PGlite parses by the type of a column and of a parameter; a parser that does nothing is named for every type it knows. */
function rawRows(instance: PGlite): (handle: PGlite | Transaction) => Reader["run"] {
  const known = Object.keys(instance.parsers).concat(Object.keys(instance.serializers));
  const untouched = Object.fromEntries(known.map((type) => [type, asIs]));
  const options = { rowMode: "array", parsers: untouched, serializers: untouched } as const;
  return (handle) =>
    async ({ text }: Statement, values: readonly Value[]): Promise<readonly Row[]> => {
      try {
        return (await handle.query<(string | null)[]>(text, values.map(parameter), options)).rows;
      } catch (failure) {
        throw withoutValues(failure);
      }
    };
}
