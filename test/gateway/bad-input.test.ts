// What bad input gets: a code that stays, a sentence that says what to do, and nothing half written.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Caller } from "../../src/caller.ts";
import { PROBLEMS } from "../../src/problem.ts";
import { onEachDatabase } from "../database.ts";
import { idOf } from "../gateway.ts";
import { asMember, contentOf, openGate, people, type Answer, type Gateway } from "./asking.ts";

const { ADMIN, EMPLOYEE, STRANGER } = people;

const LIST = `query ($first: Int, $last: Int, $after: String, $before: String, $filter: TimeEntryFilter, $orderBy: [TimeEntryOrder!]) {
  timeEntries(first: $first, last: $last, after: $after, before: $before, filter: $filter, orderBy: $orderBy) {
    nodes { id } edges { cursor } pageInfo { endCursor } } }`;
const IDS = "query ($id: ID!) { node(id: $id) { id } }";
const ID = "query ($id: ID!) { members(filter: { id: { eq: $id } }) { totalCount } }";
const REPORT =
  "query ($zone: TimeZone, $by: [ReportDimension!]!, $to: Int = 15) { timeReport(groupBy: $by, timezone: $zone, rounding: { to: $to, direction: UP }) { totals { seconds } } }";
const SET = `mutation ($changes: [ToggleChangeInput!]!, $revision: Int, $reason: String) {
  setToggles(changes: $changes, expectedRevision: $revision, reason: $reason) { revision } }`;
const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) });
const change = (coordinate: string, enabled: boolean, audience = "EVERYONE") => ({
  changes: [{ coordinate, audience, enabled }],
});

type Case = readonly [
  code: keyof typeof PROBLEMS,
  what: string,
  text: string,
  variables?: Readonly<Record<string, unknown>>,
];

const CASES: readonly Case[] = [
  ["PAGE_INVALID", "a page of less than nothing", LIST, { first: -1 }],
  ["PAGE_INVALID", "a page of 501", LIST, { first: 501 }],
  ["PAGE_INVALID", "a last page of 501", LIST, { last: 501 }],
  ["PAGE_INVALID", "first and last", LIST, { first: 1, last: 1 }],
  ["PAGE_INVALID", "before with first", LIST, { first: 1, before: "x" }],
  ["PAGE_INVALID", "a page of 501 of which only the number is asked", "{ timeEntries(first: 501) { totalCount } }"],
  [
    "PAGE_INVALID",
    "501 ids",
    "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    { ids: Array.from({ length: 501 }, () => "AAkBnKigYalwAIABEAAAAAAB") },
  ],
  ["CURSOR_INVALID", "a cursor that is none", LIST, { first: 1, after: "nonsense" }],
  ["CURSOR_INVALID", "an empty cursor", LIST, { first: 1, after: "" }],
  ["CURSOR_INVALID", "a cursor of a megabyte", LIST, { first: 1, after: "A".repeat(900_000) }],
  ["ID_INVALID", "an id that is none", IDS, { id: "1" }],
  ["ID_INVALID", "an id with a letter too many", IDS, { id: "AAkBnKigYalwAIABEAAAAAABA" }],
  ["ID_INVALID", "an id of another kind in a filter", ID, { id: idOf("Team", "t1") }],
  [
    "ID_INVALID",
    "one bad id of several",
    "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    { ids: [idOf("Team", "t1"), "x"] },
  ],
  ["FILTER_NULL", "null as a condition", LIST, { filter: { externalId: null } }],
  ["FILTER_NULL", "null as a value", LIST, { filter: { externalId: { eq: null } } }],
  ["FILTER_NULL", "null inside not", LIST, { filter: { not: null } }],
  ["FILTER_NULL", "null behind a relation", LIST, { filter: { member: { manager: null } } }],
  ["FILTER_NULL", "null in a filter that is written out", "{ timeEntries(filter: { or: null }) { totalCount } }"],
  ["BAD_USER_INPUT", "a time zone that nobody knows", REPORT, { zone: "Mars/Olympus", by: ["DAY"] }],
  ["BAD_USER_INPUT", "an offset for a time zone", REPORT, { zone: "+01:00", by: ["DAY"] }],
  ["BAD_USER_INPUT", "a dimension twice", REPORT, { by: ["DAY", "DAY"] }],
  ["BAD_USER_INPUT", "rounding to nothing", REPORT, { by: ["DAY"], to: 0 }],
  ["BAD_USER_INPUT", "rounding to more than a day", REPORT, { by: ["DAY"], to: 1441 }],
  ["BAD_USER_INPUT", "month 13", LIST, { filter: { date: { eq: "2026-13-01" } } }],
  ["BAD_USER_INPUT", "the 30th of February", LIST, { filter: { date: { in: ["2026-02-28", "2026-02-30"] } } }],
  ["BAD_USER_INPUT", "an instant without an offset", LIST, { filter: { start: { gt: "2026-03-29T00:30:00" } } }],
  ["BAD_USER_INPUT", "a NUL in a text", LIST, { filter: { externalId: { contains: "\u0000" } } }],
  ["BAD_USER_INPUT", "half of a pair in a text", LIST, { filter: { externalId: { eq: "\ud800" } } }],
  ["BAD_USER_INPUT", "a number beyond 32 bits", LIST, { filter: { durationSeconds: { gt: 2 ** 31 } } }],
  ["BAD_USER_INPUT", "a number beyond 2^53", LIST, { filter: { billableRate: { gt: 2 ** 53 } } }],
  ["BAD_USER_INPUT", "a broken number", LIST, { filter: { durationSeconds: { gt: 0.5 } } }],
  ["BAD_USER_INPUT", "an operator that there is not", LIST, { filter: { externalId: { like: "%" } } }],
  ["BAD_USER_INPUT", "a text where a filter belongs", LIST, { filter: "all" }],
  ["BAD_USER_INPUT", "nothing where something must be", IDS, {}],
  ["BAD_USER_INPUT", "a coordinate that has not the form of one", SET, change("Member.", false)],
  ["OPERATION_TOO_LARGE", "a filter 100 levels deep", LIST, { filter: deep(100) }],
  ["OPERATION_TOO_LARGE", "a filter 100,000 levels deep", LIST, { filter: nested(100_000) }],
  ["OPERATION_TOO_LARGE", "2,000 conditions", LIST, { filter: { or: Array.from({ length: 2_000 }, () => ({})) } }],
  [
    "OPERATION_TOO_LARGE",
    "a document 100 levels deep",
    `{ members { nodes ${"{ manager ".repeat(100)} { id } ${"}".repeat(100)} } }`,
  ],
  [
    "OPERATION_TOO_LARGE",
    "300 roots",
    `{ ${Array.from({ length: 300 }, (_, at) => `a${at}: viewer { name }`).join(" ")} }`,
  ],
  ["OPERATION_TOO_LARGE", "fragments that double each other", doubling(30)],
  [
    "GRAPHQL_VALIDATION_FAILED",
    "fragments inside themselves",
    "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a viewer { name } }",
  ],
  ["GRAPHQL_VALIDATION_FAILED", "a field that there is not", "{ timeEntries { nodes { costRat } } }"],
  [
    "GRAPHQL_VALIDATION_FAILED",
    "month 13, written out",
    `{ timeEntries(filter: { date: { eq: "2026-13-01" } }) { totalCount } }`,
  ],
  ["GRAPHQL_VALIDATION_FAILED", "a subscription", "subscription { timeEntries { totalCount } }"],
  ["TOGGLE_UNKNOWN", "a switch of what there is not", SET, change("Member.shoeSize", false)],
  ["TOGGLE_FIXED", "a switch of an id", SET, change("Member.id", false)],
  ["TOGGLE_FIXED", "a switch of the switches", SET, change("Mutation.setToggles", false)],
  ["TOGGLE_NEVER", "a salary for employees", SET, change("Member.salary", true, "EMPLOYEE")],
  [
    "TOGGLE_UNKNOWN",
    "one bad switch among good ones",
    SET,
    { changes: [change("Member.name", false).changes[0], change("Member.shoeSize", false).changes[0]] },
  ],
  ["STALE", "a revision of yesterday", SET, { ...change("Member.name", false), revision: 1 }],
  ["BAD_USER_INPUT", "a NUL in a reason", SET, { ...change("Member.name", false), reason: "be\u0000cause" }],
];

function nested(levels: number): object {
  let filter: object = {};
  for (let at = 0; at < levels; at += 1) filter = { not: filter };
  return filter;
}

/** Thirty lines that ask for 2^30 names. */
function doubling(times: number): string {
  const fragments = Array.from(
    { length: times },
    (_, at) => `fragment f${at} on Member { x: manager { ...f${at + 1} } y: manager { ...f${at + 1} } }`,
  );
  return `{ members { nodes { ...f0 } } } ${fragments.join(" ")} fragment f${times} on Member { id }`;
}

onEachDatabase("bad input", (database) => {
  let gateway: Gateway;
  let before: string;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
    before = await contentOf(database());
  });

  /** The code, where everything about the refusal is as it must be; otherwise what is not. */
  async function refused(asking: Promise<Answer>): Promise<unknown> {
    const { codes, failed, data, status, errors } = await asking;
    const [code] = codes;
    const row = Object.entries(PROBLEMS).find(([name]) => name === code)?.[1];
    const whole = codes.length === 1 && failed.length === 0 && (data ?? null) === null;
    // What does not fit the schema is told fault by fault, in words of their own.
    const worded = code === "GRAPHQL_VALIDATION_FAILED" || row?.words === errors[0]?.message;
    const told = row?.status === status && worded && errors.every(({ message }) => message !== "");
    const untouched = (await contentOf(database())) === before;
    return whole && told && untouched ? code : { codes, failed, data, status, told, untouched };
  }

  it.each(CASES)("gets %s: %s", async (code, _what, text, variables = {}) => {
    expect(await refused(gateway.ask(ADMIN, text, { variables }))).toBe(code);
  });

  it.each([
    ["that names no operation of the document", "theirs"],
    ["that names none of two", undefined],
  ])("gets OPERATION_RESOLUTION_FAILURE: a request %s", async (_what, operationName) => {
    const text = "query mine { viewer { name } } query other { viewer { name } }";
    expect(await refused(gateway.ask(ADMIN, text, operationName === undefined ? {} : { operationName }))).toBe(
      "OPERATION_RESOLUTION_FAILURE",
    );
  });

  it("gets ACCOUNT_FORBIDDEN: somebody who is nobody in the account", async () => {
    const outsider = { ...asMember("m01"), account: asMember("m01", "kestrel").account };
    expect(await refused(gateway.ask(outsider, "{ viewer { name } }"))).toBe("ACCOUNT_FORBIDDEN");
  });

  it("gets ACCESS_REQUIRED: staff", async () => {
    expect(await refused(gateway.ask({ kind: "staff", email: "eve@vendor.example" }, "{ viewer { name } }"))).toBe(
      "ACCESS_REQUIRED",
    );
  });

  describe("gets CURSOR_INVALID: a cursor", () => {
    const asked = { first: 2, filter: { billable: { eq: true } }, orderBy: [{ field: "DATE" }] };
    const cursorOf = async (who: Caller = ADMIN): Promise<string> => {
      const answer = await gateway.ask(who, LIST, { variables: asked });
      const cursor = answer.at("timeEntries.pageInfo.endCursor");
      if (typeof cursor !== "string") throw new Error(answer.body);
      return cursor;
    };

    it("but not one that goes on in the same list", async () => {
      const answer = await gateway.ask(ADMIN, LIST, { variables: { ...asked, after: await cursorOf() } });
      expect(answer.codes).toEqual([]);
    });

    it.each([
      ["of another filter", { ...asked, filter: { billable: { eq: false } } }],
      ["of a filter, where there is none", { ...asked, filter: undefined }],
      ["of another order", { ...asked, orderBy: [{ field: "STATUS" }] }],
      ["of the other direction", { ...asked, orderBy: [{ field: "DATE", direction: "DESC" }] }],
      ["of a longer order", { ...asked, orderBy: [{ field: "DATE" }, { field: "STATUS" }] }],
    ])("%s", async (_what, { filter, ...rest }) => {
      const variables = { ...rest, ...(filter === undefined ? {} : { filter }), after: await cursorOf() };
      expect(await refused(gateway.ask(ADMIN, LIST, { variables }))).toBe("CURSOR_INVALID");
    });

    it("of another list", async () => {
      const text =
        "query ($after: String) { expenses(first: 1, after: $after, orderBy: [{ field: DATE }], filter: { billable: { eq: true } }) { nodes { id } } }";
      expect(await refused(gateway.ask(ADMIN, text, { variables: { after: await cursorOf() } }))).toBe(
        "CURSOR_INVALID",
      );
    });

    it("of another account", async () => {
      expect(await refused(gateway.ask(STRANGER, LIST, { variables: { ...asked, after: await cursorOf() } }))).toBe(
        "CURSOR_INVALID",
      );
    });

    it("of which any letter was changed", async () => {
      const cursor = await cursorOf();
      for (let at = 0; at < cursor.length; at += 1) {
        const after = cursor.slice(0, at) + (cursor[at] === "A" ? "B" : "A") + cursor.slice(at + 1);
        const answer = await gateway.ask(ADMIN, LIST, { variables: { ...asked, after } });
        expect([at, answer.codes]).toEqual([at, ["CURSOR_INVALID"]]);
      }
    });
  });

  it("from a colleague's page goes on in one's own rows only", async () => {
    const all = { first: 1, filter: {}, orderBy: [{ field: "DATE" }] };
    const theirs = await gateway.ask(ADMIN, LIST, { variables: all });
    const after = theirs.at("timeEntries.pageInfo.endCursor");
    const mine = await gateway.ask(EMPLOYEE, LIST, { variables: { ...all, first: 50, after } });
    expect(mine.at("timeEntries.nodes.@.id")).toEqual(["e02", "e03", "e07"].map((name) => idOf("TimeEntry", name)));
  });
});
