import { describe, expect, it } from "@jest/globals";
import { keyOf } from "../../src/storage/orm.ts";
import { tables } from "../../src/tables.ts";
import { databaseFor, KINDS, sql } from "../database.ts";

/** Tables that no caller reads rows of: they are not declared. */
const MACHINERY = [
  "denial_change",
  "gateway_secret",
  "member_role_change",
  "migration",
  "operation",
  "operation_use",
  "toggle",
  "toggle_approval",
  "toggle_change",
  "toggle_proposal",
  "toggle_schedule",
];

describe.each(KINDS)("the declared tables, on %s,", (kind) => {
  const database = databaseFor(kind);

  it("are all that there are, besides the gateway's own", async () => {
    const rows = await sql(
      database(),
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    const declared = tables.map(({ name }) => name);
    expect(rows.map(([name]) => name ?? "").toSorted()).toEqual([...declared, ...MACHINERY].toSorted());
  });

  it.each(tables.map((table) => [table.name, table] as const))("are as in the database: %s", async (name, table) => {
    const rows = await sql(
      database(),
      `SELECT attname, format_type(atttypid, NULL), NOT attnotnull FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C"`,
      [name],
    );
    const declared = Object.entries(table.columns).map(([column, { type, nullable }]) => [
      column,
      type,
      nullable ? "t" : "f",
    ]);
    expect(rows).toEqual(declared.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
  });

  it.each(tables.map((table) => [table.name, table] as const))(
    "have the account in their key and references: %s",
    async (name, table) => {
      const definition = async (type: string) =>
        (
          await sql(
            database(),
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = $1::regclass AND contype = $2",
            [name, type],
          )
        ).map(([text]) => text ?? "");
      expect(await definition("p")).toEqual([`PRIMARY KEY (${keyOf(table).join(", ")})`]);
      const references = Object.entries(table.columns).flatMap(([column, { references: target }]) =>
        target === undefined ? [] : [`FOREIGN KEY (account_id, ${column}) REFERENCES ${target}(account_id, id)`],
      );
      if (name !== "account") references.push("FOREIGN KEY (account_id) REFERENCES account(id)");
      expect((await definition("f")).toSorted()).toEqual(references.toSorted());
    },
  );

  const closed = tables.flatMap(({ name, columns }) =>
    Object.entries(columns).flatMap(([column, { oneOf }]) =>
      oneOf ? [[`${name}_${column}_one_of`, oneOf] as const] : [],
    ),
  );

  it.each(closed)("allow exactly the declared values: %s", async (constraint, oneOf) => {
    const definition = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1";
    const [row] = await sql(database(), definition, [constraint]);
    expect([...(row?.[0] ?? "").matchAll(/'([A-Z]+)'/g)].map(([, value]) => value)).toEqual([...oneOf]);
  });

  it("sort all their text by code point, and keep instants to the millisecond", async () => {
    const rows = await sql(
      database(),
      `SELECT format('%s.%s', attrelid::regclass, attname) FROM pg_attribute
      JOIN pg_class ON pg_class.oid = attrelid WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0
      AND (atttypid = 'text'::regtype AND attcollation <> '"C"'::regcollation OR atttypid = 'timestamptz'::regtype AND atttypmod <> 3)`,
    );
    expect(rows).toEqual([]);
  });

  it("have an index for every reference, so that no deletion reads a whole table", async () => {
    const rows = await sql(
      database(),
      `SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f'
      AND connamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT FROM pg_index WHERE indrelid = conrelid AND (indkey::int2[])[0:cardinality(conkey) - 1] = conkey)`,
    );
    expect(rows).toEqual([]);
  });
});
