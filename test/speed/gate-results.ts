// What the gate's bench found, as a table for people and as JSON for programs.
import { cpus, loadavg } from "node:os";

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "MB" | "ms" | "µs" | "%";
  /** Below this it is as we want it; absent where there is no such figure. */
  readonly aim?: number;
  /** The one in a hundred that takes longest. */
  readonly p99?: number;
}

export interface GateRun {
  readonly accounts: number;
  readonly settings: number;
  readonly audiences: number;
  readonly classes: number;
  readonly coordinates: number;
  readonly documents: number;
  readonly figures: readonly Figure[];
}

export function gateTable(run: GateRun): string {
  const lines = [
    ["", "measured", "p99", "aim"],
    ["---", "---:", "---:", "---:"],
    ...run.figures.map(({ name, value, unit, p99, aim }) => [
      name,
      `${short(value)} ${unit}`,
      p99 === undefined ? "" : `${short(p99)} ${unit}`,
      aim === undefined ? "" : `< ${String(aim)} ${unit}${value < aim ? "" : ", missed"}`,
    ]),
  ];
  return [...lines.map((line) => `| ${line.join(" | ")} |`), "", circumstances(run)].join("\n");
}

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));

function circumstances(run: GateRun): string {
  const machine = `${String(cpus().length)} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.versions.node}`;
  const accounts = `${String(run.accounts)} accounts with ${String(run.settings)} different settings, half of them hiding what is denied`;
  const callers = `${String(run.audiences)} audiences (the roles, and people of two), ${String(run.classes)} permission classes`;
  return `${machine}; ${accounts}; ${callers}; ${String(run.coordinates)} coordinates; ${String(run.documents)} documents. Times are over all classes (and documents), each the best of five but where callers come by turns.`;
}

export function gateJson(run: GateRun): string {
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model, node: process.versions.node, loadAverage: loadavg() };
  return `${JSON.stringify({ ...run, ...machine }, null, 2)}\n`;
}
