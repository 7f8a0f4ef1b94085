/** What an import did, as data and as text. */
import type { Clock } from "../../clock.ts";
import { ROW_REASONS, type RowReason } from "./reason.ts";

export const MADE = ["members", "teams", "customers", "projects", "tasks", "activities", "tags"] as const;
export type Made = (typeof MADE)[number];

export interface LeftOut {
  readonly line: number;
  readonly reason: RowReason;
}

export interface ImportReport {
  /** Rows that the map's `where` lets through, or all; each is one of created, updated, unchanged or left out. */
  readonly rows: number;
  /** Rows that the map's `where` keeps away. */
  readonly elsewhere: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly leftOut: number;
  /** How often each reason was met, over all rows left out. */
  readonly reasons: Readonly<Partial<Record<RowReason, number>>>;
  /** The first of the rows left out, in the order of the file's batches. */
  readonly listed: readonly LeftOut[];
  /** What the bookings named and was not there yet. */
  readonly made: Readonly<Record<Made, number>>;
  readonly seconds: number;
}

type Count = "rows" | "elsewhere" | "created" | "updated" | "unchanged";

export interface Recorder {
  count(what: Count, times?: number): void;
  countMade(what: Made, times: number): void;
  leaveOut(row: LeftOut): void;
  rows(): number;
  report(): ImportReport;
}

/** So many lines a person reads; the counts are of all. */
const LISTED = 100;

export function startRecord(clock: Clock): Recorder {
  const began = clock.now().getTime();
  const counts: Record<Count, number> = { rows: 0, elsewhere: 0, created: 0, updated: 0, unchanged: 0 };
  const made: Record<Made, number> = {
    members: 0,
    teams: 0,
    customers: 0,
    projects: 0,
    tasks: 0,
    activities: 0,
    tags: 0,
  };
  const reasons: Partial<Record<RowReason, number>> = {};
  const listed: LeftOut[] = [];
  let leftOut = 0;
  return {
    count: (what, times = 1) => void (counts[what] += times),
    countMade: (what, times) => void (made[what] += times),
    leaveOut: (row) => {
      leftOut += 1;
      reasons[row.reason] = (reasons[row.reason] ?? 0) + 1;
      if (listed.length < LISTED) listed.push(row);
    },
    rows: () => counts.rows,
    report: () => ({
      ...counts,
      leftOut,
      reasons: { ...reasons },
      listed: [...listed],
      made: { ...made },
      seconds: (clock.now().getTime() - began) / 1_000,
    }),
  };
}

export function reportText(report: ImportReport): string {
  const { rows, elsewhere, created, updated, unchanged, leftOut, seconds } = report;
  const made = MADE.filter((name) => report.made[name] > 0).map((name) => `${name} ${report.made[name]}`);
  const lines = [
    `${rows} rows in ${seconds.toFixed(1)} s: ${created} created, ${updated} updated, ${unchanged} unchanged, ${leftOut} left out`,
  ];
  if (elsewhere > 0) lines.push(`${elsewhere} rows are not asked for by the map's "where"`);
  if (made.length > 0) lines.push(`new: ${made.join(", ")}`);
  lines.push(...report.listed.map(({ line, reason }) => `line ${line}: ${ROW_REASONS[reason]} (${reason})`));
  if (leftOut > report.listed.length)
    lines.push(`and ${leftOut - report.listed.length} more, by reason:`, ...byReason(report));
  return lines.join("\n");
}

function byReason({ reasons }: ImportReport): readonly string[] {
  return Object.entries(reasons).map(([reason, times]) => `  ${reason} ${times}`);
}
