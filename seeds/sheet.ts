/** How far a week has come: older weeks are agreed and invoiced, the last ones are on somebody's desk. */
import type { Role } from "../src/caller.ts";
import type { TIMESHEET_STATUSES } from "../src/timesheet/sheet.ts";
import type { ENTRY_STATUSES } from "../src/timesheet/entry.ts";
import { addDays, daysBetween, LAST_DAY, mondayOf, type Day, type LocalClock } from "./calendar.ts";
import type { Person } from "./company.ts";
import type { Directory } from "./directory.ts";
import type { Random } from "./random.ts";
import type { SeedRow } from "./rows.ts";
import { approvals, rejections } from "./trade.ts";

export type SheetStatus = (typeof TIMESHEET_STATUSES)[number];
export type EntryStatus = (typeof ENTRY_STATUSES)[number];

export interface Week {
  readonly monday: Day;
  readonly status: SheetStatus;
  readonly submitted: Date | null;
  readonly decided: Date | null;
  /** When it went on an invoice, if it has. */
  readonly invoiced: Date | null;
}

/** Weeks that ended by then are on invoices. */
const INVOICED_UNTIL: Day = "2026-09-06";

const chances: readonly (readonly (readonly [SheetStatus, number])[])[] = [
  [["OPEN", 1]],
  [
    ["SUBMITTED", 75],
    ["OPEN", 25],
  ],
  [
    ["SUBMITTED", 50],
    ["APPROVED", 35],
    ["REJECTED", 15],
  ],
  [
    ["APPROVED", 80],
    ["REJECTED", 12],
    ["SUBMITTED", 8],
  ],
  [
    ["APPROVED", 90],
    ["REJECTED", 10],
  ],
];

export function weekOf(monday: Day, clock: LocalClock, random: Random): Week {
  const age = daysBetween(monday, mondayOf(LAST_DAY)) / 7;
  const status = random.weighted<SheetStatus>(chances[age] ?? [["APPROVED", 1]]);
  // Handed in on the Monday after; decided from Tuesday to Thursday.
  const submitted = clock.instant(addDays(monday, 7), random.integer(9 * 60 + 10, 15 * 60) + random.fraction());
  const decided = clock.instant(
    addDays(monday, 7 + random.integer(1, 3)),
    random.integer(8 * 60, 18 * 60) + random.fraction(),
  );
  const sunday = addDays(monday, 6);
  const over = status === "APPROVED" && sunday <= INVOICED_UNTIL;
  return {
    monday,
    status,
    submitted: status === "OPEN" ? null : submitted,
    decided: status === "APPROVED" || status === "REJECTED" ? decided : null,
    invoiced: over ? clock.instant(`${nextMonth(sunday)}-05`, 10 * 60) : null,
  };
}

function nextMonth(day: Day): string {
  const first = Date.parse(`${day.slice(0, 7)}-01`);
  return new Date(first + 31 * 86_400_000).toISOString().slice(0, 7);
}

export function entryStatus(week: Week, billable: boolean): EntryStatus {
  return week.invoiced !== null && billable ? "INVOICED" : week.status;
}

export interface SheetOf {
  readonly directory: Directory;
  readonly person: Person;
  readonly week: Week;
}

export function sheetRow({ directory, person, week }: SheetOf, created: Date, random: Random): SeedRow {
  const said =
    week.status === "REJECTED" ? random.pick(rejections) : random.chance(0.07) ? random.pick(approvals) : null;
  return {
    account_id: directory.account,
    id: random.uuid(created),
    member_id: directory.id("member", person.id),
    period_start: week.monday,
    period_end: addDays(week.monday, 6),
    status: week.status,
    submitted_at: week.submitted?.toISOString() ?? null,
    decided_by_id: week.decided === null ? null : directory.id("member", deciderOf(directory, person)),
    decided_at: week.decided?.toISOString() ?? null,
    comment: week.decided === null ? null : said,
  };
}

/** A lead of the person's first team, or else their manager, or else somebody of the office; never the person. */
export function deciderOf({ company }: Directory, person: Person): string {
  const others = company.people.filter(({ id }) => id !== person.id);
  const lead = others.find(({ leads }) => leads.includes(person.teams[0] ?? ""));
  const manager = others.find(({ id }) => id === person.manager);
  const office = (role: Role): Person | undefined => others.find(({ roles }) => roles.includes(role));
  const decider = lead ?? manager ?? office("ADMIN") ?? office("FINANCE");
  if (decider === undefined) throw new Error(`Nobody may decide on the weeks of ${person.id}.`);
  return decider.id;
}
