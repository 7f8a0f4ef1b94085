import { describe, expect, it } from "@jest/globals";
import { openTestDatabase, sql } from "../database.ts";
import { foundTwoAccounts } from "../identity/founding.ts";
import { ask, operation, serveOn, type Answer, type Served } from "./serving.ts";

type Database = Awaited<ReturnType<typeof openTestDatabase>>;

interface Open {
  readonly served: Served;
  readonly database: Database;
  readonly question: () => Promise<Answer>;
  readonly close: () => Promise<void>;
}

const body = operation("{ viewer { kind } members(first: 1) { totalCount } }");

async function open(): Promise<Open> {
  const database = await openTestDatabase("pglite");
  await foundTwoAccounts(database);
  const served = await serveOn(database);
  const authorization = `Bearer ${await served.token({ kind: "role", account: "acme", role: "ADMIN" })}`;
  const headers = { authorization, "content-type": "application/json" };
  const question = (): Promise<Answer> => ask(`${served.address}/graphql`, { method: "POST", headers, body });
  return { served, question, database, close: () => database.close() };
}

/** Holds the only connection of the embedded database, so that an operation has to wait. */
async function hold(database: Database): Promise<() => Promise<void>> {
  const [begins, ends] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = database.write(async () => {
    begins.resolve();
    await ends.promise;
  });
  await begins.promise;
  return async () => {
    ends.resolve();
    await held;
  };
}

const soon = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

describe("a server that is told to stop", () => {
  it("answers what it has begun, and takes in nothing new", async () => {
    const { served, question, database, close } = await open();
    await question();
    const release = await hold(database);
    const begun = question();
    await soon(200);
    const stopped = served.server.stop(10_000);
    await soon(100);
    const late = await question().catch(() => "not let in");
    expect(late === "not let in" || (late as Answer).status === 503).toBe(true); // either the door is shut, or it says so
    await release();
    expect(await begun).toMatchObject({ status: 200, code: "none" });
    expect(await stopped).toBe(true);
    await close();
  });

  it("does not wait for ever for what does not end", async () => {
    const { served, question, database, close } = await open();
    await question();
    const release = await hold(database);
    const begun = question().then(
      () => "answered",
      () => "cut off",
    );
    await soon(200);
    const start = performance.now();
    const stopped = served.server.stop(300);
    expect(await begun).toBe("cut off");
    expect(performance.now() - start).toBeGreaterThanOrEqual(290);
    expect(await stopped).toBe(false);
    await release();
    // A database that is closed under an operation can hang.
    while (served.running.count > 0) await soon(10);
    await close();
  });
});

describe("something that breaks", () => {
  it("is told to the caller by an id alone, and to the log without a value", async () => {
    const { served, question, database, close } = await open();
    await sql(database, "alter table member rename to member_elsewhere");
    const answer = await question();
    expect(answer).toMatchObject({ status: 500, code: "INTERNAL" });
    const { id } = JSON.parse(answer.text).errors[0].extensions;
    const failed = served.heard.filter(({ kind }) => kind === "failed");
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ requestId: id, what: expect.stringContaining("42P01") });
    expect(answer.text + JSON.stringify(failed)).not.toMatch(/member|select/i);
    await served.server.stop(1000);
    await close();
  });

  it("is named to whoever asks whether the server is ready; it is alive all the same", async () => {
    const { served, close } = await open();
    await close();
    const ready = await ask(`${served.address}/health/ready`, {});
    expect(ready).toMatchObject({ status: 503, text: '{"ready":false,"why":["A check could not be made."]}' });
    expect((await ask(`${served.address}/health/live`, {})).status).toBe(200);
    await served.server.stop(1000);
  });
});
