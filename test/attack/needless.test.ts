// Arguments that nothing in the answer needs: they are read and checked all the same, and the answer is whole.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase } from "../database.ts";
import { openGate, people, type Gateway } from "../gateway/asking.ts";
import { idOf } from "../gateway.ts";

onEachDatabase("what nothing needs", (database) => {
  let gateway: Gateway;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
  });

  it.each([
    [
      "rounding of nothing but a count",
      "{ timeReport(groupBy: [DAY], rounding: { to: 15, direction: UP }) { totals { entryCount } } }",
    ],
    [
      "rounding of nothing",
      "{ timeReport(groupBy: [DAY], rounding: { to: 15, direction: UP }) { __typename totals { __typename } rows { __typename } } }",
    ],
    [
      "a zone for what has no day",
      `{ timeReport(groupBy: [MEMBER], timezone: "Asia/Tokyo", weekStart: SUNDAY) { rows { key { label } } } }`,
    ],
    [
      "a filter of a report without rows",
      "{ timeReport(groupBy: [DAY], filter: { billable: { eq: true } }) { __typename } }",
    ],
    [
      "a page of which only the number is asked",
      "query ($after: String) { timeEntries(first: 3, after: $after) { totalCount } }",
    ],
    ["a page of which nothing is asked", "{ timeEntries(last: 3, filter: { billable: { eq: true } }) { __typename } }"],
    [
      "an id of no kind of row",
      `{ node(id: "AAAAAAAAAAAAAAAAAAAAAAAA") { id } nodes(ids: ["AAAAAAAAAAAAAAAAAAAAAAAA"]) { id } }`,
    ],
    ["no ids", "{ nodes(ids: []) { id ... on Member { name } } }"],
    ["an id of which nothing is asked", `{ node(id: "${idOf("Member", "m01")}") { __typename } }`],
  ])("%s", async (_what, text) => {
    for (const who of [people.ADMIN, people.EMPLOYEE]) {
      const answer = await gateway.ask(who, text);
      expect([answer.codes, answer.failed]).toEqual([[], []]);
      expect(answer.data).not.toBeNull();
    }
  });

  it("a row of a type that is switched off is as if it were not there", async () => {
    const toggle = (enabled: boolean) =>
      gateway.ask(
        people.ADMIN,
        `mutation { setToggles(changes: [{ coordinate: "Tag", enabled: ${String(enabled)} }]) { revision } }`,
      );
    await toggle(false);
    const text = `query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { __typename } }`;
    const answer = await gateway.ask(people.ADMIN, text, { variables: { id: idOf("Tag", "urgent") } });
    expect([answer.codes, answer.failed, answer.data]).toEqual([[], [], { node: null, nodes: [null] }]);
    await toggle(true);
    const again = await gateway.ask(people.ADMIN, text, { variables: { id: idOf("Tag", "urgent") } });
    expect(again.at("node.id")).toBe(idOf("Tag", "urgent"));
  });

  it("a cursor of which only the number is asked is checked", async () => {
    const answer = await gateway.ask(people.ADMIN, `{ timeEntries(first: 3, after: "nonsense") { totalCount } }`);
    expect([answer.codes, answer.data]).toEqual([["CURSOR_INVALID"], undefined]);
  });
});
