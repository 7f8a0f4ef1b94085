// Whoever is told no may ask why: which switch, rule or ceiling it was, whom to ask, and what would change it.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor, sql } from "../database.ts";
import { idOf } from "../gateway.ts";
import { contentOf, openGate, people, setToggles, type Answer, type Gateway } from "./asking.ts";
import { explaining } from "./why.ts";

const database = databaseFor("pglite");
let gateway: Gateway;
let before: string;

const { why, told } = explaining(() => gateway);
const { ADMIN, MANAGER, EMPLOYEE, FINANCE } = people;

beforeAll(async () => {
  await seedSmall(database());
  before = new Date().toISOString();
  gateway = openGate(database());
  await gateway.ask(
    ADMIN,
    `mutation { setToggles(reason: "the works council", changes: [{ coordinate: "TimeEntry.start", enabled: false }]) { revision } }`,
  );
  await setToggles(gateway, "Member.weeklyHours off EMPLOYEE", "EntryStatus.REJECTED off", "Task off", "Task.done off");
});

describe("an explanation for the caller", () => {
  it.each([
    ["EMPLOYEE", "TimeEntry.date", "OPEN", null, "TimeEntry.date is on for the role EMPLOYEE."],
    [
      "EMPLOYEE",
      "TimeEntry.start",
      "DENIED",
      "SWITCHED_OFF_BY_ACCOUNT",
      "Switched off by your administrator for everyone: TimeEntry.start.",
    ],
    [
      "EMPLOYEE",
      "Member.weeklyHours",
      "DENIED",
      "SWITCHED_OFF_BY_ACCOUNT",
      "Switched off by your administrator for the role EMPLOYEE: Member.weeklyHours.",
    ],
    [
      "EMPLOYEE",
      "TimeEntry.costRate",
      "DENIED",
      "ROLE",
      "Never for the role EMPLOYEE, whatever is switched: TimeEntry.costRate.",
    ],
    [
      "MANAGER",
      "TimeEntry.costRate",
      "DENIED",
      "ROLE",
      "Off for the role MANAGER until an administrator switches it on: TimeEntry.costRate.",
    ],
    [
      "MANAGER",
      "TimeEntryFilter.costRate",
      "DENIED",
      "ROLE",
      "TimeEntryFilter.costRate reads TimeEntry.costRate. Off for the role MANAGER until an administrator switches it on: TimeEntry.costRate.",
    ],
    [
      "MANAGER",
      "TimeEntry.internalNote",
      "MASKED",
      "ROW_CONDITION",
      "For the role MANAGER TimeEntry.internalNote shows only where team is one of the caller's led teams.",
    ],
    [
      "EMPLOYEE",
      "TimeEntry.status",
      "MASKED",
      "ROW_CONDITION",
      "TimeEntry.status may be EntryStatus.REJECTED. Switched off by your administrator for everyone: EntryStatus.REJECTED.",
    ],
    [
      "FINANCE",
      "Query.tasks",
      "DENIED",
      "SWITCHED_OFF_BY_ACCOUNT",
      "Query.tasks shows TaskConnection. TaskConnection always holds TaskConnection.nodes. TaskConnection.nodes shows Task. Switched off by your administrator for everyone: Task.",
    ],
    [
      "INTEGRATION",
      "Query.toggles",
      "DENIED",
      "ROLE",
      "Never for the role INTEGRATION, whatever is switched: Query.toggles.",
    ],
  ] as const)("tells somebody who is %s of %s that it is %s", async (who, coordinate, state, reason, words) => {
    expect(await told(people[who], `coordinate: "${coordinate}"`)).toMatchObject({ coordinate, state, reason, words });
  });

  it("names every switch that has to be turned, nobody who set it, and whom to ask", async () => {
    const answer = await why(MANAGER, `coordinate: "Task.done"`);
    expect(answer.at("explainAccess")).toMatchObject({
      fix: [
        { coordinate: "Task.done", audience: "EVERYONE", enabled: true },
        { coordinate: "Task", audience: "EVERYONE", enabled: true },
      ],
      ask: "An administrator of the account: the changes under fix would open it.",
      decidedBy: [
        { kind: "TOGGLE", coordinate: "Task.done", changedBy: null, changedAt: null, why: null },
        { kind: "TOGGLE", coordinate: "Task", changedBy: null, changedAt: null, why: null },
      ],
    });
    expect(answer.body).not.toContain("Margaret");
  });

  it("goes step by step: toggle, rule, verdict, and what it needs before them", async () => {
    const found = await why(MANAGER, `coordinate: "TimeEntry.costAmount"`);
    expect(found.at("explainAccess.chain.@.words")).toEqual([
      "Nobody has switched TimeEntry.costAmount on for the role MANAGER.",
      "By itself the role MANAGER has TimeEntry.costAmount off.",
      "TimeEntry.costAmount is made from TimeEntry.costRate.",
      "Nobody has switched TimeEntry.costRate on for the role MANAGER.",
      "By itself the role MANAGER has TimeEntry.costRate off.",
      "TimeEntry.costAmount is denied: ROLE.",
    ]);
  });

  it("says of each of several roles what it has, and of both together", async () => {
    await sql(
      database(),
      `insert into member_role (account_id, member_id, role) select account_id, id, 'MANAGER' from member where external_id = 'm02'
        and account_id = $1::uuid`,
      [FINANCE.account],
    );
    expect(await told(FINANCE, `coordinate: "TimeEntry.costRate"`)).toMatchObject({
      roles: ["MANAGER", "FINANCE"],
      state: "OPEN",
      verdicts: [
        { role: "MANAGER", state: "DENIED", reason: "ROLE" },
        { role: "FINANCE", state: "OPEN", reason: null },
      ],
    });
    await setToggles(gateway, "TimeEntry.date off FINANCE");
    expect(await told(FINANCE, `coordinate: "TimeEntry.date"`)).toMatchObject({
      state: "MASKED",
      reason: "ROW_CONDITION",
      words:
        "TimeEntry.date shows on the rows of the role MANAGER only. Switched off by your administrator for the role FINANCE: TimeEntry.date.",
      fix: [{ coordinate: "TimeEntry.date", audience: "FINANCE" }],
    });
    await setToggles(gateway, "TimeEntry.date on FINANCE");
    await sql(database(), "delete from member_role where role = 'MANAGER' and member_id = $1::uuid", [FINANCE.member]);
  });

  it.each([
    ["neither a coordinate nor a document", EMPLOYEE, `as: { role: "EMPLOYEE" }`, "BAD_USER_INPUT"],
    ["both at once", EMPLOYEE, `coordinate: "Task", document: "{ viewer { id } }"`, "BAD_USER_INPUT"],
    ["nobody in particular", ADMIN, `coordinate: "Task", as: {}`, "BAD_USER_INPUT"],
    ["two at once", ADMIN, `coordinate: "Task", as: { role: "FINANCE", grant: "x" }`, "BAD_USER_INPUT"],
    ["a role that there is not", ADMIN, `coordinate: "Task", as: { role: "BOSS" }`, "BAD_USER_INPUT"],
    ["a coordinate that there is not", ADMIN, `coordinate: "Task.colour"`, "COORDINATE_UNKNOWN"],
    [
      "a member of elsewhere",
      ADMIN,
      `coordinate: "Task", as: { member: "${idOf("Member", "m01", "kestrel")}" }`,
      "MEMBER_UNKNOWN",
    ],
    ["a team for a member", ADMIN, `coordinate: "Task", as: { member: "${idOf("Team", "t1")}" }`, "ID_INVALID"],
    ["a grant", ADMIN, `coordinate: "Task", as: { grant: "${idOf("Team", "t1")}" }`, "GRANT_UNKNOWN"],
    ["a time before the account began", ADMIN, `coordinate: "Task", at: "2020-01-01T00:00:00Z"`, "MOMENT_UNKNOWN"],
    ["a time to come", ADMIN, `coordinate: "Task", at: "2199-01-01T00:00:00Z"`, "MOMENT_UNKNOWN"],
    [
      "another role, as somebody else than an administrator",
      MANAGER,
      `coordinate: "Task", as: { role: "FINANCE" }`,
      "EXPLAIN_FOR_ADMINS",
    ],
    ["another member", MANAGER, `coordinate: "Task", as: { member: "${idOf("Member", "m01")}" }`, "EXPLAIN_FOR_ADMINS"],
    [
      "a member of elsewhere, as no administrator",
      MANAGER,
      `coordinate: "Task", as: { member: "${idOf("Member", "m01", "kestrel")}" }`,
      "EXPLAIN_FOR_ADMINS",
    ],
    ["whether there is a grant", MANAGER, `coordinate: "Task", as: { grant: "x" }`, "EXPLAIN_FOR_ADMINS"],
    ["the past", MANAGER, `coordinate: "Task", at: "2026-03-02T00:00:00Z"`, "EXPLAIN_FOR_ADMINS"],
  ])("is refused to whoever asks for %s", async (_what, who, args, code) => {
    const unchanged = await contentOf(database());
    const answer = await why(who, args);
    expect(answer.codes).toEqual([code]);
    expect(answer.data).toBeUndefined();
    expect(await contentOf(database())).toBe(unchanged);
  });

  it("may be asked for oneself by name, and for a role that one has", async () => {
    const plain = await told(MANAGER, `coordinate: "TimeEntry.costRate"`);
    const named = `coordinate: "TimeEntry.costRate", as: { member: "${idOf("Member", "m03")}" }`;
    expect(await told(MANAGER, named)).toEqual(plain);
    expect(await told(MANAGER, `coordinate: "TimeEntry.costRate", as: { role: "MANAGER" }`)).toEqual(plain);
  });
});

describe("an explanation for an administrator", () => {
  it("says who set the switch, when, and why", async () => {
    const asked = `coordinate: "TimeEntry.start", as: { member: "${idOf("Member", "m04")}" }`;
    expect(await told(ADMIN, asked)).toMatchObject({
      roles: ["EMPLOYEE"],
      state: "DENIED",
      decidedBy: [{ audience: "EVERYONE", changedBy: "Margaret Oyelaran", why: "the works council" }],
    });
  });

  it("speaks of the past: what was set then, and the roles of then", async () => {
    const then = `at: "${before}"`;
    expect(await told(ADMIN, `coordinate: "TimeEntry.start", as: { role: "EMPLOYEE" }, ${then}`)).toMatchObject({
      at: before,
      state: "OPEN",
    });
    const member = `as: { member: "${idOf("Member", "m04")}" }`;
    await sql(database(), "update member_role set role = 'FINANCE' where member_id = $1::uuid", [EMPLOYEE.member]);
    const asked = `coordinate: "TimeEntry.costRate", ${member}`;
    expect(await told(ADMIN, asked)).toMatchObject({ roles: ["FINANCE"], state: "OPEN" });
    expect(await told(ADMIN, `${asked}, ${then}`)).toMatchObject({ roles: ["EMPLOYEE"], state: "DENIED" });
    await sql(database(), "update member_role set role = 'EMPLOYEE' where member_id = $1::uuid", [EMPLOYEE.member]);
  });

  it("counts every change up to the moment, and none after it", async () => {
    const moments: string[] = [];
    for (const state of ["off", "on", "off"]) {
      await setToggles(gateway, `TimeEntry.end ${state}`);
      const [row] = await sql(
        database(),
        `select to_char(max(changed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from toggle_change`,
      );
      moments.push(row?.[0] ?? "");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const states: unknown[] = [];
    for (const at of moments) states.push(await why(ADMIN, `coordinate: "TimeEntry.end", at: "${at}"`));
    expect(states.map((answer) => (answer as Answer).at("explainAccess.state"))).toEqual(["DENIED", "OPEN", "DENIED"]); // cast: put in above
  });
});
