import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { SignJWT, UnsecuredJWT } from "jose";
import { developmentIssuer, type DevelopmentIssuer } from "../../src/identity/issuer.ts";
import { makeTokens, type Claims } from "../../src/identity/token.ts";
import { databaseFor, onEachDatabase, sql } from "../database.ts";
import { openIssuer, problemIn, seconds, standingClock, type OutsideIssuer } from "./issuing.ts";

const HOUR = 3600;
const ada: Claims = { kind: "accounts", accounts: [{ account: "acme", member: "ada" }] };
const staff: Claims = { kind: "staff", email: "eve@vendor.example" };

onEachDatabase("the built-in issuer", (database) => {
  const clock = standingClock();
  const issuer = (): DevelopmentIssuer => developmentIssuer(database(), clock);
  const read = (token: string): Promise<Claims> => makeTokens(issuer().verify, clock).read(`Bearer ${token}`);

  it.each([ada, staff, { kind: "role", account: "acme", role: "FINANCE" } as const])(
    "is believed by every gateway process on the database: %j",
    async (claims) => {
      expect(await read(await issuer().sign(claims, HOUR))).toEqual(claims);
    },
  );

  it("has one key, however many processes start at once", async () => {
    await sql(database(), "delete from gateway_secret");
    const tokens = await Promise.all([issuer(), issuer(), issuer()].map((one) => one.sign(ada, HOUR)));
    for (const token of tokens) expect(await problemIn(read(token))).toBe("none");
    expect(await sql(database(), "select name from gateway_secret")).toEqual([["issuer"]]);
  });

  it("ends its tokens when their time is over", async () => {
    const token = await issuer().sign(ada, HOUR);
    clock.forward(HOUR - 1);
    expect(await problemIn(read(token))).toBe("none");
    clock.forward(1);
    expect(await problemIn(read(token))).toBe("TOKEN_EXPIRED");
  });
});

describe("the built-in issuer does not believe", () => {
  const database = databaseFor("pglite");
  const elsewhere = databaseFor("pglite");
  const clock = standingClock();
  let outside: OutsideIssuer;
  beforeAll(async () => {
    outside = await openIssuer();
  });
  afterAll(() => outside.close());
  const payload = () => ({ iss: "fieldgate-development", aud: "fieldgate-development", exp: seconds(clock, HOUR) });
  const claim = { fieldgate_staff: "eve@vendor.example" };

  const tokens: [string, () => Promise<string> | string][] = [
    ["the built-in issuer of another database", () => developmentIssuer(elsewhere(), clock).sign(ada, HOUR)],
    ["an issuer outside", () => outside.sign({ ...payload(), ...claim })],
    ["what nobody signed (alg none)", () => new UnsecuredJWT({ ...payload(), ...claim }).encode()],
    [
      "what was signed with an empty key",
      () => new SignJWT({ ...payload(), ...claim }).setProtectedHeader({ alg: "HS256" }).sign(Buffer.alloc(32)),
    ],
    [
      "a token that was given another account",
      async () => {
        const [head, body = "", signature] = (await developmentIssuer(database(), clock).sign(ada, HOUR)).split(".");
        const forged = Buffer.from(body, "base64url").toString().replace("acme", "other");
        return [head, Buffer.from(forged).toString("base64url"), signature].join(".");
      },
    ],
  ];
  it.each(tokens)("%s", async (_name, make) => {
    const verify = developmentIssuer(database(), clock).verify;
    expect(await problemIn(makeTokens(verify, clock).read(`Bearer ${await make()}`))).toBe("UNAUTHENTICATED");
  });

  it.each(["HS384", "HS512"])("its own key under another algorithm: %s", async (alg) => {
    await developmentIssuer(database(), clock).sign(ada, HOUR);
    const [row] = await sql(database(), "select value from gateway_secret where name = 'issuer'");
    const key = Buffer.from(row?.[0] ?? "", "base64url");
    const sign = (name: string): Promise<string> =>
      new SignJWT({ ...payload(), ...claim }).setProtectedHeader({ alg: name }).sign(key);
    const { verify } = developmentIssuer(database(), clock);
    expect(await problemIn(verify(await sign("HS256")))).toBe("none");
    expect(await problemIn(verify(await sign(alg)))).toBe("UNAUTHENTICATED");
  });

  it.each(["iss", "aud", "exp"] as const)("its own key without %s", async (missing) => {
    await developmentIssuer(database(), clock).sign(ada, HOUR);
    const [row] = await sql(database(), "select value from gateway_secret where name = 'issuer'");
    const { [missing]: _gone, ...rest } = payload();
    const token = await new SignJWT({ ...rest, ...claim })
      .setProtectedHeader({ alg: "HS256" })
      .sign(Buffer.from(row?.[0] ?? "", "base64url"));
    expect(await problemIn(developmentIssuer(database(), clock).verify(token))).toBe("UNAUTHENTICATED");
  });
});
