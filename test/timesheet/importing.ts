// Imports of short files in the form of these columns, and what they left in the database.
import { afterAll, beforeAll } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/clock.ts";
import { createAccount } from "../../src/identity/create-account.ts";
import type { Database } from "../../src/storage/database.ts";
import { importGeneric, type GenericImport } from "../../src/timesheet/import/generic.ts";
import { parseMap } from "../../src/timesheet/import/map.ts";
import { sql } from "../database.ts";

let place = "";
let files = 0;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "fieldgate-import-"));
});
afterAll(() => rm(place, { recursive: true }));

export const columns = {
  externalId: "id",
  member: "who",
  team: "team",
  project: "project",
  task: "task",
  customer: "customer",
  activity: "activity",
  start: "from",
  end: "to",
  durationMinutes: "minutes",
  description: "note",
  tags: "tags",
  rate: "rate",
};
export const header = "id,who,team,project,task,customer,activity,from,to,minutes,note,tags,rate";
export const first = '1,ann,red,bridge,plan,acme,design,2024-03-04 09:00,2024-03-04 10:00,60,drew it,"x,y",50.00';
export const second = "2,bob,red,bridge,build,acme,code,2024-03-04 09:00,2024-03-04 10:00,55,,,";

/** In a folder of the test file. */
export const fileNamed = (name: string): string => join(place, name);

type Given = Partial<GenericImport>;

/** What the tests do to a database. */
export function acts(database: () => Database) {
  const rows = (account: string, text: string) => sql(database(), text, [account]);
  return {
    rows,
    newAccount: () => {
      const account = { slug: `account-${files++}`, name: "An account", timezone: "Europe/Berlin", currency: "EUR" };
      return database().write((transaction) => createAccount(transaction, account));
    },
    imported: async (id: string, lines: readonly string[], more: Given = {}) => {
      const source = fileNamed(`${files++}.csv`);
      await writeFile(source, [header, ...lines].join("\n"));
      const account = { id, timezone: "Europe/Berlin", currency: "EUR" };
      const map = parseMap({ columns });
      return importGeneric({ database: database(), account, source, map, clock: systemClock, ...more });
    },
    /** Every row of the account, and where and by which transaction it was last written. */
    everything: async (account: string) => {
      const all = [];
      for (const table of TABLES.split(" ")) {
        all.push(await rows(account, `SELECT xmin, ctid, t.* FROM ${table} t WHERE account_id = $1 ORDER BY ctid`));
      }
      return all;
    },
  };
}

const TABLES =
  "account member member_role team team_member customer project project_member task activity tag time_entry time_entry_tag";
