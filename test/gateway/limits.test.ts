// One operation may ask for so much and no more, however it is written; what is refused has not run.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor } from "../database.ts";
import { contentOf, openGate, people, type Gateway } from "./asking.ts";

const database = databaseFor("pglite");
let gateway: Gateway;
let before: string;
beforeAll(async () => {
  await seedSmall(database());
  gateway = openGate(database());
  before = await contentOf(database());
});

const filtered = (value: string): string =>
  `query ($f: TimeEntryFilter = ${value}) { timeEntries(filter: $f) { totalCount } }`;
const pages = (outer: number, inner: number): string =>
  `{ projects(first: ${outer}) { nodes { timeEntries(first: ${inner}) { nodes { id } } } } }`;
const TAGS =
  "{ timeEntries(first: 500) { nodes { tags { id } project { timeEntries(last: 189) { edges { cursor } } } } } }";
const VARIABLE =
  "query ($n: Int, $m: Int) { projects(first: $n) { nodes { timeEntries(first: $m) { nodes { id } } } } }";
const REPEATED = `query ($f: TimeEntryFilter) {
  ${Array.from({ length: 200 }, (_, at) => `a${at}: timeEntries(filter: $f) { totalCount }`).join(" ")} }`;
const named = (count: number, field: string): string =>
  `{ ${Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(" ")} }`;
const TYPED = `query ($t: String) ${named(150, "toggles(type: $t, audience: EVERYONE) { coordinate }")}`;
const ids = (count: number): unknown => Array.from({ length: count }, () => "AAkBnKigYalwAIABEAAAAAAB");

it.each([
  ["OPERATION_TOO_LARGE", "a default 500 levels deep", filtered(`${"{not:".repeat(500)}{}${"}".repeat(500)}`), {}],
  ["OPERATION_TOO_LARGE", "a default of 1,600 conditions", filtered(`{or:[${"{},".repeat(1600)}]}`), {}],
  ["BAD_USER_INPUT", "a NUL in a default", filtered(`{externalId:{eq:"\\u0000"}}`), {}],
  ["OPERATION_TOO_LARGE", "500 pages of 200", pages(500, 200), {}],
  ["OPERATION_TOO_LARGE", "500 pages of 500, as variables", VARIABLE, { n: 500, m: 500 }],
  ["OPERATION_TOO_LARGE", "the tags of 500 pages of 50", pages(500, 50).replace("id", "tags { id }"), {}],
  [
    "OPERATION_TOO_LARGE",
    "201 pages of 500 side by side",
    `{ ${Array.from({ length: 200 }, (_, at) => `a${at}: members(first: 500) { nodes { id } }`).join(" ")}
       members { nodes { id } } }`,
    {},
  ],
  [
    "OPERATION_TOO_LARGE",
    "a variable of 400 values in 200 places",
    REPEATED,
    { f: { or: Array.from({ length: 400 }, () => ({ externalId: { eq: "a" } })) } },
  ],
  [
    "OPERATION_TOO_LARGE",
    "a variable of 400 relations in 200 places",
    REPEATED,
    { f: { or: Array.from({ length: 400 }, () => ({ member: {} })) } },
  ],
  [
    "OPERATION_TOO_LARGE",
    "a page of 500 for each of 300 ids",
    "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Project { timeEntries(first: 500) { nodes { id } } } } }",
    { ids: ids(300) },
  ],
  ["OPERATION_TOO_LARGE", "all toggles under 150 names", named(150, "toggles { coordinate closesWith }"), {}],
  ["OPERATION_TOO_LARGE", "what waits under 70 names", named(70, "scheduledToggles { changes { coordinate } }"), {}],
  ["OPERATION_TOO_LARGE", "what is proposed under 70 names", named(70, "toggleProposals { id }"), {}],
  ["OPERATION_TOO_LARGE", "the history under 11 names", named(11, "toggleHistory { nodes { coordinate } }"), {}],
  [
    "OPERATION_TOO_LARGE",
    "21 documents to explain",
    named(21, `explainAccess(document: "{ viewer { revision } }") { state }`),
    {},
  ],
  [
    "OPERATION_TOO_LARGE",
    "101 changes with one list of toggles",
    `mutation ($c: [ToggleChangeInput!]!) ${named(101, "setToggles(changes: $c) { revision }")}`,
    { c: [{ coordinate: "Member.salary", enabled: false }] },
  ],
  [
    "OPERATION_TOO_LARGE",
    "what 21 changes would take from whom",
    `mutation ($c: [ToggleChangeInput!]!) ${named(21, "setToggles(changes: $c, dryRun: true) { impact { people } }")}`,
    { c: [{ coordinate: "Member.salary", enabled: false }] },
  ],
  [
    "OPERATION_TOO_LARGE",
    "pages within the payload of a change",
    `mutation { submitTimesheet(id: "x") { timesheet {
       entries(first: 500) { nodes { project { timeEntries(first: 500) { nodes { id } } } } } } } }`,
    {},
  ],
])("%s: %s", async (code, _what, text, variables) => {
  const answer = await gateway.ask(people.ADMIN, text, { variables });
  expect(answer).toMatchObject({ status: 400, codes: [code], failed: [] });
  expect(await contentOf(database())).toBe(before);
});

it.each([
  ["a filter by default", filtered(`{externalId:{in:["a"]}}`), {}],
  ["199 pages for each of 500", pages(500, 199), {}],
  ["tags, and pages of a person, for each of 500", TAGS, {}],
  ["pages as variables that nobody gives", VARIABLE, {}],
  [
    "all toggles, with what waits and what is proposed",
    "{ toggles { coordinate } scheduledToggles { id } toggleProposals { id } }",
    {},
  ],
  ["the toggles of one type under 150 names", TYPED, { t: "Team" }],
  ["500 pages of nothing but their number", pages(500, 500).replace("nodes { id }", "totalCount"), {}],
])("is answered: %s", async (_what, text, variables) => {
  expect(await gateway.ask(people.ADMIN, text, { variables })).toMatchObject({ status: 200, codes: [], failed: [] });
});

it("the same text is measured anew with other variables", async () => {
  expect(await gateway.ask(people.ADMIN, VARIABLE, { variables: { n: 5, m: 5 } })).toMatchObject({ codes: [] });
  const large = await gateway.ask(people.ADMIN, VARIABLE, { variables: { n: 500, m: 200 } });
  expect(large.errors[0]?.extensions).toEqual({ code: "OPERATION_TOO_LARGE", limit: "rows", most: 100_000 });
});

it("the toggles of a type that is a variable are measured anew with another one", async () => {
  expect(await gateway.ask(people.ADMIN, TYPED, { variables: { t: "Team" } })).toMatchObject({ codes: [] });
  const all = await gateway.ask(people.ADMIN, TYPED, { variables: { t: null } });
  expect(all.errors[0]?.extensions).toEqual({ code: "OPERATION_TOO_LARGE", limit: "rows", most: 100_000 });
});

it("an order names a field once", async () => {
  const text = "query ($o: [TimeEntryOrder!]) { timeEntries(orderBy: $o) { totalCount } }";
  const order = [{ field: "DATE" }, { field: "STATUS" }, { field: "DATE", direction: "DESC" }];
  expect(await gateway.ask(people.ADMIN, text, { variables: { o: order } })).toMatchObject({
    codes: ["BAD_USER_INPUT"],
  });
  expect(await gateway.ask(people.ADMIN, text, { variables: { o: order.slice(1) } })).toMatchObject({ codes: [] });
});

it("a report by nothing is its totals alone", async () => {
  const text = `query ($t: Int!) { timeReport(groupBy: [], rounding: { to: $t, direction: UP }) { rows { totals { entryCount } } } }`;
  const answer = await gateway.ask(people.ADMIN, text, { variables: { t: 15 } });
  expect(answer).toMatchObject({ codes: [], data: { timeReport: { rows: [] } } });
  expect(await gateway.ask(people.ADMIN, text, { variables: { t: 0 } })).toMatchObject({ codes: ["BAD_USER_INPUT"] });
  const both = await gateway.ask(
    people.ADMIN,
    "{ r: timeReport(groupBy: []) { rows { key { value } } totals { entryCount } } timeEntries { totalCount } }",
  );
  expect(both.at("r.rows")).toEqual([]);
  expect(both.at("r.totals.entryCount")).toBe(both.at("timeEntries.totalCount"));
});
