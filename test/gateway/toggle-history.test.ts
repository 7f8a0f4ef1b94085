// Who switched what, what differs between two revisions, and the way back: nothing of the history is ever lost.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Caller } from "../../src/caller.ts";
import { onEachDatabase, sql } from "../database.ts";
import { asRole, contentOf, openGate, people, setToggles, type Answer, type Gateway } from "./asking.ts";

const HISTORY = `query ($first: Int, $after: String, $coordinate: Coordinate) {
  toggleHistory(first: $first, after: $after, coordinate: $coordinate) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { revision coordinate audience enabled was changedBy reason } }
    nodes { coordinate enabled } } }`;
const DIFFERENCE = `query ($from: Int!, $to: Int) {
  toggleDifference(fromRevision: $from, toRevision: $to) { coordinate audience from to } }`;
const REVERT = `mutation ($to: Int!, $expected: Int!) {
  revertToggles(toRevision: $to, expectedRevision: $expected, reason: "as it was") {
    revision changed { coordinate audience enabled } proposal { id } } }`;

onEachDatabase("the history of toggles", (database) => {
  let gateway: Gateway;
  const revisions: number[] = [];
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
    revisions.push((await gateway.ask(people.ADMIN, "{ account { revision } }")).revision);
    for (const change of ["Member.salary off", "Member.salary on", "TimeEntry.costRate on MANAGER"]) {
      await setToggles(gateway, change);
    }
    revisions.push((await setToggles(gateway, "Member.salary off", "Task.done off")).revision);
  });
  const ask = (text: string, variables: object, who: Caller = people.ADMIN): Promise<Answer> =>
    gateway.ask(who, text, { variables: { ...variables } });
  const begin = (): number => revisions[0] ?? 0;
  const end = (): number => revisions[1] ?? 0;

  it("shows who switched what, newest first, page by page", async () => {
    const whole = await ask(HISTORY, {});
    expect(whole.at("toggleHistory.nodes")).toEqual([
      { coordinate: "Task.done", enabled: false },
      { coordinate: "Member.salary", enabled: false },
      { coordinate: "TimeEntry.costRate", enabled: true },
      { coordinate: "Member.salary", enabled: true },
      { coordinate: "Member.salary", enabled: false },
    ]);
    expect(whole.at("toggleHistory.edges.@.node.was")).toEqual([null, true, null, false, null]);
    expect(whole.at("toggleHistory.edges.@.node.revision")).toEqual([4, 4, 3, 2, 1].map((step) => begin() + step));
    const seen: unknown[] = [];
    let after: unknown = null;
    for (let page = 0; page < 3; page += 1) {
      const answer = await ask(HISTORY, { first: 2, after });
      seen.push(...(answer.at("toggleHistory.edges.@.node") as unknown[])); // cast: a list, as asked above
      expect(answer.at("toggleHistory.pageInfo.hasNextPage")).toBe(page < 2);
      expect(answer.at("toggleHistory.totalCount")).toBe(5);
      after = answer.at("toggleHistory.pageInfo.endCursor");
    }
    expect(seen).toEqual(whole.at("toggleHistory.edges.@.node"));
  });

  it("shows one coordinate's alone, and takes no cursor that belongs elsewhere", async () => {
    const salary = await ask(HISTORY, { coordinate: "Member.salary" });
    expect(salary.at("toggleHistory.nodes.@.enabled")).toEqual([false, true, false]);
    const after = salary.at("toggleHistory.pageInfo.endCursor");
    expect((await ask(HISTORY, { after })).codes).toEqual(["CURSOR_INVALID"]);
    expect((await ask(HISTORY, { first: 501 })).codes).toEqual(["PAGE_INVALID"]);
    const none = await ask(HISTORY, { first: 0 });
    expect(none.at("toggleHistory.edges")).toEqual([]);
    expect(none.at("toggleHistory.pageInfo.hasNextPage")).toBe(true);
  });

  it("is for administrators alone", async () => {
    for (const who of [people.MANAGER, people.INTEGRATION]) {
      expect((await ask(HISTORY, {}, who)).codes).toEqual(["UNAUTHORIZED_FIELD_OR_TYPE"]);
      expect((await ask(DIFFERENCE, { from: 1 }, who)).codes).toEqual(["UNAUTHORIZED_FIELD_OR_TYPE"]);
    }
  });

  it("tells what differs between two revisions, in both directions, and nothing for a revision itself", async () => {
    const salary = { coordinate: "Member.salary", audience: "EVERYONE", from: null, to: false };
    const task = { coordinate: "Task.done", audience: "EVERYONE", from: null, to: false };
    const rate = { coordinate: "TimeEntry.costRate", audience: "MANAGER", from: null, to: true };
    expect((await ask(DIFFERENCE, { from: begin() })).at("toggleDifference")).toEqual([salary, task, rate]);
    const back = await ask(DIFFERENCE, { from: end(), to: begin() });
    expect(back.at("toggleDifference.@.to")).toEqual([null, null, null]);
    expect((await ask(DIFFERENCE, { from: end(), to: end() })).at("toggleDifference")).toEqual([]);
    expect((await ask(DIFFERENCE, { from: begin() + 1, to: begin() + 2 })).at("toggleDifference")).toEqual([
      { ...salary, from: false, to: true },
    ]);
  });

  it("has no revision that is still to come, and none before the first", async () => {
    for (const from of [0, -1, end() + 1]) {
      expect((await ask(DIFFERENCE, { from })).codes).toEqual(["REVISION_UNKNOWN"]);
      const before = await contentOf(database());
      expect((await ask(REVERT, { to: from, expected: end() })).codes).toEqual(["REVISION_UNKNOWN"]);
      expect(await contentOf(database())).toBe(before);
    }
  });

  it("who decided by a revision of yesterday is told what has changed since, and nothing is written", async () => {
    const before = await contentOf(database());
    const text = `mutation ($expected: Int!) {
      setToggles(expectedRevision: $expected, changes: [{ coordinate: "Task.done", enabled: true }]) { revision } }`;
    const answer = await ask(text, { expected: begin() + 2 });
    expect(answer.codes).toEqual(["STALE"]);
    expect(answer.errors[0]?.extensions).toEqual({
      code: "STALE",
      revision: end(),
      difference: [
        { coordinate: "Member.salary", audience: "EVERYONE", from: true, to: false },
        { coordinate: "Task.done", audience: "EVERYONE", from: null, to: false },
        { coordinate: "TimeEntry.costRate", audience: "MANAGER", from: null, to: true },
      ],
    });
    expect((await ask(REVERT, { to: begin(), expected: begin() })).codes).toEqual(["STALE"]);
    expect((await ask(text, { expected: end() + 1 })).errors[0]?.extensions).toEqual({
      code: "STALE",
      revision: end(),
    });
    expect(await contentOf(database())).toBe(before);
  });

  describe("goes back", () => {
    it("to an earlier revision as a new one, with switches that nobody had set back at their defaults", async () => {
      const answer = await ask(REVERT, { to: begin() + 2, expected: end() });
      expect(answer.at("revertToggles")).toEqual({
        revision: end() + 1,
        changed: [
          { coordinate: "Member.salary", audience: "EVERYONE", enabled: true },
          { coordinate: "Task.done", audience: "EVERYONE", enabled: true },
          { coordinate: "TimeEntry.costRate", audience: "MANAGER", enabled: false },
        ],
        proposal: null,
      });
      expect(answer.revision).toBe(end() + 1);
      expect((await ask(DIFFERENCE, { from: begin() + 2 })).at("toggleDifference")).toEqual([]);
      expect(await sql(database(), "select coordinate, audience, enabled from toggle order by 1, 2")).toEqual([
        ["Member.salary", "EVERYONE", expect.stringMatching(/^t/)],
      ]);
      const rate = await gateway.ask(people.MANAGER, "{ timeEntries(first: 1) { nodes { costRate { minor } } } }");
      expect(rate.denied).toEqual(["TimeEntry.costRate SELECT ROLE"]);
    });

    it("and forward again from what it left, as only ever more is written down", async () => {
      const answer = await ask(REVERT, { to: end(), expected: end() + 1 });
      expect(answer.at("revertToggles.revision")).toBe(end() + 2);
      expect((await ask(DIFFERENCE, { from: end() })).at("toggleDifference")).toEqual([]);
      expect((await ask(HISTORY, {})).at("toggleHistory.totalCount")).toBe(11);
      expect((await ask(HISTORY, { first: 1 })).at("toggleHistory.edges.@.node.reason")).toEqual(["as it was"]);
    });

    it("to where it is: nothing happens", async () => {
      const before = await contentOf(database());
      const answer = await ask(REVERT, { to: end() + 2, expected: end() + 2 });
      expect(answer.at("revertToggles")).toEqual({ revision: end() + 2, changed: [], proposal: null });
      expect(await contentOf(database())).toBe(before);
    });

    it("for nobody else than administrators", async () => {
      const before = await contentOf(database());
      for (const who of [people.FINANCE, people.MANAGER, asRole("EMPLOYEE")]) {
        const answer = await gateway.ask(who, REVERT, { variables: { to: begin(), expected: end() + 2 } });
        expect(answer.denied).toContain("Mutation.revertToggles WRITE ROLE");
      }
      expect(await contentOf(database())).toBe(before);
    });
  });
});
