/** Totals and reports: entry by entry, group by group. */
import { matches, type Input } from "./naive-list.ts";
import { type Money, type Seen, type Sight } from "./naive-sight.ts";
import { compare, idOf, isMoney, perHour, related, relatives, seen } from "./naive-value.ts";
import type { PlainRow } from "./world.ts";

const ENTRY = "TimeEntry";
const at = (field: string): { readonly subject: string; readonly field: string } => ({ subject: ENTRY, field });

export interface Rounding {
  readonly to: number;
  readonly direction: string;
}

export interface Totals {
  readonly seconds: number;
  readonly billableSeconds: number;
  readonly entryCount: number;
  readonly billableAmount: readonly Money[];
  readonly costAmount: readonly Money[];
}

export function totals(sight: Sight, entries: readonly PlainRow[], rounding?: Rounding | null): Totals {
  const seconds = (row: PlainRow): number => rounded(Number(seen(sight, at("durationSeconds"), row) ?? 0), rounding);
  const amounts = (field: string, rate: string): readonly Money[] =>
    byCurrency(
      entries.map((row) => {
        const amount = seen(sight, at(field), row);
        if (!isMoney(amount)) return null;
        const perHourRate = { minor: Number(row[`${rate}_minor`]), currency: amount.currency };
        return perHour(rounded(Number(row["duration_seconds"]), rounding), perHourRate);
      }),
    );
  return {
    seconds: sum(entries.map(seconds)),
    billableSeconds: sum(entries.filter((row) => seen(sight, at("billable"), row) === true).map(seconds)),
    entryCount: entries.length,
    billableAmount: amounts("billableAmount", "billable_rate"),
    costAmount: amounts("costAmount", "cost_rate"),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** To a multiple of so many minutes. */
export function rounded(seconds: number, rounding: Rounding | null | undefined): number {
  if (rounding === null || rounding === undefined) return seconds;
  const step = rounding.to * 60;
  const rest = seconds % step;
  if (rest === 0) return seconds;
  const up = rounding.direction === "UP" || (rounding.direction === "NEAREST" && rest * 2 >= step);
  return seconds - rest + (up ? step : 0);
}

function byCurrency(amounts: readonly (Money | null)[]): readonly Money[] {
  const present = amounts.filter((amount) => amount !== null);
  const currencies = [...new Set(present.map(({ currency }) => currency))].toSorted(compare);
  return currencies.map((currency) => ({
    minor: sum(present.filter((amount) => amount.currency === currency).map(({ minor }) => minor)),
    currency,
  }));
}

interface Key {
  readonly dimension: string;
  readonly value: string | null;
  readonly label: string | null;
}

export interface Report {
  readonly rows: readonly { readonly key: readonly Key[]; readonly totals: Totals }[];
  readonly totals: Totals;
}

export function report(sight: Sight, given: Input): Report {
  const entries = sight.rows(ENTRY).filter(matches(sight, ENTRY, given["filter"]));
  const dimensions = (Array.isArray(given["groupBy"]) ? given["groupBy"] : []).map(String);
  const rounding = given["rounding"] as Rounding | null | undefined; // cast: coerced by the schema
  const groups = new Map<string, { readonly key: readonly Key[]; readonly entries: PlainRow[] }>();
  for (const row of dimensions.length === 0 ? [] : entries) {
    for (const key of keysOf(sight, row, { dimensions, given })) {
      const name = JSON.stringify(key.map(({ value }) => value));
      const group = groups.get(name) ?? { key, entries: [] };
      group.entries.push(row);
      groups.set(name, group);
    }
  }
  const sorted = [...groups.values()].toSorted((one, other) => compareKeys(one.key, other.key));
  return {
    rows: sorted.map((group) => ({ key: group.key, totals: totals(sight, group.entries, rounding) })),
    totals: totals(sight, entries, rounding),
  };
}

interface Asked {
  readonly dimensions: readonly string[];
  readonly given: Input;
}

/** An entry counts once for each of its tags, when tags are asked for. */
function keysOf(sight: Sight, row: PlainRow, { dimensions, given }: Asked): readonly (readonly Key[])[] {
  return dimensions.reduce<readonly (readonly Key[])[]>(
    (keys, dimension) => {
      const parts = keyParts(sight, row, { dimension, given }).map((part) => ({ dimension, ...part }));
      return keys.flatMap((key) => parts.map((part) => [...key, part]));
    },
    [[]],
  );
}

type KeyPart = Omit<Key, "dimension">;

const RELATIONS: Readonly<Record<string, { readonly field: string; readonly type: string }>> = {
  MEMBER: { field: "member", type: "Member" },
  TEAM: { field: "team", type: "Team" },
  PROJECT: { field: "project", type: "Project" },
  TASK: { field: "task", type: "Task" },
  ACTIVITY: { field: "activity", type: "Activity" },
};

function keyParts(
  sight: Sight,
  row: PlainRow,
  { dimension, given }: { readonly dimension: string; readonly given: Input },
): readonly KeyPart[] {
  const relation = RELATIONS[dimension];
  if (relation !== undefined) return [named(sight, relation.type, related(sight, at(relation.field), row))];
  switch (dimension) {
    case "CUSTOMER": {
      const project = related(sight, at("project"), row);
      const customer = project && related(sight, { subject: "Project", field: "customer" }, project);
      return [named(sight, "Customer", customer)];
    }
    case "TAG": {
      const tags = relatives(sight, at("tags"), row) ?? [];
      return tags.length === 0 ? [NOTHING] : tags.map((tag) => named(sight, "Tag", tag));
    }
    case "BILLABLE":
      return [plain(seen(sight, at("billable"), row))];
    case "STATUS":
      return [plain(seen(sight, at("status"), row))];
    default:
      return [plain(period(dimension, dayOf(sight, row, given["timezone"]), given["weekStart"]))];
  }
}

const NOTHING: KeyPart = { value: null, label: null };

function plain(value: Seen): KeyPart {
  if (value === null || isMoney(value)) return NOTHING;
  return { value: String(value), label: String(value) };
}

function named(sight: Sight, type: string, row: PlainRow | undefined): KeyPart {
  if (row === undefined) return NOTHING;
  const name = seen(sight, { subject: type, field: "name" }, row);
  return { value: idOf(sight, type, row), label: typeof name === "string" ? name : null };
}

function dayOf(sight: Sight, row: PlainRow, timezone: unknown): string | null {
  const start = seen(sight, at("start"), row);
  if (typeof timezone === "string" && typeof start === "string") return dayIn(timezone, start);
  const date = seen(sight, at("date"), row);
  return typeof date === "string" ? date : null;
}

export function dayIn(timezone: string, instant: string): string {
  const parts = { timeZone: timezone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  return new Intl.DateTimeFormat("sv-SE", parts).format(new Date(instant));
}

const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

function period(dimension: string, day: string | null, weekStart: unknown): string | null {
  if (day === null || dimension === "DAY") return day;
  if (dimension === "MONTH") return day.slice(0, 7);
  if (dimension === "YEAR") return day.slice(0, 4);
  if (dimension !== "WEEK") throw new Error(`no dimension is called ${dimension}`);
  const date = new Date(`${day}T00:00:00Z`);
  // getUTCDay counts from Sunday.
  const first = DAYS.indexOf(typeof weekStart === "string" ? weekStart : "MONDAY");
  const since = (date.getUTCDay() + 6 - first + 7) % 7;
  date.setUTCDate(date.getUTCDate() - since);
  return date.toISOString().slice(0, 10);
}

function compareKeys(one: readonly Key[], other: readonly Key[]): number {
  for (const [place, key] of one.entries()) {
    const against = other[place] ?? { value: null, label: null };
    // For a date or a value the label is the value, so one rule sorts them all.
    const difference = nullsLast(key.label, against.label) || nullsLast(key.value, against.value);
    if (difference !== 0) return difference;
  }
  return 0;
}

function nullsLast(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compare(one, other);
}
