// What was measured, as a table for people, as JSON for programs, and between the marks of the README.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { CONNECTIONS, TOOL } from "./load.ts";
import { OPERATIONS, type Operation } from "./operations.ts";

export interface Cell {
  readonly system: "gateway" | "limit";
  readonly operation: Operation;
  readonly round: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds a request; undefined where the machine does not say. */
  readonly serverCpu: number | undefined;
  readonly databaseCpu: number | undefined;
  readonly failed: number;
}

export interface Run {
  readonly accounts: number;
  readonly entries: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly postgresql: string;
  readonly cells: readonly Cell[];
}

export interface Summary extends Omit<Cell, "round" | "system"> {
  readonly limitPerSecond: number;
  readonly ratio: number;
  readonly limitServerCpu: number | undefined;
  readonly limitDatabaseCpu: number | undefined;
}

export function summarize(cells: readonly Cell[]): readonly Summary[] {
  return OPERATIONS.filter((operation) => cells.some((cell) => cell.operation === operation)).map((operation) => {
    const of = (system: Cell["system"]): readonly Cell[] =>
      cells.filter((cell) => cell.operation === operation && cell.system === system);
    const [own, limit] = [of("gateway"), of("limit")];
    const [perSecond, limitPerSecond] = [median(own, "perSecond") ?? 0, median(limit, "perSecond") ?? 0];
    return {
      operation,
      perSecond,
      limitPerSecond,
      ratio: perSecond / limitPerSecond,
      p50: median(own, "p50") ?? 0,
      p99: median(own, "p99") ?? 0,
      serverCpu: median(own, "serverCpu"),
      databaseCpu: median(own, "databaseCpu"),
      limitServerCpu: median(limit, "serverCpu"),
      limitDatabaseCpu: median(limit, "databaseCpu"),
      failed: own.reduce((sum, cell) => sum + cell.failed, 0) + limit.reduce((sum, cell) => sum + cell.failed, 0),
    };
  });
}

function median(cells: readonly Cell[], name: "perSecond" | "p50" | "p99" | "serverCpu" | "databaseCpu") {
  const values = cells.flatMap((cell) => cell[name] ?? []).toSorted((one, other) => one - other);
  const [below, above] = [values[(values.length - 1) >> 1], values[values.length >> 1]];
  return below === undefined || above === undefined ? undefined : (below + above) / 2;
}

const NAMES: Readonly<Record<Operation, string>> = {
  list: "the 100 newest time entries, with member, project, customer and task",
  nested: "20 projects, with customer, members and the 20 newest entries of each",
  one: "one time entry by its id",
  report: "hours and amounts of a year by project and month",
};

export function tableOf(run: Run): string {
  const rows = summarize(run.cells).map((of) => [
    NAMES[of.operation],
    whole(of.perSecond),
    whole(of.limitPerSecond),
    of.ratio.toFixed(2),
    `${of.p50.toFixed(1)} / ${of.p99.toFixed(1)}`,
    cpu(of.serverCpu, of.databaseCpu),
    cpu(of.limitServerCpu, of.limitDatabaseCpu),
  ]);
  const head = [
    "",
    "requests/s",
    "limit",
    "ratio",
    "p50 / p99, ms",
    "CPU µs: server + PostgreSQL",
    "CPU µs of the limit",
  ];
  const lines = [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows];
  return [...lines.map((line) => `| ${line.join(" | ")} |`), "", circumstances(run)].join("\n");
}

const whole = (value: number): string => String(Math.round(value));
const cpu = (server: number | undefined, database: number | undefined): string =>
  server === undefined || database === undefined ? "–" : `${whole(server)} + ${whole(database)}`;

function circumstances(run: Run): string {
  const machine = `${String(cpus().length)} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.versions.node}, PostgreSQL ${run.postgresql}`;
  const work = `${String(run.entries)} time entries of ${String(run.accounts)} accounts, four roles by turns`;
  const load = `${TOOL}, ${String(CONNECTIONS)} connections, medians of ${String(run.rounds)} rounds of ${String(run.seconds)} s`;
  return `${machine}, everything on one machine; ${work}; ${load}. The limit is Node's HTTP server with one hand-written statement a role and question that gives the finished JSON: no token, no judgement, no GraphQL.`;
}

export function toJson(run: Run): string {
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model, node: process.versions.node, loadAverage: loadavg() };
  return `${JSON.stringify({ ...run, ...machine, tool: TOOL, summary: summarize(run.cells) }, null, 2)}\n`;
}

/** False where the file has no place for it. */
export function writeBetweenMarks(path: string, table: string, mark = "bench"): boolean {
  const [begin, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) return false;
  writeFileSync(path, `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`);
  return true;
}
