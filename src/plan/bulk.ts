/**
 * Many rows written at once, by statements made from the declaration of their table.
 *
 * For operators' commands only: nobody's rights are asked, as who works the command line of a server may do all that it
 * can. A request of the gateway never comes here; it passes the door, which wants a clearance.
 */
import type { Reader, Statement, Value } from "../storage/database.ts";
import { digest } from "../storage/digest.ts";
import type { Column, Table } from "../storage/table.ts";

/** By which a row that brings no id of its own is known again: the same content, the same 43 characters, on every machine. */
export const rowIdentity = (content: string): string => digest(content);

/** An open transaction, as `Database.write` hands it out. */
export type Transaction = Reader;
/** What opens one. */
export interface Writer {
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

export type BulkRow = Readonly<Record<string, string | number | boolean | null>>;

export interface Upsert {
  readonly table: Table;
  /** By which a row is known again within its account: a text with a unique index. */
  readonly key: string;
  /** Given to new rows, and to known ones where they differ. */
  readonly update?: readonly string[];
  /** Given to new rows, and to known ones that have nothing there. */
  readonly fill?: readonly string[];
  /** Given to new rows alone. */
  readonly create?: readonly string[];
  /**
   * Where one of `when` changes in a known row, these become as in a new one: what `create` gives them, or nothing. What of
   * `when` is not written cannot change.
   */
  readonly anew?: readonly { readonly when: readonly string[]; readonly columns: readonly string[] }[];
  /** Known rows with one of these values stay as they are. */
  readonly held?: { readonly column: string; readonly values: readonly string[] };
}

export type Fate = "created" | "updated" | "unchanged" | "held";

export interface Upserted {
  readonly id: string;
  readonly fate: Fate;
}

export interface Batch<Item> {
  readonly transaction: Transaction;
  readonly account: string;
  readonly rows: readonly Item[];
}

/**
 * Writes rows and says of each, in their order, what became of it. No two rows may have the same key. A row that is
 * already as it should be is not touched at all: not locked, not written, its `updated_at` as it was.
 */
export function upserting(upsert: Upsert): (batch: Batch<BulkRow>) => Promise<readonly Upserted[]> {
  const columns = columnsOf(upsert);
  const statement = upsertStatement(upsert, columns);
  return async ({ transaction, account, rows }) => {
    if (rows.length === 0) return [];
    const arrays = columns.map((name) => rows.map((row) => row[name] ?? null));
    const answer = await transaction.run(statement, [account, ...arrays, upsert.held ? upsert.held.values : []]);
    // Brought together here: the database, which expects few rows of either kind, would compare each with each.
    const fates = new Map(answer.map(([key, id, fate]) => [key, { id: id ?? "", fate: fateOf(fate) }]));
    return rows.map((row) => {
      const upserted = fates.get(String(row[upsert.key]));
      // Somebody held it after the statement had begun: it was passed over, and its id not looked up.
      if (upserted === undefined && upsert.held) return { id: "", fate: "held" };
      if (upserted === undefined) throw new Error(`a row of ${upsert.table.name} was neither there nor written`);
      return upserted;
    });
  };
}

const columnsOf = ({ key, update = [], fill = [], create = [] }: Upsert): readonly string[] => [
  key,
  ...update,
  ...fill,
  ...create,
];

function upsertStatement(upsert: Upsert, columns: readonly string[]): Statement {
  const { table, fill = [], update = [], held } = upsert;
  const list = columns.map(quote).join(", ");
  const key = quote(upsert.key);
  const changed = [
    ...update.map((name) => `present.${quote(name)} IS DISTINCT FROM input.${quote(name)}`),
    ...fill.map((name) => `(present.${quote(name)} IS NULL AND input.${quote(name)} IS NOT NULL)`),
  ];
  const isHeld = held ? `present.${quote(held.column)} = ANY($${columns.length + 2}::text[])` : noneOf(columns);
  const stillFree = held ? `\n  WHERE target.${quote(held.column)} <> ALL ($${columns.length + 2}::text[])` : "";
  // OFFSET 0: one look into the index for each row, never a join with all that the account has.
  const text = `
WITH input AS MATERIALIZED (
  SELECT input.*, present.id AS present_id, ${changed.join(" OR ") || "false"} AS changed, coalesce(${isHeld}, false) AS held
  FROM ${unnest(table, columns)} LEFT JOIN LATERAL (
    SELECT * FROM ${quote(table.name)} AS present
    WHERE present.account_id = $1 AND present.${key} = input.${key} OFFSET 0
  ) AS present ON true
), written AS (
  INSERT INTO ${quote(table.name)} AS target (account_id, ${list})
  SELECT $1, ${list} FROM input WHERE present_id IS NULL OR (changed AND NOT held)
  ON CONFLICT (account_id, ${key}) DO UPDATE SET ${assignments(upsert)}${stillFree}
  RETURNING ${key}, id, CASE WHEN old.id IS NULL THEN 'created' ELSE 'updated' END
)
SELECT ${key}, present_id, CASE WHEN changed THEN 'held' ELSE 'unchanged' END
FROM input WHERE present_id IS NOT NULL AND (held OR NOT changed)
UNION ALL SELECT * FROM written`;
  return { name: nameOf("upsert", table, text), text };
}

/** The list of held values is always given, so that a statement has one form of call. */
const noneOf = (columns: readonly string[]): string => `cardinality($${columns.length + 2}::text[]) > 0`;

/** Also reached when another import has just made the row; then it must still be returned, so something is always set. */
function assignments(upsert: Upsert): string {
  const { table, key, update = [], fill = [] } = upsert;
  const set = [
    ...update.map((name) => `${quote(name)} = excluded.${quote(name)}`),
    ...fill.map((name) => `${quote(name)} = coalesce(target.${quote(name)}, excluded.${quote(name)})`),
    ...begunAnew(upsert),
  ];
  if (set.length > 0 && "updated_at" in table.columns) set.push("updated_at = clock_timestamp()");
  return set.join(", ") || `${quote(key)} = excluded.${quote(key)}`;
}

function begunAnew({ update = [], create = [], anew = [] }: Upsert): readonly string[] {
  return anew.flatMap(({ when, columns }) => {
    const moves = when.filter((name) => update.includes(name));
    if (moves.length === 0) return [];
    const moved = moves.map((name) => `target.${quote(name)} IS DISTINCT FROM excluded.${quote(name)}`).join(" OR ");
    return columns.map((name) => {
      const fresh = create.includes(name) ? `excluded.${quote(name)}` : "NULL";
      return `${quote(name)} = CASE WHEN ${moved} THEN ${fresh} ELSE target.${quote(name)} END`;
    });
  });
}

/** Made from the text: a name never stands for two texts, and stays below PostgreSQL's 63 letters. */
const nameOf = (verb: string, table: Table, text: string): string =>
  `${verb}_${table.name}_${digest(text).slice(0, 22)}`;

function fateOf(text: string | null | undefined): Fate {
  return text === "created" || text === "updated" || text === "held" ? text : "unchanged";
}

/** Writes rows of a table that only joins two others, and leaves those that are there. */
export function joining(table: Table): (batch: Batch<BulkRow>) => Promise<void> {
  const columns = Object.keys(table.columns).filter((name) => name !== "account_id");
  const list = columns.map(quote).join(", ");
  const text = `INSERT INTO ${quote(table.name)} (account_id, ${list})
SELECT $1, ${list} FROM ${unnest(table, columns)} ON CONFLICT DO NOTHING`;
  return async ({ transaction, account, rows }) => {
    if (rows.length === 0) return;
    const arrays = columns.map((name) => rows.map((row) => row[name] ?? null));
    await transaction.run({ name: `join_${table.name}`, text }, [account, ...arrays]);
  };
}

export interface Links {
  readonly owner: string;
  readonly others: readonly string[];
}

/** Makes what each owner is joined to exactly what is given; answers the owners for whom that changed something. */
export function relinking(table: Table, [owner, other]: readonly [string, string]) {
  const text = `
WITH wanted AS MATERIALIZED (SELECT * FROM unnest($3::uuid[], $4::uuid[]) AS wanted (owner, other)
), gone AS (
  DELETE FROM ${quote(table.name)} AS present
  WHERE account_id = $1 AND ${quote(owner)} = ANY($2::uuid[]) AND NOT EXISTS (
    SELECT FROM wanted WHERE wanted.owner = present.${quote(owner)} AND wanted.other = present.${quote(other)})
  RETURNING ${quote(owner)} AS owner
), added AS (
  INSERT INTO ${quote(table.name)} (account_id, ${quote(owner)}, ${quote(other)})
  SELECT $1, owner, other FROM wanted ON CONFLICT DO NOTHING RETURNING ${quote(owner)} AS owner
) SELECT owner FROM gone UNION SELECT owner FROM added`;
  return async ({ transaction, account, rows }: Batch<Links>): Promise<readonly string[]> => {
    if (rows.length === 0) return [];
    const pairs = rows.flatMap(({ owner, others }) => others.map((other) => [owner, other] as const));
    const values: readonly Value[] = [
      account,
      rows.map(({ owner }) => owner),
      pairs.map(([owner]) => owner),
      pairs.map(([, other]) => other),
    ];
    const changed = await transaction.run({ name: `relink_${table.name}`, text }, values);
    return changed.flatMap(([id]) => id ?? []);
  };
}

/** Marks rows as changed whose own columns are the same, but not what is joined to them. */
export function touching(table: Table): (batch: Batch<string>) => Promise<void> {
  const text = `UPDATE ${quote(table.name)} SET updated_at = clock_timestamp() WHERE account_id = $1 AND id = ANY($2::uuid[])`;
  return async ({ transaction, account, rows }) => {
    if (rows.length > 0) await transaction.run({ name: `touch_${table.name}`, text }, [account, rows]);
  };
}

/**
 * Begins bulk work on an account. Waits until no other is open: two would wait for each other's rows, and one would be
 * undone. The account's row is held from the beginning, as giving roles at the end counts its revision up: mutations hold
 * that row before their own rows, and whoever took them the other way round would wait for them while they wait for us. So
 * mutations of the account wait until the work is done; reads do not. A plan is kept for the batches to come; one made while a
 * table was small must not read all of it for ever after.
 * (To make plans anew for each batch would do the same for the checks of references, and take twice the time.)
 */
export async function takeTurn(transaction: Transaction, account: string): Promise<void> {
  const text = `SELECT set_config('enable_seqscan', 'off', true),
  pg_advisory_xact_lock(hashtextextended('bulk ' || $1, 0))`;
  await transaction.run({ name: "bulk_take_turn", text }, [account]);
  const hold = "SELECT FROM account WHERE id = $1 FOR NO KEY UPDATE";
  await transaction.run({ name: "bulk_hold_account", text: hold }, [account]);
}

/** Makes one row that belongs to nobody yet. Answers its id; undefined where `unique` is taken. */
export function founding(table: Table, unique: string) {
  return async (transaction: Transaction, row: BulkRow): Promise<string | undefined> => {
    const columns = Object.keys(row);
    const places = columns.map((name, at) => `$${at + 1}::${typeOf(table, name)}`);
    const text = `INSERT INTO ${quote(table.name)} (${columns.map(quote).join(", ")}) VALUES (${places.join(", ")})
ON CONFLICT (${quote(unique)}) DO NOTHING RETURNING id`;
    const [made] = await transaction.run({ name: nameOf("found", table, text), text }, Object.values(row));
    return made?.[0] ?? undefined;
  };
}

function unnest(table: Table, columns: readonly string[]): string {
  const arrays = columns.map((name, at) => `$${at + 2}::${typeOf(table, name)}[]`);
  return `unnest(${arrays.join(", ")}) AS input (${columns.map(quote).join(", ")})`;
}

/** A column that the table does not declare is a slip of the program's, and must not become SQL. */
function typeOf(table: Table, name: string): Column["type"] {
  const column = table.columns[name];
  if (column === undefined) throw new Error(`${table.name} declares no column ${name}`);
  return column.type;
}

const quote = (name: string): string => `"${name}"`;
