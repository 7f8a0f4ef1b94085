// Notes show to managers for the teams that they lead: where the team is switched off, the notes do not tell it either.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase, sql } from "../database.ts";
import { contentOf, openGate, people, setToggles, type Answer, type Gateway } from "./asking.ts";

const NOTES = `{ timeEntries(first: 500, filter: { member: { externalId: { eq: "m03" } } }) { totalCount nodes { id internalNote } } }`;

onEachDatabase("a note that shows for led teams", (database) => {
  let gateway: Gateway;
  const ask = (): Promise<Answer> => gateway.ask(people.MANAGER, NOTES);
  /** While the manager's own entries are booked under a team that they lead, or under one that they do not. */
  async function booked(lead: boolean): Promise<Answer> {
    const teams = `select t.id from team t where t.account_id = (select account_id from member where id = $1::uuid)
      and $2::boolean = exists (select from team_member m where m.team_id = t.id and m.member_id = $1::uuid and m.lead) order by t.id limit 1`;
    const note = `update time_entry set team_id = (${teams}), internal_note = 'for the team' where member_id = $1::uuid`;
    await sql(database(), note, [people.MANAGER.member, lead]);
    return ask();
  }
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
  });

  it("tells by where it is null which team was led, while the team may be read", async () => {
    const [led, other] = [await booked(true), await booked(false)];
    expect(new Set(led.at("timeEntries.nodes.@.internalNote") as readonly unknown[])).toEqual(
      new Set(["for the team"]),
    );
    expect(new Set(other.at("timeEntries.nodes.@.internalNote") as readonly unknown[])).toEqual(new Set([null]));
  });

  it.each(["TimeEntry.team", "TimeEntry.team off MANAGER"])(
    "is closed with %s: both worlds answer alike to the byte",
    async (off) => {
      const [coordinate = "", , audience = "EVERYONE"] = off.split(" ");
      await setToggles(gateway, `${coordinate} off ${audience}`);
      const [led, other] = [await booked(true), await booked(false)];
      expect(led.body).toBe(other.body);
      expect(led.at("timeEntries.totalCount")).toBeGreaterThan(0);
      expect(led.denied).toEqual(["TimeEntry.internalNote SELECT SWITCHED_OFF_BY_ACCOUNT"]);
      await setToggles(gateway, `${coordinate} on ${audience}`);
      expect((await ask()).denied).toEqual(["TimeEntry.internalNote SELECT ROW_CONDITION"]);
    },
  );

  it("is neither asked about nor written where it is closed, and nothing is changed", async () => {
    await setToggles(gateway, "TimeEntry.team off");
    const before = await contentOf(database());
    const asked = await gateway.ask(
      people.MANAGER,
      "{ timeEntries(filter: { internalNote: { isNull: true } }) { totalCount } }",
    );
    expect([asked.data, asked.denied]).toEqual([null, ["TimeEntryFilter.internalNote FILTER SWITCHED_OFF_BY_ACCOUNT"]]);
    const input = { date: "2026-01-05", durationSeconds: 60, internalNote: "no" };
    const text = "mutation ($input: CreateTimeEntryInput!) { createTimeEntry(input: $input) { userErrors { code } } }";
    const written = await gateway.ask(people.MANAGER, text, { variables: { input } });
    expect([written.data, written.denied]).toEqual([
      null,
      ["CreateTimeEntryInput.internalNote WRITE SWITCHED_OFF_BY_ACCOUNT"],
    ]);
    expect(await contentOf(database())).toBe(before);
    await setToggles(gateway, "TimeEntry.team on");
  });
});
