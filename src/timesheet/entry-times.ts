/** When an entry began and ended, on which day it counts and how long it took: made from what is given and what was there. */
import type { UserError } from "../permission/user-error-type.ts";
import { LONGEST_BY_HAND } from "./amount.ts";
import { dayOf, zoneNamed } from "./period.ts";
import { userError, type RefusalCode } from "./refusal.ts";

export interface Times {
  readonly start: number | null;
  readonly end: number | null;
  /** The zone of its day. */
  readonly zone: string;
  readonly date: string;
  readonly duration: number;
  readonly pause: number;
}

/** As in the inputs: what is left out is undefined, null empties. */
export interface TimesGiven {
  readonly date?: string | null | undefined;
  readonly start?: string | null | undefined;
  readonly end?: string | null | undefined;
  readonly timezone?: string | null | undefined;
  readonly durationSeconds?: number | null | undefined;
  readonly breakSeconds?: number | null | undefined;
}

export type Settled =
  | { readonly kind: "settled"; readonly times: Times }
  | { readonly kind: "wrong"; readonly errors: readonly UserError[] };

const [FIRST_DAY, LAST_DAY] = ["1900-01-01", "2999-12-31"];

/** Undefined where it is not known yet. `before` is undefined for a new entry. */
interface Merged {
  readonly given: TimesGiven;
  readonly before: Times | undefined;
  readonly start: number | null;
  readonly end: number | null;
  readonly zone: string;
  readonly pause: number;
  /** Undefined where nobody said it. */
  readonly duration: number | undefined;
}

/** Of a new entry, or of one of which nothing but this is changed. `zone` counts where none is given. */
export function settleTimes(given: TimesGiven, before: Times | undefined, zone: string): Settled {
  const merged: Merged = {
    given,
    before,
    start: chosen(given.start, before?.start ?? null),
    end: chosen(given.end, before?.end ?? null),
    zone: given.timezone ?? (given.timezone === undefined ? before?.zone : undefined) ?? zone,
    pause: given.breakSeconds === undefined ? (before?.pause ?? 0) : (given.breakSeconds ?? 0),
    duration: given.durationSeconds ?? undefined,
  };
  const { pause, duration } = merged;
  if (pause < 0 || pause > LONGEST_BY_HAND) return wrong("BREAK_OUT_OF_RANGE", "breakSeconds");
  if (duration !== undefined && (duration < 0 || duration > LONGEST_BY_HAND)) return tooLong();
  const { start } = merged;
  return start === null ? settleWithoutStart(merged) : settleWithStart({ ...merged, start });
}

const chosen = (given: string | null | undefined, before: number | null): number | null =>
  given === undefined ? before : given === null ? null : Date.parse(given);

function settleWithoutStart({ given, before, end, zone, pause, duration }: Merged): Settled {
  if (end !== null) return wrong("TIMES_INCOMPLETE", "start");
  const kept = before?.start === null && given.durationSeconds === undefined ? before.duration : undefined;
  const worked = duration ?? kept;
  if (worked === undefined) return wrong("TIMES_INCOMPLETE", "durationSeconds");
  const date = given.date === undefined ? before?.date : given.date;
  if (date === undefined || date === null) return wrong("DATE_NEEDED", "date");
  return settled({ start: null, end: null, zone, date, pause, duration: worked }, "date");
}

type Started = Merged & { readonly start: number };

function settleWithStart(merged: Started): Settled {
  const { given, before, start, zone } = merged;
  const moved = start !== before?.start || zone !== before.zone;
  // Days of imported entries stay as they were written, as long as nobody moves the entry.
  const date = moved ? dayOf(zoneNamed(zone).wallAt(start)) : before.date;
  if (given.date !== undefined && given.date !== null && given.date !== date) return wrong("DATE_DIFFERS", "date");
  const spent = merged.end === null ? withoutEnd(merged) : betweenStartAndEnd({ ...merged, end: merged.end });
  if ("kind" in spent) return spent;
  return settled({ start, zone, date, pause: merged.pause, ...spent }, "start");
}

type Spent = Pick<Times, "end" | "duration">;

/** A duration says when it ended; without one it can only be an entry that runs, and goes on running. */
function withoutEnd({ given, before, start, pause, duration }: Started): Spent | Settled {
  if (duration !== undefined) return { end: start + (duration + pause) * 1000, duration };
  const isRunning = before !== undefined && before.start !== null && before.end === null;
  if (isRunning && given.durationSeconds === undefined) return { end: null, duration: before.duration };
  return wrong("TIMES_INCOMPLETE", "end");
}

function betweenStartAndEnd(merged: Started & { readonly end: number }): Spent | Settled {
  const { given, before, start, end, pause, duration } = merged;
  if (end < start) return wrong("END_BEFORE_START", "end");
  const worked = Math.floor((end - start) / 1000) - pause;
  const same = before !== undefined && start === before.start && end === before.end && pause === before.pause;
  // Other trackers have durations of their own; they are judged when they are changed.
  if (same && given.durationSeconds === undefined) return { end, duration: before.duration };
  if (worked < 0) return wrong("BREAK_OUT_OF_RANGE", "breakSeconds");
  if (duration !== undefined && duration > worked) return wrong("DURATION_TOO_LONG", "durationSeconds");
  return (duration ?? worked) > LONGEST_BY_HAND ? tooLong() : { end, duration: duration ?? worked };
}

function settled(times: Times, field: string): Settled {
  // Compared as text: days beyond the year 9999 do not have four digits, and sort before the first one.
  const known = /^\d{4}-/.test(times.date) && times.date >= FIRST_DAY && times.date <= LAST_DAY;
  return known ? { kind: "settled", times } : wrong("DATE_OUT_OF_RANGE", field);
}

const wrong = (code: RefusalCode, field: string): Settled => ({
  kind: "wrong",
  errors: [userError(code, "input", field)],
});
const tooLong = (): Settled => wrong("DURATION_OUT_OF_RANGE", "durationSeconds");
