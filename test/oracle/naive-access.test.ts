// The evaluator is itself a claim: what is closed, to whom, and what follows from it.
import { describe, expect, it } from "@jest/globals";
import { ADMIN, answer, asMember, denied, entries, ids, list, smallWorld, switchedOff } from "./small-world.ts";

describe("what is closed", () => {
  const world = entries({ id: "a", cost_rate_minor: 5, cost_rate_currency: "EUR" });
  const ann = asMember("ann", "EMPLOYEE");

  it("is null, with one error however often it is asked for", () => {
    const query = "{ timeEntries { nodes { costRate { minor } } edges { node { x: costRate { currency } } } } }";
    expect(answer(world, ann, query)).toEqual({
      timeEntries: { nodes: [{ costRate: null }], edges: [{ node: { x: null } }] },
    });
    expect(denied(world, ann, query)).toEqual(["TimeEntry.costRate ROLE timeEntries.nodes.@.costRate"]);
  });

  it.each([
    ["a filter", "timeEntries(filter: {not: {costRate: {gt: 1}}}) { totalCount }", "TimeEntryFilter.costRate"],
    ["an order", "timeEntries(orderBy: [{field: COST_AMOUNT}]) { totalCount }", "TimeEntryOrderField.COST_AMOUNT"],
    [
      "a filter of another type",
      "expenses(filter: {member: {salary: {isNull: true}}}) { totalCount }",
      "MemberFilter.salary",
    ],
  ])("refuses the operation in %s", (_words, query, coordinate) => {
    expect(answer(world, ann, `{ ${query} }`)).toEqual({ refused: [coordinate] });
  });

  it("closes what is made from it, and what shows it", () => {
    const query =
      "{ timeEntries { nodes { costAmount { minor } } } timeReport(groupBy: [DAY]) { totals { costAmount { minor } } } }";
    expect(denied(switchedOff(world, "EVERYONE", "TimeEntry.durationSeconds"), ADMIN, query)).toEqual([
      "TimeEntry.costAmount SWITCHED_OFF_BY_ACCOUNT timeEntries.nodes.@.costAmount",
      "TimeTotals.costAmount SWITCHED_OFF_BY_ACCOUNT timeReport.totals.costAmount",
    ]);
    expect(denied(switchedOff(world, "ADMIN", "TimeEntry"), ADMIN, "{ timeEntries { totalCount } }")).toEqual([
      "Query.timeEntries SWITCHED_OFF_BY_ACCOUNT timeEntries",
    ]);
  });

  it("is neither judged nor answered where it is skipped", () => {
    const query = "{ timeEntries { totalCount nodes @skip(if: true) { costRate { minor } } } }";
    expect(denied(world, ann, query)).toEqual([]);
    expect(answer(world, ann, query)).toEqual({ timeEntries: { totalCount: 1 } });
  });

  it("orders nothing: without its field the default order is by id", () => {
    const two = entries({ id: "a", date: "2024-01-01" }, { id: "b", date: "2024-01-02" });
    const closed = switchedOff(two, "ADMIN", "TimeEntry.date");
    expect(answer(two, ADMIN, list("first: 9"))).toEqual(ids("b", "a"));
    expect(answer(closed, ADMIN, list("first: 9"))).toEqual(ids("a", "b"));
    expect(answer(closed, ADMIN, list("last: 1"))).toEqual(ids("b"));
  });
});

describe("several roles", () => {
  const world = switchedOff(
    smallWorld({
      member: [
        { id: "ann", name: "Ann", email: "ann@x" },
        { id: "bob", name: "Bob", email: "bob@x" },
      ],
      team: [{ id: "t" }],
      team_member: [
        { team_id: "t", member_id: "ann" },
        { team_id: "t", member_id: "bob" },
      ],
      time_entry: [
        { id: "a", member_id: "ann", description: "mine" },
        { id: "b", member_id: "bob", description: "his" },
      ],
    }),
    "INTEGRATION",
    "TimeEntry.date",
  );

  it("show a field on the rows of those roles for which it is open", () => {
    const query = "{ timeEntries(orderBy: [{field: DATE}]) { nodes { date description } } }";
    expect(answer(world, asMember("ann", "EMPLOYEE", "INTEGRATION"), query)).toEqual({
      timeEntries: {
        nodes: [
          { date: "2024-01-01", description: "mine" },
          { date: null, description: null },
        ],
      },
    });
  });

  it("filter, group and count by what they show", () => {
    const query = `{ timeEntries(filter: {description: {isNull: true}}) { totalCount }
                     timeReport(groupBy: [DAY]) { rows { key { value } totals { entryCount } } } }`;
    expect(answer(world, asMember("ann", "EMPLOYEE", "INTEGRATION"), query)).toEqual({
      timeEntries: { totalCount: 1 },
      timeReport: {
        rows: [
          { key: [{ value: "2024-01-01" }], totals: { entryCount: 1 } },
          { key: [{ value: null }], totals: { entryCount: 1 } },
        ],
      },
    });
  });

  it("leave a cell that is one's own to oneself", () => {
    const query = "{ members { nodes { email } } }";
    expect(answer(world, asMember("ann", "EMPLOYEE"), query)).toEqual({
      members: { nodes: [{ email: "ann@x" }, { email: null }] },
    });
  });
});

const notes = (...all: readonly unknown[]): unknown => ({
  timeEntries: { nodes: all.map((internalNote) => ({ internalNote })) },
});

describe("a field that shows on some rows", () => {
  const world = smallWorld({
    member: [{ id: "ann" }],
    team: [{ id: "t" }],
    team_member: [{ team_id: "t", member_id: "ann", lead: true }],
    time_entry: [
      { id: "b", member_id: "ann", team_id: "t", internal_note: "led" },
      { id: "a", member_id: "ann", internal_note: "not led" },
    ],
  });
  const ann = asMember("ann", "MANAGER");
  const query = "{ timeEntries { nodes { internalNote } } }";

  it("shows on those that its rule picks", () => {
    expect(answer(world, ann, query)).toEqual(notes("led", null));
  });

  it.each(["TimeEntry.team", "Team"])("shows on none, and says why, where its rule reads what %s closes", (off) => {
    const closed = switchedOff(world, "EVERYONE", off);
    expect(answer(closed, ann, query)).toEqual(notes(null, null));
    expect(denied(closed, ann, query)).toEqual([
      "TimeEntry.internalNote SWITCHED_OFF_BY_ACCOUNT timeEntries.nodes.@.internalNote",
    ]);
  });

  it("shows where only another column is closed", () => {
    expect(answer(switchedOff(world, "EVERYONE", "TimeEntry.member"), ann, query)).toEqual(notes("led", null));
  });
});
