// When an entry was: what is given, what follows from it, and what cannot be.
import { expect, it } from "@jest/globals";
import { settleTimes, type Times, type TimesGiven } from "../../src/timesheet/entry-times.ts";
import { weekOf } from "../../src/timesheet/week.ts";

const BERLIN = "Europe/Berlin";

const text = (instant: number | null): string => (instant === null ? "-" : new Date(instant).toISOString());

/** `2024-03-30 23:30:00.000Z..end, seconds (pause), zone`; or what is wrong and where. */
function told(given: TimesGiven, before?: Times): string {
  const settled = settleTimes(given, before, BERLIN);
  if (settled.kind === "wrong") return settled.errors.map(({ code, field }) => `${code} ${field?.at(-1)}`).join();
  const { date, start, end, duration, pause } = settled.times;
  return `${date} ${text(start)} ${text(end)} ${duration} ${pause}`;
}

const nine = "2024-05-06T07:00:00.000Z"; // in Berlin
const ten = "2024-05-06T08:00:00.000Z";

it.each<[string, TimesGiven, string]>([
  ["takes the time between start and end", { start: nine, end: ten }, `2024-05-06 ${nine} ${ten} 3600 0`],
  ["takes breaks off", { start: nine, end: ten, breakSeconds: 600 }, `2024-05-06 ${nine} ${ten} 3000 600`],
  ["may have taken less", { start: nine, end: ten, durationSeconds: 60 }, `2024-05-06 ${nine} ${ten} 60 0`],
  ["may have taken no time", { start: nine, end: nine }, `2024-05-06 ${nine} ${nine} 0 0`],
  ["may be a duration on a day", { date: "2024-05-06", durationSeconds: 60 }, "2024-05-06 - - 60 0"],
  [
    "ends when its duration and breaks are over",
    { start: nine, durationSeconds: 3000, breakSeconds: 600 },
    `2024-05-06 ${nine} ${ten} 3000 600`,
  ],
  [
    "may say the day that its start tells",
    { start: nine, end: ten, date: "2024-05-06" },
    `2024-05-06 ${nine} ${ten} 3600 0`,
  ],
  [
    "takes a null for nothing said",
    { start: null, end: null, timezone: null, breakSeconds: null, date: "2024-05-06", durationSeconds: 1 },
    "2024-05-06 - - 1 0",
  ],
  ["needs times", {}, "TIMES_INCOMPLETE durationSeconds"],
  ["needs a day for a duration", { durationSeconds: 60 }, "DATE_NEEDED date"],
  ["needs an end or a duration", { start: nine }, "TIMES_INCOMPLETE end"],
  ["needs a start for its end", { end: ten, durationSeconds: 60 }, "TIMES_INCOMPLETE start"],
  ["does not end before it begins", { start: ten, end: nine }, "END_BEFORE_START end"],
  [
    "takes no longer than from start to end",
    { start: nine, end: ten, durationSeconds: 3601 },
    "DURATION_TOO_LONG durationSeconds",
  ],
  [
    "takes no longer than from start to end without breaks",
    { start: nine, end: ten, breakSeconds: 1, durationSeconds: 3600 },
    "DURATION_TOO_LONG durationSeconds",
  ],
  [
    "breaks no longer than from start to end",
    { start: nine, end: ten, breakSeconds: 3601 },
    "BREAK_OUT_OF_RANGE breakSeconds",
  ],
  ["has no negative break", { start: nine, end: ten, breakSeconds: -1 }, "BREAK_OUT_OF_RANGE breakSeconds"],
  ["takes no negative time", { date: "2024-05-06", durationSeconds: -1 }, "DURATION_OUT_OF_RANGE durationSeconds"],
  ["takes a week at most", { date: "2024-05-06", durationSeconds: 604_801 }, "DURATION_OUT_OF_RANGE durationSeconds"],
  ["takes a week", { date: "2024-05-06", durationSeconds: 604_800 }, "2024-05-06 - - 604800 0"],
  [
    "takes a week at most from start to end",
    { start: nine, end: "2024-05-13T07:00:01.000Z" },
    "DURATION_OUT_OF_RANGE durationSeconds",
  ],
  ["is not on another day than its start", { start: nine, end: ten, date: "2024-05-07" }, "DATE_DIFFERS date"],
  ["is of our centuries", { date: "3000-01-01", durationSeconds: 1 }, "DATE_OUT_OF_RANGE date"],
  [
    "is of our centuries where it has a start",
    { start: "0001-01-01T00:00:00.000Z", end: "0001-01-01T00:00:00.000Z" },
    "DATE_OUT_OF_RANGE start",
  ],
  [
    "is of four-digit years",
    { start: "9999-12-31T23:30:00.000Z", end: "9999-12-31T23:30:00.000Z" },
    "DATE_OUT_OF_RANGE start",
  ],
])("a new entry %s", (_, given, expected) => {
  expect(told(given)).toBe(expected);
});

// Clocks in Berlin went from 2:00 to 3:00 on 2024-03-31, and from 3:00 to 2:00 on 2024-10-27.
it.each<[string, TimesGiven, string]>([
  [
    "counts on the local day on which it began",
    { start: "2024-03-30T23:30:00.000Z", end: "2024-03-31T01:30:00.000Z" },
    "2024-03-31 2024-03-30T23:30:00.000Z 2024-03-31T01:30:00.000Z 7200 0",
  ],
  [
    "counts on another day in another zone",
    { start: "2024-03-30T23:30:00.000Z", end: "2024-03-30T23:30:00.000Z", timezone: "America/New_York" },
    "2024-03-30 2024-03-30T23:30:00.000Z 2024-03-30T23:30:00.000Z 0 0",
  ],
  [
    "from 1:30 to 3:30 takes an hour when clocks go forward",
    { start: "2024-03-31T01:30:00+01:00", end: "2024-03-31T03:30:00+02:00" },
    "2024-03-31 2024-03-31T00:30:00.000Z 2024-03-31T01:30:00.000Z 3600 0",
  ],
  [
    "from 1:30 to 3:30 takes three hours when clocks go back",
    { start: "2024-10-27T01:30:00+02:00", end: "2024-10-27T03:30:00+01:00" },
    "2024-10-27 2024-10-26T23:30:00.000Z 2024-10-27T02:30:00.000Z 10800 0",
  ],
  [
    "over the whole day takes 25 hours when clocks go back",
    { start: "2024-10-27T00:00:00+02:00", end: "2024-10-28T00:00:00+01:00" },
    "2024-10-27 2024-10-26T22:00:00.000Z 2024-10-27T23:00:00.000Z 90000 0",
  ],
])("an entry %s", (_, given, expected) => {
  expect(told(given)).toBe(expected);
});

const before: Times = {
  start: Date.parse(nine),
  end: Date.parse(ten),
  zone: BERLIN,
  date: "2024-05-06",
  duration: 3000,
  pause: 0,
};
const running: Times = { ...before, end: null, duration: 0 };
const noted: Times = { ...before, start: null, end: null };
const imported: Times = { ...before, duration: 9000, date: "2024-05-05" };

it.each<[string, Times, TimesGiven, string]>([
  [
    "keeps its duration while nothing about its times changes",
    before,
    { timezone: BERLIN },
    `2024-05-06 ${nine} ${ten} 3000 0`,
  ],
  [
    "takes the new time between start and end",
    before,
    { end: "2024-05-06T09:00:00.000Z" },
    `2024-05-06 ${nine} 2024-05-06T09:00:00.000Z 7200 0`,
  ],
  ["takes breaks off anew", before, { breakSeconds: 60 }, `2024-05-06 ${nine} ${ten} 3540 60`],
  [
    "moves to the day of its new start",
    before,
    { start: "2024-05-05T20:00:00.000Z" },
    `2024-05-05 2024-05-05T20:00:00.000Z ${ten} 43200 0`,
  ],
  [
    "moves to the day that another zone has",
    before,
    { timezone: "Pacific/Kiritimati" },
    `2024-05-06 ${nine} ${ten} 3000 0`,
  ],
  [
    "moves to the next day where the zone is far ahead",
    { ...before, start: Date.parse("2024-05-06T12:00:00.000Z"), end: null },
    { timezone: "Pacific/Kiritimati" },
    "2024-05-07 2024-05-06T12:00:00.000Z - 3000 0",
  ],
  ["does not take longer than there is", before, { durationSeconds: 3601 }, "DURATION_TOO_LONG durationSeconds"],
  ["cannot lose its end alone", before, { end: null }, "TIMES_INCOMPLETE end"],
  ["cannot lose its start alone", before, { start: null }, "TIMES_INCOMPLETE start"],
  ["may become a duration", before, { start: null, end: null, durationSeconds: 60 }, "2024-05-06 - - 60 0"],
  ["does not become a duration unasked", before, { start: null, end: null }, "TIMES_INCOMPLETE durationSeconds"],
  [
    "runs on while it is moved",
    running,
    { start: "2024-05-06T06:00:00.000Z" },
    "2024-05-06 2024-05-06T06:00:00.000Z - 0 0",
  ],
  ["stops at the end that is given", running, { end: ten }, `2024-05-06 ${nine} ${ten} 3600 0`],
  ["keeps a duration on another day", noted, { date: "2024-05-07" }, "2024-05-07 - - 3000 0"],
  ["keeps a day for another duration", noted, { durationSeconds: 1 }, "2024-05-06 - - 1 0"],
  ["does not lose its day", noted, { date: null }, "DATE_NEEDED date"],
  ["keeps what another tracker has counted", imported, { timezone: BERLIN }, `2024-05-05 ${nine} ${ten} 9000 0`],
])("an entry that is there %s", (_, was, given, expected) => {
  expect(told(given, was)).toBe(expected);
});

it.each([
  ["2024-05-06", "2024-05-06", "2024-05-12"],
  ["2024-05-12", "2024-05-06", "2024-05-12"],
  ["2024-03-31", "2024-03-25", "2024-03-31"],
  ["2024-12-31", "2024-12-30", "2025-01-05"],
  ["2024-02-29", "2024-02-26", "2024-03-03"],
])("the week of %s is from %s to %s", (date, first, last) => {
  expect(weekOf(date)).toEqual({ first, last });
});
