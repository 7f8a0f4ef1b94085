// What becomes of an entry that is written: what it points at, its rates, and what it keeps.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Database } from "../../src/storage/database.ts";
import { onEachDatabase, sql } from "../database.ts";
import { ask, idOf, undone, type Who } from "../gateway.ts";
import { harbour, outcome, pointing, type Input, type Wanted } from "./writing.ts";

const [admin, finance, platformLead, aisha] = ["m01", "m02", "m03", "m04"].map(harbour) as [Who, Who, Who, Who]; // cast: four in, four out
const day = { date: "2026-04-07", durationSeconds: 3600 };
const create = (input: Input): Wanted => ({ act: "create", input: { ...day, ...input } });
const update = (row: string, input: Input): Wanted => ({ act: "update", row, input });

/** The columns of the newest entry, or of one of the seed. */
async function row(database: Database, columns: string, externalId?: string): Promise<readonly (string | null)[]> {
  const which =
    externalId === undefined
      ? "order by id desc limit 1"
      : `where external_id = '${externalId}' and account_id = (select id from account where slug = 'harbour')`;
  const [found] = await sql(database, `select ${columns} from time_entry ${which}`);
  return found ?? [];
}

onEachDatabase("an entry", (database) => {
  beforeAll(async () => {
    await seedSmall(database());
  });
  const begin = (work: (inner: Database) => Promise<void>) => undone(database(), work);

  it("is answered as it has become", async () => {
    await begin(async (inner) => {
      const text = `mutation ($input: CreateTimeEntryInput!) { createTimeEntry(input: $input) {
        timeEntry { externalId member { name } team { name } project { name } task { name } activity { name } tags { name } date start end
          timezone durationSeconds breakSeconds description billable status locked timesheet { periodStart periodEnd status } }
        userErrors { code } } }`;
      const input = {
        ...pointing({ team: "t1", project: "p01", task: "p01-1", activity: "a1", tags: ["urgent", "urgent"] }),
        externalId: "new",
        start: "2026-04-07T08:00:00+01:00",
        end: "2026-04-07T08:00:00Z",
        breakSeconds: 600,
        description: "Berths 'n' \\ \"more\"",
        billable: true,
      };
      const { data, errors } = await ask(inner, aisha, { text, variables: { input } });
      expect(errors).toEqual([]);
      expect(data?.["createTimeEntry"]).toEqual({
        timeEntry: {
          externalId: "new",
          member: { name: "Aisha Rahman" },
          team: { name: "Platform" },
          project: { name: "Berth booking" },
          task: { name: "Build it" },
          activity: { name: "Development" },
          tags: [{ name: "urgent" }],
          date: "2026-04-07",
          start: "2026-04-07T07:00:00.000Z",
          end: "2026-04-07T08:00:00.000Z",
          timezone: "Europe/London",
          durationSeconds: 3000,
          breakSeconds: 600,
          description: "Berths 'n' \\ \"more\"",
          billable: true,
          status: "OPEN",
          locked: false,
          timesheet: { periodStart: "2026-04-06", periodEnd: "2026-04-12", status: "OPEN" },
        },
        userErrors: [],
      });
    });
  });

  it.each<[string, Who, Input, string]>([
    ["a team that one is not in is not there", platformLead, pointing({ team: "t2" }), "NOT_FOUND input.team"],
    ["a project that one is not on is not there", aisha, pointing({ project: "p02" }), "NOT_FOUND input.project"],
    [
      "everything that is not there is told at once",
      aisha,
      pointing({ team: "t1", project: "p02", member: "m02" }),
      "NOT_FOUND input.member, NOT_FOUND input.project",
    ],
    [
      "who is not in the team does not book under it",
      admin,
      pointing({ member: "m03", team: "t2" }),
      "MEMBER_NOT_IN_TEAM input.team",
    ],
    ["a task is of its project", admin, pointing({ project: "p02", task: "p01-1" }), "TASK_NOT_OF_PROJECT input.task"],
    ["a task is not without its project", aisha, pointing({ task: "p01-1" }), "TASK_NOT_OF_PROJECT input.task"],
    ["an id of another kind is none", aisha, { project: idOf("Tag", "urgent") }, "ID_INVALID"],
    ["an id of nothing is none", aisha, { tags: ["urgent"] }, "ID_INVALID"],
    [
      "rows of another account are not there",
      admin,
      { project: idOf("Project", "p01", "kestrel") },
      "NOT_FOUND input.project",
    ],
    [
      "tags of another account are not there",
      admin,
      { tags: [idOf("Tag", "urgent"), idOf("Tag", "urgent", "kestrel")] },
      "NOT_FOUND input.tags",
    ],
    ["an external id is taken", aisha, { externalId: "e05" }, "EXTERNAL_ID_TAKEN input.externalId"],
    ["an external id is not empty", aisha, { externalId: " " }, "TEXT_INVALID input.externalId"],
    ["an external id is short", aisha, { externalId: "x".repeat(256) }, "TEXT_INVALID input.externalId"],
    ["a text has an end", aisha, { description: "x".repeat(100_001) }, "TEXT_INVALID input.description"],
    [
      "a rate is not negative",
      admin,
      { billableRate: { minor: -1, currency: "GBP" } },
      "MONEY_INVALID input.billableRate",
    ],
    ["a rate has limits", admin, { costRate: { minor: 1e12 + 1, currency: "GBP" } }, "MONEY_INVALID input.costRate"],
    [
      "a rate has a currency",
      admin,
      { billableRate: { minor: 1, currency: "gbp" } },
      "MONEY_INVALID input.billableRate",
    ],
    ["a duration needs its day", aisha, { date: null }, "DATE_NEEDED input.date"],
  ])("that is new: %s", async (_, who, input, expected) => {
    await begin(async (inner) => {
      expect(await outcome(inner, who, create(input))).toBe(expected);
    });
  });

  it.each([
    ["its day is another one in their zone", { date: "2026-07-01", start: "2026-06-30T12:00:00Z" }],
    ["they are not in the team", pointing({ team: "t2" })],
    ["the task is of another project", pointing({ task: "p01-1" })],
    ["it has neither start nor duration", { durationSeconds: null }],
  ])("for a colleague is refused before anything is told of it, be it that %s", async (_, input) => {
    await begin(async (inner) => {
      const colleague = pointing({ member: "m03" });
      expect(await outcome(inner, aisha, create(colleague))).toBe("FORBIDDEN input");
      expect(await outcome(inner, aisha, create({ ...colleague, ...input }))).toMatch(
        /^(FORBIDDEN input|NOT_FOUND .*)$/,
      );
      expect(await outcome(inner, aisha, update("e03", { ...colleague, ...input }))).toMatch(/^(FORBIDDEN|NOT_FOUND) /);
    });
  });

  it("is not booked on an archived project", async () => {
    await begin(async (inner) => {
      await sql(inner, "update project set archived = true where external_id = 'p01'");
      expect(await outcome(inner, aisha, create(pointing({ project: "p01" })))).toBe("PROJECT_ARCHIVED input.project");
      expect(await outcome(inner, aisha, update("e03", pointing({ project: "p01" })))).toBe(
        "PROJECT_ARCHIVED input.project",
      );
      expect(await outcome(inner, aisha, update("e03", { description: "Still ours to mend" }))).toBe("written");
    });
  });

  it("has the project's rate, else the customer's, else the member's, and the member's cost, whoever may see them", async () => {
    await begin(async (inner) => {
      const rates = () =>
        row(inner, "billable_rate_minor, billable_rate_currency, cost_rate_minor, cost_rate_currency");
      expect(await outcome(inner, aisha, create(pointing({ project: "p01" })))).toBe("written");
      expect(await rates()).toEqual(["12000", "GBP", "4350", "GBP"]);
      await sql(inner, "update project set billable_rate_minor = null, billable_rate_currency = null");
      expect(await outcome(inner, aisha, create(pointing({ project: "p01" })))).toBe("written");
      expect(await rates()).toEqual(["11800", "GBP", "4350", "GBP"]);
      expect(await outcome(inner, aisha, create({}))).toBe("written");
      expect(await rates()).toEqual(["11500", "GBP", "4350", "GBP"]);
      expect(
        await outcome(
          inner,
          admin,
          create({
            ...pointing({ member: "m04", project: "p01" }),
            billableRate: { minor: 1, currency: "EUR" },
            costRate: null,
          }),
        ),
      ).toBe("written");
      expect(await rates()).toEqual(["1", "EUR", null, null]);
    });
  });

  it("has other rates when its project or its member changes, and keeps them otherwise", async () => {
    await begin(async (inner) => {
      const rates = () => row(inner, "billable_rate_minor, cost_rate_minor", "e03");
      await sql(inner, "update time_entry set billable_rate_minor = 1, cost_rate_minor = 2 where external_id = 'e03'");
      expect(await outcome(inner, aisha, update("e03", { description: "x", durationSeconds: 1 }))).toBe("written");
      expect(await rates()).toEqual(["1", "2"]);
      expect(await outcome(inner, aisha, update("e03", { project: null, task: null }))).toBe("written");
      expect(await rates()).toEqual(["11500", "2"]);
      expect(await outcome(inner, admin, update("e03", { ...pointing({ member: "m01" }), team: null }))).toBe(
        "written",
      );
      expect(await rates()).toEqual(["19500", null]);
    });
  });

  it("has the zone of its member, and the day that its start has there", async () => {
    await begin(async (inner) => {
      await sql(inner, "update member set timezone = 'Asia/Tokyo' where external_id = 'm04'");
      const times = { date: null, durationSeconds: null, start: "2026-04-07T20:00:00Z", end: "2026-04-07T21:00:00Z" };
      expect(await outcome(inner, aisha, create(times))).toBe("written");
      expect(await row(inner, "timezone, date, duration_seconds")).toEqual(["Asia/Tokyo", "2026-04-08", "3600"]);
      expect(await outcome(inner, aisha, create({ ...times, timezone: "Europe/London" }))).toBe("written");
      expect(await row(inner, "timezone, date")).toEqual(["Europe/London", "2026-04-07"]);
    });
  });

  it("keeps what is left out, and loses what is null", async () => {
    await begin(async (inner) => {
      const columns =
        "description, team_id is null, activity_id is null, billable, external_id, (select count(*) from time_entry_tag g where g.time_entry_id = time_entry.id)";
      expect(await outcome(inner, aisha, update("e03", { ...pointing({ tags: ["urgent"] }), billable: true }))).toBe(
        "written",
      );
      expect(await row(inner, columns, "e03")).toEqual(["Rules for the booking form", "f", "f", "t", "e03", "1"]);
      expect(
        await outcome(
          inner,
          aisha,
          update("e03", { description: null, team: null, activity: null, billable: null, tags: null }),
        ),
      ).toBe("written");
      expect(await row(inner, columns, "e03")).toEqual([null, "t", "t", "f", "e03", "0"]);
      expect(await outcome(inner, aisha, update("e03", { member: null }))).toBe("MEMBER_NEEDED input.member");
    });
  });

  it("takes no external id that another has, and may keep its own", async () => {
    await begin(async (inner) => {
      expect(await outcome(inner, aisha, update("e03", { externalId: "e05" }))).toBe(
        "EXTERNAL_ID_TAKEN input.externalId",
      );
      expect(await outcome(inner, aisha, update("e03", { externalId: "e03" }))).toBe("written");
      expect(await outcome(inner, aisha, update("e03", { externalId: "e99" }))).toBe("written");
    });
  });

  it("does not carry a team's note to another team", async () => {
    await begin(async (inner) => {
      expect(await outcome(inner, platformLead, update("e03", { internalNote: "Ours" }))).toBe("written");
      expect(await outcome(inner, aisha, update("e03", { description: "x", ...pointing({ team: "t1" }) }))).toBe(
        "written",
      );
      expect(await row(inner, "internal_note", "e03")).toEqual(["Ours"]);
      expect(await outcome(inner, aisha, update("e03", pointing({ team: "t2" })))).toBe("written");
      expect(await row(inner, "internal_note", "e03")).toEqual([null]);
    });
  });

  it("takes no status but INVOICED", async () => {
    await begin(async (inner) => {
      for (const status of ["OPEN", "APPROVED", null]) {
        expect(await outcome(inner, finance, update("e03", { status }))).toBe("STATUS_INVALID input.status");
      }
      const both = { status: "INVOICED", billableRate: { minor: 5, currency: "GBP" } };
      expect(await outcome(inner, finance, update("e03", both))).toBe("WRONG_STATE input.status");
      expect(await outcome(inner, finance, update("e02", both))).toBe("LOCKED id");
      expect(await outcome(inner, finance, update("e02", { status: "INVOICED" }))).toBe("written");
      expect(await row(inner, "status", "e02")).toEqual(["INVOICED"]);
    });
  });

  it("that is refused leaves the other mutations of the operation as they are, and each answers as of its turn", async () => {
    await begin(async (inner) => {
      const text = `mutation { one: updateTimeEntry(id: "${idOf("TimeEntry", "e03")}", input: { description: "1" }) { timeEntry { description } userErrors { code } }
        two: updateTimeEntry(id: "${idOf("TimeEntry", "e05")}", input: { description: "2" }) { timeEntry { description } userErrors { code } }
        three: updateTimeEntry(id: "${idOf("TimeEntry", "e03")}", input: { description: "3" }) { timeEntry { description } userErrors { code } } }`;
      const { data } = await ask(inner, aisha, text);
      expect(data).toEqual({
        one: { timeEntry: { description: "1" }, userErrors: [] },
        two: { timeEntry: null, userErrors: [{ code: "NOT_FOUND" }] },
        three: { timeEntry: { description: "3" }, userErrors: [] },
      });
      expect(await row(inner, "description", "e03")).toEqual(["3"]);
    });
  });
});
