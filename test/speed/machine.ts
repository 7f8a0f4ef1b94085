// The processes that are measured: a PostgreSQL set up as one would be, the gateway as it is served, and the limit.
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createInterface } from "node:readline";
import { Client } from "pg";

const SETTINGS = {
  max_connections: "200",
  shared_buffers: "1GB",
  effective_cache_size: "4GB",
  work_mem: "16MB",
  maintenance_work_mem: "256MB",
  jit: "off",
  synchronous_commit: "off",
  max_wal_size: "8GB",
  checkpoint_timeout: "30min",
  random_page_cost: "1.1",
  autovacuum: "off",
  timezone: "UTC",
  datestyle: "ISO, YMD",
  max_parallel_workers_per_gather: "0",
};

export interface PostgresqlServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Where this file was built, so were the others. */
const ENDING = import.meta.filename.slice(import.meta.filename.lastIndexOf("."));

export async function startPostgresql(): Promise<PostgresqlServer> {
  const folder = mkdtempSync(join(tmpdir(), "fieldgate-bench-"));
  chmodSync(folder, 0o711);
  const keeper = join(import.meta.dirname, `../postgresql-keeper${ENDING}`);
  const child = spawn(process.execPath, [keeper, folder, String(process.pid), JSON.stringify(SETTINGS)], {
    detached: true,
    stdio: "ignore",
  });
  child.unref();
  for (let waited = 0; !existsSync(join(folder, "server")); waited += 50) {
    if (existsSync(join(folder, "failed"))) throw new Error(readFileSync(join(folder, "failed"), "utf8"));
    if (waited > 60_000) throw new Error("PostgreSQL does not start");
    await wait(50);
  }
  const url = new URL("bench", readFileSync(join(folder, "server"), "utf8")).href;
  await once(new URL("postgres", url).href, "CREATE DATABASE bench");
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    for (let waited = 0; existsSync(folder) && waited < 10_000; waited += 50) await wait(50);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

async function once(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export interface Served {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export function serveGateway(databaseUrl: string, nodeOptions: readonly string[] = []): Promise<Served> {
  const main = join(import.meta.dirname, `../../src/main${ENDING}`);
  return serve("gateway", [...nodeOptions, main, "serve", "--json"], databaseUrl);
}

export function serveLimit(databaseUrl: string): Promise<Served> {
  return serve("limit", [join(import.meta.dirname, `limit${ENDING}`)], databaseUrl);
}

/** Both say where they listen in a first line of JSON. */
async function serve(name: string, command: readonly string[], databaseUrl: string): Promise<Served> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: "0", HOST: "127.0.0.1" };
  const child = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "inherit"] });
  const { pid, stdout } = child;
  if (pid === undefined || stdout === null) throw new Error(`${name} does not start`);
  const gone = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`${name} ended with ${String(code)}`)));
  });
  gone.catch(() => undefined); // heard only while it starts
  const said = new Promise<string>((resolve) => createInterface(stdout).once("line", resolve));
  const { url, graphql } = JSON.parse(await Promise.race([said, gone])) as Record<string, string>; // cast: as each prints it
  return { name, url: new URL("/", url ?? graphql).href, pid, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  child.kill("SIGTERM");
  await Promise.race([exit, wait(15_000)]);
  child.kill("SIGKILL");
}

const TICK_MILLISECONDS = 10;

/** Milliseconds of processor time of a process and of its children; undefined where there is no /proc. */
export function processorTime(pid: number): number | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const found = processes.map(Number).flatMap((one) => {
    const stat = statOf(one);
    return stat !== undefined && (one === pid || stat.parent === pid) ? [stat.time] : [];
  });
  return found.reduce((sum, time) => sum + time, 0);
}

/** The process whose children serve PostgreSQL's connections; undefined where it does not run on this machine. */
export async function postmasterOf(url: string): Promise<number | undefined> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    return statOf(rows[0]?.pid ?? 0)?.parent;
  } finally {
    await client.end();
  }
}

function statOf(pid: number): { readonly parent: number; readonly time: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), time: (Number(fields[11]) + Number(fields[12])) * TICK_MILLISECONDS };
  } catch {
    return undefined; // it has just ended
  }
}
