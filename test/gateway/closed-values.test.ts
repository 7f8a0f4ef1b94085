// A value of an enum that is switched off: rows that hold it keep their place, and nothing tells that they hold it.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase } from "../database.ts";
import { openGate, people, setToggles, type Gateway } from "./asking.ts";

onEachDatabase("a status that an account has switched off", (database) => {
  let gateway: Gateway;
  let whole: readonly { id: string; status: string; locked: boolean }[];
  const LIST = "{ timeEntries(first: 500, orderBy: [{field: DATE}]) { totalCount nodes { id status locked } } }";
  const ask = (text: string) => gateway.ask(people.FINANCE, text);

  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
    whole = (await ask(LIST)).at("timeEntries.nodes") as typeof whole; // cast: the document asks for it
    await setToggles(gateway, "EntryStatus.APPROVED off");
  });
  const approved = () => whole.filter(({ status }) => status === "APPROVED");

  it("is null where it stood, with one error that counts the rows", async () => {
    const answer = await ask(LIST);
    const hide = (row: (typeof whole)[number]) => ({ ...row, status: null, locked: null });
    expect(approved().length).toBeGreaterThan(0);
    expect(answer.at("timeEntries.nodes")).toEqual(whole.map((row) => (row.status === "APPROVED" ? hide(row) : row)));
    expect(answer.errors.map(({ extensions }) => [extensions["coordinate"], extensions["count"]])).toEqual([
      ["TimeEntry.status", approved().length],
      ["TimeEntry.locked", approved().length],
    ]);
  });

  it.each([
    ["other values are found as before", "{status: {eq: OPEN}}", (status: string) => status === "OPEN"],
    ["what is not another value is everything but that", "{status: {ne: OPEN}}", (status: string) => status !== "OPEN"],
    ["what has no value is what shows none", "{status: {isNull: true}}", (status: string) => status === "APPROVED"],
    ["what is made from it finds none of it", "{locked: {eq: true}}", (status: string) => status === "INVOICED"],
  ] as const)("is told by no filter: %s", async (_words, filter, found) => {
    const answer = await ask(`{ timeEntries(filter: ${filter}) { totalCount } }`);
    expect(answer.at("timeEntries.totalCount")).toBe(whole.filter(({ status }) => found(status)).length);
  });

  it("refuses whoever asks for it", async () => {
    const answer = await ask("{ timeEntries(filter: {status: {eq: APPROVED}}) { totalCount } }");
    expect(answer.denied).toEqual(["EntryStatus.APPROVED FILTER SWITCHED_OFF_BY_ACCOUNT"]);
    expect(answer.data).toBeNull();
  });

  it("is a group without a name in a report", async () => {
    const rows = (await ask("{ timeReport(groupBy: [STATUS]) { rows { key { value } totals { entryCount } } } }")).at(
      "timeReport.rows",
    ) as readonly { key: readonly { value: string | null }[]; totals: { entryCount: number } }[]; // cast: as asked
    const counts = new Map(rows.map(({ key, totals }) => [key[0]?.value, totals.entryCount]));
    expect(counts.has("APPROVED")).toBe(false);
    expect(counts.get(null)).toBe(approved().length);
  });

  it("stands where rows without a value stand, and cursors tell nothing of it", async () => {
    const answer = await ask(
      "{ timeEntries(first: 500, orderBy: [{field: STATUS}]) { nodes { id status } pageInfo { endCursor } } }",
    );
    const states = answer.at("timeEntries.nodes.@.status") as readonly (string | null)[]; // cast: as asked
    expect(states.slice(-approved().length)).toEqual(approved().map(() => null));
    const [last] = (answer.at("timeEntries.nodes.@.id") as readonly string[]).slice(-1); // cast: as asked
    expect(approved().map(({ id }) => id)).toContain(last);
    const cursor = Buffer.from(String(answer.at("timeEntries.pageInfo.endCursor")), "base64url").toString("latin1");
    expect(cursor).not.toContain("APPROVED");
  });
});
