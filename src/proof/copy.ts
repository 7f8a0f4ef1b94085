/**
 * An account as rows: read from the configured database in one snapshot, and written into throw-away ones. The source is
 * only ever read, in a transaction that cannot write.
 */
import type { AccountId } from "../caller.ts";
import type { Database, Reader, Row } from "../storage/database.ts";
import { migrate } from "../storage/migrate.ts";
import { openPglite } from "../storage/pglite.ts";

export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** In PostgreSQL's text form. */
  readonly rows: readonly Row[];
}

export interface CopiedAccount {
  readonly account: AccountId;
  readonly tables: readonly CopiedTable[];
}

/** Every table with the column `account_id`, also those that no room has declared: the history of toggles is one. */
const COLUMNS = `select c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and has_table_privilege(c.oid, 'select')
    and exists (select from pg_attribute k where k.attrelid = c.oid and k.attname = 'account_id')
  order by c.relname <> 'account', c.relname, a.attnum`;

export function copyAccount(source: Database, account: AccountId): Promise<CopiedAccount> {
  return source.write(async (transaction) => {
    await say(transaction, "set transaction isolation level repeatable read, read only");
    const found = await transaction.run({ name: "", text: COLUMNS }, []);
    const byTable = Map.groupBy(found, ([table]) => table ?? "");
    const tables: CopiedTable[] = [];
    // One after the other: a transaction has one connection.
    for (const [name, parts] of byTable) {
      const columns = parts.map(([, column, type]) => ({ name: column ?? "", type: type ?? "" }));
      const list = columns.map((column) => `${quoted(column.name)}::text`).join(", ");
      const text = `select ${list} from ${quoted(name)} where account_id = $1::uuid`;
      tables.push({ name, columns, rows: await transaction.run({ name: "", text }, [account]) });
    }
    return { account, tables };
  });
}

export interface Copies {
  readonly one: Database;
  readonly other: Database;
  close(): Promise<void>;
}

/** Two databases in memory with the same rows, to the byte; they are gone when they are closed. */
export async function openCopies(copied: CopiedAccount): Promise<Copies> {
  const one = await openPglite({});
  try {
    await migrate(one);
    await plantAccount(one, copied);
    const other = await openPglite({ from: await one.instance.dumpDataDir("none") });
    return { one, other, close: async () => void (await Promise.all([one.close(), other.close()])) };
  } catch (failure) {
    await one.close();
    throw failure;
  }
}

/** Rows a statement. */
const BATCH = 1_000;

/** Into a migrated database that is empty. The order of tables does not matter: references were whole where they came from. */
export async function plantAccount(database: Database, { tables }: CopiedAccount): Promise<void> {
  await database.write(async (transaction) => {
    // What counts changes, and writes them down, has done so in the source: all that is copied too.
    const triggers = await transaction.run({ name: "", text: TRIGGERS }, []);
    for (const [table, trigger] of triggers) await say(transaction, switching(table, "disable", trigger));
    await say(transaction, "set local session_replication_role = replica");
    for (const table of tables) {
      for (let at = 0; at < table.rows.length; at += BATCH) {
        await insertRows(transaction, table, table.rows.slice(at, at + BATCH));
      }
    }
    for (const [table, trigger, state] of triggers) {
      await say(transaction, switching(table, state === "A" ? "enable always" : "enable", trigger));
    }
  });
}

const TRIGGERS = `select c.relname, t.tgname, t.tgenabled from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D'`;

const switching = (table: string | null | undefined, how: string, trigger: string | null | undefined): string =>
  `alter table ${quoted(table ?? "")} ${how} trigger ${quoted(trigger ?? "")}`;

async function insertRows(transaction: Reader, { name, columns }: CopiedTable, rows: readonly Row[]): Promise<void> {
  const values = columns.map((_, at) => rows.map((row) => row[at] ?? null));
  const names = columns.map((column) => quoted(column.name)).join(", ");
  const parts = columns.map(({ type }, at) => `u.c${at}::${type}`).join(", ");
  const arrays = columns.map((_, at) => `$${at + 1}::text[]`).join(", ");
  const aliases = columns.map((_, at) => `c${at}`).join(", ");
  const text = `insert into ${quoted(name)} (${names}) overriding system value
    select ${parts} from unnest(${arrays}) u(${aliases})`;
  await transaction.run({ name: "", text }, values);
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export async function say(reader: Reader, text: string): Promise<void> {
  await reader.run({ name: "", text }, []);
}
