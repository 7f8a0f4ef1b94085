import { describe, expect, it } from "@jest/globals";
import type { Reader, Statement } from "../../src/storage/database.ts";
import { Problem } from "../../src/problem.ts";
import { openDatabase } from "../../src/storage/open.ts";
import { refusalOf } from "../../src/storage/refusal.ts";
import { databaseFor, KINDS, sql } from "../database.ts";
import { createDatabase } from "../postgresql.ts";

const VALUES = `SELECT 1::int, 9223372036854775807::bigint, 0.1::float8, 'NaN'::float8, 1.50::numeric, true, false, NULL,
  'a''b'::text, ''::text, '2026-03-29'::date, '2026-03-29 01:30:00.5+02'::timestamptz, '1 day 2 hours'::interval,
  '\\x00ff'::bytea, '{"b": 1, "a": [null]}'::jsonb, '{"b":1}'::json, ARRAY[1, NULL]::int[], ARRAY['a,b', '"', NULL]::text[],
  '0198c7a4-0000-7000-8000-000000000001'::uuid, row(1, 'x'), '[2026-01-01,2026-01-08)'::daterange, ARRAY[true]::bool[]`;

const EXPECTED = [
  ["1", "9223372036854775807", "0.1", "NaN", "1.50", "t", "f", null],
  ["a'b", "", "2026-03-29", "2026-03-28 23:30:00.5+00", "P1DT2H"],
  ["\\x00ff", '{"a": [null], "b": 1}', '{"b":1}', "{1,NULL}", '{"a,b","\\"",NULL}'],
  ["0198c7a4-0000-7000-8000-000000000001", "(1,x)", "[2026-01-01,2026-01-08)", "{t}"],
].flat();

const account =
  "INSERT INTO account (slug, name, timezone, currency) VALUES ($1, 'A', 'UTC', 'EUR') RETURNING revision";
const make = (transaction: Reader, slug: string) => transaction.run({ name: "make", text: account }, [slug]);
const count: Statement = { name: "count", text: "SELECT count(*) FROM account" };

describe.each(KINDS)("the database, on %s,", (kind) => {
  const database = databaseFor(kind);

  it("gives every type of value as the text that PostgreSQL writes", async () => {
    expect(await sql(database(), VALUES)).toEqual([EXPECTED]);
  });

  it("takes every kind of value", async () => {
    const text = `SELECT $1::int, $2::bigint, $3::float8, $4::bool, $5::text, $6::text, $7::text[], $8::int[], $9::bool[],
      $10::uuid, $11::timestamptz, $12::jsonb, cardinality($13::text[])`;
    const hard = ["a,b", '"', "\\", "{}", "NULL", "null", "", null, " x ", "é😀"];
    const id = "0198c7a4-0000-7000-8000-000000000001";
    const given = [7, "9007199254740993", 1e21, true, null, "x'y", hard, [1, null, -3], [true, false], id];
    const [row] = await sql(database(), text, [...given, "2026-01-01T00:00:00Z", '{"a":"b"}', []]);
    expect(row?.slice(0, 6)).toEqual(["7", "9007199254740993", "1e+21", "t", null, "x'y"]);
    expect(row?.slice(7)).toEqual(["{1,NULL,-3}", "{t,f}", id, "2026-01-01 00:00:00+00", '{"a": "b"}', "0"]);
    const elements = await sql(database(), "SELECT unnest($1::text[])", [hard]);
    expect(elements.map(([element]) => element)).toEqual(hard);
  });

  it("speaks ISO, UTC and hexadecimal on every connection, whatever the server's own settings", async () => {
    const text = `SELECT current_setting('timezone'), current_setting('datestyle'), current_setting('bytea_output'),
      current_setting('search_path'), current_setting('transaction_isolation')`;
    const rows = await Promise.all(Array.from({ length: 12 }, () => sql(database(), `${text}, pg_sleep(0.01)`)));
    const settings = ["UTC", "ISO, YMD", "hex", "public", "read committed"];
    expect(rows.map(([row]) => row?.slice(0, 5))).toEqual(rows.map(() => settings));
  });

  it("sorts text by its letters' numbers, not by a language", async () => {
    const [row] = await sql(
      database(),
      `SELECT string_agg(x, '' ORDER BY x) FROM (SELECT slug FROM account UNION ALL
      SELECT unnest(ARRAY['b', 'A', 'a', 'Z', 'é']) COLLATE "C") AS words (x)`,
    );
    expect(row).toEqual(["AZabé"]);
  });

  it("answers no rows where a statement returns none", async () => {
    expect(await sql(database(), "UPDATE account SET name = name WHERE false")).toEqual([]);
  });

  it("keeps what a transaction wrote, and its result", async () => {
    expect(await database().write((transaction) => make(transaction, "kept"))).toEqual([["1"]]);
    expect(await database().run(count, [])).toEqual([["1"]]);
  });

  it("undoes all that a transaction wrote when its work throws, and goes on working", async () => {
    const work = database().write(async (transaction) => {
      await make(transaction, "undone");
      expect(await transaction.run(count, [])).toEqual([["2"]]);
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect(await database().run(count, [])).toEqual([["1"]]);
  });

  it("says which constraint was broken, without the values that broke it", async () => {
    const failure: unknown = await database()
      .write((transaction) => make(transaction, "kept"))
      .catch((thrown: unknown) => thrown);
    expect(refusalOf(failure)).toEqual({ sqlstate: "23505", constraint: "account_slug_key", table: "account" });
    expect(JSON.stringify(Object.entries(failure ?? {}))).not.toContain("kept");
  });

  it("never calls a transaction done of which a failed statement has undone the rest", async () => {
    const work = database().write(async (transaction) => {
      await make(transaction, "half");
      await make(transaction, "kept").catch(() => undefined);
    });
    await expect(work).rejects.toThrow("undone");
    expect(await database().run(count, [])).toEqual([["1"]]);
  });

  it("refuses a statement beside the open transaction at once, as it could wait for ever", async () => {
    await expect(database().write(() => database().run(count, []))).rejects.toThrow("only its own handle");
    await expect(database().write(() => database().write(async () => 1))).rejects.toThrow("only its own handle");
    expect(await database().run(count, [])).toEqual([["1"]]);
  });

  it("lets others read meanwhile", async () => {
    const [, rows] = await Promise.all([
      database().write((transaction) => transaction.run({ name: "nap", text: "SELECT pg_sleep(0.05)" }, [])),
      database().run(count, []),
    ]);
    expect(rows).toEqual([["1"]]);
  });

  it("refuses the handle of a transaction that is over", async () => {
    const handle = await database().write(async (transaction) => transaction);
    await expect(handle.run(count, [])).rejects.toThrow(kind === "pglite" ? "closed" : "over");
  });
});

const postgresql = databaseFor("postgresql");

it("a lost connection is no answer about rights: access is unavailable, and comes back", async () => {
  const end = "SELECT pg_terminate_backend(pg_backend_pid())";
  const failure: unknown = await sql(postgresql(), end).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(Problem);
  expect(failure).toMatchObject({ code: "ACCESS_UNAVAILABLE" });
  expect(await postgresql().run(count, [])).toEqual([["0"]]);
});

const lock = (transaction: Reader, number: number) => sql(transaction, `SELECT pg_advisory_xact_lock(${number})`);

it("of two transactions that wait for each other, one is undone and told to try again", async () => {
  const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const crossing = (mine: 0 | 1) =>
    postgresql().write(async (transaction) => {
      await make(transaction, `crossing-${mine}`);
      await lock(transaction, mine);
      arrived[mine].resolve();
      await arrived[mine === 0 ? 1 : 0].promise;
      await lock(transaction, 1 - mine);
    });
  const ends = await Promise.allSettled([crossing(0), crossing(1)]);
  const failed = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
  expect(failed).toEqual([expect.objectContaining({ code: "COLLIDED", status: 409 })]);
  const made = "DELETE FROM account WHERE slug LIKE 'crossing-%' RETURNING slug";
  expect(await sql(postgresql(), made)).toHaveLength(1);
});

it("a statement that takes too long is stopped, on a transaction's clock of its own", async () => {
  const made = await createDatabase();
  const hasty = await openDatabase({ url: made.url, readTimeoutMs: 50, writeTimeoutMs: 1000 });
  await expect(sql(hasty, "SELECT pg_sleep(1)")).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(await hasty.write((transaction) => sql(transaction, "SELECT pg_sleep(0.1)"))).toEqual([[""]]);
  await expect(sql(hasty, "SELECT pg_sleep(1)")).rejects.toMatchObject({ code: "TIMEOUT" });
  await hasty.close();
  await made.drop();
});

it("what the work of a transaction throws is handed on as it is, whatever its words", async () => {
  const own = new Error("a timeout of the TimeEntryConnection's pool");
  await expect(postgresql().write(() => Promise.reject(own))).rejects.toBe(own);
  const lost = postgresql().write((transaction) => sql(transaction, "SELECT pg_terminate_backend(pg_backend_pid())"));
  await expect(lost).rejects.toMatchObject({ code: "ACCESS_UNAVAILABLE" });
});

it("an address where no database answers is said at once", async () => {
  await expect(openDatabase({ url: "postgresql://nobody@127.0.0.1:1/nothing" })).rejects.toMatchObject({
    code: "ACCESS_UNAVAILABLE",
  });
});

it("one name never stands for two texts", async () => {
  // Often enough to be worth a name at the server.
  for (let use = 0; use < 4; use += 1) await postgresql().run({ name: "same", text: "SELECT 1" }, []);
  await expect(postgresql().run({ name: "same", text: "SELECT 2" }, [])).rejects.toThrow("must be unique");
});
