// What a field says cannot be read from the other side either.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase, sql } from "../database.ts";
import { asMember, openGate, setToggles, type Gateway } from "./asking.ts";

onEachDatabase("a field that is switched off for everyone", (database) => {
  let gateway: Gateway;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
  });

  it.each([
    ["TimeEntry.project", "{ projects { nodes { timeEntries { nodes { id } } } } }", "Project.timeEntries"],
    ["TimeEntry.project", "{ projects { nodes { budgetUsed { minor } } } }", "Project.budgetUsed"],
    ["Project.budget", "{ projects { nodes { budgetUsed { currency } } } }", "Project.budgetUsed"],
    ["TimeEntry.timesheet", "{ timesheets { nodes { entries { totalCount } } } }", "Timesheet.entries"],
    ["TimeEntry.timesheet", "{ timesheets { nodes { totals { seconds } } } }", "Timesheet.totals"],
    ["Project.customer", "{ customers { nodes { projects { totalCount } } } }", "Customer.projects"],
    ["Member.teams", "{ teams { nodes { members { id } } } }", "Team.members"],
    ["Member.teams", "{ teams { nodes { leads { id } } } }", "Team.leads"],
    ["Member.teams", "{ members(filter: { teams: { some: {} } }) { totalCount } }", "MemberFilter.teams"],
  ])("%s: %s has to be denied", async (off, text, closed) => {
    await setToggles(gateway, `${off} off`);
    const denied = (await gateway.ask(asMember("m01"), text)).denied;
    await setToggles(gateway, `${off} on`);
    expect(denied).toEqual([expect.stringContaining(`${closed} `)]);
    expect((await gateway.ask(asMember("m01"), text)).denied).toEqual([]);
  });
});

onEachDatabase("tags that one of a caller's two roles may not see", (database) => {
  it("are in no report either, on the entries that only this role sees", async () => {
    await seedSmall(database());
    const gateway = openGate(database());
    const both =
      "insert into member_role (account_id, member_id, role) select account_id, id, 'FINANCE' from member where external_id = 'm04'";
    await sql(database(), both);
    const elsewhere = `insert into time_entry_tag (account_id, time_entry_id, tag_id)
      select e.account_id, e.id, t.id from time_entry e join member m on m.account_id = e.account_id and m.id = e.member_id
      join tag t on t.account_id = e.account_id where m.external_id <> 'm04' on conflict do nothing`;
    await sql(database(), elsewhere);
    await setToggles(gateway, "TimeEntry.tags off FINANCE");
    const listed = await gateway.ask(asMember("m04"), "{ timeEntries { nodes { tags { name } } } }");
    const tagged = (listed.at("timeEntries.nodes") as readonly { tags: readonly object[] | null }[]).reduce(
      (sum, { tags }) => sum + (tags ?? []).length,
      0,
    );
    const report = await gateway.ask(
      asMember("m04"),
      "{ timeReport(groupBy: [TAG]) { rows { key { label } totals { entryCount } } } }",
    );
    const rows = report.at("timeReport.rows") as readonly {
      key: readonly { label: string | null }[];
      totals: { entryCount: number };
    }[];
    const counted = rows.reduce((sum, { key, totals }) => sum + (key[0]?.label === null ? 0 : totals.entryCount), 0);
    expect(counted).toBe(tagged);
    const all = await sql(
      database(),
      "select count(*) from time_entry_tag t join account a on a.id = t.account_id where a.slug = 'harbour'",
    );
    expect(counted).toBeLessThan(Number(all[0]?.[0]));
  });
});
