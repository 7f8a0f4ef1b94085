import { describe, expect, it } from "@jest/globals";
import { makeNaming } from "../../src/storage/naming.ts";
import { databaseFor, sql } from "../database.ts";

describe("a statement", () => {
  it("is given a name at the server when it comes for the third time, and keeps it", () => {
    const names = makeNaming();
    const statement = { name: "one", text: "select 1" };
    expect(Array.from({ length: 5 }, () => names.nameOf(statement))).toEqual([
      undefined,
      undefined,
      "one",
      "one",
      "one",
    ]);
  });

  it("is given none where it has none, or where it is longer than planning it is worth", () => {
    const names = makeNaming();
    for (let use = 0; use < 5; use += 1) {
      expect(names.nameOf({ name: "", text: "select 1" })).toBeUndefined();
      expect(names.nameOf({ name: "long", text: "x".repeat(100_000) })).toBeUndefined();
    }
  });

  it("costs the others their names when there are too many: connections of that generation have to go", () => {
    const names = makeNaming();
    const before = names.generation;
    for (let at = 0; at < 100; at += 1) {
      for (let use = 0; use < 3; use += 1) names.nameOf({ name: `s${String(at)}`, text: "x".repeat(10_000) });
    }
    expect(names.generation).toBeGreaterThan(before);
  });
});

describe("on PostgreSQL", () => {
  const database = databaseFor("postgresql");

  it("ever new statements leave none behind, and too many names go with their connections", async () => {
    const long = "0".repeat(20_000);
    for (let at = 0; at < 60; at += 1) {
      const statement = { name: `n${String(at)}`, text: `select ${String(at)} as a -- ${long}` };
      for (let use = 0; use < 4; use += 1) expect(await database().run(statement, [])).toEqual([[String(at)]]);
    }
    const [row] = await sql(database(), "select coalesce(sum(length(statement)), 0) from pg_prepared_statements");
    expect(Number(row?.[0])).toBeLessThan(600_000);
  });
});
