// Two at once on PostgreSQL: whoever is first wins, nobody waits for ever, and no entry is left in a state of its own.
import { expect, it, beforeEach, afterEach } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { seedSmall } from "../../seeds/seeding.ts";
import { systemClock } from "../../src/clock.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";
import { importGeneric } from "../../src/timesheet/import/generic.ts";
import { parseMap } from "../../src/timesheet/import/map.ts";
import type { ImportReport } from "../../src/timesheet/import/report.ts";
import { openTestDatabase, sql } from "../database.ts";
import { attempt, harbour, type Wanted } from "./writing.ts";

const ROUNDS = 8;
let database: OpenDatabase;
beforeEach(async () => {
  database = await openTestDatabase("postgresql");
  await seedSmall(database);
});
afterEach(async () => {
  await database.close();
});

const [admin, finance, aisha] = ["m01", "m02", "m04"].map(harbour) as [
  ReturnType<typeof harbour>,
  ReturnType<typeof harbour>,
  ReturnType<typeof harbour>,
]; // cast: three in, three out
const submit: Wanted = { act: "submit", row: "s2" };
const approve: Wanted = { act: "approve", row: "s2" };
const describe_ = (description: string): Wanted => ({ act: "update", row: "e03", input: { description } });
const weekOfAisha = "period_start = '2026-03-23' and member_id = (select id from member where external_id = 'm04')";
const setWeek = (status: string) =>
  sql(
    database,
    `with s as (update timesheet set status = '${status}' where ${weekOfAisha} returning id) update time_entry e set status = '${status}', description = 'before' from s where e.timesheet_id = s.id`,
  );
const description = async () =>
  (await sql(database, "select description from time_entry where external_id = 'e03'"))[0]?.[0];
const statuses = async () =>
  (
    await sql(
      database,
      `select s.status, string_agg(distinct e.status, ' ') from timesheet s join time_entry e on e.timesheet_id = s.id where s.${weekOfAisha.replace(" and ", " and s.")} group by s.status`,
    )
  )[0];

it("of two who hand in the same week, one does", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await setWeek("OPEN");
    const came = await Promise.all([1, 2, 3].map(() => attempt(database, aisha, submit)));
    expect(came.toSorted()).toEqual(["WRONG_STATE id", "WRONG_STATE id", "written"]);
    expect(await statuses()).toEqual(["SUBMITTED", "SUBMITTED"]);
  }
});

it("an entry is written before its week is handed in, or not at all", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await setWeek("OPEN");
    const [written, handedIn] = await Promise.all([
      attempt(database, aisha, describe_("after")),
      attempt(database, aisha, submit),
    ]);
    expect(handedIn).toBe("written");
    expect(["written", "LOCKED id"]).toContain(written);
    expect(await description()).toBe(written === "written" ? "after" : "before");
    expect(await statuses()).toEqual(["SUBMITTED", "SUBMITTED"]);
  }
});

async function isWaiting(): Promise<boolean> {
  const waits = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  return (await sql(database, waits))[0]?.[0] !== "0";
}

/** Begins the change while another transaction has done `first` and not yet ended; tells what came of the change then. */
async function whileOpen(first: string, change: Wanted): Promise<string> {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const other = database.write(async (transaction) => {
    await sql(transaction, first);
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  const state = { isOver: false };
  const came = attempt(database, aisha, change).finally(() => {
    state.isOver = true;
  });
  // The change has to have come to where it waits, or there would be no race to speak of.
  while (!state.isOver && !(await isWaiting())) await setTimeout(5);
  const hasWaited = !state.isOver;
  end.resolve();
  await other;
  expect(hasWaited).toBe(true);
  return came;
}
const approval = `update timesheet set status = 'APPROVED' where ${weekOfAisha}`;

it.each<[string, Wanted, string]>([
  ["a change", describe_("after"), "LOCKED id"],
  ["a deletion", { act: "delete", row: "e03" }, "LOCKED id"],
  ["a new entry", { act: "create", input: { date: "2026-03-26", durationSeconds: 60 } }, "LOCKED input.date"],
  ["handing in", submit, "WRONG_STATE id"],
])("%s waits for an approval that has begun, and finds the week closed", async (_, change, expected) => {
  expect(await whileOpen(approval, change)).toBe(expected);
});

it("a change finds the entry where somebody has just moved it to", async () => {
  const closed =
    "(select id from timesheet where status = 'APPROVED' and period_start = '2026-03-16' and account_id = time_entry.account_id)";
  const move = `update time_entry set timesheet_id = ${closed} where external_id = 'e03'`;
  expect(await whileOpen(move, describe_("after"))).toBe("LOCKED id");
  expect(await description()).toBe("Rules for the booking form");
});

it("a change does not find an entry that somebody has just deleted, or taken away", async () => {
  expect(await whileOpen("delete from time_entry where external_id = 'e07'", { act: "delete", row: "e07" })).toBe(
    "NOT_FOUND id",
  );
  const taken =
    "update time_entry set member_id = (select id from member where external_id = 'm03') where external_id = 'e03'";
  expect(await whileOpen(taken, describe_("after"))).toBe("NOT_FOUND id");
});

it("an entry of a week that is being approved is not changed", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await setWeek("SUBMITTED");
    const [approved, changed, deleted] = await Promise.all([
      attempt(database, admin, approve),
      attempt(database, aisha, describe_("after")),
      attempt(database, aisha, { act: "delete", row: "e03" }),
    ]);
    expect([approved, changed, deleted]).toEqual(["written", "LOCKED id", "LOCKED id"]);
    expect(await description()).toBe("before");
    expect(await statuses()).toEqual(["APPROVED", "APPROVED"]);
  }
});

it("an entry that comes into a week while it is handed in is handed in with it, or stays out", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await setWeek("OPEN");
    const input = { date: "2026-03-26", durationSeconds: 60, externalId: `new ${round}` };
    const [created, handedIn] = await Promise.all([
      attempt(database, aisha, { act: "create", input }),
      attempt(database, aisha, submit),
    ]);
    expect(handedIn).toBe("written");
    expect(["written", "LOCKED input.date"]).toContain(created);
    expect(await statuses()).toEqual(["SUBMITTED", "SUBMITTED"]);
  }
});

it("what is invoiced while its week is approved stays invoiced, or is refused because it was not approved yet", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await setWeek("SUBMITTED");
    const came = await Promise.all([
      attempt(database, admin, approve),
      attempt(database, finance, { act: "update", row: "e03", input: { status: "INVOICED" } }),
    ]);
    const [approved, invoiced] = came;
    expect(approved).toBe("written");
    expect(["written", "WRONG_STATE input.status"]).toContain(invoiced);
    expect(await statuses()).toEqual(["APPROVED", invoiced === "written" ? "APPROVED INVOICED" : "APPROVED"]);
  }
});

it("of two who take the same external id, one does", async () => {
  const input = { date: "2026-04-07", durationSeconds: 60, externalId: "same" };
  const came = await Promise.all([1, 2, 3, 4].map(() => attempt(database, aisha, { act: "create", input })));
  const taken = "EXTERNAL_ID_TAKEN input.externalId";
  expect(came.toSorted()).toEqual([taken, taken, taken, "written"]);
});

it("the week that several first entries need is made once", async () => {
  const input = { date: "2026-04-07", durationSeconds: 60 };
  const came = await Promise.all([1, 2, 3, 4, 5].map(() => attempt(database, aisha, { act: "create", input })));
  expect(came).toEqual(came.map(() => "written"));
  const found = await sql(
    database,
    "select count(distinct s.id), count(*) from timesheet s join time_entry e on e.timesheet_id = s.id where period_start = '2026-04-06'",
  );
  expect(found).toEqual([["1", "5"]]);
});

it("two who change one entry both do, one after the other", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const came = await Promise.all([
      attempt(database, aisha, describe_(`round ${round}`)),
      attempt(database, admin, { act: "update", row: "e03", input: { durationSeconds: 60 + round } }),
    ]);
    expect(came).toEqual(["written", "written"]);
    const [row] = await sql(database, "select description, duration_seconds from time_entry where external_id = 'e03'");
    expect(row).toEqual([`round ${round}`, String(60 + round)]);
  }
});

/** Imports into harbour, and stands still before new people get their roles until `goOn` is done. */
async function importSlowly(lines: readonly string[], atRoles: () => void, goOn: Promise<void>): Promise<ImportReport> {
  const folder = await mkdtemp(join(tmpdir(), "fieldgate-race-"));
  const source = join(folder, "log.csv");
  await writeFile(source, ["id,who,day,minutes", ...lines].join("\n"));
  const [row] = await sql(database, "select id from account where slug = 'harbour'");
  const columns = { externalId: "id", member: "who", date: "day", durationMinutes: "minutes" };
  const slow: Pick<OpenDatabase, "write"> = {
    write: (work) =>
      database.write((transaction) =>
        work({
          run: async (statement, values) => {
            if (statement.name === "join_member_role") {
              atRoles();
              await goOn;
            }
            return transaction.run(statement, values);
          },
        }),
      ),
  };
  const account = { id: row?.[0] ?? "", timezone: "Europe/Berlin", currency: "EUR" };
  const map = parseMap({ columns });
  try {
    return await importGeneric({ database: slow, account, source, map, clock: systemClock });
  } finally {
    await rm(folder, { recursive: true });
  }
}

it("a change waits for an import that writes the same entry and brings new people, and then is made", async () => {
  await setWeek("OPEN");
  const [before] = await sql(database, "select date from time_entry where external_id = 'e03'");
  const atRoles = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const lines = [`e03,m04,${before?.[0]},7`, `e900,somebody new,${before?.[0]},7`];
  const imported = importSlowly(lines, atRoles.resolve, goOn.promise);
  await atRoles.promise;
  const changed = attempt(database, aisha, describe_("after"));
  while (!(await isWaiting())) await setTimeout(5);
  goOn.resolve();
  expect(await imported).toMatchObject({ updated: 1, created: 1, made: { members: 1 } });
  expect(await changed).toBe("written");
  const [after] = await sql(database, "select description, duration_seconds from time_entry where external_id = 'e03'");
  expect(after).toEqual(["after", "420"]);
});

it("an import passes over an entry that is handed in while it waits for it", async () => {
  await setWeek("OPEN");
  const [before] = await sql(database, "select date, duration_seconds from time_entry where external_id = 'e03'");
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const other = database.write(async (transaction) => {
    await sql(transaction, "update time_entry set status = 'SUBMITTED' where external_id = 'e03'");
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  const imported = importSlowly([`e03,m04,${before?.[0]},7`], () => undefined, Promise.resolve());
  while (!(await isWaiting())) await setTimeout(5);
  end.resolve();
  await other;
  expect(await imported).toMatchObject({ updated: 0, listed: [{ line: 2, reason: "ENTRY_LOCKED" }] });
  const [after] = await sql(database, "select date, duration_seconds from time_entry where external_id = 'e03'");
  expect(after).toEqual(before);
});
