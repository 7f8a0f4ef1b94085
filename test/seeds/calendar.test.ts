import { describe, expect, it } from "@jest/globals";
import { addDays, daysFrom, localClock, mondayOf, weekday } from "../../seeds/calendar.ts";
import { addressOf } from "../../seeds/directory.ts";
import { Random } from "../../seeds/random.ts";

describe("the clock on the wall", () => {
  it.each([
    ["an ordinary winter day", "Europe/London", "2026-01-15", 9 * 60, "2026-01-15T09:00:00.000Z"],
    ["an ordinary summer day", "Europe/London", "2026-07-15", 9 * 60, "2026-07-15T08:00:00.000Z"],
    ["before the clocks go forward", "Europe/London", "2026-03-29", 30, "2026-03-29T00:30:00.000Z"],
    ["in the hour that is missing", "Europe/London", "2026-03-29", 90, "2026-03-29T01:30:00.000Z"],
    ["after the clocks went forward", "Europe/London", "2026-03-29", 180, "2026-03-29T02:00:00.000Z"],
    ["in the hour that comes twice, the first time", "Europe/London", "2026-10-25", 90, "2026-10-25T00:30:00.000Z"],
    ["after the clocks went back", "Europe/London", "2026-10-25", 150, "2026-10-25T02:30:00.000Z"],
    ["the day after a change", "America/New_York", "2026-03-09", 60, "2026-03-09T05:00:00.000Z"],
    ["after the clocks went forward", "America/New_York", "2026-03-08", 210, "2026-03-08T07:30:00.000Z"],
    ["past midnight", "America/New_York", "2025-11-01", 25 * 60, "2025-11-02T05:00:00.000Z"],
  ])("is an instant %s in %s on %s, %d minutes after midnight", (_when, zone, day, minutes, instant) => {
    expect(localClock(zone).instant(day, minutes).toISOString()).toBe(instant);
  });

  it("shows the day of its zone", () => {
    const instant = new Date("2026-03-29T23:30:00.000Z");
    expect(localClock("Europe/London").day(instant)).toBe("2026-03-30");
    expect(localClock("America/New_York").day(instant)).toBe("2026-03-29");
  });
});

describe("the calendar", () => {
  it("counts days over months, leap days and years", () => {
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(daysFrom("2025-11-01", "2026-10-31")).toHaveLength(365);
  });

  it("begins weeks on Monday", () => {
    expect(weekday("2026-10-26")).toBe(1);
    expect(weekday("2026-11-01")).toBe(7);
    expect(mondayOf("2026-11-01")).toBe("2026-10-26");
    expect(mondayOf("2026-10-26")).toBe("2026-10-26");
  });
});

const numbers = (seed: string): number[] => {
  const random = new Random(seed);
  return Array.from({ length: 50 }, () => random.integer(0, 1_000_000));
};

describe("chance", () => {
  it("comes out the same from the same seed, and otherwise from another", () => {
    expect(numbers("one")).toEqual(numbers("one"));
    expect(new Set([...numbers("one"), ...numbers("two")]).size).toBeGreaterThan(98);
  });

  it("of one subject is not moved by what another subject draws", () => {
    const [still, busy] = [new Random("seed"), new Random("seed")];
    busy.fork("other").fraction();
    busy.fraction();
    expect(busy.fork("one").fraction()).toBe(still.fork("one").fraction());
  });

  it("is spread evenly", () => {
    const random = new Random("even");
    const counts = Array.from({ length: 10 }, () => 0);
    for (let at = 0; at < 100_000; at += 1) {
      const face = random.integer(0, 9);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(9_600);
    expect(Math.max(...counts)).toBeLessThan(10_400);
  });
});

describe("an address", () => {
  it.each([
    ["Théo Lefèvre", "theo.lefevre"],
    ["Hannah Sørensen", "hannah.sorensen"],
    ["Elif Yıldız", "elif.yildiz"],
    ["Maeve O'Sullivan", "maeve.osullivan"],
    ["Mei-Ling Chen", "mei.ling.chen"],
  ])("of %s is %s", (name, address) => {
    expect(addressOf(name)).toBe(address);
  });
});
