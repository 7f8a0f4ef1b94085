// What was set at any moment can be told from what was written down, also where writing began later, or is still to come.
import { beforeAll, expect, it } from "@jest/globals";
import { setTimeout as wait } from "node:timers/promises";
import { seedSmall } from "../../seeds/seeding.ts";
import { smallId } from "../../seeds/small-rows.ts";
import type { AccountId } from "../../src/caller.ts";
import { readPast } from "../../src/permission/past.ts";
import { Problem } from "../../src/problem.ts";
import { onEachDatabase, sql } from "../database.ts";

const account = smallId("harbour", "account", "account") as AccountId; // cast: an id of the seed
const DAY = "2026-04-01T";

onEachDatabase("the past of an account", (database) => {
  const setAt = async (at: string | undefined): Promise<readonly string[]> => {
    const { settings } = await readPast(database(), { account, at });
    return [...settings.toggles].map(([key, enabled]) => `${key} ${enabled ? "on" : "off"}`).toSorted();
  };

  const by = async (time: string): Promise<unknown> =>
    (await readPast(database(), { account, at: `${DAY}${time}` })).setBy.get("EVERYONE TimeEntry.start")?.by;

  beforeAll(async () => {
    await seedSmall(database());
    const write = `insert into toggle_change (account_id, revision, coordinate, audience, enabled, was, changed_by, changed_at) values
      ('${account}', 2, 'TimeEntry.start', 'EVERYONE', false, null, 'Ada', '${DAY}10:00Z'),
      ('${account}', 3, 'TimeEntry.start', 'EVERYONE', true, false, 'Bo', '${DAY}11:00Z'),
      ('${account}', 4, 'TimeEntry.end', 'MANAGER', true, false, 'Ada', '${DAY}12:00Z'),
      ('${account}', 5, 'TimeEntry.start', 'EVERYONE', null, true, 'Ada', '${DAY}13:00Z')`;
    await sql(database(), write);
    await sql(
      database(),
      `insert into toggle (account_id, coordinate, audience, enabled, changed_by, changed_at, revision) values
      ('${account}', 'TimeEntry.end', 'MANAGER', true, 'Ada', '${DAY}12:00Z', 4),
      ('${account}', 'TimeEntry.date', 'EVERYONE', false, 'Cy', '${DAY}09:00Z', 1)`,
    );
    await sql(database(), "update account set revision = 5 where id = $1::uuid", [account]);
  });

  it.each([
    ["before anything was written", "08:00:00Z", 1, ["MANAGER TimeEntry.end off"]],
    ["when one was set without a word", "09:30:00Z", 1, ["EVERYONE TimeEntry.date off", "MANAGER TimeEntry.end off"]],
    [
      "at the very moment of a change",
      "10:00:00Z",
      2,
      ["EVERYONE TimeEntry.date off", "EVERYONE TimeEntry.start off", "MANAGER TimeEntry.end off"],
    ],
    [
      "when it was changed again",
      "11:30:00Z",
      3,
      ["EVERYONE TimeEntry.date off", "EVERYONE TimeEntry.start on", "MANAGER TimeEntry.end off"],
    ],
    [
      "after the last change of another",
      "12:30:00Z",
      4,
      ["EVERYONE TimeEntry.date off", "EVERYONE TimeEntry.start on", "MANAGER TimeEntry.end on"],
    ],
    ["after one went back to its default", "13:30:00Z", 5, ["EVERYONE TimeEntry.date off", "MANAGER TimeEntry.end on"]],
  ])("is known %s", async (_what, time, revision, toggles) => {
    const at = `${DAY}${time}`;
    expect(await setAt(at)).toEqual(toggles);
    expect((await readPast(database(), { account, at })).revision).toBe(revision);
  });

  it("knows who had set what then, and why", async () => {
    expect([await by("09:00:00Z"), await by("10:30:00Z"), await by("11:30:00Z"), await by("14:00:00Z")]).toEqual([
      undefined,
      "Ada",
      "Bo",
      undefined,
    ]);
  });

  it("has what was scheduled from its moment on, also before it is written down", async () => {
    const schedule = `insert into toggle_schedule (account_id, effective_at, reason, created_by, coordinates, audiences, enabled)
      values ('${account}', clock_timestamp() + interval '700 milliseconds', 'spring', 'Ada', '{Task.done}', '{EVERYONE}', '{f}')
      returning to_char(effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    const [row] = await sql(database(), schedule);
    const at = row?.[0] ?? "";
    expect(await setAt(undefined)).not.toContain("EVERYONE Task.done off");
    await wait(900);
    expect(await setAt(undefined)).toContain("EVERYONE Task.done off");
    expect(await setAt(at)).toContain("EVERYONE Task.done off");
    expect(await setAt(new Date(Date.parse(at) - 1).toISOString())).not.toContain("EVERYONE Task.done off");
    const unsettled = await readPast(database(), { account, at });
    expect(unsettled.setBy.get("EVERYONE Task.done")).toEqual({ by: "Ada", at, reason: "spring" });
    await sql(database(), "select settle_toggles($1::uuid)", [account]);
    expect(await readPast(database(), { account, at })).toEqual(unsettled);
  });

  it.each([
    ["before the account began", "2026-02-01T00:00:00Z"],
    ["still to come", "2199-01-01T00:00:00Z"],
  ])("is not made up for a moment %s", async (_what, at) => {
    await expect(readPast(database(), { account, at })).rejects.toBeInstanceOf(Problem);
    await expect(readPast(database(), { account, at })).rejects.toMatchObject({ code: "MOMENT_UNKNOWN" });
  });

  it("is not made up for roles that were found when their history began", async () => {
    const member = smallId("harbour", "member", "m05");
    await sql(
      database(),
      `insert into member_role_change (account_id, revision, member_id, role, given, found) values ($1, 1, $2, 'FINANCE', true, true)`,
      [account, member],
    );
    const asked = { account, member };
    await expect(readPast(database(), { ...asked, at: `${DAY}10:00:00Z` })).rejects.toMatchObject({
      code: "MOMENT_UNKNOWN",
    });
    expect((await readPast(database(), { ...asked, at: undefined })).roles).toContain("FINANCE");
  });
});
