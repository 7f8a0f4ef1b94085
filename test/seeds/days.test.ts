import { describe, expect, it } from "@jest/globals";
import { clockChanges, localClock, mondayOf, weekday } from "../../seeds/calendar.ts";
import type { SeedRow } from "../../seeds/rows.ts";
import { entries, grouped, of, seconds, share, values } from "./demo-year.ts";

const perDay = grouped(entries, (row) => `${String(row["member_id"])} ${String(row["date"])}`);

describe("the demo's days", () => {
  it("are six to nine hours long on weekdays, in one to four pieces and now and then a night", () => {
    for (const [key, found] of perDay) {
      if (weekday(key.slice(-10)) > 5) continue;
      expect(seconds(found)).toBeGreaterThanOrEqual(6 * 3600);
      expect(seconds(found)).toBeLessThanOrEqual(9 * 3600);
      expect(found.length).toBeLessThanOrEqual(5);
    }
    const counts = new Set([...perDay.values()].map((found) => found.length));
    expect([1, 2, 3, 4].every((count) => counts.has(count))).toBe(true);
  });

  it("make weeks of at most fifty hours, and mostly of thirty-five to forty", () => {
    const perWeek = grouped(entries, (row) => `${String(row["member_id"])} ${mondayOf(String(row["date"]))}`);
    const hours = [...perWeek.values()].map((found) => seconds(found) / 3600);
    expect(Math.max(...hours)).toBeLessThan(50);
    expect(hours.filter((week) => week >= 35 && week < 40).length / hours.length).toBeGreaterThan(0.55);
  });

  it("leave out leave, illness and holidays", () => {
    const christmas = entries.filter((row) => row["date"] === "2025-12-25");
    const away = of("member").map((row) => {
      const worked = entries.filter((entry) => entry["member_id"] === row["id"]);
      return values(worked, "date").length;
    });
    expect(christmas).toEqual([]);
    expect(Math.max(...away)).toBeLessThan(250);
    expect(Math.min(...away)).toBeGreaterThan(70);
  });

  it("begin on their date by the clock of their zone, also over midnight", () => {
    const clocks = new Map(values(entries, "timezone").map((zone) => [zone, localClock(zone)]));
    const day = (row: SeedRow, column: string): string | undefined =>
      clocks.get(String(row["timezone"]))?.day(new Date(String(row[column])));
    const begun = entries.filter((row) => row["started_at"] !== null);
    expect(begun.filter((row) => day(row, "started_at") !== row["date"])).toEqual([]);
    expect(begun.filter((row) => String(day(row, "ended_at")) > String(row["date"])).length).toBeGreaterThan(50);
  });

  it("end when the work and the break are over", () => {
    const wrong = entries.filter((row) => {
      if (row["started_at"] === null) return row["ended_at"] !== null || row["break_seconds"] !== 0;
      const spent = Date.parse(String(row["ended_at"])) - Date.parse(String(row["started_at"]));
      return spent !== (Number(row["duration_seconds"]) + Number(row["break_seconds"])) * 1000;
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ["Europe/London", clockChanges.england],
    ["America/New_York", clockChanges["new-york"]],
    ["Europe/Berlin", clockChanges.berlin],
  ])("span both changes of the clocks in %s", (zone, days) => {
    expect(days).toHaveLength(2);
    for (const day of days) {
      const found = entries.filter((row) => row["timezone"] === zone && row["date"] === day && spansChange(row));
      expect(found.length).toBeGreaterThan(0);
    }
  });

  it("hold entries without a start, at weekends, with breaks, and some that overlap", () => {
    expect(share((row) => row["started_at"] === null)).toBeGreaterThan(0.05);
    expect(share((row) => weekday(String(row["date"])) > 5)).toBeGreaterThan(0.002);
    expect(share((row) => Number(row["break_seconds"]) > 0)).toBeGreaterThan(0.05);
    const overlaps = [...perDay.values()].filter(overlap).length;
    expect(overlaps).toBeGreaterThan(50);
    expect(overlaps / perDay.size).toBeLessThan(0.05);
  });
});

/** By the clock on the wall, it took an hour more or less than it did. */
function spansChange(row: SeedRow): boolean {
  const zone = String(row["timezone"]);
  const wall = (column: string): number => {
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    return Date.parse(`${format.format(new Date(String(row[column]))).replace(" ", "T")}Z`);
  };
  return Math.abs(wall("ended_at") - wall("started_at") - Number(row["duration_seconds"]) * 1000) === 3_600_000;
}

function overlap(day: readonly SeedRow[]): boolean {
  const begun = day.filter((row) => row["started_at"] !== null);
  const sorted = begun.toSorted((one, other) => (String(one["started_at"]) < String(other["started_at"]) ? -1 : 1));
  return sorted.some((row, at) => at > 0 && String(row["started_at"]) < String(sorted[at - 1]?.["ended_at"]));
}
