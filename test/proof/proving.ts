// An account of the small seed with toggles and people of several roles, copied into two worlds.
import { afterAll, beforeAll } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { smallId } from "../../seeds/small-rows.ts";
import type { AccountId } from "../../src/caller.ts";
import { createGate } from "../../src/gateway/gate.ts";
import type { Gate } from "../../src/gateway/operation.ts";
import type { Catalogue } from "../../src/permission/catalogue.ts";
import type { ToggleSetting } from "../../src/permission/settings.ts";
import { callersFor, type ProofCaller } from "../../src/proof/callers.ts";
import { copyAccount, openCopies, type Copies } from "../../src/proof/copy.ts";
import type { Database } from "../../src/storage/database.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { openTestDatabase, sql } from "../database.ts";

export const account = smallId("harbour", "account", "account") as AccountId; // cast: the seed's own id

export interface Proving {
  readonly copies: Copies;
  readonly callers: readonly ProofCaller[];
}

/** Some that everybody loses, and some that only a role does. */
export const SWITCHED: readonly ToggleSetting[] = [
  { coordinate: "TimeEntry.billable", audience: "FINANCE", enabled: false },
  { coordinate: "TimeEntry.costRate", audience: "ADMIN", enabled: false },
  { coordinate: "TimeEntry.durationSeconds", audience: "INTEGRATION", enabled: false },
  { coordinate: "Member.name", audience: "INTEGRATION", enabled: false },
  { coordinate: "Project.name", audience: "MANAGER", enabled: false },
  { coordinate: "Member.salary", audience: "EVERYONE", enabled: false },
  { coordinate: "Expense", audience: "MANAGER", enabled: false },
  { coordinate: "Mutation.reopenTimesheet", audience: "ADMIN", enabled: false },
];

export const gateFor =
  (catalogue: Catalogue) =>
  (database: Database): Gate =>
    createGate({ catalogue, report: timeReport, database, cursorKey: "proof" });

/** For the tests of the block in which this is called. */
export function provingOn(toggles: readonly ToggleSetting[]): () => Proving {
  let proving: Proving | undefined;
  beforeAll(async () => {
    const source = await openTestDatabase("pglite");
    await seedSmall(source);
    await prepare(source, toggles);
    const callers = await callersFor(source, { account, roles: [], members: [] });
    proving = { copies: await openCopies(await copyAccount(source, account)), callers };
    await source.close();
  });
  afterAll(() => proving?.copies.close());
  return () => {
    if (proving === undefined) throw new Error("ask for it inside a test");
    return proving;
  };
}

/** m02 is an employee and of finance, m05 a manager and for an integration. */
async function prepare(source: Database, toggles: readonly ToggleSetting[]): Promise<void> {
  for (const [member, role] of [
    ["m02", "EMPLOYEE"],
    ["m05", "INTEGRATION"],
  ] as const) {
    const values = [account, smallId("harbour", "member", member), role];
    await sql(source, "insert into member_role (account_id, member_id, role) values ($1, $2, $3)", values);
  }
  for (const { coordinate, audience, enabled } of toggles) {
    await sql(
      source,
      `insert into toggle (account_id, coordinate, audience, enabled, changed_by, revision)
        values ($1, $2, $3, $4, 'a test', 1)`,
      [account, coordinate, audience, enabled],
    );
  }
}
