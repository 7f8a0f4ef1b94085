import { describe, expect, it } from "@jest/globals";
import { demoAccounts, demoRows } from "../../seeds/demo.ts";
import { countRows } from "../../seeds/rows.ts";
import { seedDemo, seedLarge, seedSmall } from "../../seeds/seeding.ts";
import { smallId } from "../../seeds/small-rows.ts";
import { smallRows } from "../../seeds/small.ts";
import { databaseFor, onEachDatabase, sql } from "../database.ts";
import { countsOf, dumpOf } from "./dump.ts";

describe("the demo", () => {
  const embedded = databaseFor("pglite");
  const server = databaseFor("postgresql");

  it("is written whole, says so, and gives every table its rows", async () => {
    const seeding = await seedDemo(embedded());
    expect(seeding).toMatchObject({ outcome: "written", accounts: ["harbour", "kestrel"] });
    const made = demoRows();
    expect(seeding.rows).toBe(countRows(made));
    expect(await countsOf(embedded())).toEqual(mapValues(made, (rows) => rows.length));
  });

  it("asked for by two at once is written by one; the other finds it written", async () => {
    const both = await Promise.all([seedDemo(server()), seedDemo(server())]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(["present", "written"]);
    expect(await countsOf(server())).toMatchObject({ account: 2, member: 60 });
  });

  it("is the same to the byte in every database", async () => {
    expect(await dumpOf(server())).toEqual(await dumpOf(embedded()));
  });

  it.each([
    ["pglite", embedded],
    ["postgresql", server],
  ])("ends with each account at the same revision, on %s", async (_kind, database) => {
    const rows = await sql(database(), "SELECT slug, id, revision FROM account ORDER BY slug");
    expect(rows).toEqual([...demoAccounts()].map(([slug, id]) => [slug, id, "2"]));
  });

  it.each([
    ["pglite", embedded],
    ["postgresql", server],
  ])("is not mixed with the small seed, whose accounts have the same slugs, on %s", async (_kind, database) => {
    const before = await countsOf(database());
    await expect(seedSmall(database())).rejects.toMatchObject({
      code: "SEED_CONFLICT",
      extensions: { accounts: ["harbour", "kestrel"] },
    });
    expect(await countsOf(database())).toEqual(before);
  });

  it.each([
    ["pglite", embedded],
    ["postgresql", server],
  ])("asked for once more leaves everything as it has become, and says so, on %s", async (_kind, database) => {
    await sql(database(), "UPDATE project SET name = 'Mooring booking' WHERE name = 'Berth booking'");
    const before = await dumpOf(database());
    const seeding = await seedDemo(database());
    expect(seeding).toMatchObject({ outcome: "present", rows: 0 });
    expect(seeding.words).toContain("harbour and kestrel are there already");
    expect(await dumpOf(database())).toEqual(before);
  });
});

const mapValues = <T, U>(of: Readonly<Record<string, T>>, change: (value: T) => U): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));

onEachDatabase("the small seed", (database) => {
  it("is not left half written by a failure at its last table", async () => {
    await sql(
      database(),
      "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''full''; END'",
    );
    await sql(database(), "CREATE TRIGGER stop BEFORE INSERT ON expense FOR EACH STATEMENT EXECUTE FUNCTION stop()");
    await expect(seedSmall(database())).rejects.toThrow("full");
    expect(new Set(Object.values(await countsOf(database())))).toEqual(new Set([0]));
    await sql(database(), "DROP FUNCTION stop CASCADE");
  });

  it("is two accounts, six people and at least one row of each table", async () => {
    expect(await seedSmall(database())).toMatchObject({ outcome: "written", rows: countRows(smallRows()) });
    const counts = await countsOf(database());
    expect(counts).toMatchObject({ account: 2, member: 6 });
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
  });

  it("lets a test name its rows without asking", async () => {
    const [row] = await sql(database(), "SELECT name FROM member WHERE id = $1", [smallId("harbour", "member", "m04")]);
    expect(row).toEqual(["Aisha Rahman"]);
    expect(() => smallId("harbour", "member", "m77")).toThrow("no member called m77");
  });

  it("is refused the second time, and so is the demo over it; nothing changes", async () => {
    const before = await dumpOf(database());
    await expect(seedSmall(database())).rejects.toMatchObject({ code: "SEED_CONFLICT" });
    await expect(seedDemo(database())).rejects.toMatchObject({ code: "SEED_CONFLICT" });
    expect(await dumpOf(database())).toEqual(before);
  });
});

onEachDatabase("a large seed", (database) => {
  const size = { accounts: 2, people: 7, entries: 2003 };

  it("has exactly the accounts, people and entries asked for, and tells how far it is", async () => {
    const heard: number[] = [];
    const seeding = await seedLarge(database(), size, ({ accounts }) => heard.push(accounts));
    expect(heard).toEqual([1, 2]);
    expect(seeding).toMatchObject({ outcome: "written", accounts: ["large-0001", "large-0002"] });
    const counts = await countsOf(database());
    expect(counts).toMatchObject({ account: 2, member: 14, time_entry: 4006 });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(seeding.rows);
  });

  it("is refused where any of its accounts is, before anything is written", async () => {
    const before = await countsOf(database());
    await expect(seedLarge(database(), { ...size, accounts: 3 })).rejects.toMatchObject({ code: "SEED_CONFLICT" });
    expect(await countsOf(database())).toEqual(before);
  });
});
