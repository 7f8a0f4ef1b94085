// What counts as staff seeing more, by whatever road; and that neither SQL nor two at once get round it.
import { beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { onEachDatabase, sql } from "../database.ts";
import { contentOf, openGate, setToggles, type Gateway } from "./asking.ts";
import { ann, anyAdmin, atDesk, bea, cleo, CONFIRM, proposedBy, REVERT } from "./proposing.ts";

onEachDatabase("a change by which staff would see more", (database, kind) => {
  const { set, confirm, revision, supportOf } = atDesk(database);
  let gateway: Gateway;
  beforeEach(() => {
    gateway = openGate(database());
  });

  describe("is a proposal, too,", () => {
    beforeAll(async () => {
      await confirm(bea, proposedBy(await set(ann, ["Tag.name on"])));
    });

    it("where something is switched on for everyone that is on for staff", async () => {
      expect((await set(ann, ["Tag.name off EVERYONE"])).at("setToggles.proposal")).toBeNull();
      const before = await revision();
      const answer = await set(ann, ["Tag.name on EVERYONE"]);
      expect(answer.at("setToggles.revision")).toBe(before);
      expect((await confirm(bea, proposedBy(answer))).at("confirmToggles.revision")).toBe(before + 1);
    });

    it("where what is on for staff opens with what it hangs on", async () => {
      expect((await set(ann, ["Tag off EVERYONE"])).at("setToggles.proposal")).toBeNull();
      const answer = await set(ann, ["Tag on EVERYONE"]);
      expect((await confirm(bea, proposedBy(answer))).at("confirmToggles.changed.@.coordinate")).toEqual(["Tag"]);
      expect((await set(ann, ["Task off EVERYONE"])).at("setToggles.proposal")).toBeNull();
      expect((await set(ann, ["Task on EVERYONE"])).at("setToggles.proposal")).toBeNull();
    });

    it("where it is to happen later, whatever is on by then", async () => {
      const at = new Date(Date.now() + 3_600_000).toISOString();
      expect((await set(ann, ["Tag.name off EVERYONE"], at)).at("setToggles.scheduled.effectiveAt")).toBe(at);
      const answer = await set(ann, ["Tag.name on EVERYONE"], at);
      expect(answer.at("setToggles.scheduled")).toBeNull();
      const count = "select count(*)::int from toggle_schedule";
      expect(await sql(database(), count)).toEqual([["1"]]);
      const made = await confirm(bea, proposedBy(answer));
      expect(made.at("confirmToggles.scheduled.effectiveAt")).toBe(at);
      expect(await sql(database(), count)).toEqual([["2"]]);
    });

    it("where it goes back to a revision at which they saw more", async () => {
      const then = await revision();
      await set(ann, ["Tag.name off"]);
      const expected = await revision();
      const answer = await gateway.ask(ann, REVERT, { variables: { to: then, expected } });
      const proposal = proposedBy(answer, "revertToggles");
      expect(proposal).toMatchObject({ toRevision: then, changes: [{ coordinate: "Tag.name", enabled: true }] });
      expect(await supportOf()).not.toContain("Tag.name");
      await setToggles(gateway, "Task.done off");
      const before = await contentOf(database());
      // By now it would switch Task.done, too: nobody has approved that.
      expect((await confirm(bea, proposal)).codes).toEqual(["PROPOSAL_CHANGED"]);
      expect(await contentOf(database())).toBe(before);
      const again = await gateway.ask(ann, REVERT, { variables: { to: then, expected: await revision() } });
      expect(
        (await confirm(bea, proposedBy(again, "revertToggles"))).at("confirmToggles.changed.@.coordinate"),
      ).toEqual(["Tag.name", "Task.done"]);
      expect(await supportOf()).toContain("Tag.name");
    });
  });

  describe("is kept by the database:", () => {
    it("no SQL makes it, approves it twice, or takes an approval back", async () => {
      const proposal = proposedBy(await set(ann, ["Team.leads on"]));
      const which = `account_id = '${ann.account}' and hash = '${proposal.hash}'`;
      const approve = (who: string): string => `insert into toggle_approval (account_id, proposal_id, member_id)
        select p.account_id, p.id, m.id from toggle_proposal p join member m on m.account_id = p.account_id
        where p.hash = '${proposal.hash}' and m.external_id = '${who}'`;
      const on = `(account_id, coordinate, audience, enabled, changed_by, revision)
        values ('${ann.account}', 'Team.leads', 'SUPPORT', true, 'a test', 1)`;
      const before = await contentOf(database());
      const attempts: readonly (readonly [string, string])[] = [
        ["toggle_proposal_two_people", `update toggle_proposal set made_at = clock_timestamp() where ${which}`],
        ["toggle_approval_pkey", approve("m01")],
        ["toggle_approval_open", approve("m03")],
        ["toggle_approval_kept", "update toggle_approval set member_id = member_id"],
        ["toggle_approval_kept", "delete from toggle_approval"],
        ["toggle_approval_kept", "truncate toggle_approval"],
        ["toggle_proposal_only_ends", `update toggle_proposal set coordinates = '{Team.name}' where ${which}`],
        [
          "toggle_proposal_only_ends",
          `update toggle_proposal set expires_at = expires_at + interval '1 hour' where ${which}`,
        ],
        ["toggle_proposal_only_ends", "update toggle_proposal set made_at = null where made_at is not null"],
        ["toggle_proposal_kept", "delete from toggle_proposal"],
        [
          "toggle_proposal_begins_open",
          `insert into toggle_proposal (account_id, hash, proposed_by, made_at, coordinates, audiences, enabled)
          values ('${ann.account}', 'h', 'a test', clock_timestamp(), '{Team.leads}', '{SUPPORT}', '{t}')`,
        ],
        ["toggle_support_proposed", `insert into toggle ${on}`],
        [
          "toggle_schedule_proposed",
          `insert into toggle_schedule (account_id, effective_at, created_by, coordinates, audiences, enabled)
          values ('${ann.account}', '2999-01-01Z', 'a test', '{Team.name,Team.leads}', '{EVERYONE,SUPPORT}', '{t,t}')`,
        ],
        [
          "toggle_support_proposed",
          `update toggle set coordinate = 'Team.leads' where audience = 'SUPPORT' and enabled`,
        ],
      ];
      for (const [constraint, text] of attempts) {
        await expect(sql(database(), text)).rejects.toMatchObject({ constraint });
        const asReplica = database().write(async (transaction) => {
          await sql(transaction, "set local session_replication_role = replica");
          await sql(transaction, text);
        });
        await expect(asReplica).rejects.toMatchObject({ constraint });
      }
      expect(await contentOf(database())).toBe(before);
      expect((await confirm(bea, proposal)).at("confirmToggles.changed.@.coordinate")).toEqual(["Team.leads"]);
    });
  });

  if (kind === "postgresql") {
    it("is made once by two who confirm it at once", async () => {
      for (const name of ["Activity.name", "Expense.date", "Expense.amount"]) {
        const proposal = proposedBy(await set(anyAdmin, [`${name} on`]));
        await confirm(ann, proposal);
        const before = await revision();
        const gates = [bea, cleo, bea, cleo].map((who) => ({ who, gate: openGate(database()) }));
        const answers = await Promise.all(
          gates.map(({ who, gate }) => gate.ask(who, CONFIRM, { variables: { ...proposal } })),
        );
        const made = answers.filter((answer) => answer.codes.length === 0);
        expect(made).toHaveLength(1);
        expect(await revision()).toBe(before + 1);
        const written = "select count(*)::text from toggle_change where coordinate = $1 and audience = 'SUPPORT'";
        expect(await sql(database(), written, [name])).toEqual([["1"]]);
      }
    });
  }
});
