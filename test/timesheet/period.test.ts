import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { DateTime } from "luxon";
import { dayOf, zoneNamed } from "../../src/timesheet/period.ts";

const wall = (text: string) => Date.parse(`${text}Z`);
const instants = (zone: string, text: string) =>
  zoneNamed(zone)
    .instants(wall(text))
    .map((instant) => new Date(instant).toISOString());

describe("a clock on the wall", () => {
  it.each([
    ["on a common day", "America/New_York", "2012-07-12T14:46", ["2012-07-12T18:46:00.000Z"]],
    ["in winter", "America/New_York", "2012-12-12T14:46", ["2012-12-12T19:46:00.000Z"]],
    ["just before clocks are put forward", "America/New_York", "2012-03-11T01:59", ["2012-03-11T06:59:00.000Z"]],
    ["at an hour that clocks skip", "America/New_York", "2012-03-11T02:00", []],
    ["at the last minute that clocks skip", "America/New_York", "2012-03-11T02:59", []],
    ["just after clocks were put forward", "America/New_York", "2012-03-11T03:00", ["2012-03-11T07:00:00.000Z"]],
    [
      "at an hour that comes twice",
      "America/New_York",
      "2012-11-04T01:30",
      ["2012-11-04T05:30:00.000Z", "2012-11-04T06:30:00.000Z"],
    ],
    ["on a change by half an hour", "Australia/Lord_Howe", "2024-10-06T02:15", []],
    ["on a day that an island skipped", "Pacific/Apia", "2011-12-30T12:00", []],
    ["the day after", "Pacific/Apia", "2011-12-31T00:00", ["2011-12-30T10:00:00.000Z"]],
    ["in a zone that changes at midnight", "America/Santiago", "2023-09-03T00:30", []],
  ])("%s", (_name, zone, text, expected) => {
    expect(instants(zone, text)).toEqual(expected);
  });

  it("is not of a zone that nobody knows", () => {
    // Without the name: it can stand in a row that the caller may write, but not see.
    expect(() => zoneNamed("Mars/Olympus")).toThrow(
      expect.objectContaining({ code: "TIME_ZONE_UNKNOWN", extensions: {} }),
    );
  });

  it("reads the same when its instant is asked for the wall time again, as luxon reads it", () => {
    const zones = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"];
    const cached = new Map(zones.map((name) => [name, zoneNamed(name)]));
    const minute = fc.integer({ min: wall("1990-01-01T00:00") / 60_000, max: wall("2037-12-31T00:00") / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (name, minutes) => {
        const zone = cached.get(name) ?? zoneNamed(name);
        const instant = minutes * 60_000;
        const local = zone.wallAt(instant);
        expect(dayOf(local)).toBe(DateTime.fromMillis(instant, { zone: name }).toISODate());
        expect(zone.instants(local)).toContain(instant);
        for (const found of zone.instants(local)) expect(zone.wallAt(found)).toBe(local);
      }),
      { numRuns: 3_000 },
    );
  });
});
