/** Days, weeks and clocks of the places where the people of the seeds work. Days are texts: they belong to no zone. */

/** A calendar day, as in `2026-03-29`. */
export type Day = string;
export type Region = "england" | "new-york" | "berlin";

const DAY_MS = 86_400_000;

/** The demo's year. All that is "recent" is so seen from its last day; no clock is asked. */
export const FIRST_DAY: Day = "2025-11-01";
export const LAST_DAY: Day = "2026-10-31";

export const zones: Readonly<Record<Region, string>> = {
  england: "Europe/London",
  "new-york": "America/New_York",
  berlin: "Europe/Berlin",
};

/** Days in the demo's year on which a place's offices are shut. */
const publicHolidays: Readonly<Record<Region, readonly Day[]>> = {
  england: [
    "2025-12-25",
    "2025-12-26",
    "2026-01-01",
    "2026-04-03",
    "2026-04-06",
    "2026-05-04",
    "2026-05-25",
    "2026-08-31",
  ],
  "new-york": [
    "2025-11-27",
    "2025-11-28",
    "2025-12-25",
    "2026-01-01",
    "2026-01-19",
    "2026-02-16",
    "2026-05-25",
    "2026-06-19",
    "2026-07-03",
    "2026-09-07",
  ],
  berlin: [
    "2025-12-25",
    "2025-12-26",
    "2026-01-01",
    "2026-04-03",
    "2026-04-06",
    "2026-05-01",
    "2026-05-14",
    "2026-05-25",
  ],
};

export const isPublicHoliday = (day: Day, region: Region): boolean => publicHolidays[region].includes(day);

/** Nights in the demo's year in which a place's clocks are put forward or back. */
export const clockChanges: Readonly<Record<Region, readonly Day[]>> = {
  england: ["2026-03-29", "2026-10-25"],
  "new-york": ["2025-11-02", "2026-03-08"],
  berlin: ["2026-03-29", "2026-10-25"],
};

export const isClockChange = (day: Day, region: Region): boolean => clockChanges[region].includes(day);

export const addDays = (day: Day, count: number): Day =>
  new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);

export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** 1 is Monday, 7 is Sunday, as in ISO 8601. */
export const weekday = (day: Day): number => new Date(Date.parse(day)).getUTCDay() || 7;

/** The Monday on or before the day. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day));

export function daysFrom(first: Day, last: Day): readonly Day[] {
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, at) => addDays(first, at));
}

/** Reads and sets the clock on the wall of one zone. */
export interface LocalClock {
  /**
   * So many minutes after midnight by the clock, as an instant. Where the clock is put forward, the missing hour counts on
   * from before the change; where it is put back, the first of the two is meant.
   */
  instant(day: Day, minutes: number): Date;
  /** The day that the calendar on the wall shows. */
  day(instant: Date): Day;
}

export function localClock(zone: string): LocalClock {
  const offsetAt = offsets(zone);
  return {
    instant(day, minutes) {
      const asIfUtc = Date.parse(day) + Math.round(minutes * 60) * 1000;
      // The offset of a day earlier is the one before any change on this day; it errs only after the change.
      const before = asIfUtc - offsetAt(asIfUtc - DAY_MS);
      const after = asIfUtc - offsetAt(before);
      return new Date(offsetAt(after) === offsetAt(before) ? after : Math.max(before, after));
    },
    day: (instant) => new Date(instant.getTime() + offsetAt(instant.getTime())).toISOString().slice(0, 10),
  };
}

/** Milliseconds by which a zone is ahead of UTC at an instant. Zones change on whole hours, so one answer an hour will do. */
function offsets(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
  });
  const known = new Map<number, number>();
  return (instant) => {
    const hour = Math.floor(instant / 3_600_000);
    const before = known.get(hour);
    if (before !== undefined) return before;
    const part = new Map(format.formatToParts(hour * 3_600_000).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
    const offset = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour")) - hour * 3_600_000;
    known.set(hour, offset);
    return offset;
  };
}
