import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { grantRows } from "../../src/storage/grant.ts";
import { openDatabase, type OpenDatabase } from "../../src/storage/open.ts";
import { refusalOf } from "../../src/storage/refusal.ts";
import { databaseFor, sql } from "../database.ts";
import { ask } from "../gateway.ts";

const LOGIN = `Gate "${crypto.randomUUID()}`;

describe("a gateway whose login does not own the tables", () => {
  // Before the database's own end, which closes what this still needs.
  afterAll(async () => {
    await gateway?.close();
  });
  const owner = databaseFor("postgresql");
  let gateway: OpenDatabase | undefined;
  const asGateway = (): OpenDatabase => {
    if (gateway === undefined) throw new Error("ask inside a test");
    return gateway;
  };

  beforeAll(async () => {
    await seedSmall(owner());
    const [row] = await sql(owner(), "select quote_ident($1)", [LOGIN]);
    await sql(owner(), `create role ${row?.[0] ?? ""} login password 'secret'`);
    await grantRows(owner(), LOGIN);
    await grantRows(owner(), LOGIN); // after each migration, so twice must be as once
    const database = owner();
    if (database.kind !== "postgresql") throw new Error("this is about logins");
    const url = new URL(database.url);
    url.username = encodeURIComponent(LOGIN);
    url.password = "secret";
    gateway = await openDatabase({ url: url.href });
  });

  it("reads, writes and switches toggles", async () => {
    const admin = { account: "harbour", member: "m01" } as const;
    const read = await ask(asGateway(), admin, "{ timeEntries { totalCount } }");
    expect(read.errors).toEqual([]);
    const text = 'mutation { setToggles(changes: [{ coordinate: "TimeEntry.date", enabled: false }]) { revision } }';
    const switched = await ask(asGateway(), admin, text);
    expect(switched.errors).toEqual([]);
  });

  it("gives and takes roles, which writes down who had them", async () => {
    const [row] = await sql(
      asGateway(),
      "insert into member_role select account_id, id, 'FINANCE' from member where external_id = 'm04' limit 1 returning member_id",
    );
    await sql(asGateway(), "delete from member_role where role = 'FINANCE' and member_id = $1::uuid", [
      row?.[0] ?? null,
    ]);
    const text = "select given from member_role_change where member_id = $1::uuid and role = 'FINANCE' order by id";
    expect(await sql(asGateway(), text, [row?.[0] ?? null])).toEqual([["t"], ["f"]]);
  });

  it.each([
    ["forge who had which role", "update member_role_change set given = not given"],
    ["change what is only added to", "update toggle_change set reason = 'other'"],
    ["take away what is only added to", "delete from toggle_change"],
    ["change a table", "alter table account add column more text"],
    ["make a table", "create table more (id int)"],
    ["forge what was migrated", "delete from migration"],
    ["empty a table in one stroke", "truncate time_entry cascade"],
  ])("cannot %s", async (_, text) => {
    const refused = await sql(asGateway(), text).then(
      () => undefined,
      (failure: unknown) => refusalOf(failure)?.sqlstate,
    );
    expect(refused).toBe("42501");
  });
});
