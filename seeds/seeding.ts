/** Fills a migrated database with accounts to look at: all of it or nothing. */
import { problem } from "../src/problem.ts";
import type { OpenDatabase } from "../src/storage/open.ts";
import { openOrm, type Orm } from "../src/storage/orm.ts";
import { refusalOf } from "../src/storage/refusal.ts";
import { tables } from "../src/tables.ts";
import { demoAccounts } from "./demo.ts";
import { largeAccount, largeSlug, type LargeSize } from "./large.ts";
import { demoSeeder, largeSeeder, smallSeeder, type RowSeeder } from "./seeders.ts";
import { smallAccounts, smallId } from "./small-rows.ts";

export interface Seeding {
  /** `present`: the very accounts were there already, and nothing was written. */
  readonly outcome: "written" | "present";
  readonly accounts: readonly string[];
  readonly rows: number;
  /** A sentence that says so to a person. */
  readonly words: string;
}

/** Once a batch of a large seed is safely in the database. */
export type Progress = (done: { readonly accounts: number; readonly of: number; readonly rows: number }) => void;

/** Two companies and a year of their work. Where they are already, it leaves them as they have become. */
export async function seedDemo(database: OpenDatabase): Promise<Seeding> {
  const wanted = demoAccounts();
  if (await arePresent(database, wanted)) return present(wanted);
  try {
    return written(wanted, await withOrm(database, (orm) => plant(orm, demoSeeder())));
  } catch (failure) {
    // Another process may have been faster: then the work is done. Otherwise the slugs are somebody else's.
    if (isTaken(failure) && (await arePresent(database, wanted))) return present(wanted);
    throw failure;
  }
}

/** What hand-written tests begin with. Refuses a database in which the accounts are already. */
export async function seedSmall(database: OpenDatabase): Promise<Seeding> {
  const wanted = new Map(smallAccounts.map((slug) => [slug, smallId(slug, "account", "account")]));
  await refuseIfPresent(database, wanted);
  const rows = await withOrm(database, (orm) => orRefuse(wanted, () => plant(orm, smallSeeder())));
  return written(wanted, rows);
}

/** Refuses before it writes when any of the accounts is there; each account is whole or not there at all. */
export async function seedLarge(
  database: OpenDatabase,
  size: LargeSize,
  progress: Progress = () => undefined,
): Promise<Seeding> {
  const numbers = Array.from({ length: size.accounts }, (_, at) => at + 1);
  const wanted = new Map(numbers.map((number) => [largeSlug(number), largeAccount(number, size)]));
  await refuseIfPresent(database, wanted);
  const rows = await withOrm(database, async (orm) => {
    let sum = 0;
    for (const number of numbers) {
      sum += await orRefuse(wanted, () => plant(orm, largeSeeder(number, size)));
      progress({ accounts: number, of: size.accounts, rows: sum });
    }
    return sum;
  });
  return written(wanted, rows);
}

async function plant(orm: Orm, { seeder, written }: RowSeeder): Promise<number> {
  await orm.seeder.seed(seeder);
  return written();
}

/** Slug → id. */
type Accounts = ReadonlyMap<string, string>;

/** True when all of the accounts are there, false when none is; some of them, or others by their slugs, are refused. */
async function arePresent(database: OpenDatabase, wanted: Accounts): Promise<boolean> {
  const statement = { name: "seed_accounts", text: "SELECT slug, id FROM account WHERE slug = ANY($1)" };
  const found = await database.run(statement, [[...wanted.keys()]]);
  if (found.length === 0) return false;
  const same = found.filter(([slug, id]) => wanted.get(slug ?? "") === id);
  if (same.length < wanted.size) refuse(found.map(([slug]) => slug ?? ""));
  return true;
}

async function refuseIfPresent(database: OpenDatabase, wanted: Accounts): Promise<void> {
  if (await arePresent(database, wanted)) refuse([...wanted.keys()]);
}

function refuse(accounts: readonly string[]): never {
  throw problem("SEED_CONFLICT", { log: `there already: ${accounts.join(", ")}`, extensions: { accounts } });
}

/** Somebody else may write the same accounts between the look and the writing; then the key of the account says so. */
async function orRefuse<T>(wanted: Accounts, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (isTaken(failure)) refuse([...wanted.keys()]);
    throw failure;
  }
}

const isTaken = (failure: unknown): boolean => /^account_(pkey|slug_key)$/.test(refusalOf(failure)?.constraint ?? "");

async function withOrm<T>(database: OpenDatabase, work: (orm: Orm) => Promise<T>): Promise<T> {
  const orm = await openOrm(database, { tables });
  try {
    return await work(orm);
  } finally {
    await orm.close();
  }
}

const present = (accounts: Accounts): Seeding => ({
  outcome: "present",
  accounts: [...accounts.keys()],
  rows: 0,
  words: `The accounts ${[...accounts.keys()].join(" and ")} are there already; nothing was written.`,
});

const written = (accounts: Accounts, rows: number): Seeding => ({
  outcome: "written",
  accounts: [...accounts.keys()],
  rows,
  words: `Wrote ${rows} rows of ${accounts.size} accounts: ${[...accounts.keys()].join(", ")}.`,
});
