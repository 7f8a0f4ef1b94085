// What the vendor's staff may see grows by two different administrators of the account, and by nobody alone.
import { beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Caller } from "../../src/caller.ts";
import { onEachDatabase, sql } from "../database.ts";
import { asRole, contentOf, openGate, people, type Gateway } from "./asking.ts";
import { ann, anyAdmin, atDesk, bea, cleo, proposedBy, SET, toChange, type Proposed } from "./proposing.ts";

const WITHDRAW = "mutation ($id: ID!) { withdrawToggles(id: $id) { revision } }";
const OPEN = "{ toggleProposals { id approvals { by } } }";

onEachDatabase("a change by which staff would see more", (database) => {
  const { set, confirm, revision, supportOf } = atDesk(database);
  let gateway: Gateway;
  beforeEach(() => {
    gateway = openGate(database());
  });

  const refused = async (who: Caller, of: Proposed): Promise<readonly string[]> => {
    const before = await contentOf(database());
    const { codes } = await confirm(who, of);
    expect(await contentOf(database())).toBe(before);
    expect(await supportOf()).not.toContain("Team.name");
    return codes;
  };

  it("is proposed by the first, changes nothing, and is made by the second", async () => {
    const before = await revision();
    const answer = await set(ann, ["Task.done on", "Task.name off EMPLOYEE"]);
    expect(answer.at("setToggles")).toMatchObject({
      revision: before,
      changed: [],
      proposal: {
        reason: "a ticket",
        changes: [
          { coordinate: "Task.done", audience: "SUPPORT", enabled: true },
          { coordinate: "Task.name", audience: "EMPLOYEE", enabled: false },
        ],
        approvals: [{ counts: true }],
      },
    });
    expect(await sql(database(), "select count(*)::text from toggle")).toEqual([["0"]]);
    expect(await revision()).toBe(before);
    expect((await gateway.ask(bea, OPEN)).at("toggleProposals.@.id")).toEqual([proposedBy(answer).id]);
    const made = await confirm(bea, proposedBy(answer));
    expect(made.at("confirmToggles.revision")).toBe(before + 1);
    expect(made.at("confirmToggles.changed.@.coordinate")).toEqual(["Task.done", "Task.name"]);
    expect(await supportOf()).toEqual(["Task.done"]);
    const [row] = await sql(database(), "select changed_by, reason from toggle_change where audience = 'SUPPORT'");
    const names = await sql(
      database(),
      "select name from member where account_id = $1 and external_id in ('m01', 'm02') order by external_id",
      [ann.account],
    );
    expect(row).toEqual([names.flat().join(", "), "a ticket"]);
    expect((await gateway.ask(bea, OPEN)).at("toggleProposals")).toEqual([]);
  });

  it("is made at once where it takes something from them", async () => {
    const answer = await set(ann, ["Task.done off"]);
    expect(answer.at("setToggles.proposal")).toBeNull();
    expect(await supportOf()).toEqual([]);
  });

  it("is only what it says: with dryRun nothing is proposed", async () => {
    const before = await contentOf(database());
    const text = SET.replace("setToggles(", "setToggles(dryRun: true, ");
    const answer = await gateway.ask(ann, text, { variables: { changes: [toChange("Task.done on")] } });
    expect(answer.at("setToggles.changed.@.coordinate")).toEqual(["Task.done"]);
    expect(answer.at("setToggles.proposal")).toBeNull();
    expect(await contentOf(database())).toBe(before);
  });

  describe("is not confirmed", () => {
    let proposal: Proposed;
    beforeAll(async () => {
      gateway = openGate(database());
      proposal = proposedBy(await set(ann, ["Team.name on"]));
    });

    it("by whoever proposed it", async () => {
      expect(await refused(ann, proposal)).toEqual(["PROPOSAL_OWN"]);
    });

    it("by a role that is nobody in particular", async () => {
      expect(await refused(anyAdmin, proposal)).toEqual(["PROPOSAL_NEEDS_MEMBER"]);
    });

    it("by whoever is no administrator", async () => {
      for (const who of [people.MANAGER, asRole("FINANCE"), people.EMPLOYEE]) {
        expect(new Set(await refused(who, proposal))).toEqual(new Set(["UNAUTHORIZED_FIELD_OR_TYPE"]));
      }
    });

    it("by an administrator of another account", async () => {
      expect(await refused(people.STRANGER, proposal)).toEqual(["PROPOSAL_UNKNOWN"]);
    });

    it("under another hash than that of what was read", async () => {
      const other = proposedBy(await set(ann, ["Team.leads on"]));
      expect(await refused(bea, { id: proposal.id, hash: other.hash })).toEqual(["PROPOSAL_CHANGED"]);
      expect(await refused(bea, { id: proposal.id, hash: "" })).toEqual(["PROPOSAL_CHANGED"]);
      expect(await refused(bea, { ...proposal, id: "AAEAAAAAAAAAAAAAAAAAAAAA" })).toEqual(["ID_INVALID"]);
      await gateway.ask(ann, WITHDRAW, { variables: { id: other.id } });
    });

    it("when it was withdrawn", async () => {
      const other = proposedBy(await set(ann, ["Team.members on"]));
      expect((await gateway.ask(cleo, WITHDRAW, { variables: { id: other.id } })).codes).toEqual([]);
      expect(await refused(bea, other)).toEqual(["PROPOSAL_ENDED"]);
      const before = await contentOf(database());
      expect((await gateway.ask(cleo, WITHDRAW, { variables: { id: other.id } })).codes).toEqual(["PROPOSAL_ENDED"]);
      expect((await gateway.ask(asRole("FINANCE"), WITHDRAW, { variables: { id: proposal.id } })).codes).toContain(
        "UNAUTHORIZED_FIELD_OR_TYPE",
      );
      expect(await contentOf(database())).toBe(before);
    });

    it("when it has expired", async () => {
      const old = proposedBy(await set(ann, ["Team.members on"]));
      const age =
        "update toggle_proposal set proposed_at = proposed_at - interval '8 days', expires_at = expires_at - interval '8 days' where hash = $1";
      await sql(database(), "alter table toggle_proposal disable trigger toggle_proposal_only_ends");
      await sql(database(), age, [old.hash]);
      await sql(database(), "alter table toggle_proposal enable always trigger toggle_proposal_only_ends");
      expect((await gateway.ask(bea, OPEN)).at("toggleProposals.@.id")).toEqual([proposal.id]);
      expect(await refused(bea, old)).toEqual(["PROPOSAL_ENDED"]);
    });

    it("twice", async () => {
      expect((await confirm(bea, proposal)).codes).toEqual([]);
      expect(await supportOf()).toEqual(["Team.name"]);
      await set(ann, ["Team.name off"]);
      expect(await refused(cleo, proposal)).toEqual(["PROPOSAL_ENDED"]);
      expect(await refused(bea, proposal)).toEqual(["PROPOSAL_ENDED"]);
    });
  });

  it("by nobody in particular needs two who confirm it", async () => {
    const proposal = proposedBy(await set(anyAdmin, ["Tag.name on"]));
    const first = await confirm(ann, proposal);
    expect([first.at("confirmToggles.changed"), first.at("confirmToggles.proposal.approvals.@.counts")]).toEqual([
      [],
      [true],
    ]);
    expect((await confirm(ann, proposal)).codes).toEqual(["PROPOSAL_OWN"]);
    expect(await supportOf()).toEqual([]);
    expect((await confirm(cleo, proposal)).at("confirmToggles.changed.@.coordinate")).toEqual(["Tag.name"]);
    expect(await supportOf()).toEqual(["Tag.name"]);
  });

  it("needs another one, where the proposer is no administrator any more", async () => {
    const proposal = proposedBy(await set(cleo, ["Customer.name on"]));
    const role = [ann.account, "m05"];
    const which = "account_id = $1 and member_id = (select id from member where account_id = $1 and external_id = $2)";
    await sql(database(), `delete from member_role where ${which} and role = 'ADMIN'`, role);
    const first = await confirm(bea, proposal);
    expect(first.at("confirmToggles.proposal.approvals.@.counts")).toEqual([false, true]);
    expect(await supportOf()).not.toContain("Customer.name");
    expect((await confirm(ann, proposal)).at("confirmToggles.changed.@.coordinate")).toEqual(["Customer.name"]);
    const give =
      "insert into member_role (account_id, member_id, role) select account_id, id, 'ADMIN' from member where account_id = $1 and external_id = $2";
    await sql(database(), give, role);
  });

  it("cannot be made for a moment that has passed meanwhile", async () => {
    const [row] = await sql(database(), "select extract(epoch from clock_timestamp()) * 1000 + 400");
    const at = new Date(Math.ceil(Number(row?.[0]))).toISOString();
    const proposal = proposedBy(await set(ann, ["Team.leads on"], at));
    await sql(database(), "select pg_sleep(0.4)");
    const before = await contentOf(database());
    expect((await confirm(bea, proposal)).codes).toEqual(["AT_PAST"]);
    expect(await contentOf(database())).toBe(before);
  });

  it("is not proposed beside a hundred others that are open", async () => {
    const open = async (): Promise<readonly unknown[]> =>
      (await gateway.ask(ann, "{ toggleProposals { id } }")).at("toggleProposals.@.id") as readonly unknown[]; // cast: as asked
    const present = (await open()).length;
    for (let count = present; count < 100; count += 1) expect((await set(ann, ["Project.name on"])).codes).toEqual([]);
    const before = await contentOf(database());
    expect((await set(ann, ["Team.name on"])).codes).toEqual(["SCHEDULE_FULL"]);
    expect(await contentOf(database())).toBe(before);
    const [id] = await open();
    expect((await gateway.ask(cleo, WITHDRAW, { variables: { id } })).codes).toEqual([]);
    expect((await set(ann, ["Team.name on"])).codes).toEqual([]);
  });
});
