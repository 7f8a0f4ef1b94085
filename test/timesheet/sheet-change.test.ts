// How a week is handed in and decided on: what it becomes, what its entries become, and from where it goes on.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Database } from "../../src/storage/database.ts";
import { onEachDatabase, sql } from "../database.ts";
import { ask, idOf, undone, type Who } from "../gateway.ts";
import { harbour, outcome, type Act, type Wanted } from "./writing.ts";

const [admin, finance, platformLead, aisha] = ["m01", "m02", "m03", "m04"].map(harbour) as [Who, Who, Who, Who]; // cast: four in, four out
const aishasWeek = "member_id = (select id from member where external_id = 'm04') and period_start = '2026-03-23'";

const submit: Wanted = { act: "submit", row: "s2" };
const approve: Wanted = { act: "approve", row: "s2", comment: "Fine." };
const reject: Wanted = { act: "reject", row: "s2", comment: "Which berth?" };
const reopen: Wanted = { act: "reopen", row: "s2", comment: "The berth was wrong." };

/** Aisha's open week: its columns, and the statuses of its entries in order of their names. */
async function week(database: Database): Promise<readonly (string | null)[]> {
  const columns = [
    "status",
    "submitted_at is not null",
    "(select external_id from member d where d.id = decided_by_id)",
    "decided_at is not null",
    "comment",
    "(select string_agg(e.status, ' ' order by external_id) from time_entry e where e.timesheet_id = timesheet.id)",
  ];
  const [row] = await sql(database, `select ${columns.join(", ")} from timesheet where ${aishasWeek}`);
  return row ?? [];
}

onEachDatabase("a week", (database) => {
  beforeAll(async () => {
    await seedSmall(database());
  });
  const begin = (work: (inner: Database) => Promise<void>) => undone(database(), work);

  it("goes from open to handed in, sent back, handed in again, approved and open again, and its entries with it", async () => {
    await begin(async (inner) => {
      // One of its entries is booked under a team that the decider does not lead, and does not see.
      await sql(
        inner,
        "update time_entry set team_id = (select id from team where external_id = 't2') where external_id = 'e07'",
      );
      expect(await outcome(inner, aisha, submit)).toBe("written");
      expect(await week(inner)).toEqual(["SUBMITTED", "t", null, "f", null, "SUBMITTED SUBMITTED"]);
      expect(await outcome(inner, platformLead, reject)).toBe("written");
      expect(await week(inner)).toEqual(["REJECTED", "t", "m03", "t", "Which berth?", "REJECTED REJECTED"]);
      expect(await outcome(inner, aisha, { act: "update", row: "e03", input: { description: "Berth 4" } })).toBe(
        "written",
      );
      expect(await outcome(inner, aisha, submit)).toBe("written");
      expect(await week(inner)).toEqual(["SUBMITTED", "t", null, "f", null, "SUBMITTED SUBMITTED"]);
      expect(await outcome(inner, admin, approve)).toBe("written");
      expect(await week(inner)).toEqual(["APPROVED", "t", "m01", "t", "Fine.", "APPROVED APPROVED"]);
      expect(await outcome(inner, platformLead, reopen)).toBe("written");
      expect(await week(inner)).toEqual(["OPEN", "f", null, "f", "The berth was wrong.", "OPEN OPEN"]);
    });
  });

  const from: Readonly<Record<string, readonly Act[]>> = {
    OPEN: ["submit"],
    SUBMITTED: ["approve", "reject"],
    APPROVED: ["reopen"],
    REJECTED: ["submit"],
  };
  const acts = { submit, approve, reject, reopen } as const;
  const steps = Object.entries(from).flatMap(([status, possible]) =>
    Object.entries(acts).map(([act, wanted]) => [status, wanted, possible.some((one) => one === act)] as const),
  );
  it.each(steps)("that is %s: %j leads on: %s", async (status, wanted, leads) => {
    await begin(async (inner) => {
      await sql(inner, `update timesheet set status = '${status}' where ${aishasWeek}`);
      const who = wanted.act === "submit" ? aisha : admin;
      expect(await outcome(inner, who, wanted)).toBe(leads ? "written" : "WRONG_STATE id");
    });
  });

  it.each(["", "  \n"])("is neither sent back nor opened again without a word (%j)", async (comment) => {
    await begin(async (inner) => {
      await sql(inner, `update timesheet set status = 'SUBMITTED' where ${aishasWeek}`);
      expect(await outcome(inner, admin, { ...reject, comment })).toBe("COMMENT_NEEDED comment");
      expect(await outcome(inner, admin, { ...approve, comment })).toBe("written");
      expect(await outcome(inner, admin, { ...reopen, comment })).toBe("COMMENT_NEEDED comment");
      expect(await outcome(inner, admin, { ...reopen, comment: "x".repeat(100_001) })).toBe("TEXT_INVALID comment");
    });
  });

  it("leaves what is invoiced as it is, and cannot be opened again with it", async () => {
    await begin(async (inner) => {
      expect(await outcome(inner, aisha, submit)).toBe("written");
      const invoice = { act: "update", row: "e03", input: { status: "INVOICED" } } as const;
      expect(await outcome(inner, finance, invoice)).toBe("WRONG_STATE input.status");
      // As rows may be that were invoiced elsewhere.
      await sql(inner, "update time_entry set status = 'INVOICED' where external_id = 'e03'");
      expect(await outcome(inner, platformLead, approve)).toBe("written");
      expect((await week(inner)).at(-1)).toBe("INVOICED APPROVED");
      expect(await outcome(inner, admin, reopen)).toBe("CLOSED_FOR_GOOD id");
    });
  });

  it("of a lead is decided on by an admin, not by the lead, whatever other roles the lead has", async () => {
    await begin(async (inner) => {
      await sql(
        inner,
        "insert into member_role select account_id, member_id, 'ADMIN' from member_role where role = 'MANAGER' on conflict do nothing",
      );
      expect(await outcome(inner, platformLead, { act: "approve", row: "s3" })).toBe("OWN_APPROVAL id");
      expect(await outcome(inner, platformLead, { act: "reject", row: "s3", comment: "No." })).toBe("OWN_APPROVAL id");
      await sql(inner, "update timesheet set status = 'APPROVED' where status = 'SUBMITTED'");
      expect(await outcome(inner, platformLead, { act: "reopen", row: "s3", comment: "Oh." })).toBe("OWN_APPROVAL id");
      expect(await outcome(inner, admin, { act: "reopen", row: "s3", comment: "Oh." })).toBe("written");
    });
  });

  it("is no longer decided on by who no longer leads the team", async () => {
    await begin(async (inner) => {
      expect(await outcome(inner, aisha, submit)).toBe("written");
      await sql(inner, "update team_member set lead = false");
      expect(await outcome(inner, platformLead, approve)).toBe("NOT_FOUND id");
    });
  });

  it("is answered as the caller may see it, and as it has become", async () => {
    await begin(async (inner) => {
      await sql(inner, "update time_entry set team_id = null where external_id = 'e07'");
      expect(await outcome(inner, aisha, submit)).toBe("written");
      const text = `mutation { approveTimesheet(id: "${idOf("Timesheet", "s2")}", comment: "Fine.") {
        timesheet { status comment decidedBy { name } entries { totalCount nodes { externalId status } } } userErrors { code } } }`;
      const { data, errors } = await ask(inner, platformLead, text);
      expect(errors).toEqual([]);
      expect(data?.["approveTimesheet"]).toEqual({
        timesheet: {
          status: "APPROVED",
          comment: "Fine.",
          decidedBy: { name: "Daniel Achterberg" },
          entries: { totalCount: 1, nodes: [{ externalId: "e03", status: "APPROVED" }] },
        },
        userErrors: [],
      });
      expect((await week(inner)).at(-1)).toBe("APPROVED APPROVED");
    });
  });

  it("is not named by an id of something else", async () => {
    await begin(async (inner) => {
      const text = `mutation { submitTimesheet(id: "${idOf("TimeEntry", "e03")}") { userErrors { code } } }`;
      const { data, errors } = await ask(inner, aisha, text);
      expect([data, errors[0]?.extensions["code"]]).toEqual([null, "ID_INVALID"]);
    });
  });
});
