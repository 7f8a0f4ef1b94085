// How fast the gateway answers, beside the limit of what its database and its HTTP server could do. It never judges a
// figure: it measures, and says what it measured.
//
//   npm run bench -- [--full] [--accounts N] [--rounds N] [--seconds N] [--only list,one] [--url DATABASE_URL]
//                    [--json FILE] [--write]
import "reflect-metadata";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { fill, findCallers } from "./callers.ts";
import { load, prepare } from "./load.ts";
import { postmasterOf, processorTime, serveGateway, serveLimit, startPostgresql, type Served } from "./machine.ts";
import { askGateway, askLimit, OPERATIONS, requestsOf, type BenchCaller } from "./operations.ts";
import { tableOf, toJson, writeBetweenMarks, type Cell, type Run } from "./results.ts";
import { verify } from "./verify.ts";

const { values: given } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    accounts: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string" },
    only: { type: "string", default: OPERATIONS.join(",") },
    url: { type: "string" },
    json: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const accounts = Number(given.accounts ?? (given.full ? 50 : 10));
const rounds = Number(given.rounds ?? (given.full ? 5 : 3));
const seconds = Number(given.seconds ?? (given.full ? 8 : 5));
const operations = OPERATIONS.filter((operation) => given.only.split(",").includes(operation));
const say = (words: string): void => void process.stderr.write(`${words}\n`);

const folder = mkdtempSync(join(tmpdir(), "fieldgate-load-"));
const closing: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
try {
  const url = given.url ?? (await openPostgresql());
  await fill(url, accounts, say);
  const callers = await findCallers(url);
  const run = await measureAll(url, callers);
  process.stdout.write(`${tableOf(run)}\n`);
  if (given.json !== undefined) writeFileSync(given.json, toJson(run));
  if (given.write && !writeBetweenMarks("README.md", tableOf(run))) {
    say("README.md has no <!-- bench --> … <!-- /bench -->; it was left as it is.");
  }
} finally {
  for (const close of closing.toReversed()) await close();
}

async function openPostgresql(): Promise<string> {
  const server = await startPostgresql();
  closing.push(() => server.stop());
  return server.url;
}

async function measureAll(url: string, callers: readonly BenchCaller[]): Promise<Run> {
  const [gateway, limit] = [await serveGateway(url), await serveLimit(url)];
  closing.push(
    () => gateway.stop(),
    () => limit.stop(),
  );
  const compared = await verify(callers, { gateway: gateway.url, limit: limit.url });
  say(`${String(compared)} answers are the same; load average ${loadavg()[0]?.toFixed(2) ?? "unknown"}`);
  const postmaster = await postmasterOf(url);
  const measured = [
    { system: "gateway", served: gateway, ask: askGateway },
    { system: "limit", served: limit, ask: askLimit },
  ] as const;
  const cells: Cell[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const operation of operations) {
      // Which comes first changes with the round, so that neither always has the warmer machine.
      for (const { system, served, ask } of round % 2 === 0 ? measured : measured.toReversed()) {
        const name = `${system}-${operation}`;
        const prepared = prepare({ folder, name }, served.url, requestsOf(ask, operation, callers));
        await load(prepared, served.url, round === 0 ? 3 : 1);
        const cell = { system, operation, round, ...(await measure({ prepared, served, postmaster })) };
        cells.push(cell);
        say(`${String(round + 1)}/${String(rounds)} ${name} ${cell.perSecond.toFixed(0)} requests/s`);
      }
    }
  }
  return { ...(await describe(url)), rounds, seconds, cells };
}

interface Measuring {
  readonly prepared: string;
  readonly served: Served;
  readonly postmaster: number | undefined;
}

async function measure({ prepared, served, postmaster }: Measuring) {
  const times = (): readonly (number | undefined)[] => [
    processorTime(served.pid),
    postmaster === undefined ? undefined : processorTime(postmaster),
  ];
  const [serverBefore, databaseBefore] = times();
  const loaded = await load(prepared, served.url, seconds);
  const [serverAfter, databaseAfter] = times();
  const each = (before: number | undefined, after: number | undefined): number | undefined =>
    before === undefined || after === undefined ? undefined : ((after - before) * 1000) / loaded.requests;
  return {
    perSecond: loaded.requests / loaded.seconds,
    p50: loaded.p50,
    p99: loaded.p99,
    failed: loaded.failed,
    serverCpu: each(serverBefore, serverAfter),
    databaseCpu: each(databaseBefore, databaseAfter),
  };
}

async function describe(url: string): Promise<Pick<Run, "accounts" | "entries" | "postgresql">> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ accounts: number; entries: number; version: string }>(
      `select (select count(*)::int from account) as accounts, (select count(*)::int from time_entry) as entries,
        split_part(current_setting('server_version'), ' ', 1) as version`,
    );
    const [row] = rows;
    return { accounts: row?.accounts ?? 0, entries: row?.entries ?? 0, postgresql: row?.version ?? "" };
  } finally {
    await client.end();
  }
}
