import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { systemClock } from "../../src/clock.ts";
import { developmentIssuer } from "../../src/identity/issuer.ts";
import { databaseFor, openTestDatabase, sql } from "../database.ts";
import { foundTwoAccounts, peopleIn } from "../identity/founding.ts";
import { ask, operation, serveOn, type Answer, type Served } from "./serving.ts";

const database = databaseFor("pglite");
let served: Served;
let admin: string;
let before: string;
const JSON_TYPE = { "content-type": "application/json" };
const question = operation("{ viewer { kind } }");
const change = operation(
  `mutation { setToggles(changes: [{ coordinate: "TimeEntry.costRate", enabled: false }]) { revision } }`,
);

beforeAll(async () => {
  await foundTwoAccounts(database());
  served = await serveOn(database());
  admin = await served.token({ kind: "role", account: "acme", role: "ADMIN" });
  before = await peopleIn(database());
});
afterEach(async () => {
  if ((await peopleIn(database())) !== before) throw new Error("a refusal changed the people or their rights");
});
afterAll(() => served.server.stop(1000));

const post = (headers: Record<string, string>, body: string | undefined): Promise<Answer> =>
  ask(`${served.address}/graphql`, { method: "POST", headers, ...(body === undefined ? {} : { body }) });
const get = (query: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${served.address}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { authorization: `Bearer ${admin}`, ...headers },
  });
const signedIn = (more: Record<string, string> = {}) => ({ authorization: `Bearer ${admin}`, ...JSON_TYPE, ...more });

describe("an operation", () => {
  it("is answered to whoever may ask, and no cache may keep the answer", async () => {
    const answer = await post(signedIn(), question);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text).data).toEqual({ viewer: { kind: "MEMBER" } });
    const [row] = await sql(database(), "select revision from account where slug = 'acme'");
    expect(answer.headers).toMatchObject({ "cache-control": "private", "fieldgate-revision": row?.[0] });
  });

  it("may be asked by GET", async () => {
    expect((await get("{ viewer { kind } }")).text).toBe((await post(signedIn(), question)).text);
  });

  it.each([
    [undefined, "application/json; charset=utf-8"],
    ["*/*", "application/json; charset=utf-8"],
    ["application/json", "application/json; charset=utf-8"],
    ["application/json;charset=utf-8", "application/json; charset=utf-8"],
    ["application/graphql-response+json", "application/graphql-response+json; charset=utf-8"],
    ["application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json; charset=utf-8"],
    ["application/graphql-response+json;q=0.5, application/json", "application/json; charset=utf-8"],
  ])("is answered in the form that the client accepts: %s", async (accept, expected) => {
    const answer = await post(signedIn(accept === undefined ? {} : { accept }), question);
    expect(answer.headers["content-type"]).toBe(expected);
  });
});

describe("nobody comes in", () => {
  it("without a token that we believe, and all are told the same", async () => {
    const elsewhere = await openTestDatabase("pglite");
    const claims = { kind: "role", account: "acme", role: "ADMIN" } as const;
    const foreign = await developmentIssuer(elsewhere, systemClock).sign(claims, 3600);
    await elsewhere.close();
    const headers = [{}, { authorization: "Bearer a.b.c" }, { authorization: `Bearer ${foreign}` }];
    const answers = await Promise.all(headers.map((more) => post({ ...JSON_TYPE, ...more }, question)));
    expect(answers[0]).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect(answers[0]?.headers["www-authenticate"]).toBe("Bearer");
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it("to an account that the token does not name, whether it exists or not: the same bytes", async () => {
    const [others, nobodys] = await Promise.all(
      ["other", "nobody"].map((account) => post(signedIn({ "fieldgate-account": account }), question)),
    );
    expect(others).toMatchObject({ status: 403, code: "ACCOUNT_FORBIDDEN" });
    expect(others).toEqual(nobodys);
  });

  it("as staff without a grant", async () => {
    const token = await served.token({ kind: "staff", email: "eve@vendor.example" });
    for (const account of ["acme", "nobody"]) {
      const headers = signedIn({ authorization: `Bearer ${token}`, "fieldgate-account": account });
      expect(await post(headers, question)).toMatchObject({ status: 403, code: "ACCESS_REQUIRED" });
    }
  });
});

describe("what is no operation is refused with a name for what is wrong", () => {
  const refused: [string, number, string, () => Promise<Answer>][] = [
    ["a body that is no JSON", 400, "JSON_INVALID", () => post(signedIn(), "{")],
    ["an empty body", 400, "JSON_INVALID", () => post(signedIn(), "")],
    ["a body that would change an object's kind", 400, "JSON_INVALID", () => post(signedIn(), '{"__proto__":{}}')],
    ["no body at all", 400, "BAD_REQUEST", () => post({ authorization: `Bearer ${admin}` }, undefined)],
    ["a list of operations", 400, "BATCH_REFUSED", () => post(signedIn(), `[${question}]`)],
    ["an object without a query", 400, "BAD_REQUEST", () => post(signedIn(), '{"operationName":"A"}')],
    ["a query that is no text", 400, "BAD_REQUEST", () => post(signedIn(), '{"query":1}')],
    ["variables that are no object", 400, "BAD_REQUEST", () => post(signedIn(), operation("{a}", { variables: [1] }))],
    ["a document that is no GraphQL", 200, "GRAPHQL_PARSE_FAILED", () => post(signedIn(), operation("{ viewer {"))],
    ["a document that never ends", 200, "GRAPHQL_PARSE_FAILED", () => post(signedIn(), operation("{a".repeat(99_999)))],
    [
      "a name of no operation",
      200,
      "OPERATION_RESOLUTION_FAILURE",
      () => post(signedIn(), operation("query A { viewer { kind } }", { operationName: "B" })),
    ],
    ["another content type", 415, "CONTENT_TYPE", () => post(signedIn({ "content-type": "text/plain" }), question)],
    [
      "a form of another page",
      415,
      "CONTENT_TYPE",
      () => post(signedIn({ "content-type": "application/x-www-form-urlencoded" }), "query={a}"),
    ],
    ["more than a megabyte", 413, "BODY_TOO_LARGE", () => post(signedIn(), operation(" ".repeat(1024 * 1024)))],
    ["a form that we do not have", 406, "NOT_ACCEPTABLE", () => post(signedIn({ accept: "text/html" }), question)],
    ["a form of JavaScript's own", 406, "NOT_ACCEPTABLE", () => post(signedIn({ accept: "constructor" }), change)],
    [
      "a header that says what it cannot",
      400,
      "HEADER_INVALID",
      () => post(signedIn({ "fieldgate-on-denied": "maybe" }), question),
    ],
    ["a mutation by GET", 405, "BAD_REQUEST", () => get(JSON.parse(change).query)],
    [
      "a stored document",
      200,
      "PERSISTED_QUERY_NOT_SUPPORTED",
      () => post(signedIn(), JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: "a" } } })),
    ],
    [
      "another method",
      405,
      "METHOD_NOT_ALLOWED",
      () => ask(`${served.address}/graphql`, { method: "PUT", headers: signedIn(), body: question }),
    ],
    ["another address", 404, "NOT_FOUND", () => ask(`${served.address}/graphql/x`, {})],
    ["a broken address", 404, "NOT_FOUND", () => ask(`${served.address}/%E0%A4%A`, {})],
  ];
  it.each(refused)("%s (%i %s)", async (_what, status, code, make) => {
    const answer = await make();
    expect(answer).toMatchObject({ status, code });
    expect(answer.headers["cache-control"]).toMatch(/^private/);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.text).not.toMatch(/\bat .*:\d+:\d+|node_modules/);
  });

  it("and the method that would work is named", async () => {
    const answer = await ask(`${served.address}/graphql`, { method: "DELETE", headers: signedIn() });
    expect(answer.headers["allow"]).toBe("GET, POST");
  });

  it("a mutation whose answer would not be accepted is not made", async () => {
    expect((await post(signedIn({ accept: "text/html" }), change)).code).toBe("NOT_ACCEPTABLE");
    expect(await sql(database(), "select count(*) from toggle")).toEqual([["0"]]);
  });

  it("what a document says in quotes is not repeated", async () => {
    const answer = await post(signedIn(), operation('{ viewer "Ada Lovelace" }'));
    expect(answer.code).toBe("GRAPHQL_PARSE_FAILED");
    expect(answer.text).not.toContain("Ada");
  });

  it("whoever may not come in cannot make us read a body", async () => {
    expect((await post(JSON_TYPE, "{")).code).toBe("UNAUTHENTICATED");
  });
});

describe("who watches over the server", () => {
  it("learns that it is alive and ready", async () => {
    expect(await ask(`${served.address}/health/live`, {})).toMatchObject({ status: 200, text: '{"live":true}' });
    const ready = await ask(`${served.address}/health/ready`, {});
    expect(ready).toMatchObject({ status: 200, text: '{"ready":true,"why":[]}' });
  });

  it("hears of every answer, by its route and without what was asked", async () => {
    served.heard.length = 0;
    await get('{ viewer { kind } } # "Ada Lovelace"');
    // The signal follows the last byte.
    while (served.heard.length === 0) await new Promise((soon) => setTimeout(soon, 5));
    expect(served.heard).toMatchObject([{ kind: "answered", method: "GET", route: "/graphql", status: 200 }]);
    expect(JSON.stringify(served.heard)).not.toContain("Ada");
  });
});
