// An admin is told what a change of toggles would take from whom, by what was sent lately; and so it comes.
import { expect, it } from "@jest/globals";
import { onEachDatabase } from "../database.ts";
import { contentOf, people, setToggles } from "./asking.ts";
import { DURATIONS, impact, IMPACT, recordingFor, today } from "./recording.ts";

const named = (at: number): string => `query N${at} { timeEntries(first: 1) { nodes { durationSeconds } } }`;

onEachDatabase("the impact of a change", (database) => {
  const recording = recordingFor(database);

  it("an admin is told which operations of the last month lose something, how many people and which roles", async () => {
    for (const id of ["e01", "e02", "e03"]) await recording().ask(people.EMPLOYEE, DURATIONS, { id });
    for (const who of [people.MANAGER, people.OTHER_MANAGER, people.INTEGRATION])
      await recording().ask(who, DURATIONS, { id: "e01" });
    await recording().ask(people.FINANCE, "query Names { members { nodes { name } } }");
    await recording().ask(people.STRANGER, DURATIONS, { id: "e01" });
    await recording().usage.flush();
    expect(recording().signals).toEqual([]);
    const before = await contentOf(database());
    const day = await today(database());
    expect(await impact(recording().gateway, "TimeEntry.durationSeconds off")).toEqual({
      operationCount: 1,
      requests: 6,
      people: 3,
      roles: ["EMPLOYEE", "MANAGER", "INTEGRATION"],
      unknown: 0,
      since: day,
      operations: [
        {
          name: "Durations",
          document: expect.stringContaining("durationSeconds"),
          coordinates: ["TimeEntry.durationSeconds"],
          narrowed: [],
          refused: false,
          requests: 6,
          people: 3,
          roles: ["EMPLOYEE", "MANAGER", "INTEGRATION"],
          lastUsedOn: day,
        },
      ],
    });
    // What was only asked about is not written, and neither is the question before its time.
    expect(await contentOf(database())).toBe(before);
  });

  it("only who loses something counts: a change for one role takes nothing from the others", async () => {
    await recording().ask(people.EMPLOYEE, DURATIONS);
    await recording().ask(people.MANAGER, DURATIONS);
    await recording().usage.flush();
    const told = await impact(recording().gateway, "TimeEntry.durationSeconds off MANAGER");
    expect(told).toMatchObject({ operationCount: 1, requests: 1, people: 1, roles: ["MANAGER"] });
    expect(await impact(recording().gateway, "TimeEntry.durationSeconds on MANAGER")).toMatchObject({
      operationCount: 0,
      requests: 0,
    });
    expect(await impact(recording().gateway, "Expense.amount off")).toMatchObject({
      operationCount: 0,
      requests: 0,
      people: 0,
    });
  });

  it("a change that is made tells the same, and one that takes nothing more tells nothing", async () => {
    await recording().ask(people.EMPLOYEE, DURATIONS);
    await recording().usage.flush();
    const asked = await impact(recording().gateway, "TimeEntry.durationSeconds off");
    expect(await impact(recording().gateway, "TimeEntry.durationSeconds off", false)).toEqual(asked);
    expect(await impact(recording().gateway, "TimeEntry.durationSeconds off EMPLOYEE")).toMatchObject({
      operationCount: 0,
    });
    await setToggles(recording().gateway, "TimeEntry.durationSeconds on");
  });

  it.each([
    ["a field has nulls", "TimeEntry.durationSeconds off", DURATIONS, {}, false, "TimeEntry.durationSeconds"],
    [
      "a filter is refused",
      "TimeEntryFilter.externalId off",
      DURATIONS,
      { id: "x" },
      true,
      "TimeEntryFilter.externalId",
    ],
    [
      "a list that is closed has nulls, whatever its arguments",
      "Query.timeEntries off",
      DURATIONS,
      {},
      false,
      "Query.timeEntries",
    ],
    [
      "an input in a variable is refused",
      "TimeEntry.externalId off",
      "query Given($f: TimeEntryFilter) { timeEntries(filter: $f) { totalCount } }",
      { f: { and: [{ externalId: { eq: "e01" } }] } },
      true,
      "TimeEntryFilter.externalId",
    ],
    [
      "an enum's value in a variable is refused",
      "EntryStatus.INVOICED off",
      "query Given($s: [EntryStatus!]) { timeEntries(filter: { status: { in: $s } }) { totalCount } }",
      { s: ["INVOICED"] },
      true,
      "EntryStatus.INVOICED",
    ],
  ])("an operation that loses %s", async (_what, change, text, variables, refused, coordinate) => {
    const before = await recording().ask(people.FINANCE, text, variables);
    expect(before.codes).toEqual([]);
    await recording().usage.flush();
    const { operations } = await impact(recording().gateway, change);
    expect(operations).toMatchObject([{ refused, coordinates: [coordinate], roles: ["FINANCE"] }]);
    // And so it is.
    await setToggles(recording().gateway, change);
    const after = await recording().ask(people.FINANCE, text, variables);
    await setToggles(recording().gateway, change.replace(" off", " on"));
    expect(after.data === null).toBe(refused);
    expect(after.denied.map((denial) => denial.split(" ")[0])).toContain(coordinate);
  });

  it("a request of other variables that does not touch it loses nothing", async () => {
    const text = `query Given($f: TimeEntryFilter) { timeEntries(filter: $f) { totalCount } }`;
    await recording().ask(people.FINANCE, text, { f: { externalId: { eq: "e01" } } });
    await recording().ask(people.FINANCE, text, { f: { billable: { eq: true } } });
    await recording().ask(people.FINANCE, text, { f: { billable: { eq: false } } });
    await recording().usage.flush();
    expect(await impact(recording().gateway, "TimeEntry.billable off")).toMatchObject({
      operationCount: 1,
      requests: 2,
    });
    expect(await impact(recording().gateway, "TimeEntry.externalId off")).toMatchObject({
      operationCount: 1,
      requests: 1,
    });
    expect(await impact(recording().gateway, "Query.timeEntries off")).toMatchObject({
      operationCount: 1,
      requests: 3,
    });
  });

  it("a value that is switched off narrows the fields that show it", async () => {
    await recording().ask(people.FINANCE, "query States { timeEntries { nodes { status } } }");
    await recording().usage.flush();
    const { operations } = await impact(recording().gateway, "EntryStatus.INVOICED off");
    expect(operations).toMatchObject([
      { name: "States", coordinates: [], narrowed: ["TimeEntry.status"], refused: false },
    ]);
    expect((await impact(recording().gateway, "EntryStatus.INVOICED on")).operations).toEqual([]);
  });

  it("where an account hides or rejects what is denied, what loses a field is refused as a whole", async () => {
    await recording().ask(people.EMPLOYEE, DURATIONS);
    await recording().usage.flush();
    const set = `mutation ($deniedAs: DeniedAs, $onDenied: OnDenied) { setDenials(deniedAs: $deniedAs, onDenied: $onDenied) { revision } }`;
    for (const denials of [{ deniedAs: "HIDDEN" }, { deniedAs: "DENIED", onDenied: "REJECT" }]) {
      await recording().ask(people.ADMIN, set, denials);
      const { operations } = await impact(recording().gateway, "TimeEntry.durationSeconds off");
      expect(operations).toMatchObject([{ name: "Durations", refused: true }]);
    }
    await recording().ask(people.ADMIN, set, { deniedAs: "DENIED", onDenied: "NULL" });
  });

  it("a change that waits for its moment tells what it will take then, and nothing of it is gone before", async () => {
    await recording().ask(people.EMPLOYEE, DURATIONS);
    await recording().usage.flush();
    const text = `mutation ($at: DateTime!) { setToggles(at: $at, changes: [{ coordinate: "TimeEntry.durationSeconds", enabled: false }]) {
      scheduled { id } impact { operationCount people } } }`;
    const answer = await recording().ask(people.ADMIN, text, { at: "2099-01-01T00:00:00Z" });
    expect(answer.at("setToggles.impact")).toEqual({ operationCount: 1, people: 1 });
    expect((await recording().ask(people.EMPLOYEE, DURATIONS)).denied).toEqual([]);
    const cancel = `mutation ($id: ID!) { cancelScheduledToggles(id: $id) { impact { operationCount people } } }`;
    const cancelled = await recording().ask(people.ADMIN, cancel, { id: answer.at("setToggles.scheduled.id") });
    expect(cancelled.at("cancelScheduledToggles.impact")).toEqual({ operationCount: 0, people: 0 });
  });

  it("of more than a hundred operations those are shown that are sent most, each in its own words", async () => {
    for (let at = 0; at < 103; at += 1) await recording().ask(people.EMPLOYEE, named(at));
    for (const at of [101, 102, 102]) await recording().ask(people.EMPLOYEE, named(at));
    await recording().usage.flush();
    const { operationCount, operations } = await impact(recording().gateway, "TimeEntry.durationSeconds off");
    expect([operationCount, operations.length, new Set(operations.map(({ name }) => name)).size]).toEqual([
      103, 100, 100,
    ]);
    expect(operations.slice(0, 3).map(({ name, requests }) => [name, requests])).toEqual([
      ["N102", 3],
      ["N101", 2],
      [expect.stringMatching(/^N\d+$/), 1],
    ]);
    for (const { name, document } of operations) expect(document).toContain(`query ${String(name)} {`);
  });

  it("nobody but an admin is told", async () => {
    await recording().ask(people.EMPLOYEE, DURATIONS);
    await recording().usage.flush();
    const before = await contentOf(database());
    const variables = { changes: [{ coordinate: "TimeEntry.durationSeconds", enabled: false }], dryRun: true };
    for (const who of [people.EMPLOYEE, people.MANAGER, people.FINANCE, people.INTEGRATION]) {
      const answer = await recording().gateway.ask(who, IMPACT, { variables });
      expect(answer.data).toBeNull();
    }
    expect(await contentOf(database())).toBe(before);
  });
});
