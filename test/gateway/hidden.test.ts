// What is hidden from a class of callers does not exist for them: no answer of any kind is different from one about nothing.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { databaseFor, KINDS } from "../database.ts";
import { seedSmall } from "../../seeds/seeding.ts";
import { openGate, people, type Answer, type Gateway, type Options } from "./asking.ts";

const HIDE = `mutation { setDenials(deniedAs: HIDDEN) { deniedAs revision } }`;

/** The same question twice: once about what is hidden from employees, once about what nobody has ever had. */
const PAIRS: readonly (readonly [string, string, string, Options?])[] = [
  [
    "a field",
    "{ timeEntries { nodes { id costRate { minor } } } }",
    "{ timeEntries { nodes { id costRats { minor } } } }",
  ],
  ["a near miss", "{ members { nodes { salary { minor } } } }", "{ members { nodes { salarx { minor } } } }"],
  [
    "a field in a fragment",
    "{ ...F } fragment F on Query { members { nodes { salary { minor } } } }",
    "{ ...F } fragment F on Query { members { nodes { salarz { minor } } } }",
  ],
  ["a root", "{ toggles { coordinate } }", "{ togglez { coordinate } }"],
  [
    "a mutation",
    "mutation { setToggles(changes: []) { revision } }",
    "mutation { setTogglez(changes: []) { revision } }",
  ],
  [
    "a filter",
    "{ timeEntries(filter: {costRate: {gt: 1}}) { totalCount } }",
    "{ timeEntries(filter: {costRats: {gt: 1}}) { totalCount } }",
  ],
  [
    "an order",
    "{ timeEntries(orderBy: [{field: COST_RATE}]) { totalCount } }",
    "{ timeEntries(orderBy: [{field: COST_RATS}]) { totalCount } }",
  ],
  [
    "a type in a fragment",
    "{ viewer { ... on Toggle { coordinate } } }",
    "{ viewer { ... on Togglx { coordinate } } }",
  ],
  [
    "a type of a variable",
    "query ($a: ToggleChangeInput) { viewer { id } }",
    "query ($a: ToggleChangeInpux) { viewer { id } }",
  ],
  [
    "a type in the schema",
    '{ __type(name: "Toggle") { name fields { name } } }',
    '{ __type(name: "Togglx") { name fields { name } } }',
  ],
  [
    "a filter in a variable",
    "query ($f: TimeEntryFilter) { timeEntries(filter: $f) { totalCount } }",
    "query ($f: TimeEntryFilter) { timeEntries(filter: $f) { totalCount } }",
    { variables: { f: { costRate: { gt: 1 } } } },
  ],
  [
    "an order in a variable",
    "query ($o: [TimeEntryOrder!]) { timeEntries(orderBy: $o) { totalCount } }",
    "query ($o: [TimeEntryOrder!]) { timeEntries(orderBy: $o) { totalCount } }",
    { variables: { o: [{ field: "COST_RATE" }] } },
  ],
  [
    "an input in a variable",
    "mutation ($i: CreateTimeEntryInput!) { createTimeEntry(input: $i) { userErrors { code } } }",
    "mutation ($i: CreateTimeEntryInput!) { createTimeEntry(input: $i) { userErrors { code } } }",
    { variables: { i: { costRate: { minor: 1, currency: "EUR" } } } },
  ],
];

/** The word that names what is hidden, with the one that names nothing. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  // Names the document too, of which there are two.
  [/"decisionId":"[^"]*"/g, '"decisionId":""'],
  [/costRats/g, "costRate"],
  [/salar[xz]/g, "salary"],
  [/togglez/g, "toggles"],
  [/setTogglez/g, "setToggles"],
  [/COST_RATS/g, "COST_RATE"],
  [/Togglx/g, "Toggle"],
  [/ToggleChangeInpux/g, "ToggleChangeInput"],
];
const alike = (text: string): string => WORDS.reduce((said, [nothing, hidden]) => said.replace(nothing, hidden), text);

const swapped = (options: Options): Options =>
  JSON.parse(
    JSON.stringify(options).replaceAll("costRate", "costRats").replaceAll("COST_RATE", "COST_RATS"),
  ) as Options; // cast: it was

async function schemaOf(gateway: Gateway, who: keyof typeof people): Promise<GraphQLSchema> {
  const answer = await gateway.ask(people[who], getIntrospectionQuery());
  return buildClientSchema(answer.data as IntrospectionQuery); // cast: the query is graphql-js's own
}

describe.each(KINDS)("where an account hides what it denies, on %s,", (kind) => {
  const database = databaseFor(kind);
  let gateway: Gateway;
  const employee = (text: string, options?: Options): Promise<Answer> => gateway.ask(people.EMPLOYEE, text, options);

  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
  });

  it("an employee is told of it before, and is told nothing from the next request on", async () => {
    const query = "{ timeEntries(first: 1) { nodes { id costRate { minor } } } }";
    expect((await employee(query)).denied).toEqual(["TimeEntry.costRate SELECT ROLE"]);
    const before = await gateway.ask(people.ADMIN, "{ denials { deniedAs onDenied revision } }");
    const after = await gateway.ask(people.ADMIN, HIDE);
    expect(after.at("setDenials")).toEqual({ deniedAs: "HIDDEN", revision: Number(before.at("denials.revision")) + 1 });
    const told = await employee(query);
    expect(told.codes).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    expect(told.errors[0]?.message).toBe('Cannot query field "costRate" on type "TimeEntry".');
  });

  it.each(PAIRS.map(([words, hidden, nothing, options = {}]) => [words, hidden, nothing, options] as const))(
    "%s that is hidden answers as one that does not exist",
    async (_words, hidden, nothing, options) => {
      const one = await employee(hidden, options);
      const none = await employee(nothing, swapped(options));
      const same = { status: one.status, headers: one.headers, body: alike(one.body) };
      expect(same).toEqual({ status: none.status, headers: none.headers, body: alike(none.body) });
      expect(one.body).not.toContain("UNAUTHORIZED");
      expect(one.failed).toEqual([]);
    },
  );

  it("introspection shows each class its own schema, and it is a whole one", async () => {
    const [mine, whole] = [await schemaOf(gateway, "EMPLOYEE"), await schemaOf(gateway, "ADMIN")];
    const names = Object.keys(mine.getTypeMap());
    expect(names).not.toEqual(expect.arrayContaining(["Toggle"]));
    for (const gone of ["Toggle", "ToggleChangeInput", "Sensitivity", "Denials"]) {
      expect(names).not.toContain(gone);
      expect(Object.keys(whole.getTypeMap())).toContain(gone);
    }
    expect(names).toEqual(expect.arrayContaining(["TimeEntry", "TimeEntryFilter", "Date", "Node"]));
  });

  it("an admin who has switched something off for all finds it among the toggles, and nowhere else", async () => {
    const off = `mutation { setToggles(changes: [{coordinate: "Expense", enabled: false}]) { revision } }`;
    await gateway.ask(people.ADMIN, off);
    const gone = await gateway.ask(people.ADMIN, "{ expenses { totalCount } }");
    expect(gone.codes).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    const toggles = await gateway.ask(
      people.ADMIN,
      '{ toggles(type: "Expense", audience: EVERYONE) { coordinate enabled } }',
    );
    expect(toggles.at("toggles.@.enabled")).toContain(false);
    const on = `mutation { setToggles(changes: [{coordinate: "Expense", enabled: true}]) { revision } }`;
    await gateway.ask(people.ADMIN, on);
    expect((await gateway.ask(people.ADMIN, "{ expenses { totalCount } }")).codes).toEqual([]);
  });

  it("nobody but an admin sets it, and whoever else asks finds no such thing", async () => {
    const before = await gateway.ask(people.ADMIN, "{ denials { deniedAs revision } }");
    const refused = await employee("mutation { setDenials(deniedAs: DENIED) { revision } }");
    expect(refused.codes).toEqual(expect.arrayContaining(["GRAPHQL_VALIDATION_FAILED"]));
    expect((await gateway.ask(people.ADMIN, "{ denials { deniedAs revision } }")).at("denials")).toEqual(
      before.at("denials"),
    );
  });

  it("a revision that has moved on is refused, and nothing is changed", async () => {
    const [before] = [await gateway.ask(people.ADMIN, "{ denials { deniedAs onDenied revision } }")];
    const stale = await gateway.ask(
      people.ADMIN,
      "mutation { setDenials(onDenied: REJECT, expectedRevision: 1) { revision } }",
    );
    expect(stale.codes).toEqual(["STALE"]);
    expect((await gateway.ask(people.ADMIN, "{ denials { deniedAs onDenied revision } }")).at("denials")).toEqual(
      before.at("denials"),
    );
  });

  it("an account may have all operations refused that ask for something denied; a request may say otherwise", async () => {
    await gateway.ask(people.ADMIN, "mutation { setDenials(deniedAs: DENIED, onDenied: REJECT) { revision } }");
    const query = "{ timeEntries(first: 1) { nodes { id costRate { minor } } } }";
    const refused = await employee(query);
    expect(refused.data).toBeNull();
    expect(refused.denied).toEqual(["TimeEntry.costRate SELECT ROLE"]);
    const answered = await employee(query, { onDenied: "null" });
    expect(answered.at("timeEntries.nodes.@.costRate")).toEqual([null]);
    await gateway.ask(people.ADMIN, "mutation { setDenials(onDenied: NULL) { revision } }");
    expect((await employee(query)).at("timeEntries.nodes.@.costRate")).toEqual([null]);
  });
});
