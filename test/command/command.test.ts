import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/clock.ts";
import { developmentIssuer } from "../../src/identity/issuer.ts";
import type { Claims } from "../../src/identity/token.ts";
import { databaseFor, onEachDatabase, sql } from "../database.ts";
import { foundTwoAccounts, idOf, peopleIn } from "../identity/founding.ts";
import { call, type Said } from "./calling.ts";

onEachDatabase("by the command line", (database) => {
  beforeAll(() => foundTwoAccounts(database()));
  const fieldgate = (words: string): Promise<Said> => call(words.split(" "), { database: database() });
  const claimsOf = async ({ out }: Said): Promise<Claims> =>
    (await developmentIssuer(database(), systemClock).verify(out.trim())).claims;
  const member = async (name: string): Promise<Claims> => ({
    kind: "accounts",
    accounts: [{ account: "acme", member: await idOf(database(), "acme", name) }],
  });

  describe("a token is printed, and nothing else,", () => {
    it("of a member", async () => {
      const said = await fieldgate("token --account acme --member cy");
      expect(said).toMatchObject({ exit: 0, error: "", out: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/) });
      expect(await claimsOf(said)).toEqual(await member("cy"));
    });

    it("of the first member who has the role", async () => {
      expect(await claimsOf(await fieldgate("token --account acme --role manager"))).toEqual(await member("bo"));
    });

    it("of one who may no more than the role gives, before one who may", async () => {
      expect((await fieldgate("role --account acme --member bo --role FINANCE")).exit).toBe(0);
      expect(await claimsOf(await fieldgate("token --account acme --role MANAGER"))).toEqual(await member("cy"));
      expect((await fieldgate("role --account acme --member bo --role FINANCE --remove")).exit).toBe(0);
    });

    it.each(["FINANCE", "ADMIN", "INTEGRATION"])("of the role itself, where nobody has it: %s", async (role) => {
      const claims = await claimsOf(await fieldgate(`token --account acme --role ${role}`));
      expect(claims).toEqual({ kind: "role", account: "acme", role });
    });

    it("of no member for an integration, even where one has that role", async () => {
      await fieldgate("role --account acme --member ada --role INTEGRATION");
      const claims = await claimsOf(await fieldgate("token --account acme --role INTEGRATION"));
      expect(claims).toEqual({ kind: "role", account: "acme", role: "INTEGRATION" });
    });

    it("of one of the vendor's people", async () => {
      const claims = await claimsOf(await fieldgate("token --staff eve@vendor.example"));
      expect(claims).toEqual({ kind: "staff", email: "eve@vendor.example" });
    });

    it("for as long as it was asked for", async () => {
      const { out } = await fieldgate("token --account acme --role ADMIN --expires 30m --json");
      const minutes = (Date.parse(JSON.parse(out).expires) - systemClock.now().getTime()) / 60_000;
      expect(minutes).toBeGreaterThan(29);
      expect(minutes).toBeLessThanOrEqual(30);
    });
  });

  describe("a role and a toggle are changed", () => {
    it("in words or as JSON", async () => {
      const said = await fieldgate("role --account acme --member ada --role MANAGER --lead north south --json");
      expect(said).toMatchObject({ exit: 0, error: "" });
      expect(JSON.parse(said.out)).toMatchObject({ account: "acme", member: "ada", changed: true });
      const toggled = await fieldgate("toggle --account acme --audience MANAGER TimeEntry.costRate on");
      expect(toggled.out).toMatch(/^TimeEntry.costRate is on for MANAGER of acme; revision \d+\n$/);
      expect(await sql(database(), "select coordinate, audience, enabled, changed_by from toggle")).toEqual([
        ["TimeEntry.costRate", "MANAGER", "t", "the command line"],
      ]);
    });

    it("and a second time nothing changes", async () => {
      const before = await peopleIn(database());
      expect((await fieldgate("toggle --account acme --audience MANAGER TimeEntry.costRate on")).out).toContain(
        "as before",
      );
      expect(await peopleIn(database())).toBe(before);
    });

    it("and whom it would hit is told first, in words and as JSON", async () => {
      const toggle = "toggle --account acme TimeEntry.costRate off --dry-run";
      const nobody = "No operation of the last 30 days loses anything (nothing was recorded).";
      expect((await fieldgate(toggle)).out).toMatch(
        new RegExp(`--dry-run.*\\n${nobody.replaceAll(/[().]/g, "\\$&")}\\n$`),
      );
      await sql(
        database(),
        `insert into operation select id, 'h', 'Rates', '{ … }', '{Query.timeEntries,TimeEntryConnection.nodes,TimeEntry.costRate}', '{-1,0,1}'
        from account where slug = 'acme'`,
      );
      await sql(
        database(),
        `insert into operation_use select account_id, 'h', now(), '{ADMIN}', id, 12 from member where external_id = 'ada'
        and account_id = (select id from account where slug = 'acme')`,
      );
      const { out } = await fieldgate(toggle);
      expect(out).toMatch(
        /\n1 operation .* loses something \(recorded since [-\d]+\): 1 person, 12 requests, ADMIN\.\n/,
      );
      expect(out).toMatch(/\n {2}Rates has nulls: TimeEntry\.costRate \(1 person, 12 requests, last on [-\d]+\)\n$/);
      const { impact } = JSON.parse((await fieldgate(`${toggle} --json`)).out);
      expect(impact).toMatchObject({ operationCount: 1, requests: 12, people: 1, roles: ["ADMIN"] });
    });

    it("or only asked about", async () => {
      const before = await sql(database(), "select * from toggle");
      const said = await fieldgate("toggle --account acme TimeEntry.costRate off --dry-run --json");
      expect(JSON.parse(said.out)).toMatchObject({ changed: true, dryRun: true });
      expect(await sql(database(), "select * from toggle")).toEqual(before);
    });
  });

  describe("what cannot be done leaves everything as it was, and says why:", () => {
    it.each([
      [1, "ACCOUNT_UNKNOWN", "token --account nobody --role ADMIN"],
      [1, "MEMBER_UNKNOWN", "token --account acme --member nobody"],
      [1, "ROLE_NEEDS_MEMBER", "token --account other --role EMPLOYEE --json"],
      [1, "ACCOUNT_UNKNOWN", "role --account nobody --member ada --role ADMIN"],
      [1, "TEAM_UNKNOWN", "role --account acme --member ada --role ADMIN --lead nowhere"],
      [1, "ACCOUNT_UNKNOWN", "toggle --account nobody TimeEntry.costRate off"],
      [1, "TOGGLE_UNKNOWN", "toggle --account acme TimeEntry.nothing off"],
      [1, "TOGGLE_FIXED", "toggle --account acme TimeEntry.id off"],
      [1, "TOGGLE_NEVER", "toggle --account acme --audience EMPLOYEE TimeEntry.costRate on --json"],
      [1, "STALE", "toggle --account acme TimeEntry.costRate off --expected-revision 1"],
      [1, "IMPORT_FORMAT", "import x.csv --account acme --format toggl"],
      [1, "IMPORT_MAP_NEEDED", "import x.csv --account acme --format generic"],
      [1, "IMPORT_MAP_INVALID", "import x.csv --account acme --format generic --map nowhere.json"],
      [2, "--role or --member", "token --account acme"],
      [2, "--staff alone", "token --account acme --staff eve@vendor.example"],
      [2, "--role or --member", "token --account acme --role ADMIN --member ada"],
      [2, "Roles are", "token --account acme --role OWNER"],
      [2, "at most 366d", "token --staff eve@vendor.example --expires 99999d"],
      [2, "--account", "role --member ada --role ADMIN"],
      [2, "on, off", "toggle --account acme TimeEntry.costRate maybe"],
      [2, "EVERYONE", "toggle --account acme --audience NOBODY TimeEntry.costRate off"],
      [2, "generic, toggl", "import x.csv --account acme --format xml"],
      [2, "unknown command", "destroy"],
    ])("exit %i, %s: %s", async (exit, words, line) => {
      const before = [await peopleIn(database()), await sql(database(), "select * from toggle")];
      const said = await fieldgate(line);
      expect(said).toMatchObject({ exit, out: "", error: expect.stringContaining(words) });
      expect(line.endsWith("--json") ? JSON.parse(said.error).error.code : words).toBe(words);
      expect([await peopleIn(database()), await sql(database(), "select * from toggle")]).toEqual(before);
    });
  });
});

describe("in production", () => {
  const database = databaseFor("pglite");
  beforeAll(() => foundTwoAccounts(database()));
  const production = [
    { FIELDGATE_DEMO: "0" },
    { JWKS_URL: "https://id.example/keys", JWT_ISSUER: "https://id.example/", JWT_AUDIENCE: "fieldgate" },
  ];
  it.each(production)("no token is made and no demo data written: %j", async (environment) => {
    const where = { database: database(), environment };
    const token = await call(["token", "--account", "acme", "--role", "ADMIN"], where);
    expect(token).toMatchObject({ exit: 1, out: "", error: expect.stringContaining("TOKEN_IN_PRODUCTION") });
    const seed = await call(["seed"], where);
    expect(seed).toMatchObject({ exit: 1, out: "", error: expect.stringContaining("SEED_IN_PRODUCTION") });
    expect(await sql(database(), "select count(*) from gateway_secret")).toEqual([["0"]]);
    expect(await sql(database(), "select slug from account order by slug")).toEqual([["acme"], ["other"]]);
  });
});

onEachDatabase("an import by the command line", (database) => {
  const folder = mkdtempSync(join(tmpdir(), "fieldgate-"));
  beforeAll(() => {
    const columns = { member: "who", start: "start", durationMinutes: "minutes", externalId: "id" };
    writeFileSync(join(folder, "map.json"), JSON.stringify({ columns }));
    writeFileSync(
      join(folder, "good.csv"),
      "id,who,start,minutes\n1,ada,2026-03-02T09:00,60\n2,bo,2026-03-02T10:00,30\n",
    );
    writeFileSync(join(folder, "bad.csv"), "id,who,start,minutes\n3,ada,2026-03-02T09:00,60\n4,bo,yesterday,30\n");
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const load = (words: string): Promise<Said> =>
    call(`import ${words} --format generic --map map.json`.split(" "), { database: database(), directory: folder });
  const entries = async (): Promise<number> =>
    Number((await sql(database(), "select count(*) from time_entry"))[0]?.[0]);

  it("refuses an account that is not there, and makes it where that was asked for", async () => {
    expect(await load("good.csv --account acme")).toMatchObject({
      exit: 1,
      error: expect.stringMatching(/ACCOUNT_UNKNOWN[^]*--create-account/),
    });
    expect(await sql(database(), "select slug from account")).toEqual([]);
    expect(await load("good.csv --account acme --create-account")).toMatchObject({ exit: 0, error: "" });
    expect(await entries()).toBe(2);
  });

  it("changes nothing the second time", async () => {
    const said = await load("good.csv --account acme --create-account --json");
    expect(JSON.parse(said.out)).toMatchObject({ rows: 2, created: 0, updated: 0, unchanged: 2 });
    expect(await entries()).toBe(2);
  });

  it("says which rows it left out", async () => {
    const said = await load("bad.csv --account acme");
    expect(said).toMatchObject({
      exit: 0,
      out: expect.stringContaining("line 3"),
      error: expect.stringContaining("1 row"),
    });
    expect(await entries()).toBe(3);
  });

  it("leaves no empty account behind where nothing was to be left out", async () => {
    const said = await load("bad.csv --account fresh --create-account --strict");
    expect(said).toMatchObject({ exit: 1, out: "", error: expect.stringContaining("IMPORT_ROWS_UNREADABLE") });
    expect(said.error).toContain("line 3");
    expect(await sql(database(), "select slug from account")).toEqual([["acme"]]);
    expect(await entries()).toBe(3);
  });
});
