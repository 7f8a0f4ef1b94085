import { describe, expect, it } from "@jest/globals";
import type { Reader } from "../../src/storage/database.ts";
import { databaseFor, KINDS, sql } from "../database.ts";

const ACCOUNTS = {
  acme: "00000000-0000-7000-8000-00000000000a",
  bolt: "00000000-0000-7000-8000-00000000000b",
};
const people = [1, 2, 3].map((number) => `00000000-0000-7000-8000-00000000000${number}`);

const toggles = (rows: string): string =>
  `INSERT INTO toggle (account_id, coordinate, audience, enabled, changed_by, revision) ${rows}`;
const both = `SELECT id, $1::text, 'EMPLOYEE', false, 'a test', 0 FROM account`;

async function revisions(database: Reader): Promise<readonly [string, string]> {
  const rows = await sql(database, "SELECT revision FROM account ORDER BY slug");
  return [rows[0]?.[0] ?? "", rows[1]?.[0] ?? ""];
}

describe.each(KINDS)("the revision of an account, on %s,", (kind) => {
  const database = databaseFor(kind);

  let last: readonly number[] = [1, 1];
  /** Runs the statement and says by how much it moved the two accounts' revisions. */
  async function moves(text: string, values: readonly string[] = []): Promise<readonly number[]> {
    await sql(database(), text, values);
    const now = (await revisions(database())).map(Number);
    const moved = now.map((revision, at) => revision - (last[at] ?? 0));
    last = now;
    return moved;
  }

  it("is 1 in the beginning", async () => {
    for (const [slug, id] of Object.entries(ACCOUNTS)) {
      await sql(
        database(),
        "INSERT INTO account (id, slug, name, timezone, currency) VALUES ($1, $2, $2, 'UTC', 'EUR')",
        [id, slug],
      );
      for (const person of people) {
        await sql(database(), "INSERT INTO member (account_id, id, name, timezone) VALUES ($1, $2, 'M', 'UTC')", [
          id,
          person,
        ]);
      }
    }
    expect(await revisions(database())).toEqual(["1", "1"]);
  });

  it("moves by one when roles are given, changed or taken, for the accounts that it concerns", async () => {
    const give =
      "INSERT INTO member_role (account_id, member_id, role) SELECT $1, id, 'MANAGER' FROM member WHERE account_id = $1";
    expect(await moves(give, [ACCOUNTS.acme])).toEqual([1, 0]);
    expect(await moves(give, [ACCOUNTS.bolt])).toEqual([0, 1]);
    expect(await moves("UPDATE member_role SET role = 'FINANCE'")).toEqual([1, 1]);
    expect(await moves("UPDATE member_role SET role = 'ADMIN' WHERE account_id = $1", [ACCOUNTS.bolt])).toEqual([0, 1]);
    expect(await moves("DELETE FROM member_role WHERE account_id = $1", [ACCOUNTS.acme])).toEqual([1, 0]);
  });

  it("moves by one when switches are set, changed or go back", async () => {
    expect(await moves(toggles(both), ["TimeEntry.start"])).toEqual([1, 1]);
    expect(await moves("UPDATE toggle SET enabled = true WHERE account_id = $1", [ACCOUNTS.acme])).toEqual([1, 0]);
    expect(await moves("DELETE FROM toggle WHERE account_id = $1", [ACCOUNTS.bolt])).toEqual([0, 1]);
  });

  it("moves by one where a single statement adds rows and changes others", async () => {
    // acme has the switch, bolt has not; and of two switches of acme one is new.
    const upsert = "ON CONFLICT (account_id, coordinate, audience) DO UPDATE SET enabled = excluded.enabled";
    expect(await moves(`${toggles(both)} ${upsert}`, ["TimeEntry.start"])).toEqual([1, 1]);
    const two = `SELECT $1::uuid, name, 'EMPLOYEE', true, 'a test', 0 FROM unnest(ARRAY['TimeEntry.start', 'TimeEntry.end']) AS name`;
    expect(await moves(`${toggles(two)} ${upsert}`, [ACCOUNTS.acme])).toEqual([1, 0]);
    const merge = `MERGE INTO toggle USING (VALUES ('TimeEntry.start'), ('Team.name'), ('TimeEntry.end')) AS to_be (name)
      ON account_id = $1::uuid AND coordinate = name WHEN MATCHED AND name = 'TimeEntry.end' THEN DELETE
      WHEN MATCHED THEN UPDATE SET enabled = false WHEN NOT MATCHED THEN
      INSERT (account_id, coordinate, audience, enabled, changed_by, revision) VALUES ($1, name, 'ADMIN', true, 'a test', 0)`;
    expect(await moves(merge, [ACCOUNTS.acme])).toEqual([1, 0]);
  });

  it("moves with every statement of a transaction, and not at all when it is undone", async () => {
    const change = "UPDATE toggle SET enabled = NOT enabled WHERE account_id = $1";
    await database().write(async (transaction) => {
      await sql(transaction, change, [ACCOUNTS.acme]);
      await sql(transaction, change, [ACCOUNTS.acme]);
    });
    expect(await moves("SELECT 1")).toEqual([2, 0]);
    const work = database().write(async (transaction) => {
      await sql(transaction, change, [ACCOUNTS.acme]);
      throw new Error("undo");
    });
    await expect(work).rejects.toThrow("undo");
    expect(await moves("SELECT 1")).toEqual([0, 0]);
  });

  it("moves again for what comes after a savepoint was gone back to", async () => {
    await database().write(async (transaction) => {
      await sql(transaction, "SAVEPOINT here");
      await sql(transaction, "UPDATE toggle SET enabled = true");
      await sql(transaction, "ROLLBACK TO here");
      await sql(transaction, "UPDATE toggle SET enabled = false");
    });
    expect(await moves("SELECT 1")).toEqual([1, 1]);
  });

  it("stays where a statement changes no row", async () => {
    expect(await moves("UPDATE toggle SET enabled = true WHERE false")).toEqual([0, 0]);
    expect(await moves("DELETE FROM member_role WHERE false")).toEqual([0, 0]);
    expect(await moves(`${toggles(both)} ON CONFLICT DO NOTHING`, ["TimeEntry.start"])).toEqual([0, 0]);
    expect(await moves("UPDATE account SET name = 'other'")).toEqual([0, 0]);
  });

  it("moves in a session that puts ordinary triggers to sleep, too", async () => {
    await database().write(async (transaction) => {
      await sql(transaction, "SET LOCAL session_replication_role = replica");
      await sql(transaction, "UPDATE toggle SET enabled = true");
    });
    expect(await moves("SELECT 1")).toEqual([1, 1]);
  });

  it.each([
    ["account_revision_back", "UPDATE account SET revision = revision - 1"],
    ["member_role_truncate", "TRUNCATE member_role"],
    ["toggle_truncate", "TRUNCATE toggle"],
  ])("cannot be got round: %s", async (constraint, text) => {
    await expect(sql(database(), text)).rejects.toMatchObject({ code: "23001", constraint });
    expect(await moves("SELECT 1")).toEqual([0, 0]);
  });

  it.each([
    "UPDATE toggle_change SET enabled = true",
    "DELETE FROM toggle_change",
    "TRUNCATE toggle_change",
    "DELETE FROM toggle_change WHERE false",
  ])("has a history that only grows: %s is refused", async (text) => {
    const add = `INSERT INTO toggle_change (account_id, revision, coordinate, audience, enabled, changed_by)
      VALUES ($1, 2, 'TimeEntry.start', 'EMPLOYEE', false, 'a test') ON CONFLICT DO NOTHING`;
    await sql(database(), add, [ACCOUNTS.acme]);
    await expect(sql(database(), text)).rejects.toMatchObject({ code: "23001", constraint: "toggle_change_kept" });
    const asReplica = database().write(async (transaction) => {
      await sql(transaction, "SET LOCAL session_replication_role = replica");
      await sql(transaction, text);
    });
    await expect(asReplica).rejects.toMatchObject({ constraint: "toggle_change_kept" });
    expect(await sql(database(), "SELECT enabled FROM toggle_change")).toEqual([["f"]]);
  });

  if (kind === "postgresql") {
    it("counts both of two that change the same account at once, and neither waits for ever", async () => {
      const change = `UPDATE toggle SET enabled = NOT enabled`;
      const before = await revisions(database());
      await Promise.all(Array.from({ length: 20 }, () => sql(database(), change)));
      expect(await revisions(database())).toEqual(before.map((revision) => String(Number(revision) + 20)));
    });
  }
});
