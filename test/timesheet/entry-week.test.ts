// An entry and its week: which one it joins, and when it is locked.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Database } from "../../src/storage/database.ts";
import { onEachDatabase, sql } from "../database.ts";
import { ask, undone, type Who } from "../gateway.ts";
import { harbour, outcome, type Input, type Wanted } from "./writing.ts";

const [admin, finance, aisha] = ["m01", "m02", "m04"].map(harbour) as [Who, Who, Who]; // cast: three in, three out
const day = { date: "2026-04-07", durationSeconds: 3600 };
const create = (input: Input): Wanted => ({ act: "create", input: { ...day, ...input } });
const update = (row: string, input: Input): Wanted => ({ act: "update", row, input });

/** The columns of one entry of the seed. */
async function row(database: Database, columns: string, externalId: string): Promise<readonly (string | null)[]> {
  const which = `external_id = '${externalId}' and account_id = (select id from account where slug = 'harbour')`;
  const [found] = await sql(database, `select ${columns} from time_entry where ${which}`);
  return found ?? [];
}

onEachDatabase("an entry of a week", (database) => {
  beforeAll(async () => {
    await seedSmall(database());
  });
  const begin = (work: (inner: Database) => Promise<void>) => undone(database(), work);

  it("joins its member's week, which is made when it is missing, once", async () => {
    await begin(async (inner) => {
      const weeks = () =>
        sql(
          inner,
          "select period_start, period_end, status, (select count(*) from time_entry e where e.timesheet_id = s.id) from timesheet s where period_start > '2026-04-01' order by period_start",
        );
      expect(await outcome(inner, aisha, create({}))).toBe("written");
      expect(await outcome(inner, aisha, create({ date: "2026-04-12" }))).toBe("written");
      expect(await weeks()).toEqual([["2026-04-06", "2026-04-12", "OPEN", "2"]]);
      expect(await outcome(inner, aisha, update("e03", { date: "2026-04-13" }))).toBe("written");
      expect(await weeks()).toEqual([
        ["2026-04-06", "2026-04-12", "OPEN", "2"],
        ["2026-04-13", "2026-04-19", "OPEN", "1"],
      ]);
    });
  });

  it("joins its week when it is next worked on, where an import has left it without one", async () => {
    await begin(async (inner) => {
      expect(await outcome(inner, finance, update("e06", { billableRate: { minor: 1, currency: "GBP" } }))).toBe(
        "written",
      );
      expect(await row(inner, "timesheet_id is null", "e06")).toEqual(["t"]);
      expect(await outcome(inner, admin, update("e06", { description: "Board papers, again" }))).toBe("written");
      expect(await row(inner, "timesheet_id is null", "e06")).toEqual(["f"]);
    });
  });

  it.each<[string, Wanted]>([
    ["approved", update("e02", { description: "x" })],
    ["approved, even its rates", update("e02", { billableRate: null })],
    ["approved, even while it is invoiced", update("e02", { status: "INVOICED", billableRate: null })],
    ["invoiced", update("e01", { description: "x" })],
    ["handed in", update("e04", { description: "x" })],
    ["approved, for good", { act: "delete", row: "e02" }],
    ["invoiced, for good", { act: "delete", row: "e01" }],
    ["handed in, for good", { act: "delete", row: "e04" }],
  ])("is locked for everybody once it is %s", async (_, wanted) => {
    await begin(async (inner) => {
      expect(await outcome(inner, admin, wanted)).toBe("LOCKED id");
    });
  });

  it("is locked with its week, whatever its own status", async () => {
    await begin(async (inner) => {
      for (const status of ["SUBMITTED", "APPROVED"]) {
        await sql(
          inner,
          `update timesheet set status = '${status}' where period_start = '2026-03-23' and member_id = (select id from member where external_id = 'm04')`,
        );
        expect(await outcome(inner, aisha, update("e03", { description: "x" }))).toBe("LOCKED id");
        expect(await outcome(inner, aisha, { act: "delete", row: "e03" })).toBe("LOCKED id");
        expect(await outcome(inner, aisha, create({ date: "2026-03-29" }))).toBe("LOCKED input.date");
      }
      await sql(inner, "update timesheet set status = 'REJECTED'");
      expect(await outcome(inner, aisha, update("e03", { description: "x" }))).toBe("written");
      expect(await outcome(inner, aisha, create({ date: "2026-03-29" }))).toBe("written");
    });
  });

  it("does not come into a week that is closed", async () => {
    await begin(async (inner) => {
      expect(await outcome(inner, aisha, create({ date: "2026-03-16" }))).toBe("LOCKED input.date");
      expect(await outcome(inner, aisha, update("e03", { date: "2026-03-22" }))).toBe("LOCKED input.date");
      expect(await outcome(inner, aisha, update("e07", { start: "2026-03-22T20:00:00Z" }))).toBe("LOCKED input.start");
      const { data } = await ask(
        inner,
        aisha,
        '{ timesheets(filter: { periodStart: { eq: "2026-03-16" } }) { totalCount } }',
      );
      expect(data).toEqual({ timesheets: { totalCount: 1 } });
    });
  });

  it("stays sent back while it is mended, and is open in another week", async () => {
    await begin(async (inner) => {
      const lead = harbour("m05");
      expect(await outcome(inner, lead, update("e05", { description: "On the website" }))).toBe("written");
      expect(await row(inner, "status", "e05")).toEqual(["REJECTED"]);
      expect(
        await outcome(inner, lead, update("e05", { start: "2026-03-31T22:00:00Z", end: "2026-04-01T01:00:00Z" })),
      ).toBe("written");
      expect(await row(inner, "status, date", "e05")).toEqual(["OPEN", "2026-03-31"]);
    });
  });
});
