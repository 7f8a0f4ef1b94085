import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { makeArrival, type Arrive } from "../../src/gateway/arrival.ts";
import { makeDirectory } from "../../src/identity/directory.ts";
import { developmentIssuer } from "../../src/identity/issuer.ts";
import { makeTokens, type Claims } from "../../src/identity/token.ts";
import { onEachDatabase, openTestDatabase, sql } from "../database.ts";
import { foundTwoAccounts, idOf, peopleIn } from "../identity/founding.ts";
import { problemIn, standingClock } from "../identity/issuing.ts";

const clock = standingClock();
const HOUR = 3600;
const memberships = (...accounts: [string, string][]): Claims => ({
  kind: "accounts",
  accounts: accounts.map(([account, member]) => ({ account, member })),
});

onEachDatabase("who arrives", (database) => {
  let before: string;
  beforeAll(async () => {
    await foundTwoAccounts(database());
    before = await peopleIn(database());
  });
  const arrival = (time = clock): Arrive => {
    const issuer = developmentIssuer(database(), time);
    return makeArrival({ tokens: makeTokens(issuer.verify, time), directory: makeDirectory(database(), time) });
  };
  const bearer = async (claims: Claims): Promise<string> =>
    `Bearer ${await developmentIssuer(database(), clock).sign(claims, HOUR)}`;
  const arrive = async (claims: Claims, account?: string) =>
    arrival()({ authorization: await bearer(claims), "fieldgate-account": account });

  describe("is known", () => {
    it("as a member by their external id", async () => {
      const member = await idOf(database(), "acme", "ada");
      const caller = { kind: "member", account: await idOf(database(), "acme"), member };
      expect(await arrive(memberships(["acme", "ada"]))).toEqual(caller);
      expect(await arrive(memberships(["acme", member]))).toEqual(caller);
      expect(await arrive(memberships(["acme", member.toUpperCase()]), "acme")).toEqual(caller);
    });

    it("in the account that the header names, where the token opens several", async () => {
      const both = memberships(["acme", "ada"], ["other", "bo"]);
      for (const [account, member] of [
        ["acme", "ada"],
        ["other", "bo"],
      ] as const) {
        const id = await idOf(database(), account);
        const person = await idOf(database(), account, member);
        expect(await arrive(both, account)).toEqual({ kind: "member", account: id, member: person });
      }
    });

    it("as a role and nobody", async () => {
      const account = await idOf(database(), "acme");
      const claims = { kind: "role", account: "acme", role: "FINANCE" } as const;
      expect(await arrive(claims)).toEqual({ kind: "role", account, role: "FINANCE" });
    });

    it.each([undefined, "acme", "nobody"])("as staff, whatever account they name: %s", async (account) => {
      const claims = { kind: "staff", email: "eve@vendor.example" } as const;
      expect(await arrive(claims, account)).toEqual({ kind: "staff", email: "eve@vendor.example" });
    });
  });

  describe("is refused", () => {
    afterEach(async () => {
      if ((await peopleIn(database())) !== before) throw new Error("a refusal changed the people or their rights");
    });

    it.each([
      ["ACCOUNT_FORBIDDEN", "an account of others", memberships(["acme", "ada"]), "other"],
      ["ACCOUNT_FORBIDDEN", "an account that does not exist", memberships(["acme", "ada"]), "nobody"],
      ["ACCOUNT_FORBIDDEN", "two accounts at once", memberships(["acme", "ada"], ["other", "bo"]), "acme, other"],
      ["ACCOUNT_FORBIDDEN", "an empty name", memberships(["acme", "ada"]), ""],
      ["ACCOUNT_FORBIDDEN", "a token for an account that is gone", memberships(["gone", "ada"]), undefined],
      ["ACCOUNT_FORBIDDEN", "a token for a member who is gone", memberships(["acme", "gone"]), undefined],
      ["ACCOUNT_FORBIDDEN", "a member of the other account only", memberships(["other", "cy"]), undefined],
      ["ACCOUNT_NEEDED", "several accounts and no choice", memberships(["acme", "ada"], ["other", "bo"]), undefined],
      ["ACCOUNT_FORBIDDEN", "a role elsewhere", { kind: "role", account: "acme", role: "ADMIN" } as const, "other"],
      ["ACCOUNT_FORBIDDEN", "a role nowhere", { kind: "role", account: "gone", role: "ADMIN" } as const, undefined],
    ])("with %s: %s", async (code, _what, claims, account) => {
      expect(await problemIn(arrive(claims, account))).toBe(code);
    });

    it("by the same object for an account of others and for one that does not exist", async () => {
      const claims = memberships(["acme", "ada"]);
      const [others, nobodys] = await Promise.allSettled([arrive(claims, "other"), arrive(claims, "nobody")]);
      expect(others).toEqual(nobodys);
      expect(others).toMatchObject({ status: "rejected", reason: { code: "ACCOUNT_FORBIDDEN", extensions: {} } });
    });

    it.each([undefined, "", "Bearer x"])("without a token: %j", async (authorization) => {
      expect(await problemIn(arrival()({ authorization }))).toBe("UNAUTHENTICATED");
    });
  });

  it("is found under a name that was given to somebody else, half a minute later at most", async () => {
    const time = standingClock();
    const comes = arrival(time);
    const headers = { authorization: await bearer(memberships(["acme", "ada"])) };
    const rename = (from: string, to: string) =>
      sql(database(), "update member set external_id = $2 where external_id = $1", [from, to]);
    const ada = await comes(headers);
    await rename("ada", "ada-once");
    await rename("bo", "ada");
    time.forward(31);
    const other = await comes(headers);
    expect(other).not.toEqual(ada);
    expect(other).toMatchObject({ member: await idOf(database(), "acme", "ada") });
    await rename("ada", "bo");
    await rename("ada-once", "ada");
  });
});

it("nobody is let in, and nobody called a liar, while the database is away", async () => {
  const database = await openTestDatabase("pglite");
  await foundTwoAccounts(database);
  const issuer = developmentIssuer(database, clock);
  const authorization = `Bearer ${await issuer.sign(memberships(["acme", "ada"]), HOUR)}`;
  const comes = makeArrival({ tokens: makeTokens(issuer.verify, clock), directory: makeDirectory(database, clock) });
  await database.close();
  expect(await problemIn(comes({ authorization }))).toBe("ACCESS_UNAVAILABLE");
});
