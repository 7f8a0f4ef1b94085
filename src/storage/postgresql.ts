/** The database over node-postgres' pool: named statements, rows as arrays of raw text. */
import { Pool, type ClientBase, type PoolClient, type QueryArrayConfig } from "pg";
import { problem, Problem } from "../problem.ts";
import type { Database, Reader, Row, Statement, Value } from "./database.ts";
import { parameter } from "./parameter.ts";
import { makeNaming, type Naming } from "./naming.ts";
import { codeOf, collisionOf, refusalOf, withoutValues } from "./refusal.ts";
import { makeFence, undone } from "./transaction.ts";

export interface PostgresqlOptions {
  readonly url: string;
  readonly poolSize?: number;
  /** The longest that a statement outside a transaction may take. */
  readonly readTimeoutMs?: number;
  /** The longest that one statement of a transaction may take. */
  readonly writeTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
}

export interface PostgresqlDatabase extends Database {
  readonly kind: "postgresql";
  readonly url: string;
}

export const OLDEST_SERVER = 18;

const raw = { getTypeParser: () => (text: string) => text };

export async function openPostgresql(options: PostgresqlOptions): Promise<PostgresqlDatabase> {
  const { url, poolSize = 8, readTimeoutMs = 15_000, writeTimeoutMs = 60_000, connectTimeoutMs = 10_000 } = options;
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: "fieldgate",
    // A connection keeps every statement it has ever been given a name for; its end gives that memory back.
    maxLifetimeSeconds: 3600,
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it; its types do not say so
    onConnect: (client) => greet(client, readTimeoutMs),
  });
  // A connection that the server drops while it is idle; without a listener that would end the process.
  pool.on("error", () => undefined);
  try {
    (await pool.connect()).release();
  } catch (failure) {
    await pool.end();
    throw translated(failure);
  }
  const begin = `BEGIN ISOLATION LEVEL READ COMMITTED; ${timeout("LOCAL", writeTimeoutMs)}`;
  const fence = makeFence();
  const names = makeNaming();
  const born = new WeakMap<ClientBase, number>();
  pool.on("connect", (client) => born.set(client, names.generation));
  const lend = async (): Promise<Lent> => {
    const client = await ours(pool.connect());
    // One that knows names of an earlier generation is closed, which gives their memory back.
    return { client, names, giveBack: () => client.release(born.get(client) !== names.generation) };
  };
  return {
    kind: "postgresql",
    url,
    run: async (statement, values) => {
      fence.demandOutside();
      return once(await lend(), statement, values);
    },
    write: async (work) => {
      fence.demandOutside();
      return transact(await lend(), begin, (transaction) => fence.within(() => work(transaction)));
    },
    close: () => pool.end(),
  };
}

/** Every connection is the same, whatever the role, the database or the address would set: the text of a value depends on it. */
async function greet(client: ClientBase, readTimeoutMs: number): Promise<void> {
  client.on("error", () => undefined); // as above, while somebody holds it; the statement in flight fails by itself
  const settings = [
    "SET search_path = public",
    "SET timezone = 'UTC'",
    "SET datestyle = 'ISO, YMD'",
    "SET intervalstyle = 'iso_8601'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
    "SET jit = off",
    timeout("SESSION", readTimeoutMs),
    // A transaction that this process forgot would hold its locks for ever.
    "SET idle_in_transaction_session_timeout = 60000",
  ];
  await client.query(settings.join("; "));
  const { rows } = await client.query<{ number: number; version: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  );
  const [server] = rows;
  if (server === undefined || server.number < OLDEST_SERVER * 10_000) {
    throw problem("DATABASE_TOO_OLD", { extensions: { found: server?.version, needed: String(OLDEST_SERVER) } });
  }
}

const timeout = (scope: "LOCAL" | "SESSION", milliseconds: number): string =>
  `SET ${scope} statement_timeout = ${Math.max(0, Math.trunc(milliseconds))}`;

function queryOf(statement: Statement, values: readonly Value[], names: Naming): QueryArrayConfig {
  const name = names.nameOf(statement);
  const query = { text: statement.text, values: values.map(parameter), rowMode: "array" as const, types: raw };
  return name === undefined ? query : { ...query, name };
}

/** A connection of the pool, for a while. */
interface Lent {
  readonly client: PoolClient;
  readonly names: Naming;
  giveBack(): void;
}

async function once(lent: Lent, statement: Statement, values: readonly Value[]): Promise<readonly Row[]> {
  try {
    const { rows } = await ours(lent.client.query<(string | null)[]>(queryOf(statement, values, lent.names)));
    lent.giveBack();
    return rows;
  } catch (failure) {
    lent.client.release(true); // its state is not known
    throw failure;
  }
}

async function transact<T>(lent: Lent, begin: string, work: (transaction: Reader) => Promise<T>): Promise<T> {
  const { client } = lent;
  let open = true;
  const run = async (statement: Statement, values: readonly Value[]): Promise<readonly Row[]> => {
    // Whoever keeps the handle for later would else run on somebody else's connection.
    if (!open) throw new Error("the transaction is over");
    return (await ours(client.query<(string | null)[]>(queryOf(statement, values, lent.names)))).rows;
  };
  try {
    await ours(client.query(begin));
    const result = await work({ run });
    open = false;
    const { command } = await ours(client.query("COMMIT"));
    if (command !== "COMMIT") throw undone();
    lent.giveBack();
    return result;
  } catch (failure) {
    open = false;
    await giveUp(client);
    throw failure; // what the work itself throws says nothing about the database, whatever its words are
  }
}

/** What the driver says is put in our words; nothing else is. */
async function ours<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (failure) {
    throw translated(failure);
  }
}

/** A connection that cannot even roll back is closed, and the server rolls back for it. */
async function giveUp(client: PoolClient): Promise<void> {
  try {
    await client.query("ROLLBACK");
    client.release();
  } catch {
    client.release(true);
  }
}

/** A statement that took too long, and was stopped. */
const STOPPED = "57014";

/** Lost or refused connections, servers that stop or are full. */
const UNAVAILABLE = /^(08|28|3D|53|57)/;

function translated(failure: unknown): unknown {
  if (failure instanceof Problem) return failure;
  const refusal = refusalOf(failure);
  if (refusal?.sqlstate === STOPPED)
    return problem("TIMEOUT", { log: "a statement took too long", cause: withoutValues(failure) });
  const collided = collisionOf(failure);
  if (collided !== undefined) return collided;
  if (refusal === undefined ? !isOfConnection(failure) : !UNAVAILABLE.test(refusal.sqlstate))
    return withoutValues(failure);
  return problem("ACCESS_UNAVAILABLE", { log: `the database does not answer: ${wordsOf(failure)}`, cause: failure });
}

/** A name with several addresses, none of which answers, fails without words of its own. */
function wordsOf(failure: unknown): string {
  const words = failure instanceof Error ? failure.message : "";
  return words || (codeOf(failure) ?? String(failure));
}

/** The system's failures have codes in words (ECONNREFUSED); those of the driver and its pool have only their words. */
function isOfConnection(failure: unknown): boolean {
  const code = codeOf(failure);
  if (code !== undefined) return /^(E[A-Z_]+|ERR_(SSL|TLS|SOCKET)_\w+)$/.test(code);
  return failure instanceof Error && /connect|timeout|pool/i.test(failure.message);
}
