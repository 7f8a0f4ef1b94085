/** One record of a CSV file → a booking, or the reason why there is none. */
import { isCurrency } from "../../identity/currency.ts";
import { problem } from "../../problem.ts";
import { HIGHEST_RATE, LONGEST_SECONDS } from "../amount.ts";
import { dayOf, type Instant, type Zone } from "../period.ts";
import type { Booking, Rate } from "./booking.ts";
import { exactUnitsOf, parseDecimal, unitsOf } from "./decimal.ts";
import type { GenericMap, Mapped } from "./map.ts";
import { dateReader, momentReader, type DateReader, type MomentReader } from "./moment.ts";
import type { RowReason } from "./reason.ts";

export type RowReader = (cells: readonly string[]) => Booking | RowReason;

export interface RowForm {
  readonly map: GenericMap;
  /** Where a column of the map stands in a record. */
  readonly place: (column: string) => number;
  readonly zone: Zone;
  /** Of rates whose row names none. */
  readonly currency: string;
}

/** Finds all that depends on the map once, so that a row costs only its own reading. */
export function rowReader(form: RowForm): RowReader {
  const moment = momentReader(form.map.dateTimeFormat);
  const date = dateReader(form.map.dateFormat);
  // A map that was parsed has readable formats.
  if (moment === undefined || date === undefined) throw problem("IMPORT_MAP_INVALID");
  const fields: Fields = { ...form, cell: cellReader(form), moment, date };
  return (cells) => {
    const reasons: RowReason[] = [];
    const row: Row = { ...fields, cells, refuse: (reason) => void reasons.push(reason) };
    const booking = readBooking(row);
    return reasons[0] ?? booking;
  };
}

interface Fields extends RowForm {
  readonly cell: (name: Mapped, cells: readonly string[]) => string | null;
  readonly moment: MomentReader;
  readonly date: DateReader;
}

interface Row extends Fields {
  readonly cells: readonly string[];
  /** Notes why the row cannot be kept and goes on; the first reason is the one that is told. */
  readonly refuse: (reason: RowReason) => void;
}

function readBooking(row: Row): Booking {
  if (row.cells.some((cell) => cell.includes("\0"))) row.refuse("CHARACTER_IMPOSSIBLE");
  const billableRate = readRate(row, "rate");
  return {
    externalId: readId(row, "externalId"),
    raw: JSON.stringify(row.cells),
    member: readId(row, "member") ?? (row.refuse("MEMBER_MISSING"), ""),
    team: readId(row, "team"),
    project: readId(row, "project"),
    task: readId(row, "task"),
    activity: readId(row, "activity"),
    customer: readId(row, "customer"),
    tags: readTags(row),
    ...readWhen(row),
    durationSeconds: readDuration(row),
    breakSeconds: readBreak(row),
    description: row.cell("description", row.cells),
    billable: readBillable(row) ?? billableRate !== null,
    billableRate,
    costRate: readRate(row, "costRate"),
  };
}

function cellReader({ map, place }: RowForm): Fields["cell"] {
  const nulls = new Set(["", ...map.nulls]);
  const places = new Map<string, number>();
  for (const [name, column] of Object.entries(map.columns)) places.set(name, place(column));
  return (name, cells) => {
    const at = places.get(name);
    const cell = at === undefined ? undefined : cells[at]?.trim();
    return cell === undefined || nulls.has(cell) ? null : cell;
  };
}

/** External ids are in an index, which holds no long texts. */
const LONGEST_ID = 500;

function readId(row: Row, name: Mapped): string | null {
  const id = row.cell(name, row.cells);
  if (id !== null && id.length > LONGEST_ID) row.refuse("ID_TOO_LONG");
  return id;
}

/** Separated by commas, as Toggl, Clockify and Kimai write them. */
function readTags(row: Row): readonly string[] {
  const names = (row.cell("tags", row.cells) ?? "").split(",").map((name) => name.trim());
  if (names.some((name) => name.length > LONGEST_ID)) row.refuse("ID_TOO_LONG");
  return [...new Set(names.filter((name) => name !== ""))];
}

function readWhen(row: Row): Pick<Booking, "date" | "startedAt" | "endedAt"> {
  const starts = readInstants(row, { name: "start", unreadable: "START_UNREADABLE", skipped: "START_SKIPPED" });
  const ends = readInstants(row, { name: "end", unreadable: "END_UNREADABLE", skipped: "END_SKIPPED" });
  const start = starts?.[0];
  if (start === undefined) {
    if (ends !== undefined) row.refuse("END_WITHOUT_START");
    return { date: readDate(row), startedAt: null, endedAt: null };
  }
  // At an hour that comes twice, the end is the first time that is not before the start.
  const end = ends?.find((instant) => instant >= start);
  if (ends !== undefined && ends.length > 0 && end === undefined) row.refuse("END_BEFORE_START");
  return { date: dayOf(row.zone.wallAt(start)), startedAt: iso(start), endedAt: end === undefined ? null : iso(end) };
}

interface MomentCell {
  readonly name: "start" | "end";
  readonly unreadable: RowReason;
  readonly skipped: RowReason;
}

function readInstants(row: Row, { name, unreadable, skipped }: MomentCell): readonly Instant[] | undefined {
  const cell = row.cell(name, row.cells);
  if (cell === null) return undefined;
  const moment = row.moment(cell);
  if (moment === undefined) {
    row.refuse(unreadable);
    return [];
  }
  if (moment.kind === "instant") return [moment.instant];
  const instants = row.zone.instants(moment.wall);
  if (instants.length === 0) row.refuse(skipped);
  return instants;
}

const iso = (instant: Instant): string => new Date(instant).toISOString();

function readDate(row: Row): string {
  const cell = row.cell("date", row.cells);
  if (cell === null) row.refuse("WHEN_MISSING");
  const date = cell === null ? "" : row.date(cell);
  if (date === undefined) row.refuse("DATE_UNREADABLE");
  return date ?? "";
}

/** Always from its own column: end − start would count the breaks, and what is booked is what the column says. */
function readDuration(row: Row): number {
  const hours = row.cell("durationHours", row.cells);
  const cell = hours ?? row.cell("durationMinutes", row.cells);
  if (cell === null) {
    row.refuse("DURATION_MISSING");
    return 0;
  }
  const seconds = readSeconds(cell, { mark: row.map.decimal, unit: hours === null ? 60 : 3_600 });
  if (seconds === undefined) row.refuse("DURATION_UNREADABLE");
  else if (seconds < 0n) row.refuse("DURATION_NEGATIVE");
  else if (seconds > LONGEST_SECONDS) row.refuse("DURATION_TOO_LONG");
  return Number(seconds ?? 0n);
}

function readBreak(row: Row): number {
  const cell = row.cell("breakMinutes", row.cells);
  if (cell === null) return 0;
  const seconds = readSeconds(cell, { mark: row.map.decimal, unit: 60 });
  if (seconds === undefined) row.refuse("BREAK_UNREADABLE");
  else if (seconds < 0n) row.refuse("BREAK_NEGATIVE");
  else if (seconds > LONGEST_SECONDS) row.refuse("BREAK_TOO_LONG");
  return Number(seconds ?? 0n);
}

function readSeconds(cell: string, { mark, unit }: { mark: "." | ","; unit: number }): bigint | undefined {
  const decimal = parseDecimal(cell, mark);
  return decimal && unitsOf(decimal, unit);
}

/** A map and no object: an object also knows `constructor`, which a cell may hold. */
const ANSWERS: ReadonlyMap<string, boolean> = new Map([
  ...["true", "yes", "y", "1"].map((word) => [word, true] as const),
  ...["false", "no", "n", "0"].map((word) => [word, false] as const),
]);

/** Undefined where the file does not say: then an entry with a rate is billable, and no other. */
function readBillable(row: Row): boolean | undefined {
  const cell = row.cell("billable", row.cells);
  if (cell === null) return undefined;
  const answer = ANSWERS.get(cell.toLowerCase());
  if (answer === undefined) row.refuse("BILLABLE_UNREADABLE");
  return answer;
}

/** A rate is never rounded: what a rounded one leaves out grows with every hour. */
function readRate(row: Row, name: "rate" | "costRate"): Rate | null {
  const cell = row.cell(name, row.cells);
  if (cell === null) return null;
  const currency = row.cell("currency", row.cells) ?? row.currency;
  const digits = isCurrency(currency) ? digitsOf(currency) : undefined;
  if (digits === undefined) {
    row.refuse("CURRENCY_UNKNOWN");
    return null;
  }
  const decimal = parseDecimal(cell, row.map.decimal);
  const minor = decimal && exactUnitsOf(decimal, 10 ** digits);
  if (minor === undefined) row.refuse("RATE_UNREADABLE");
  else if (minor < 0n) row.refuse("RATE_NEGATIVE");
  else if (minor > HIGHEST_RATE) row.refuse("RATE_TOO_HIGH");
  return { minor: String(minor ?? 0n), currency };
}

const digitsOf = (currency: string): number | undefined =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
