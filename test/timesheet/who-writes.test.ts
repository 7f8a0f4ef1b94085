// Who may do what: role × mutation × whose row. Whoever is refused has changed nothing.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Role } from "../../src/caller.ts";
import { onEachDatabase, sql } from "../database.ts";
import { undone, type Who } from "../gateway.ts";
import { harbour, outcome, pointing, type Wanted } from "./writing.ts";

const [admin, finance, platformLead, aisha, designLead] = ["m01", "m02", "m03", "m04", "m05"].map(harbour) as [
  Who,
  Who,
  Who,
  Who,
  Who,
]; // cast: five in, five out
const anybody = (role: Role): Who => ({ account: "harbour", role });
const stranger: Who = { account: "kestrel", member: "m01" };

const day = { date: "2026-03-25", durationSeconds: 3600 };
const create = (names: Readonly<Record<string, string>>): Wanted => ({
  act: "create",
  input: { ...day, ...pointing(names) },
});
const describe_ = (row: string): Wanted => ({ act: "update", row, input: { description: "Said better" } });
const move = (input: Readonly<Record<string, unknown>>): Wanted => ({ act: "update", row: "e03", input });
const remove = (row: string): Wanted => ({ act: "delete", row });
const note = (row: string): Wanted => ({ act: "update", row, input: { internalNote: "Ours alone" } });
const sell = (row: string): Wanted => ({
  act: "update",
  row,
  input: { billableRate: { minor: 9900, currency: "GBP" } },
});
const cost = (row: string): Wanted => ({ act: "update", row, input: { costRate: { minor: 4400, currency: "GBP" } } });
const invoice = (row: string): Wanted => ({ act: "update", row, input: { status: "INVOICED" } });
const submit = (row: string): Wanted => ({ act: "submit", row });
const approve = (row: string): Wanted => ({ act: "approve", row });
const reject = (row: string): Wanted => ({ act: "reject", row, comment: "Which berth?" });
const reopen = (row: string): Wanted => ({ act: "reopen", row, comment: "The berth was wrong." });

// e03: Aisha's under Platform, open. e04: the Platform lead's, handed in. e05: the Design lead's, sent back.
// e02: Aisha's under Design, approved. e06: the admin's, running. s2: Aisha's, open. s3: the Platform lead's, handed in.
const cases: readonly (readonly [string, Who, Wanted, string])[] = [
  ["an employee writes down own work", aisha, create({}), "written"],
  ["an employee writes down own work under a team", aisha, create({ team: "t2" }), "written"],
  ["an employee does not write for a colleague", aisha, create({ member: "m03" }), "FORBIDDEN input"],
  ["an employee does not write for whom they do not see", aisha, create({ member: "m02" }), "NOT_FOUND input.member"],
  ["a lead writes for people of the team", platformLead, create({ member: "m04", team: "t1" }), "written"],
  [
    "a lead writes under no other team of theirs",
    designLead,
    create({ member: "m04", team: "t1" }),
    "NOT_FOUND input.team",
  ],
  ["a lead writes for nobody without a team", platformLead, create({ member: "m04" }), "FORBIDDEN input"],
  [
    "a lead writes own work without a team",
    platformLead,
    { act: "create", input: { ...day, date: "2026-04-01" } },
    "written",
  ],
  ["an admin writes for everybody", admin, create({ member: "m04", team: "t2" }), "written"],
  ["finance writes nothing down", finance, create({ member: "m02" }), "Mutation.createTimeEntry"],
  ["an integration writes nothing down", anybody("INTEGRATION"), create({ member: "m04" }), "Mutation.createTimeEntry"],
  ["a role in nobody's name has to say whose work it is", anybody("ADMIN"), create({}), "MEMBER_NEEDED input.member"],
  ["a role in nobody's name writes for a member", anybody("ADMIN"), create({ member: "m04" }), "written"],
  [
    "an employee in nobody's name has no rows",
    anybody("EMPLOYEE"),
    create({ member: "m04" }),
    "NOT_FOUND input.member",
  ],

  ["an employee changes own work", aisha, describe_("e03"), "written"],
  ["an employee changes nothing of others", aisha, describe_("e04"), "NOT_FOUND id"],
  ["a lead changes work under the team", platformLead, describe_("e03"), "written"],
  ["a lead changes no work under other teams", designLead, describe_("e03"), "NOT_FOUND id"],
  ["a lead mends own work that was sent back", designLead, describe_("e05"), "written"],
  ["an admin changes everybody's work", admin, describe_("e03"), "written"],
  ["finance describes nothing", finance, describe_("e03"), "UpdateTimeEntryInput.description"],
  ["an integration changes nothing", anybody("INTEGRATION"), describe_("e03"), "Mutation.updateTimeEntry"],
  ["people of another account change nothing", stranger, describe_("e03"), "NOT_FOUND id"],

  ["an employee writes no note", aisha, note("e03"), "UpdateTimeEntryInput.internalNote"],
  ["a lead writes notes on work under the team", platformLead, note("e03"), "written"],
  ["finance writes no note", finance, note("e03"), "UpdateTimeEntryInput.internalNote"],
  ["an admin writes notes", admin, note("e03"), "written"],

  ["an employee sets no rate", aisha, sell("e03"), "UpdateTimeEntryInput.billableRate"],
  ["a lead sets what the team's work is sold for", platformLead, sell("e03"), "written"],
  ["a lead sets no cost", platformLead, cost("e03"), "UpdateTimeEntryInput.costRate"],
  ["finance sets rates on any row", finance, sell("e03"), "written"],
  ["finance sets costs on any row", finance, cost("e05"), "written"],
  ["an employee invoices nothing", aisha, invoice("e03"), "UpdateTimeEntryInput.status"],
  ["a lead invoices nothing", platformLead, invoice("e03"), "UpdateTimeEntryInput.status"],
  ["finance invoices what is approved", finance, invoice("e02"), "written"],
  ["an admin invoices what is approved", admin, invoice("e02"), "written"],
  ["an admin invoices nothing that is open", admin, invoice("e03"), "WRONG_STATE input.status"],
  ["an admin invoices no own work that nobody approved", admin, invoice("e06"), "WRONG_STATE input.status"],
  ["finance invoices nothing that is open", finance, invoice("e03"), "WRONG_STATE input.status"],
  ["finance invoices nothing that is only handed in", finance, invoice("e04"), "WRONG_STATE input.status"],
  ["finance invoices nothing that was sent back", finance, invoice("e05"), "WRONG_STATE input.status"],
  ["nothing is invoiced twice", finance, invoice("e01"), "LOCKED id"],

  ["an employee deletes own work", aisha, remove("e03"), "written"],
  ["an employee deletes nothing of others", aisha, remove("e05"), "NOT_FOUND id"],
  ["a lead deletes work under the team", platformLead, remove("e07"), "written"],
  ["a lead deletes no work under other teams", designLead, remove("e07"), "NOT_FOUND id"],
  ["an admin deletes everybody's work", admin, remove("e06"), "written"],
  ["finance deletes nothing", finance, remove("e03"), "Mutation.deleteTimeEntry"],
  ["an integration deletes nothing", anybody("INTEGRATION"), remove("e03"), "Mutation.deleteTimeEntry"],

  ["an employee hands in the own week", aisha, submit("s2"), "written"],
  ["a lead hands in no week of others", platformLead, submit("s2"), "FORBIDDEN id"],
  ["a lead hands in again what was sent back", designLead, submit("s4"), "written"],
  ["an admin hands in no week of others", admin, submit("s2"), "FORBIDDEN id"],
  ["finance hands nothing in", finance, submit("s2"), "Mutation.submitTimesheet"],
  ["an employee sees no week of others to hand in", aisha, submit("s3"), "NOT_FOUND id"],

  ["an employee approves nothing", aisha, approve("s2"), "Mutation.approveTimesheet"],
  ["an admin approves a lead's week", admin, approve("s3"), "written"],
  ["nobody approves the own week", platformLead, approve("s3"), "OWN_APPROVAL id"],
  ["a lead approves only weeks of people of the team", designLead, approve("s3"), "NOT_FOUND id"],
  ["what is open is not approved", platformLead, approve("s2"), "WRONG_STATE id"],
  ["a role in nobody's name approves", anybody("ADMIN"), approve("s3"), "written"],
  ["finance approves nothing", finance, approve("s3"), "Mutation.approveTimesheet"],
  ["an integration approves nothing", anybody("INTEGRATION"), approve("s3"), "Mutation.approveTimesheet"],
  ["an admin sends a lead's week back", admin, reject("s3"), "written"],
  ["nobody sends the own week back", platformLead, reject("s3"), "OWN_APPROVAL id"],
  ["an employee sends nothing back", aisha, reject("s3"), "Mutation.rejectTimesheet"],
  ["nobody opens the own week again", aisha, reopen("s1"), "Mutation.reopenTimesheet"],
  ["a week of which something is invoiced stays closed", platformLead, reopen("s1"), "CLOSED_FOR_GOOD id"],
  ["people of another account decide on nothing", stranger, approve("s3"), "NOT_FOUND id"],
];

onEachDatabase("writing the rows of the small seed", (database) => {
  beforeAll(async () => {
    await seedSmall(database());
  });

  it.each(cases)("%s", async (_, who, wanted, expected) => {
    await undone(database(), async (inner) => {
      expect(await outcome(inner, who, wanted)).toBe(expected);
    });
  });

  it("roles do not lend each other rows: who reads all by one and writes own by the other writes own", async () => {
    await undone(database(), async (inner) => {
      await sql(
        inner,
        "insert into member_role select account_id, member_id, 'FINANCE' from member_role where role in ('EMPLOYEE', 'MANAGER')",
      );
      expect(await outcome(inner, aisha, describe_("e05"))).toBe("FORBIDDEN input.description");
      expect(await outcome(inner, aisha, remove("e05"))).toBe("FORBIDDEN id");
      expect(await outcome(inner, designLead, approve("s3"))).toBe("FORBIDDEN id");
      expect(await outcome(inner, aisha, describe_("e03"))).toBe("written");
      expect(
        await outcome(inner, aisha, { act: "update", row: "e05", input: { description: "x", billableRate: null } }),
      ).toBe("FORBIDDEN input.description");
      expect(await outcome(inner, aisha, sell("e05"))).toBe("written");
    });
  });

  it.each(["OPEN", "SUBMITTED", "REJECTED"])(
    "finance invoices no own entry that is %s: nobody approved it",
    async (state) => {
      await undone(database(), async (inner) => {
        await sql(
          inner,
          `update time_entry e set status = '${state}', timesheet_id = null, member_id = m.id from member m where e.external_id = 'e03' and m.external_id = 'm02' and m.account_id = e.account_id`,
        );
        expect(await outcome(inner, finance, invoice("e03"))).toBe("WRONG_STATE input.status");
        await sql(inner, "update time_entry set status = 'APPROVED' where external_id = 'e03'");
        expect(await outcome(inner, finance, invoice("e03"))).toBe("written");
      });
    },
  );

  it("a lead writes no note on own work under a team that somebody else leads", async () => {
    await undone(database(), async (inner) => {
      await sql(inner, "update time_entry set team_id = null where external_id = 'e05'");
      expect(await outcome(inner, designLead, note("e05"))).toBe("FORBIDDEN input.internalNote");
      expect(await outcome(inner, designLead, describe_("e05"))).toBe("written");
      const own = { ...day, date: "2026-04-02", internalNote: "Mine" };
      expect(await outcome(inner, designLead, { act: "create", input: own })).toBe("FORBIDDEN input.internalNote");
      expect(await outcome(inner, designLead, { act: "create", input: { ...own, ...pointing({ team: "t2" }) } })).toBe(
        "written",
      );
    });
  });

  it("work is not moved to where the writer could no longer write it", async () => {
    await undone(database(), async (inner) => {
      expect(await outcome(inner, aisha, move(pointing({ member: "m03" })))).toBe("FORBIDDEN input");
      expect(await outcome(inner, platformLead, move({ team: null }))).toBe("FORBIDDEN input");
      expect(await outcome(inner, platformLead, move(pointing({ member: "m03" })))).toBe("LOCKED input.date");
      expect(await outcome(inner, admin, move(pointing({ team: "t2" })))).toBe("written");
    });
  });

  it("a row that may not be seen answers as one that does not exist, to the letter", async () => {
    await undone(database(), async (inner) => {
      for (const wanted of [describe_("e05"), remove("e05"), submit("s4")]) {
        const there = await outcome(inner, aisha, wanted);
        await sql(inner, "savepoint gone");
        await sql(inner, "delete from time_entry where external_id = 'e05'");
        await sql(
          inner,
          "delete from timesheet where not exists (select from time_entry where timesheet_id = timesheet.id)",
        );
        expect(await outcome(inner, aisha, wanted)).toBe(there);
        await sql(inner, "rollback to savepoint gone");
      }
    });
  });

  it("what the account has switched off is not written", async () => {
    await undone(database(), async (inner) => {
      const off = (coordinate: string) =>
        sql(
          inner,
          `insert into toggle (account_id, coordinate, audience, enabled, changed_by, revision) select id, '${coordinate}', 'EMPLOYEE', false, 'a test', 2 from account where slug = 'harbour'`,
        );
      await off("TimeEntry.description");
      expect(await outcome(inner, aisha, describe_("e03"))).toBe("UpdateTimeEntryInput.description");
      await off("Mutation.deleteTimeEntry");
      expect(await outcome(inner, aisha, remove("e03"))).toBe("Mutation.deleteTimeEntry");
      expect(await outcome(inner, platformLead, describe_("e03"))).toBe("written");
    });
  });
});
