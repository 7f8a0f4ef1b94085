// One PostgreSQL 18 for the whole run, started by the first test that needs it; a database of its own for each that asks.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";

const LONGEST_START = 60_000;

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A copy of the template, or an empty database; dropped by whoever made it, at the latest with the server. */
export async function createDatabase(template = "template0"): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await administer(
    `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY ${template === "template0" ? "wal_log" : "file_copy"}`,
  );
  return { url: await databaseUrl(name), drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Makes the template once a run: everybody else's database is a copy of it. */
export async function createTemplate(name: string, fill: (url: string) => Promise<void>): Promise<void> {
  await once(`template-${name}`, async () => {
    await administer(`CREATE DATABASE ${name}`);
    await fill(await databaseUrl(name));
  });
}

export async function databaseUrl(name: string): Promise<string> {
  return new URL(name, await serverUrl()).href;
}

async function administer(sql: string): Promise<void> {
  const client = new Client({ connectionString: await databaseUrl("postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function serverUrl(): Promise<string> {
  const folder = runFolder();
  await once("start", async () => {
    // From a build, too: the bench measures what was compiled.
    const keeper = join(import.meta.dirname, `postgresql-keeper${extname(import.meta.filename)}`);
    const watched = process.env["FIELDGATE_TEST_PROCESS"] ?? "";
    spawn(process.execPath, [keeper, folder, watched], { detached: true, stdio: "ignore" }).unref();
    const ready = () => existsSync(join(folder, "server")) || existsSync(join(folder, "failed"));
    await until(ready, "PostgreSQL does not start");
  });
  if (existsSync(join(folder, "failed"))) throw new Error(readFileSync(join(folder, "failed"), "utf8"));
  return readFileSync(join(folder, "server"), "utf8");
}

/** A folder of this run, for what test files have in common; it goes with the run. */
export function runFolder(): string {
  const folder = process.env["FIELDGATE_TEST_FOLDER"];
  if (folder === undefined) throw new Error("the run has no folder: jest must be started with test/begin.mjs");
  return folder;
}

/** Runs the work in the first process of the run that comes here; the others wait until it is done. */
export async function once(name: string, work: () => Promise<void>): Promise<void> {
  const done = join(runFolder(), `${name}.done`);
  const turn = join(runFolder(), `${name}.turn`);
  if (existsSync(done)) return;
  try {
    mkdirSync(turn);
  } catch {
    await until(() => existsSync(done) || !existsSync(turn), `${name} is not done`);
    return once(name, work);
  }
  try {
    await work();
    mkdirSync(done);
  } catch (failure) {
    rmSync(turn, { recursive: true });
    throw failure;
  }
}

async function until(holds: () => boolean, words: string): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > LONGEST_START) throw new Error(words);
    await wait(20);
  }
}
