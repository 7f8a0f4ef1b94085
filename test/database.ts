// Gives each test file its own database, PGlite or PostgreSQL: a copy of one that was migrated once for the whole run.
import { afterAll, beforeAll, describe } from "@jest/globals";
import { openAsBlob } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reader, Row, Value } from "../src/storage/database.ts";
import { migrate } from "../src/storage/migrate.ts";
import { openDatabase, type OpenDatabase } from "../src/storage/open.ts";
import { openPglite } from "../src/storage/pglite.ts";
import { createDatabase, createTemplate, once, runFolder } from "./postgresql.ts";

export const KINDS = ["pglite", "postgresql"] as const;
export type Kind = (typeof KINDS)[number];

/** Whether the tables are there already. */
export type Filling = "migrated" | "empty";

/** A database of its own; `close` also takes it away. */
export async function openTestDatabase(kind: Kind, filling: Filling = "migrated"): Promise<OpenDatabase> {
  return kind === "pglite" ? openPglite({ from: await pgliteCopy(filling) }) : openPostgresqlCopy(filling);
}

/**
 * Runs the same tests on both databases, each group with one of its own:
 *
 *     onEachDatabase("a role", (database) => { it("…", async () => { await database().run(…) }) });
 */
export function onEachDatabase(name: string, tests: (database: () => OpenDatabase, kind: Kind) => void): void {
  describe.each(KINDS)(`${name}, on %s,`, (kind) => {
    tests(databaseFor(kind), kind);
  });
}

/** A database for the tests of the describe block in which this is called. */
export function databaseFor(kind: Kind, filling: Filling = "migrated"): () => OpenDatabase {
  let open: OpenDatabase | undefined;
  beforeAll(async () => {
    open = await openTestDatabase(kind, filling);
  });
  afterAll(async () => {
    await open?.close();
  });
  return () => {
    if (open === undefined) throw new Error("ask for the database inside a test");
    return open;
  };
}

/** For tests alone: SQL without a name. */
export function sql(database: Reader, text: string, values: readonly Value[] = []): Promise<readonly Row[]> {
  return database.run({ name: "", text }, values);
}

/** PGlite takes seconds to make a database, half a second to unpack one. */
async function pgliteCopy(filling: Filling): Promise<Blob> {
  const path = join(runFolder(), `pglite-${filling}.tar`);
  await once("pglite", async () => {
    const database = await openPglite({});
    const keep = async (name: Filling) => {
      const dump = await database.instance.dumpDataDir("none");
      const draft = join(runFolder(), `pglite-${name}.draft`);
      await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
      await rename(draft, join(runFolder(), `pglite-${name}.tar`));
    };
    await keep("empty");
    await migrate(database);
    await keep("migrated");
    await database.close();
  });
  return openAsBlob(path);
}

async function openPostgresqlCopy(filling: Filling): Promise<OpenDatabase> {
  if (filling === "migrated") await createTemplate("migrated", fill);
  const copy = await createDatabase(filling === "migrated" ? "migrated" : "template0");
  const database = await openDatabase({ url: copy.url });
  const close = async () => {
    await database.close();
    await copy.drop();
  };
  return { ...database, close };
}

async function fill(url: string): Promise<void> {
  const database = await openDatabase({ url });
  await migrate(database);
  await database.close();
}
