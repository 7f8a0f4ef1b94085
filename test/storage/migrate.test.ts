import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../src/problem.ts";
import { describeCatalogue, differences, pinnedCatalogue } from "../../src/storage/catalogue.ts";
import { appliedMigrations, checkSchema, freshCatalogue, knownMigrations, migrate } from "../../src/storage/migrate.ts";
import { openDatabase } from "../../src/storage/open.ts";
import { databaseFor, KINDS, sql } from "../database.ts";

async function refusal(work: Promise<unknown>): Promise<{ code: string; because: unknown }> {
  try {
    await work;
  } catch (failure) {
    if (failure instanceof Problem) return { code: failure.code, because: failure.extensions["because"] };
    throw failure;
  }
  throw new Error("nothing was refused");
}

describe.each(KINDS)("a new database, on %s,", (kind) => {
  const database = databaseFor(kind, "empty");

  it("is refused until it is migrated, and the refusal names what is missing", async () => {
    expect(await refusal(checkSchema(database()))).toEqual({ code: "SCHEMA_BEHIND", because: knownMigrations() });
  });

  it("is migrated once, even by two at the same time", async () => {
    const applied = kind === "pglite" ? [await migrate(database())] : await twoAtOnce();
    expect(applied.flat()).toEqual(knownMigrations());
    expect(await appliedMigrations(database())).toEqual(knownMigrations());
    expect(await migrate(database())).toEqual([]);
  });

  it("is then as committed in schema/tables.sql", async () => {
    await checkSchema(database());
    expect(await describeCatalogue(database())).toBe(pinnedCatalogue());
  });

  async function twoAtOnce(): Promise<readonly (readonly string[])[]> {
    const open = database();
    const other = await openDatabase({ url: open.kind === "postgresql" ? open.url : "" });
    try {
      return await Promise.all([migrate(open), migrate(other)]);
    } finally {
      await other.close();
    }
  }
});

describe.each(KINDS)("a migrated database, on %s,", (kind) => {
  const database = databaseFor(kind);

  it("is refused by a version that lacks one of its migrations", async () => {
    await sql(database(), "INSERT INTO migration (name) VALUES ('9999-tomorrow')");
    expect(await refusal(checkSchema(database()))).toEqual({ code: "SCHEMA_AHEAD", because: ["9999-tomorrow"] });
    await sql(database(), "DELETE FROM migration WHERE name = '9999-tomorrow'");
    await checkSchema(database());
  });

  it.each([
    ["ALTER TABLE team ADD COLUMN extra text", "ALTER TABLE team DROP COLUMN extra", "column team.extra is not ours"],
    [
      "ALTER TABLE task ALTER COLUMN done DROP NOT NULL",
      "ALTER TABLE task ALTER COLUMN done SET NOT NULL",
      "column task.done differs",
    ],
    [
      "ALTER TABLE toggle DISABLE TRIGGER toggle_insert_counts",
      "ALTER TABLE toggle ENABLE ALWAYS TRIGGER toggle_insert_counts",
      "trigger toggle.toggle_insert_counts differs",
    ],
    [
      "DROP INDEX task_parent_id_idx",
      "CREATE INDEX task_parent_id_idx ON task (account_id, parent_id)",
      "index task.task_parent_id_idx is missing",
    ],
    [
      "CREATE FUNCTION stranger(a int, b int) RETURNS int LANGUAGE sql RETURN a + b",
      "DROP FUNCTION stranger(int, int)",
      "function stranger(a integer, b integer) is not ours",
    ],
    ["CREATE TABLE stranger ()", "DROP TABLE stranger", "table stranger is not ours"],
    ["ALTER TABLE team ENABLE ROW LEVEL SECURITY", "ALTER TABLE team DISABLE ROW LEVEL SECURITY", "table team differs"],
  ])("is refused after %s", async (change, undo, words) => {
    await sql(database(), change);
    expect(await refusal(checkSchema(database()))).toEqual({ code: "SCHEMA_MISMATCH", because: [words] });
    await sql(database(), undo);
    await checkSchema(database());
  });
});

describe("schema/tables.sql", () => {
  it("is what the migrations leave", async () => {
    expect(differences(pinnedCatalogue(), await freshCatalogue())).toEqual([]);
    expect(readFileSync(join(import.meta.dirname, "../../schema/tables.sql"), "utf8")).toBe(await freshCatalogue());
  });
});
