// GraphQL over HTTP, as its specification has it: every check of the audit that the specification's authors keep.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { serverAudits } from "graphql-http";
import { databaseFor } from "../database.ts";
import { foundTwoAccounts } from "../identity/founding.ts";
import { serveOn, type Served } from "./serving.ts";

const database = databaseFor("pglite");
let served: Served;
let token: string;

beforeAll(async () => {
  await foundTwoAccounts(database());
  served = await serveOn(database());
  token = await served.token({ kind: "role", account: "acme", role: "ADMIN" });
});
afterAll(() => served.server.stop(1000));

/** The audit asks as any client would that is signed in. */
const signedIn = (url: string, request: RequestInit = {}): Promise<Response> =>
  fetch(url, {
    ...request,
    headers: { ...Object.fromEntries(new Headers(request.headers)), authorization: `Bearer ${token}` },
  });

const audits = serverAudits({ url: () => `${served.address}/graphql`, fetchFn: signedIn });

describe("the server, by the audit of graphql-http,", () => {
  it("is asked all that the audit has to ask", () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result.status === "ok" ? "ok" : result.reason).toBe("ok");
  });
});
