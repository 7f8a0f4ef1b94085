import { describe, expect, it } from "@jest/globals";
import { largeRows } from "../../seeds/large.ts";
import { together, type SeedRow, type SeedRows } from "../../seeds/rows.ts";
import { digestOf } from "./dump.ts";

const size = { accounts: 1, people: 12, entries: 4_321 };
const account = (number: number, of = size): SeedRows => together([...largeRows(number, of)]);
const column = (rows: readonly SeedRow[] | undefined, name: string): unknown[] => (rows ?? []).map((row) => row[name]);

describe("an account of a large seed", () => {
  it("is the same to the byte each time, and another by another number or size", () => {
    const digests = [account(1), account(1), account(2), account(1, { ...size, entries: 4_322 })].map(digestOf);
    expect(digests[1]).toBe(digests[0]);
    expect(new Set(digests).size).toBe(3);
  });

  it("has exactly the people and entries asked for, also where a year would not be enough", () => {
    const rows = account(3, { ...size, people: 4 });
    expect(rows["member"]).toHaveLength(4);
    expect(rows["time_entry"]).toHaveLength(4_321);
    expect(new Set(column(rows["time_entry"], "member_id")).size).toBe(4);
  });

  it("comes in portions, so that a bigger one needs no more memory", () => {
    const portions = [...largeRows(1, { ...size, people: 40, entries: 12_000 })].map(
      (rows) => rows["time_entry"]?.length ?? 0,
    );
    expect(portions.length).toBeGreaterThan(2);
    expect(Math.max(...portions)).toBeLessThan(6_000);
  });

  it("gives every team a lead and every sheet an entry", () => {
    const rows = account(4, { ...size, people: 40 });
    const led = (rows["team_member"] ?? []).filter((row) => row["lead"] === true);
    expect(new Set(column(led, "team_id"))).toEqual(new Set(column(rows["team"], "id")));
    expect(new Set(column(rows["time_entry"], "timesheet_id"))).toEqual(new Set(column(rows["timesheet"], "id")));
    expect(new Set(column(rows["member"], "email")).size).toBe(40);
  });
});
