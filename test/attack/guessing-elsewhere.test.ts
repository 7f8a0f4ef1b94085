// Where names are not written into an operation as such, somebody tries them too: ids, cursors, explanations, headers.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { smallId } from "../../seeds/small-rows.ts";
import { subjects } from "../../src/tables.ts";
import { writeId } from "../../src/plan/id.ts";
import { databaseFor } from "../database.ts";
import { people, type Answer, type Gateway, type Options } from "../gateway/asking.ts";
import { ask as request, operation, serveOn, type Served } from "../gateway/serving.ts";
import { explaining } from "../gateway/why.ts";
import { random } from "../oracle/random.ts";
import { usesOf } from "../permission/uses.ts";
import { ALL_NAMES, CALLERS, knownTo, schema, switchedGateway } from "./callers.ts";
import { asked, farMisses, leaked, nameOf, nearMisses } from "./names.ts";

const database = databaseFor("pglite");
let gateway: Gateway;

beforeAll(async () => {
  gateway = await switchedGateway(database(), "HIDDEN");
});

const { why } = explaining(() => gateway);
const tagOf = (type: string): number => subjects.find(({ name }) => name === type)?.tag ?? 0;
const told = ({ status, headers, body }: Pick<Answer, "status" | "headers" | "body">): string =>
  JSON.stringify([status, headers, body]);

/** The coordinate with another last name. */
const replaced = (of: string, word: string): string => of.replace(/\w+(?=[:)]*$)/, word);
const document = (word: string): string => JSON.stringify(`{ timeEntries { nodes { ${word} } } }`);

describe.each(CALLERS)("where an account hides what it denies, %s", (_words, who, roles) => {
  const known = knownTo(roles, "HIDDEN");
  const stream = random(roles.length);
  const ask = (text: string, options?: Options): Promise<Answer> => gateway.ask(people[who], text, options);

  /** What is told apart of the word, of one that is nearly it, and of nothing like it; what fails, and what leaks. */
  async function faults(word: string, write: (word: string) => Promise<Answer>): Promise<readonly string[]> {
    const [near = "", far = ""] = [...nearMisses([word], stream, ALL_NAMES), ...farMisses([word], stream, ALL_NAMES)];
    const answers = await Promise.all([word, near, far].map(write));
    const [first, ...others] = answers.map((answer, at) => asked(told(answer), [[word, near, far][at] ?? ""], [word]));
    const own = { text: `{ ${word} explainAccess }` };
    return [
      ...others.filter((other) => other !== first).map((other) => `${other} is not ${first}`),
      ...answers.flatMap(({ failed }) => failed),
      ...leaked(answers.map(({ body }) => body).join(" "), own, known.words),
    ];
  }

  const page = (after: string): Promise<Answer> =>
    ask("query ($after: String) { timeEntries(first: 1, after: $after) { totalCount } }", { variables: { after } });

  async function all(
    words: readonly string[],
    write: (word: string, of: string) => Promise<Answer>,
  ): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const word of words) wrong.push(...(await faults(nameOf(word), (tried) => write(tried, word))));
    return wrong;
  }

  /** Names of a type that are hidden, and a root that is hidden from all. */
  const hiddenOf = (type: string): readonly string[] => [
    ...[...known.hidden].filter((name) => name.startsWith(`${type}.`)).map(nameOf),
    "expenses",
  ];

  it("is explained of what is hidden no more than of what never was", async () => {
    const hidden = stream.shuffle([...known.hidden]).slice(0, 40);
    expect(await all(hidden, (word, of) => why(people[who], `coordinate: "${replaced(of, word)}"`))).toEqual([]);
  });

  it("is explained of a document with what is hidden no more than of one with what never was", async () => {
    expect(await all(hiddenOf("TimeEntry"), (word) => why(people[who], `document: ${document(word)}`))).toEqual([]);
  });

  it("gets a row of what is hidden as one that there is not", async () => {
    const subject = ["Expense", "Tag", "Customer", "Team"].filter((name) => known.hidden.has(name));
    expect(subject).toContain("Expense");
    const real = writeId(tagOf("Expense"), smallId("harbour", "expense", "x1"));
    const others = [
      writeId(tagOf("Expense"), "00000000-0000-7000-8000-000000000001"),
      writeId(0xfffe, "00000000-0000-7000-8000-000000000001"),
    ];
    for (const write of [
      (id: string) => `{ node(id: "${id}") { __typename id } }`,
      (id: string) => `{ nodes(ids: ["${id}"]) { __typename id ... on Node { id } } }`,
    ]) {
      const answers = await Promise.all([real, ...others].map((id) => ask(write(id))));
      const [first, ...rest] = answers.map((answer) => asked(told(answer), [], []));
      for (const other of rest) expect(other).toBe(first);
      expect(first).toContain("null");
    }
  });

  it("does nothing with a cursor of another order, hidden or not", async () => {
    const order = "{ timeEntries(first: 1, orderBy: [{field: COST_RATE}]) { edges { cursor } } }";
    const cursor = String((await gateway.ask(people.ADMIN, order)).at("timeEntries.edges.@.cursor"));
    expect(cursor.length).toBeGreaterThan(10);
    const [given, garbage] = [await page(cursor), await page("x".repeat(cursor.length))];
    expect(given.codes).toEqual(["CURSOR_INVALID"]);
    expect(told(given)).toBe(told(garbage));
  });

  it("is told the same however the request would have denials answered", async () => {
    const uses = usesOf(known.schema);
    for (const onDenied of ["null", "reject"] as const) {
      const write = (word: string): Promise<Answer> => ask(uses.selected("TimeEntry", word), { onDenied });
      expect(await all(hiddenOf("TimeEntry"), write)).toEqual([]);
    }
  });

  it("learns no names from asking for an operation by name", async () => {
    const text = "query A { __typename } query B { __typename }";
    expect(await all(hiddenOf("Query"), (operationName) => ask(text, { operationName }))).toEqual([]);
  });
});

describe("over HTTP, where an account hides what it denies,", () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveOn(database());
  });
  afterAll(() => served.server.stop(1000));

  const employee = [{ account: "harbour", member: smallId("harbour", "member", "m04") }];
  const tokens = {
    EMPLOYEE: () => served.token({ kind: "accounts", accounts: employee }),
    INTEGRATION: () => served.token({ kind: "role", account: "harbour", role: "INTEGRATION" }),
    FINANCE: () => served.token({ kind: "role", account: "harbour", role: "FINANCE" }),
    ADMIN: () => served.token({ kind: "role", account: "harbour", role: "ADMIN" }),
  };

  it.each(["EMPLOYEE", "INTEGRATION", "FINANCE", "ADMIN"] as const)(
    "%s reads the same of what is hidden, of a near miss and of a far one",
    async (role) => {
      const known = knownTo([role], "HIDDEN");
      const stream = random(role.length);
      const headers = { authorization: `Bearer ${await tokens[role]()}`, "content-type": "application/json" };
      const uses = usesOf(schema);
      let tried = 0;
      for (const coordinate of stream.shuffle([...known.hidden])) {
        const word = nameOf(coordinate);
        const text = uses.operation(coordinate);
        if (text === undefined || tried >= 60 || text.split(word).length !== 2) continue;
        tried += 1;
        const [near = "", far = ""] = [
          ...nearMisses([word], stream, ALL_NAMES),
          ...farMisses([word], stream, ALL_NAMES),
        ];
        const [first, ...others] = await Promise.all(
          [word, near, far].map(async (name) => {
            const query = text.replace(word, name);
            const posted = await request(`${served.address}/graphql`, {
              method: "POST",
              headers,
              body: operation(query),
            });
            const got = await request(`${served.address}/graphql?query=${encodeURIComponent(query)}`, { headers });
            expect(leaked(posted.text + got.text, { text: query }, known.words)).toEqual([]);
            return asked(JSON.stringify([posted, got]), [name], [word]);
          }),
        );
        for (const other of others) expect(other).toBe(first);
      }
      expect(tried).toBeGreaterThan(20);
    },
    120_000,
  );
});
