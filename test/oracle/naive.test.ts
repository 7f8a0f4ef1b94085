// The evaluator is itself a claim: each rule of reading once, small enough to be checked by hand.
import { describe, expect, it } from "@jest/globals";
import { dayIn } from "./naive-report.ts";
import { perHour } from "./naive-value.ts";
import { ADMIN, answer, asMember, entries, ids, list, named, nodeId, smallWorld } from "./small-world.ts";

describe("a list", () => {
  const five = entries(
    { id: "a", date: "2024-01-02", external_id: "x" },
    { id: "b", date: "2024-01-03" },
    { id: "c", date: "2024-01-01", external_id: "y" },
    { id: "d", date: "2024-01-03", external_id: "X" },
    { id: "e", date: "2024-01-02", external_id: "\u{1F4A9}" },
  );

  it.each([
    ["is in the subject's order and then by id in the same direction", "first: 9", ["d", "b", "e", "a", "c"]],
    ["sorts text by code point, nulls last", "orderBy: [{field: EXTERNAL_ID}]", ["d", "a", "c", "e", "b"]],
    ["sorts nulls last downwards too", "orderBy: [{field: EXTERNAL_ID, direction: DESC}]", ["e", "c", "a", "d", "b"]],
    ["gives its last rows in its own order", "last: 2", ["a", "c"]],
    ["gives what is behind a cursor", `first: 2, after: "cursor:${named("b")}"`, ["e", "a"]],
    ["gives what is before a cursor", `last: 1, before: "cursor:${named("e")}"`, ["b"]],
    ["takes null for no filter", "filter: null", ["d", "b", "e", "a", "c"]],
    ["says that null is not anything", `filter: {externalId: {ne: "x"}}`, ["d", "b", "e", "c"]],
    ["says that null is in no list", `filter: {externalId: {notIn: ["x", "y"]}}`, ["d", "b", "e"]],
    ["negates what is two-valued", `filter: {not: {externalId: {lt: "y"}}}`, ["b", "e", "c"]],
    ["finds nothing in nothing", "filter: {externalId: {in: []}}", []],
    ["finds all when nothing is demanded", "filter: {and: []}", ["d", "b", "e", "a", "c"]],
    ["finds nothing when no way is given", "filter: {or: []}", []],
    ["tells capitals apart", `filter: {externalId: {startsWith: "x"}}`, ["a"]],
  ])("%s", (_words, argument, expected) => {
    expect(answer(five, ADMIN, list(argument))).toEqual(ids(...expected));
  });

  it.each([
    ["first and last together", "first: 1, last: 1", "PAGE_INVALID"],
    ["a negative number", "first: -1", "PAGE_INVALID"],
    ["more than 500", "last: 501", "PAGE_INVALID"],
    ["before without last", `first: 1, before: "cursor:${named("b")}"`, "PAGE_INVALID"],
    ["a field twice in an order", "orderBy: [{field: DATE}, {field: DATE, direction: DESC}]", "BAD_USER_INPUT"],
    ["null for an operator", "filter: {date: {eq: null}}", "FILTER_NULL"],
    ["an id of another type", `filter: {member: {id: {eq: "${nodeId("Team", "ann")}"}}}`, "ID_INVALID"],
  ])("refuses %s", (_words, argument, code) => {
    expect(answer(five, ADMIN, list(argument))).toEqual({ refused: [code] });
  });

  it("tells where a page lies", () => {
    const flags = "{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
    expect(answer(five, ADMIN, `{ timeEntries(first: 0) ${flags} }`)).toEqual({
      timeEntries: {
        totalCount: 5,
        pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
      },
    });
    expect(answer(five, ADMIN, `{ timeEntries(last: 2, before: "cursor:${named("c")}") ${flags} }`)).toEqual({
      timeEntries: {
        totalCount: 5,
        pageInfo: {
          hasNextPage: true,
          hasPreviousPage: true,
          startCursor: `cursor:${named("e")}`,
          endCursor: `cursor:${named("a")}`,
        },
      },
    });
  });
});

describe("money", () => {
  it("is rounded half away from zero, up and down", () => {
    const rounded = [
      [1800, 1],
      [1800, -1],
      [1799, 1],
      [3600, 900000000001],
    ].map(([seconds = 0, minor = 0]) => perHour(seconds, { minor, currency: "EUR" }).minor);
    expect(rounded).toEqual([1, -1, 0, 900000000001]);
  });

  it("is no amount where it is not billable or has no rate, and the budget counts its own currency", () => {
    const rate = { billable_rate_minor: 1000, billable_rate_currency: "EUR", duration_seconds: 3600, project_id: "p" };
    const world = smallWorld({
      member: [{ id: "ann" }],
      project: [{ id: "p", budget_minor: 5, budget_currency: "USD" }],
      time_entry: [
        { id: "a", member_id: "ann", ...rate, billable: true },
        { id: "b", member_id: "ann", ...rate, billable: false },
        { id: "c", member_id: "ann", ...rate, billable: true, billable_rate_currency: "USD", billable_rate_minor: 7 },
      ],
    });
    expect(answer(world, ADMIN, "{ timeEntries { nodes { billableAmount { minor } } } }")).toEqual({
      timeEntries: {
        nodes: [{ billableAmount: { minor: 7 } }, { billableAmount: null }, { billableAmount: { minor: 1000 } }],
      },
    });
    expect(answer(world, ADMIN, "{ projects { nodes { budgetUsed { minor currency } } } }")).toEqual({
      projects: { nodes: [{ budgetUsed: { minor: 7, currency: "USD" } }] },
    });
  });
});

describe("a relation", () => {
  const world = smallWorld({
    member: [{ id: "ann" }, { id: "bob", manager_id: "ann" }],
    tag: [
      { id: "x", name: "x" },
      { id: "y", name: "y" },
    ],
    time_entry: ["a", "b", "c"].map((id) => ({ id, member_id: "ann" })),
    time_entry_tag: [
      { time_entry_id: "a", tag_id: "x" },
      { time_entry_id: "b", tag_id: "x" },
      { time_entry_id: "b", tag_id: "y" },
    ],
  });

  it.each([
    [`{tags: {some: {name: {eq: "y"}}}}`, ["b"]],
    [`{tags: {every: {name: {eq: "x"}}}}`, ["c", "a"]],
    [`{tags: {none: {}}}`, ["c"]],
    [`{tags: {some: {}, none: {name: {eq: "y"}}}}`, ["a"]],
    [`{project: {}}`, []],
    [`{not: {project: {}}}`, ["c", "b", "a"]],
  ])("meets %s", (filter, expected) => {
    expect(answer(world, ADMIN, list(`filter: ${filter}`))).toEqual(ids(...expected));
  });

  it("to a row that the caller does not see is as if it were not there", () => {
    const manager = "{ members { nodes { manager { id } } } }";
    expect(answer(world, asMember("bob", "EMPLOYEE"), manager)).toEqual({ members: { nodes: [{ manager: null }] } });
    const filtered = "{ members(filter: {manager: {}}) { totalCount } }";
    expect(answer(world, asMember("bob", "EMPLOYEE"), filtered)).toEqual({ members: { totalCount: 0 } });
    const node = `{ node(id: "${nodeId("Member", "ann")}") { id } none: node(id: "${nodeId("Tag", "q")}") { id } }`;
    expect(answer(world, asMember("bob", "EMPLOYEE"), node)).toEqual({ node: null, none: null });
  });
});

const row = (seconds: number, ...values: readonly (string | null)[]): unknown => ({
  key: values.map((value) => ({ value, label: value })),
  totals: { seconds },
});

describe("a report", () => {
  const world = smallWorld({
    member: [{ id: "ann", name: "Ann" }],
    tag: [
      { id: "x", name: "x" },
      { id: "y", name: "y" },
    ],
    time_entry: [
      { id: "a", member_id: "ann", date: "2024-03-30", started_at: "2024-03-30T23:30:00.000Z", duration_seconds: 449 },
      { id: "b", member_id: "ann", date: "2024-03-31", duration_seconds: 450, billable: true },
      { id: "c", member_id: "ann", date: "2024-04-01", duration_seconds: 900, status: "INVOICED" },
    ],
    time_entry_tag: [
      { time_entry_id: "a", tag_id: "y" },
      { time_entry_id: "a", tag_id: "x" },
    ],
  });
  const rows = (argument: string): unknown =>
    answer(
      world,
      ADMIN,
      `{ timeReport(${argument}) { rows { key { value label } totals { seconds } } totals { seconds billableSeconds entryCount } } }`,
    );
  it("counts an entry in the row of each of its tags, and once in the totals", () => {
    expect(rows("groupBy: [TAG]")).toEqual({
      timeReport: {
        rows: [
          { key: [{ value: nodeId("Tag", "x"), label: "x" }], totals: { seconds: 449 } },
          { key: [{ value: nodeId("Tag", "y"), label: "y" }], totals: { seconds: 449 } },
          row(1350, null),
        ],
        totals: { seconds: 1799, billableSeconds: 450, entryCount: 3 },
      },
    });
  });

  it("begins its weeks where it is told to, and dates only what has a start anew", () => {
    const totals = { seconds: 1799, billableSeconds: 450, entryCount: 3 };
    expect(rows("groupBy: [WEEK]")).toEqual({
      timeReport: { rows: [row(899, "2024-03-25"), row(900, "2024-04-01")], totals },
    });
    expect(rows("groupBy: [WEEK], weekStart: SUNDAY")).toEqual({
      timeReport: { rows: [row(449, "2024-03-24"), row(1350, "2024-03-31")], totals },
    });
    expect(rows(`groupBy: [DAY, STATUS], timezone: "Europe/Berlin"`)).toEqual({
      timeReport: { rows: [row(899, "2024-03-31", "OPEN"), row(900, "2024-04-01", "INVOICED")], totals },
    });
  });

  it.each([
    ["NEAREST", 15, 0 + 900 + 900],
    ["UP", 15, 900 + 900 + 900],
    ["DOWN", 15, 0 + 0 + 900],
  ])("rounds each entry %s to %i minutes", (direction, to, seconds) => {
    const query = `{ timeReport(groupBy: [YEAR], rounding: {to: ${to}, direction: ${direction}}) { totals { seconds } } }`;
    expect(answer(world, ADMIN, query)).toEqual({ timeReport: { totals: { seconds } } });
  });

  it("has totals of nothing", () => {
    const query = `{ timeReport(groupBy: [DAY], filter: {or: []}) { rows { totals { seconds } } totals { seconds billableAmount { minor } } } }`;
    expect(answer(world, ADMIN, query)).toEqual({
      timeReport: { rows: [], totals: { seconds: 0, billableAmount: [] } },
    });
  });

  it("has totals alone without a dimension, and is refused with one twice", () => {
    const query = "{ timeReport(groupBy: []) { rows { totals { entryCount } } totals { entryCount } } }";
    expect(answer(world, ADMIN, query)).toEqual({ timeReport: { rows: [], totals: { entryCount: 3 } } });
    expect(rows("groupBy: [DAY, DAY]")).toEqual({ refused: ["BAD_USER_INPUT"] });
  });

  it("knows the clocks of a zone", () => {
    expect(dayIn("America/New_York", "2024-03-10T04:59:59.000Z")).toBe("2024-03-09");
    expect(dayIn("Asia/Kathmandu", "2024-12-31T18:15:00.000Z")).toBe("2025-01-01");
  });
});
