/** What is read of each column on a caller's behalf: by the fields that are open to them, and by the rules of writing. */
import type { Condition } from "../permission/condition.ts";
import { memberCoordinate, type Coordinate } from "../permission/coordinate.ts";
import type { Subject } from "../permission/declare.ts";
import { columnsOf, type Law, type Sight } from "./sight.ts";
import type { Cells } from "./change.ts";

export interface Reading {
  readonly coordinate: Coordinate;
  /** Read only on rows on which this holds. */
  readonly mask: Condition | undefined;
  /** Shows the row that the column points at, where that is visible. */
  readonly points: boolean;
}

/**
 * By `table.column`, the open fields that read it. Filters, orders, dimensions, totals and cursors are left out on purpose: by
 * the law they may use no more than a field shows, and whether they keep to it is what is to be found out.
 */
export function readingsOf({ set, subjects }: Law): ReadonlyMap<string, readonly Reading[]> {
  const all = [...subjects.values()].flatMap((subject) =>
    Object.keys(subject.fields).flatMap((field) => {
      const coordinate = memberCoordinate(subject.name, field);
      return set.open.has(coordinate)
        ? readBy(subject, { field, coordinate, subjects, mask: set.masks.get(coordinate) })
        : [];
    }),
  );
  const grouped = Map.groupBy(all, ([column]) => column);
  return new Map([...grouped].map(([column, pairs]) => [column, pairs.map(([, reading]) => reading)]));
}

interface Opened {
  readonly field: string;
  readonly coordinate: Coordinate;
  readonly subjects: Law["subjects"];
  readonly mask: Condition | undefined;
}

function readBy(
  subject: Subject,
  { field, coordinate, subjects, mask }: Opened,
): readonly (readonly [string, Reading])[] {
  const source = subject.fields[field]?.source;
  const own = columnsOf(subject, field).map(
    (column) => [`${subject.table.name}.${column}`, { coordinate, mask, points: source?.kind === "one" }] as const,
  );
  if (source?.kind !== "connection" && source?.kind !== "totals" && source?.kind !== "sum") return own;
  const target = subjects.get(source.type);
  if (target === undefined) return own;
  const back = [`${target.table.name}.${source.column}`, { coordinate, mask: undefined, points: true }] as const;
  const added = source.kind === "sum" ? columnsOf(target, source.field) : [];
  const summed = added.map(
    (column) => [`${target.table.name}.${column}`, { coordinate, mask: undefined, points: false }] as const,
  );
  return [...own, back, ...summed];
}

/** Columns that are read when something is written, and answered in the code of a refusal or in what was written. */
const DECIDING: Readonly<Record<string, readonly string[]>> = {
  time_entry: [
    "member_id",
    "team_id",
    "project_id",
    "task_id",
    "activity_id",
    "timesheet_id",
    "date",
    "started_at",
    "ended_at",
    "timezone",
    "duration_seconds",
    "break_seconds",
    "status",
    "external_id",
  ],
  timesheet: ["member_id", "period_start", "period_end", "status"],
  project: ["archived", "customer_id"],
  task: ["project_id"],
  member: ["timezone"],
};
/** From which an entry takes its rates, if it is not told them. */
const RATES: Readonly<Record<string, readonly string[]>> = {
  billable_rate: ["project", "customer", "member"],
  cost_rate: ["member"],
};

export interface Decisions {
  readonly sight: Sight;
  readonly readings: ReadonlyMap<string, readonly Reading[]>;
}

export interface PlacedCell {
  readonly table: string;
  readonly row: Cells;
  readonly column: string;
}

/**
 * Whether a mutation would tell of the cell. What the codes of refusals tell is accepted (see the README): such cells stay
 * as they are where operations write.
 */
export function decidesWrites({ sight, readings }: Decisions, { table, row, column }: PlacedCell): boolean {
  for (const [rate, tables] of Object.entries(RATES)) {
    if (tables.includes(table) && column.startsWith(rate) && readings.has(`time_entry.${rate}_minor`)) return true;
  }
  if (!(DECIDING[table] ?? []).includes(column)) return false;
  if (table === "timesheet") return isOfSeenEntry(sight, row);
  if (table !== "time_entry") return true;
  return (
    sight.sees("TimeEntry", row) || (column === "status" && isOfSeenSheet(sight, row)) || column === "timesheet_id"
  );
}

/** Whether a row that comes or goes would be told by a refusal. */
export function decidesWritesByBeing({ sight }: Decisions, table: string, row: Cells): boolean {
  if (table === "timesheet") return isOfSeenEntry(sight, row);
  if (table === "time_entry") return row["status"] === "INVOICED" && isOfSeenSheet(sight, row);
  if (table !== "team_member") return false;
  return seenEntries(sight).some((entry) => entry["team_id"] === row["team_id"]);
}

const seenEntries = (sight: Sight): readonly Cells[] => sight.seenRows("TimeEntry");

const isOfSeenSheet = (sight: Sight, entry: Cells): boolean => sight.seesId("Timesheet", entry["timesheet_id"]);

/** The week of whoever has an entry that the caller may change: it is open or not. */
const isOfSeenEntry = (sight: Sight, sheet: Cells): boolean =>
  seenEntries(sight).some((entry) => entry["member_id"] === sheet["member_id"]);
