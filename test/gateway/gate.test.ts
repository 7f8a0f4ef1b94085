// What a caller gets: each row of the gate's law, as a customer would read it.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Caller } from "../../src/caller.ts";
import { onEachDatabase } from "../database.ts";
import { idOf } from "../gateway.ts";
import { contentOf, openGate, people, type Answer, type Gateway, type Options } from "./asking.ts";

const { ADMIN, EMPLOYEE, FINANCE } = people;
const DENIED = "UNAUTHORIZED_FIELD_OR_TYPE";

onEachDatabase("the gate", (database) => {
  let gateway: Gateway;
  let before: string;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
    before = await contentOf(database());
  });

  /** Nothing answered, nothing run, nothing written; and for what. */
  async function refused(who: Caller, text: string, options?: Options): Promise<readonly string[]> {
    const answer = await gateway.ask(who, text, options);
    expect([text, answer.data, answer.failed]).toEqual([text, null, []]);
    expect(answer.codes.every((code) => code === DENIED)).toBe(true);
    expect(await contentOf(database())).toBe(before);
    return answer.denied;
  }
  const ask = (who: Caller, text: string, options?: Options): Promise<Answer> => gateway.ask(who, text, options);

  describe("an output field that is not the caller's", () => {
    const text = "{ timeEntries(first: 3) { totalCount nodes { id costRate { minor } date } } }";

    it("is null on every row, with one error and everything else answered", async () => {
      const answer = await ask(EMPLOYEE, text);
      expect(answer.status).toBe(200);
      expect(answer.at("timeEntries.totalCount")).toBe(4);
      expect(answer.at("timeEntries.nodes.@.costRate")).toEqual([null, null, null]);
      expect(answer.at("timeEntries.nodes.@.date")).toEqual(["2026-03-29", "2026-03-24", "2026-03-18"]);
      expect(answer.errors).toEqual([
        {
          message: "Unauthorized field or type",
          extensions: {
            code: DENIED,
            coordinate: "TimeEntry.costRate",
            usage: "SELECT",
            reason: "ROLE",
            affectedPath: "timeEntries.nodes.@.costRate",
            count: 1,
            decisionId: expect.stringMatching(/^[\w-]{22}$/),
          },
        },
      ]);
      expect(await contentOf(database())).toBe(before);
    });

    it("is answered to whom it belongs", async () => {
      const answer = await ask(FINANCE, text);
      expect(answer.errors).toEqual([]);
      expect(answer.at("timeEntries.nodes.0.costRate")).toEqual({ minor: 4350 });
    });

    it("has one error, however often and under whatever name it is asked for", async () => {
      const answer = await ask(
        EMPLOYEE,
        `query ($yes: Boolean = true) {
          timeEntries { nodes { ...named one: costRate { minor } ... on Node { ... on TimeEntry { two: costRate { currency } } } } }
          node(id: "${idOf("TimeEntry", "e01")}") { ... on TimeEntry { three: costRate { minor } externalId } }
          nodes(ids: ["${idOf("TimeEntry", "e02")}"]) { id ...named }
          projects { nodes { timeEntries { edges { node { four: costRate @include(if: $yes) { minor } } } } } }
        }
        fragment named on TimeEntry { five: costRate { minor } }`,
      );
      expect(answer.denied).toEqual(["TimeEntry.costRate SELECT ROLE"]);
      expect(answer.errors[0]?.extensions["count"]).toBe(6);
      expect(answer.at("node")).toEqual({ three: null, externalId: "e01" });
      expect(answer.at("nodes.0.five")).toBeNull();
      expect(answer.body).not.toContain("4350");
    });

    it("is no error where it is skipped, and one where it is not", async () => {
      const skipping = `query ($no: Boolean = false, $yes: Boolean!) { timeEntries { nodes { id
        a: costRate @skip(if: true) { minor } b: costRate @include(if: $no) { minor } ... @skip(if: $yes) { costRate { minor } } } } }`;
      const skipped = await ask(EMPLOYEE, skipping, { variables: { yes: true } });
      expect(skipped.errors).toEqual([]);
      expect(Object.keys(Object(skipped.at("timeEntries.nodes.0")))).toEqual(["id"]);
      const shown = await ask(EMPLOYEE, skipping, { variables: { yes: false } });
      expect(shown.denied).toEqual(["TimeEntry.costRate SELECT ROLE"]);
      const other = await ask(EMPLOYEE, skipping, { variables: { yes: true, no: true } });
      expect(other.denied).toEqual(["TimeEntry.costRate SELECT ROLE"]);
      expect(other.at("timeEntries.nodes.0")).toEqual({ id: expect.any(String), b: null });
    });

    it("does not change what another operation of the same document gets", async () => {
      const both = `query mine { timeEntries { totalCount } } query theirs { members { nodes { salary { minor } } } }`;
      expect((await ask(EMPLOYEE, both, { operationName: "mine" })).errors).toEqual([]);
      expect((await ask(EMPLOYEE, both, { operationName: "theirs" })).denied).toEqual(["Member.salary SELECT ROLE"]);
    });

    it("leaves nulls and no more where it was all that was asked for", async () => {
      const answer = await ask(EMPLOYEE, "{ members { nodes { salary { minor } costRate { minor } } } }");
      expect([answer.status, answer.at("members.nodes")]).toEqual([
        200,
        Array.from({ length: 3 }, () => ({ salary: null, costRate: null })),
      ]);
      expect(answer.denied).toEqual(["Member.salary SELECT ROLE", "Member.costRate SELECT ROLE"]);
    });

    it("refuses the operation where the caller asked for all or nothing", async () => {
      const denied = await refused(EMPLOYEE, text, { onDenied: "reject" });
      expect(denied).toEqual(["TimeEntry.costRate SELECT ROLE"]);
      expect((await ask(FINANCE, text, { onDenied: "reject" })).errors).toEqual([]);
    });

    it("is not told by totals that are made from it", async () => {
      const answer = await ask(
        EMPLOYEE,
        "{ timeReport(groupBy: [DAY]) { totals { seconds costAmount { minor } billableAmount { minor } } } }",
      );
      expect(answer.at("timeReport.totals")).toEqual({ seconds: 37800, costAmount: null, billableAmount: null });
      expect(answer.denied).toEqual(["TimeTotals.costAmount SELECT ROLE", "TimeTotals.billableAmount SELECT ROLE"]);
    });
  });

  describe("a denied use refuses the whole operation and runs nothing of it:", () => {
    it.each([
      [
        "a filter",
        "{ timeEntries(filter: { costRate: { gt: 1 } }) { totalCount } }",
        "TimeEntryFilter.costRate FILTER",
      ],
      [
        "a filter in not, and, or",
        "{ timeEntries(filter: { not: { or: [{ and: [{ costRate: { isNull: true } }] }] } }) { totalCount } }",
        "TimeEntryFilter.costRate FILTER",
      ],
      [
        "a filter behind a relation",
        "{ timeEntries(filter: { member: { salary: { gt: 1 } } }) { totalCount } }",
        "MemberFilter.salary FILTER",
      ],
      [
        "a filter behind two lists",
        "{ projects(filter: { members: { some: { teams: { none: { leads: { every: { salary: { eq: 1 } } } } } } } }) { totalCount } }",
        "MemberFilter.salary FILTER",
      ],
      [
        "an order",
        "{ timeEntries(orderBy: [{ field: DATE }, { field: COST_RATE }]) { nodes { id } } }",
        "TimeEntryOrderField.COST_RATE ORDER",
      ],
      [
        "an order of a list inside",
        "{ projects { nodes { timeEntries(orderBy: [{ field: COST_AMOUNT }]) { totalCount } } } }",
        "TimeEntryOrderField.COST_AMOUNT ORDER",
      ],
      [
        "a filter of a report",
        "{ timeReport(groupBy: [DAY], filter: { costAmount: { gt: 0 } }) { rows { totals { seconds } } } }",
        "TimeEntryFilter.costAmount FILTER",
      ],
      [
        "a filter under another name",
        "{ timeEntries { totalCount } again: timeEntries(filter: { costRate: { gt: 1 } }) { totalCount } }",
        "TimeEntryFilter.costRate FILTER",
      ],
      [
        "a filter in a fragment",
        "{ ...all } fragment all on Query { timeEntries(filter: { costRate: { gt: 1 } }) { totalCount } }",
        "TimeEntryFilter.costRate FILTER",
      ],
      [
        "an order behind an interface",
        `{ node(id: "${idOf("Project", "p01")}") { ... on Project { timeEntries(orderBy: [{ field: COST_RATE }]) { totalCount } } } }`,
        "TimeEntryOrderField.COST_RATE ORDER",
      ],
      [
        "a field of an input",
        `mutation { createTimeEntry(input: { date: "2026-03-30", durationSeconds: 60, costRate: { minor: 1, currency: "GBP" } }) { timeEntry { id } } }`,
        "CreateTimeEntryInput.costRate WRITE",
      ],
      [
        "a mutation",
        `mutation { approveTimesheet(id: "${idOf("Timesheet", "s3")}") { timesheet { id } } }`,
        "Mutation.approveTimesheet WRITE",
      ],
      [
        "a mutation beside one that is the caller's",
        `mutation { createTimeEntry(input: { date: "2026-03-30", durationSeconds: 60 }) { timeEntry { id } } approveTimesheet(id: "${idOf("Timesheet", "s3")}") { timesheet { id } } }`,
        "Mutation.approveTimesheet WRITE",
      ],
      ["the switches", "{ toggles { coordinate } }", "Query.toggles SELECT"],
      [
        "setting them",
        `mutation { setToggles(changes: [{ coordinate: "Member.salary", enabled: true }]) { revision } }`,
        "Mutation.setToggles WRITE",
      ],
    ])("%s", async (_what, text, use) => {
      expect(await refused(EMPLOYEE, text)).toContain(`${use} ROLE`);
    });

    const FILTERED = "query ($filter: TimeEntryFilter) { timeEntries(filter: $filter) { totalCount } }";
    it.each([
      ["a variable", FILTERED, { filter: { costRate: { gt: 1 } } }],
      [
        "a variable, deep inside",
        FILTERED,
        { filter: { or: [{}, { not: { and: [{ costRate: { isNull: false } }] } }] } },
      ],
      [
        "a variable of a part",
        "query ($one: MoneyFilter) { timeEntries(filter: { costRate: $one }) { totalCount } }",
        { one: { gt: 1 } },
      ],
      [
        "a default of a variable",
        "query ($f: TimeEntryFilter = { costRate: { gt: 1 } }) { timeEntries(filter: $f) { totalCount } }",
        {},
      ],
      [
        "a part that is null",
        "query ($one: MoneyFilter) { timeEntries(filter: { costRate: $one }) { totalCount } }",
        { one: null },
      ],
    ])("a filter by %s", async (_what, text, variables) => {
      expect(await refused(EMPLOYEE, text, { variables })).toEqual(["TimeEntryFilter.costRate FILTER ROLE"]);
    });

    it("a filter by a variable, also after the same text was answered with another one", async () => {
      for (const variables of [{ filter: {} }, {}, { filter: null }, { filter: { billable: { eq: true } } }]) {
        expect((await ask(EMPLOYEE, FILTERED, { variables })).errors).toEqual([]);
        expect(await refused(EMPLOYEE, FILTERED, { variables: { filter: { costRate: { gt: 1 } } } })).toHaveLength(1);
      }
    });

    it("an order by a variable, also after the same text was answered with another one", async () => {
      const text = "query ($by: TimeEntryOrderField!) { timeEntries(orderBy: [{ field: $by }]) { totalCount } }";
      expect((await ask(EMPLOYEE, text, { variables: { by: "DATE" } })).errors).toEqual([]);
      expect(await refused(EMPLOYEE, text, { variables: { by: "COST_RATE" } })).toHaveLength(1);
    });

    it("no filter at all, where a skipped field carries it", async () => {
      const text = "{ timeEntries(filter: { costRate: { gt: 1 } }) @skip(if: true) { totalCount } viewer { name } }";
      expect((await ask(EMPLOYEE, text)).errors).toEqual([]);
    });

    it("a status that was asked for as a filter, once it is switched off", async () => {
      const off = openGate(database());
      const switched = `mutation ($on: Boolean!) { setToggles(changes: [{ coordinate: "EntryStatus.INVOICED", enabled: $on }]) { revision } }`;
      await off.ask(ADMIN, switched, { variables: { on: false } });
      const text = "query ($s: EntryStatus) { timeEntries(filter: { status: { eq: $s } }) { totalCount } }";
      const answer = await off.ask(FINANCE, text, { variables: { s: "INVOICED" } });
      expect(answer.denied).toEqual(["EntryStatus.INVOICED FILTER SWITCHED_OFF_BY_ACCOUNT"]);
      expect((await off.ask(FINANCE, text, { variables: { s: "OPEN" } })).errors).toEqual([]);
      await off.ask(ADMIN, switched, { variables: { on: true } });
      before = await contentOf(database());
    });
  });
});
