import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from "jose";
import { externalVerify } from "../../src/identity/issuer.ts";
import { makeTokens, readClaims, writeClaims, type Claims } from "../../src/identity/token.ts";
import { openIssuer, problemIn, seconds, standingClock, type OutsideIssuer } from "./issuing.ts";

const clock = standingClock();
const ada = [{ account: "harbour", member: "ada" }];
let outside: OutsideIssuer;
let stranger: CryptoKey;
beforeAll(async () => {
  outside = await openIssuer();
  stranger = (await generateKeyPair("ES256")).privateKey;
});
afterAll(() => outside.close());

const payload = (changes: Partial<Record<string, unknown>> = {}): JWTPayload => {
  const { issuer: iss, audience: aud } = outside;
  return { iss, aud, exp: seconds(clock, 60), fieldgate_accounts: ada, ...changes };
};
const read = (token: string): Promise<Claims> =>
  makeTokens(externalVerify(outside, clock), clock).read(`Bearer ${token}`);

const [header, body, signature] = [0, 1, 2];
/** The token with one of its three parts put through a change. */
const altered = (token: string, part: number, change: (text: string) => string): string =>
  token
    .split(".")
    .map((text, at) => (at === part ? change(text) : text))
    .join(".");
const rewritten = (change: (value: string) => string) => (text: string) =>
  Buffer.from(change(Buffer.from(text, "base64url").toString())).toString("base64url");

const swapped = (text: string): string => (text.startsWith("A") ? "B" : "A") + text.slice(1);

describe("a token of the company's own issuer", () => {
  it("says where its holder is a member", async () => {
    expect(await read(await outside.sign(payload()))).toEqual({ kind: "accounts", accounts: ada });
  });

  const unauthenticated: [string, () => Promise<string> | string][] = [
    ["signed with somebody else's key", () => outside.sign(payload(), stranger)],
    ["of another issuer", () => outside.sign(payload({ iss: "https://evil.example/" }))],
    ["for another audience", () => outside.sign(payload({ aud: "payroll" }))],
    ["without an issuer", () => outside.sign(payload({ iss: undefined }))],
    ["without an audience", () => outside.sign(payload({ aud: undefined }))],
    ["that never ends", () => outside.sign(payload({ exp: undefined }))],
    ["that is not valid yet", () => outside.sign(payload({ nbf: seconds(clock, 600) }))],
    ["that is not signed (alg none)", () => new UnsecuredJWT(payload()).encode()],
    [
      "signed with the public address as a secret",
      () => new SignJWT(payload()).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(outside.keys.href.repeat(2))),
    ],
    [
      "with another account written into it",
      async () =>
        altered(
          await outside.sign(payload()),
          body,
          rewritten((text) => text.replace("harbour", "kestrel")),
        ),
    ],
    [
      "with a later end written into it",
      async () =>
        altered(
          await outside.sign(payload()),
          body,
          rewritten((text) => text.replace('"exp":1', '"exp":2')),
        ),
    ],
    [
      "with one letter of the signature changed",
      async () => {
        return altered(await outside.sign(payload()), signature, swapped);
      },
    ],
    ["without its signature", async () => altered(await outside.sign(payload()), signature, () => "")],
    [
      "with another algorithm written into its head",
      async () =>
        altered(
          await outside.sign(payload()),
          header,
          rewritten((text) => text.replace("ES256", "none")),
        ),
    ],
    ["that names no account", () => outside.sign(payload({ fieldgate_accounts: undefined }))],
    ["that names an empty list of accounts", () => outside.sign(payload({ fieldgate_accounts: [] }))],
    [
      "that is a role and nobody",
      () =>
        outside.sign(payload({ fieldgate_accounts: undefined, fieldgate_role: { account: "harbour", role: "ADMIN" } })),
    ],
    [
      "that says it is staff",
      () => outside.sign(payload({ fieldgate_accounts: undefined, fieldgate_staff: "eve@vendor.example" })),
    ],
  ];
  it.each(unauthenticated)("%s is not believed", async (_name, make) => {
    expect(await problemIn(read(await make()))).toBe("UNAUTHENTICATED");
  });

  it("that has ended is refused as expired, so that a client knows to ask for a new one", async () => {
    expect(await problemIn(read(await outside.sign(payload({ exp: seconds(clock, -60) }))))).toBe("TOKEN_EXPIRED");
  });

  it("that has ended and is not theirs is not told from any other false one", async () => {
    const false_ = await outside.sign(payload({ exp: seconds(clock, -60) }), stranger);
    expect(await problemIn(read(false_))).toBe("UNAUTHENTICATED");
  });

  it.each([undefined, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b", "Bearer a.b.c.d", "Bearer {}.{}.{}"])(
    "the header %j is no token",
    async (authorization) => {
      const tokens = makeTokens(externalVerify(outside, clock), clock);
      expect(await problemIn(tokens.read(authorization))).toBe("UNAUTHENTICATED");
    },
  );

  it("cannot be checked while its issuer's keys cannot be had: nobody comes in, and nobody is called a liar", async () => {
    const gone = await openIssuer();
    await gone.close();
    const tokens = makeTokens(externalVerify(gone, clock), clock);
    expect(await problemIn(tokens.read(`Bearer ${await gone.sign(payload())}`))).toBe("ACCESS_UNAVAILABLE");
  });
});

describe("a token that was believed", () => {
  it("is believed until it ends, and not after", async () => {
    const time = standingClock();
    const tokens = makeTokens(externalVerify(outside, time), time);
    const bearer = `Bearer ${await outside.sign(payload({ exp: seconds(time, 60) }))}`;
    await tokens.read(bearer);
    time.forward(59);
    expect(await problemIn(tokens.read(bearer))).toBe("none");
    time.forward(7);
    expect(await problemIn(tokens.read(bearer))).toBe("TOKEN_EXPIRED");
  });

  it("is not verified a second time", async () => {
    let times = 0;
    const verify = externalVerify(outside, clock);
    const tokens = makeTokens((token) => {
      times += 1;
      return verify(token);
    }, clock);
    const bearer = `Bearer ${await outside.sign(payload())}`;
    await tokens.read(bearer);
    await tokens.read(bearer);
    expect(times).toBe(1);
  });

  it("does not make another one believed that differs in its signature only", async () => {
    const tokens = makeTokens(externalVerify(outside, clock), clock);
    const token = await outside.sign(payload());
    await tokens.read(`Bearer ${token}`);
    const forged = altered(token, signature, (text) => text.split("").toReversed().join(""));
    expect(await problemIn(tokens.read(`Bearer ${forged}`))).toBe("UNAUTHENTICATED");
  });
});

describe("what a token may say", () => {
  const said: Claims[] = [
    { kind: "accounts", accounts: [...ada, { account: "kestrel", member: "7" }] },
    { kind: "role", account: "harbour", role: "FINANCE" },
    { kind: "role", account: "harbour", role: "ADMIN" },
    { kind: "role", account: "harbour", role: "INTEGRATION" },
    { kind: "staff", email: "eve@vendor.example" },
  ];
  it.each(said)("is read as it was written: %j", (claims) => {
    expect(readClaims(writeClaims(claims))).toEqual(claims);
  });

  it.each([
    ["nothing", {}],
    ["two things at once", { fieldgate_accounts: ada, fieldgate_staff: "eve@vendor.example" }],
    ["accounts that are no list", { fieldgate_accounts: ada[0] }],
    ["a membership without a member", { fieldgate_accounts: [{ account: "harbour" }] }],
    ["a membership without an account", { fieldgate_accounts: [{ member: "ada" }] }],
    ["one good membership and one bad", { fieldgate_accounts: [...ada, null] }],
    ["two people of one account", { fieldgate_accounts: [...ada, { account: "harbour", member: "bo" }] }],
    ["a member who is a number", { fieldgate_accounts: [{ account: "harbour", member: 7 }] }],
    ["a name with a zero byte", { fieldgate_accounts: [{ account: "harbour", member: "a\0" }] }],
    ["a role that does not exist", { fieldgate_role: { account: "harbour", role: "OWNER" } }],
    ["an employee who is nobody", { fieldgate_role: { account: "harbour", role: "EMPLOYEE" } }],
    ["a manager who is nobody", { fieldgate_role: { account: "harbour", role: "MANAGER" } }],
    ["staff without an address", { fieldgate_staff: "" }],
  ])("is not %s", (_name, claims) => {
    expect(readClaims(claims)).toBeUndefined();
  });
});
