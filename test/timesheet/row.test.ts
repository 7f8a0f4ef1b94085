import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { exactUnitsOf, parseDecimal, unitsOf } from "../../src/timesheet/import/decimal.ts";
import { MAPPED, parseMap } from "../../src/timesheet/import/map.ts";
import { rowReader } from "../../src/timesheet/import/row.ts";
import { zoneNamed } from "../../src/timesheet/period.ts";

/** A column of each meaning, named as what it means. */
const all = Object.fromEntries(MAPPED.filter((name) => name !== "durationHours").map((name) => [name, name]));
const inHours = { ...all, durationHours: "durationMinutes", durationMinutes: undefined };
const good = { member: "ann", start: "2012-07-12 14:46", end: "2012-07-12 14:55", durationMinutes: "9" };

type Cells = Readonly<Record<string, string>>;

function read(cells: Cells, settings: Readonly<Record<string, unknown>> = {}) {
  const map = parseMap(JSON.parse(JSON.stringify({ columns: all, nulls: ["NA"], ...settings })));
  const reader = rowReader({
    map,
    place: (column) => MAPPED.findIndex((name) => name === column),
    zone: zoneNamed("America/New_York"),
    currency: "EUR",
  });
  return reader(MAPPED.map((name) => cells[name] ?? ""));
}

describe("a row is left out that", () => {
  it.each<[string, Cells, string]>([
    ["holds a zero byte", { description: "a\0b" }, "CHARACTER_IMPOSSIBLE"],
    ["names nobody", { member: "" }, "MEMBER_MISSING"],
    ["names nobody, in the file's own word", { member: "NA" }, "MEMBER_MISSING"],
    ["has neither start nor date", { start: "", end: "" }, "WHEN_MISSING"],
    ["begins in month 13", { start: "2012-13-12 14:46" }, "START_UNREADABLE"],
    ["begins on a day that no month has", { start: "2012-02-30 14:46" }, "START_UNREADABLE"],
    ["begins on a day without an hour", { start: "2012-07-12" }, "START_UNREADABLE"],
    ["begins at an hour without a day", { start: "14:46" }, "START_UNREADABLE"],
    ["begins in the year 12", { start: "0012-07-12 14:46" }, "START_UNREADABLE"],
    ["begins when clocks were put forward", { start: "2012-03-11 02:30" }, "START_SKIPPED"],
    ["ends in month 13", { end: "2012-13-12 14:46" }, "END_UNREADABLE"],
    ["ends when clocks were put forward", { start: "2012-03-11 01:30", end: "2012-03-11 02:30" }, "END_SKIPPED"],
    ["ends before it begins", { end: "2012-07-12 14:45" }, "END_BEFORE_START"],
    ["ends without having begun", { start: "", date: "2012-07-12" }, "END_WITHOUT_START"],
    ["has a date that is none", { start: "", end: "", date: "2012-02-30" }, "DATE_UNREADABLE"],
    ["has no duration", { durationMinutes: "" }, "DURATION_MISSING"],
    ["has a duration in words", { durationMinutes: "nine" }, "DURATION_UNREADABLE"],
    ["has a duration with a thousands mark", { durationMinutes: "1,234" }, "DURATION_UNREADABLE"],
    ["has a duration with an exponent", { durationMinutes: "1e3" }, "DURATION_UNREADABLE"],
    ["takes less than no time", { durationMinutes: "-1" }, "DURATION_NEGATIVE"],
    ["takes a century", { durationMinutes: "52560000" }, "DURATION_TOO_LONG"],
    ["takes a minute more than 100 days", { durationMinutes: "144001" }, "DURATION_TOO_LONG"],
    ["has a break in words", { breakMinutes: "short" }, "BREAK_UNREADABLE"],
    ["has a break of less than no time", { breakMinutes: "-1" }, "BREAK_NEGATIVE"],
    ["has a break of more than 100 days", { breakMinutes: "144001" }, "BREAK_TOO_LONG"],
    ["is billable in a word that objects know", { billable: "constructor" }, "BILLABLE_UNREADABLE"],
    ["is perhaps billable", { billable: "perhaps" }, "BILLABLE_UNREADABLE"],
    ["has a rate in words", { rate: "high" }, "RATE_UNREADABLE"],
    ["has a rate finer than its currency", { rate: "12.345" }, "RATE_UNREADABLE"],
    ["has a rate finer than yen", { rate: "12.5", currency: "JPY" }, "RATE_UNREADABLE"],
    ["has a rate below zero", { rate: "-1" }, "RATE_NEGATIVE"],
    ["has a cost below zero", { costRate: "-0.01" }, "RATE_NEGATIVE"],
    ["has a rate above all rates", { rate: "10000000000.01" }, "RATE_TOO_HIGH"],
    ["has a cost above all rates", { costRate: "1000000000001", currency: "JPY" }, "RATE_TOO_HIGH"],
    ["is in a currency that is none", { rate: "1", currency: "ABC" }, "CURRENCY_UNKNOWN"],
    ["has an id longer than an index holds", { project: "x".repeat(501) }, "ID_TOO_LONG"],
    ["has a tag longer than an index holds", { tags: `a,${"x".repeat(501)}` }, "ID_TOO_LONG"],
  ])("%s", (_name, cells, reason) => {
    expect(read({ ...good, ...cells })).toBe(reason);
  });
});

describe("a row is kept", () => {
  it("as it stands", () => {
    expect(
      read({
        ...good,
        externalId: " 7 ",
        team: "t",
        tags: "b, a,b",
        breakMinutes: "0.5",
        rate: "12.30",
        billable: "No",
      }),
    ).toEqual({
      externalId: "7",
      raw: expect.any(String),
      member: "ann",
      team: "t",
      project: null,
      task: null,
      activity: null,
      customer: null,
      tags: ["b", "a"],
      date: "2012-07-12",
      startedAt: "2012-07-12T18:46:00.000Z",
      endedAt: "2012-07-12T18:55:00.000Z",
      durationSeconds: 540,
      breakSeconds: 30,
      description: null,
      billable: false,
      billableRate: { minor: "1230", currency: "EUR" },
      costRate: null,
    });
  });

  it.each<[string, Cells, object]>([
    ["of zero length", { end: good.start, durationMinutes: "0" }, { durationSeconds: 0 }],
    ["whose duration is not end − start", { durationMinutes: "90" }, { durationSeconds: 5_400 }],
    ["that took 100 days", { durationMinutes: "144000", breakMinutes: "144000" }, { durationSeconds: 8_640_000 }],
    ["at the highest rate", { rate: "10000000000" }, { billableRate: { minor: "1000000000000", currency: "EUR" } }],
    ["that still runs", { end: "" }, { endedAt: null }],
    ["on the day in its zone", { start: "2012-07-13T03:00:00Z", end: "" }, { date: "2012-07-12" }],
    ["on the day it began, when it ends on the next", { end: "2012-07-13 01:00" }, { date: "2012-07-12" }],
    ["on its start's day, whatever its date", { date: "2012-01-01" }, { date: "2012-07-12" }],
    ["that is only a duration", { start: "", end: "", date: "2012-07-12" }, { date: "2012-07-12", startedAt: null }],
    ["billable because it has a rate", { rate: "1" }, { billable: true }],
    ["not billable, as nothing says so", {}, { billable: false }],
    ["in a currency of its own", { costRate: "5", currency: "JPY" }, { costRate: { minor: "5", currency: "JPY" } }],
    [
      "with a rate in thousandths where they exist",
      { rate: "1.234", currency: "KWD" },
      { billableRate: { minor: "1234", currency: "KWD" } },
    ],
  ])("%s", (_name, cells, expected) => {
    expect(read({ ...good, ...cells })).toMatchObject(expected);
  });

  it("at the earlier offset of an hour that comes twice", () => {
    expect(read({ ...good, start: "2012-11-04 01:30", end: "2012-11-04 01:50" })).toMatchObject({
      startedAt: "2012-11-04T05:30:00.000Z",
      endedAt: "2012-11-04T05:50:00.000Z",
    });
  });

  it("with an end at the later offset, where the earlier one is before the start", () => {
    expect(read({ ...good, start: "2012-11-04 01:50", end: "2012-11-04 01:10" })).toMatchObject({
      startedAt: "2012-11-04T05:50:00.000Z",
      endedAt: "2012-11-04T06:10:00.000Z",
    });
  });

  it.each([
    ["M/d/yyyy h:mm a", "7/12/2012 2:46 PM"],
    ["dd.MM.yyyy HH:mm", "12.07.2012 14:46"],
    ["d-LLL-yy HH:mm", "12-Jul-12 14:46"],
    ["yyyy-MM-dd HH:mm ZZ", "2012-07-12 20:46 +02:00"],
  ])("with times as %s", (dateTimeFormat, start) => {
    expect(read({ ...good, start, end: "" }, { dateTimeFormat })).toMatchObject({
      startedAt: "2012-07-12T18:46:00.000Z",
    });
  });

  it("with hours and a decimal comma", () => {
    const cells = { ...good, durationMinutes: "1,75" };
    expect(read(cells, { columns: inHours, decimal: "," })).toMatchObject({ durationSeconds: 6_300 });
  });
});

describe("any row", () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("NA", "", "-1", "12", "1,5", "2012-03-11 02:30"),
  );

  it("is a booking that a table can hold, or has a reason", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: MAPPED.length, maxLength: MAPPED.length }), (cells) => {
        const row = read(Object.fromEntries(MAPPED.map((name, at) => [name, cells[at] ?? ""])));
        if (typeof row === "string") return;
        expect(row.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect(row.durationSeconds).toBeGreaterThanOrEqual(0);
        expect(row.member).not.toBe("");
      }),
    );
  });

  it("that begins at an instant is on the day that its zone had then", () => {
    const zone = zoneNamed("America/New_York");
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
        (start) => {
          const row = read({ ...good, start: start.toISOString(), end: "" });
          const day = new Date(zone.wallAt(start.getTime())).toISOString().slice(0, 10);
          expect(row).toMatchObject({ startedAt: start.toISOString(), date: day });
        },
      ),
    );
  });
});

describe("a number", () => {
  it.each([
    ["0.33", 3_600, 1_188n],
    ["0.0001388888", 3_600, 0n],
    ["0.00013889", 3_600, 1n],
    ["-0.5", 1, -1n],
    ["0.5", 1, 1n],
    ["+7", 60, 420n],
    [".5", 60, 30n],
  ])("%s times %d is %d", (text, factor, units) => {
    const decimal = parseDecimal(text, ".");
    expect(decimal && unitsOf(decimal, factor)).toBe(units);
  });

  it.each(["", ".", "-", "1.2.3", "1 000", "1'000", "0x10", "Infinity", "٣"])("is not %j", (text) => {
    expect(parseDecimal(text, ".")).toBeUndefined();
  });

  it("of whole minor units comes back exactly, with either mark", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.constantFrom(".", ","), (minor, mark) => {
        const text = `${minor / 100n}${mark}${String(minor % 100n).padStart(2, "0")}`;
        const decimal = parseDecimal(text, mark === "," ? "," : ".");
        expect(decimal && exactUnitsOf(decimal, 100)).toBe(minor);
      }),
    );
  });
});
