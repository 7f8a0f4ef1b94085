// Rows that are not the caller's: as if they did not exist, to the byte, wherever one could come upon them.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Caller } from "../../src/caller.ts";
import { onEachDatabase } from "../database.ts";
import { idOf } from "../gateway.ts";
import { contentOf, openGate, people, type Answer, type Gateway, type Options } from "./asking.ts";

const { ADMIN, EMPLOYEE, FINANCE, INTEGRATION, MANAGER, STRANGER } = people;

onEachDatabase("a row that is not the caller's", (database) => {
  let gateway: Gateway;
  let before: string;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
    before = await contentOf(database());
  });
  const ask = (who: Caller, text: string, options?: Options): Promise<Answer> => gateway.ask(who, text, options);

  const nowhere = "AAkBnKigYalwAIABEAAAAA9_";

  it.each([
    ["of another account", () => idOf("TimeEntry", "e01", "kestrel")],
    ["of a colleague", () => idOf("TimeEntry", "e05")],
  ])("%s is answered as one that does not exist, to the byte", async (_whose, id) => {
    const text = "query ($id: ID!) { node(id: $id) { id __typename ... on TimeEntry { date costRate { minor } } } }";
    const listed =
      "query ($id: ID!) { nodes(ids: [$id]) { id } timeEntries(filter: { id: { eq: $id } }) { totalCount nodes { id } } }";
    for (const one of [text, listed]) {
      const theirs = await ask(EMPLOYEE, one, { variables: { id: id() } });
      const none = await ask(EMPLOYEE, one, { variables: { id: nowhere } });
      expect(theirs).toMatchObject({ status: none.status, headers: none.headers, body: none.body });
      expect(one === text ? theirs.at("node") : theirs.at("nodes.0")).toBeNull();
    }
  });

  it("is not changed or deleted, and the answer is that of one that does not exist", async () => {
    const text = "mutation ($id: ID!) { deleteTimeEntry(id: $id) { deletedId userErrors { code message } } }";
    const [theirs, none] = [idOf("TimeEntry", "e01", "kestrel"), nowhere];
    const answers = [
      await ask(EMPLOYEE, text, { variables: { id: theirs } }),
      await ask(EMPLOYEE, text, { variables: { id: none } }),
    ];
    expect(answers.flatMap(({ failed }) => failed)).toEqual([]);
    expect(answers[0]?.body.replaceAll(theirs, "")).toBe(answers[1]?.body.replaceAll(none, ""));
    expect(await contentOf(database())).toBe(before);
  });

  it("is not counted, paged over, added up or found by its relations", async () => {
    const text = `{ timeEntries(first: 500) { totalCount nodes { id } pageInfo { hasNextPage } }
      timeReport(groupBy: [MEMBER]) { totals { entryCount } rows { key { label } } } }`;
    const answer = await ask(EMPLOYEE, text);
    expect(answer.at("timeEntries.totalCount")).toBe(4);
    expect(answer.at("timeReport.totals.entryCount")).toBe(4);
    expect(answer.at("timeReport.rows.@.key.0.label")).toEqual(["Aisha Rahman"]);
    const found = await ask(EMPLOYEE, `{ members(filter: { name: { eq: "Margaret Oyelaran" } }) { totalCount } }`);
    expect(found.at("members.totalCount")).toBe(0);
  });

  it("is null where another row points at it", async () => {
    const answer = await ask(
      EMPLOYEE,
      `{ node(id: "${idOf("Member", "m03")}") { ... on Member { name manager { name } } } }`,
    );
    expect(answer.at("node")).toEqual({ name: "Daniel Achterberg", manager: null });
    expect(answer.errors).toEqual([]);
  });

  it("is never the other account's, for whichever role", async () => {
    for (const who of [ADMIN, FINANCE, MANAGER, EMPLOYEE, INTEGRATION]) {
      const answer = await ask(who, "{ account { slug } members { nodes { name } } customers { nodes { name } } }");
      expect(answer.at("account.slug")).toBe("harbour");
      expect(answer.body).not.toMatch(/Denise|Hudson/);
    }
    expect((await ask(STRANGER, "{ members { nodes { name } } }")).at("members.nodes")).toEqual([
      { name: "Denise Whitaker" },
    ]);
  });
});
