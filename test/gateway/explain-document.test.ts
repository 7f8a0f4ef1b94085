// A whole operation is explained without running it: denial by denial, as whoever sends it would have it answered.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor, sql } from "../database.ts";
import { openGate, people, setToggles, type Gateway } from "./asking.ts";
import { explaining } from "./why.ts";

const database = databaseFor("pglite");
let gateway: Gateway;

const { why, told } = explaining(() => gateway);
const { ADMIN, EMPLOYEE } = people;

const naming = (field: string): Promise<unknown> =>
  told(EMPLOYEE, `document: "{ timeEntries { nodes { ${field} } } }"`);

/** The same asked under so many names. */
const named = (one: string, times: number): string =>
  `{ ${Array.from({ length: times }, (_, at) => `a${at}: explainAccess(${one}) { state }`).join(" ")} }`;

beforeAll(async () => {
  await seedSmall(database());
  gateway = openGate(database());
  await setToggles(gateway, "TimeEntry.start off", "EntryStatus.REJECTED off", "Task off", "Task.done off");
  await setToggles(gateway, "Member.weeklyHours off EMPLOYEE");
});

describe("an explanation of a document", () => {
  it("has one part for each denial, in the order of its errors, and runs nothing", async () => {
    const text = "{ timeEntries { nodes { start costRate { minor } date } } members { nodes { weeklyHours } } }";
    const errors = (await gateway.ask(EMPLOYEE, text)).errors.map(({ extensions }) => extensions);
    const found = await why(EMPLOYEE, `document: ${JSON.stringify(text)}`);
    expect(errors).toHaveLength(3);
    for (const name of ["coordinate", "usage", "affectedPath", "reason"]) {
      expect(found.at(`explainAccess.denials.@.${name}`)).toEqual(errors.map((one) => one[name]));
    }
    expect(found.at("explainAccess.refused")).toBe(false);
    expect(found.at("explainAccess.words")).toBe(
      "3 coordinates are denied: null in the answer, with one error for each. The rest would be answered.",
    );
  });

  it.each([
    [
      "a denied filter",
      "{ timeEntries(filter: { costRate: { isNull: true } }) { totalCount } }",
      ["TimeEntryFilter.costRate FILTER"],
    ],
    [
      "a denied order",
      "{ timeEntries(orderBy: [{ field: START, direction: ASC }]) { totalCount } }",
      ["TimeEntryOrderField.START ORDER"],
    ],
    [
      "a filter by a variable that was not given",
      "query ($most: SafeInt) { timeEntries(filter: { costRate: { lt: $most } }) { totalCount } }",
      ["TimeEntryFilter.costRate FILTER"],
    ],
    [
      "a part that a variable would leave out",
      "query ($no: Boolean!) { toggles @include(if: $no) { coordinate } }",
      ["Query.toggles SELECT"],
    ],
  ])("says that it would be refused as a whole for %s", async (_what, text, denied) => {
    const found = await why(EMPLOYEE, `document: ${JSON.stringify(text)}`);
    expect(found.at("explainAccess.refused")).toBe(true);
    const [coordinates, usages] = ["coordinate", "usage"].map((name) => found.at(`explainAccess.denials.@.${name}`));
    expect(
      [coordinates].flat().map((coordinate, at) => `${String(coordinate)} ${String([usages].flat()[at])}`),
    ).toEqual(denied);
  });

  it("names what shows on some rows only, once and apart from what is denied", async () => {
    const text = "{ timeEntries { nodes { a: status b: status internalNote date } } }";
    const found = await why(people.MANAGER, `document: ${JSON.stringify(text)}`);
    expect(found.at("explainAccess")).toMatchObject({
      state: "MASKED",
      reason: "ROW_CONDITION",
      words: "Nothing in it is denied: some of it shows on some rows only.",
      refused: false,
      denials: [],
      masked: [
        { coordinate: "TimeEntry.status", state: "MASKED", fix: [{ coordinate: "EntryStatus.REJECTED" }] },
        { coordinate: "TimeEntry.internalNote", state: "MASKED", fix: null },
      ],
    });
  });

  it("keeps to a default: what it leaves out is not judged", async () => {
    const text = "query ($no: Boolean = false) { viewer { id } toggles @include(if: $no) { coordinate } }";
    expect(await told(EMPLOYEE, `document: ${JSON.stringify(text)}`)).toMatchObject({ state: "OPEN", refused: false });
  });

  it("is given up where one operation asks for hundreds", async () => {
    const few = await gateway.ask(EMPLOYEE, named('coordinate: "Task"', 50));
    expect(few.at("a49.state")).toBe("DENIED");
    for (const many of [named('coordinate: "Task"', 51), named('document: "{ viewer { id } }"', 11)]) {
      const answer = await gateway.ask(EMPLOYEE, many);
      expect(answer.codes).toEqual(["OPERATION_TOO_LARGE"]);
      expect(answer.errors[0]?.extensions).toMatchObject({ limit: "explanations", most: 500 });
    }
  });

  it.each([
    ["{ timeEntries { nodes { nope } } }", 'Cannot query field "nope" on type "TimeEntry".'],
    ['{ timeEntries("secret" }', "Syntax Error: Expected Name, found String."],
    ["query a { viewer { id } } query b { viewer { id } }", "Name one operation that the document holds."],
  ])("has the faults that its sender would be told: %s", async (text, message) => {
    const found = await why(EMPLOYEE, `document: ${JSON.stringify(text)}`);
    expect(found.at("explainAccess.faults.@.message")).toEqual([message]);
    expect(found.at("explainAccess.refused")).toBe(true);
    expect(found.body).not.toContain("secret");
  });
});

describe("where the account hides what it denies", () => {
  beforeAll(async () => {
    await sql(database(), "update account set denied_as = 'HIDDEN' where slug = 'harbour'");
  });

  it("the sets that are compiled to find the fewest switches count: one explanation is told, fifty are not", async () => {
    const hidden = 'coordinate: "Task.done", as: { role: "EMPLOYEE" }';
    const asking = (times: number): string =>
      named(hidden, times).replaceAll("{ state }", "{ state fix { coordinate } }");
    const one = await gateway.ask(ADMIN, asking(1));
    expect(one.errors).toEqual([]);
    expect(one.at("a0")).toMatchObject({ state: "HIDDEN", fix: expect.arrayContaining([{ coordinate: "Task.done" }]) });
    const answer = await gateway.ask(ADMIN, asking(50));
    expect(answer.codes).toEqual(["OPERATION_TOO_LARGE"]);
    expect(answer.errors[0]?.extensions).toMatchObject({ limit: "explanations", most: 500 });
  });

  it("a hidden coordinate is answered to the byte as one that there is not", async () => {
    const [hidden, unknown] = [
      await why(EMPLOYEE, `coordinate: "Task.done"`),
      await why(EMPLOYEE, `coordinate: "Task.colour"`),
    ];
    expect(hidden.codes).toEqual(["COORDINATE_UNKNOWN"]);
    expect([hidden.status, hidden.body, hidden.headers]).toEqual([unknown.status, unknown.body, unknown.headers]);
  });

  it("a document that names one has the faults of one that names nothing", async () => {
    const [hidden, unknown] = [await naming("start"), await naming("smart")];
    expect(JSON.stringify(hidden).replaceAll("start", "smart")).toBe(JSON.stringify(unknown));
  });

  it("what is shown on some rows only names no value that is hidden", async () => {
    const found = await why(EMPLOYEE, `coordinate: "TimeEntry.status"`);
    expect(found.at("explainAccess.state")).toBe("MASKED");
    expect(found.body).not.toContain("REJECTED");
  });

  it("a rule about rows does not name a field that is hidden", async () => {
    await setToggles(gateway, "TimeEntry.member off");
    const found = await why(EMPLOYEE, `coordinate: "TimeEntry.date"`);
    expect(found.at("explainAccess.rows")).toBe("Rows where it is the caller's.");
    await setToggles(gateway, "TimeEntry.member on");
    const after = await why(EMPLOYEE, `coordinate: "TimeEntry.date"`);
    expect(after.at("explainAccess.rows")).toBe("Rows where member is the caller.");
  });

  it("an administrator is told that it is hidden, and what would show it", async () => {
    expect(await told(ADMIN, `coordinate: "Task.done", as: { role: "ADMIN" }`)).toMatchObject({
      state: "HIDDEN",
      reason: "SWITCHED_OFF_BY_ACCOUNT",
      fix: [{ coordinate: "Task.done" }, { coordinate: "Task" }],
    });
  });
});
