import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { entityOf, openOrm, type Orm } from "../../src/storage/orm.ts";
import { tables } from "../../src/tables.ts";
import { databaseFor, KINDS, sql } from "../database.ts";

const acme = "00000000-0000-7000-8000-00000000000a";
const one = "00000000-0000-7000-8000-000000000001";

describe.each(KINDS)("the object-relational mapper, on %s,", (kind) => {
  const database = databaseFor(kind);

  let orm: Orm | undefined;
  beforeAll(async () => {
    orm = await openOrm(database(), { tables });
  });
  afterAll(() => orm?.close());

  const open = (): Orm => {
    if (orm === undefined) throw new Error("not open");
    return orm;
  };

  it("knows every declared table", () => {
    const known = [...open().getMetadata().getAll().values()].map(({ tableName }) => tableName);
    expect(known.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  });

  it("writes rows, table by table", async () => {
    const em = open().em.fork();
    const of = { account_id: acme };
    em.create(entityOf(open(), "account"), {
      id: acme,
      slug: "acme",
      name: "A",
      timezone: "UTC",
      currency: "EUR",
      revision: 1,
      denied_as: "DENIED",
      on_denied: "NULL",
      created_at: "2026-01-01T00:00:00Z",
    });
    await em.flush();
    em.create(entityOf(open(), "member"), {
      ...of,
      id: one,
      name: "M",
      timezone: "UTC",
      salary_minor: "1000000000000",
      salary_currency: "EUR",
    });
    await em.flush();
    em.create(entityOf(open(), "member_role"), { ...of, member_id: one, role: "ADMIN" });
    await em.flush();
    expect(await sql(database(), "SELECT account_id, slug, revision, created_at FROM account")).toEqual([
      [acme, "acme", "2", "2026-01-01 00:00:00+00"],
    ]);
    expect(await sql(database(), "SELECT salary_minor FROM member")).toEqual([["1000000000000"]]);
  });

  it("reads a row back by its key, changes it and deletes it", async () => {
    const em = open().em.fork();
    const member = await em.findOneOrFail(entityOf(open(), "member"), { account_id: acme, id: one });
    expect(member).toMatchObject({ name: "M", salary_minor: "1000000000000", manager_id: null });
    em.assign(member, { name: "N" });
    await em.flush();
    expect(await sql(database(), "SELECT name FROM member")).toEqual([["N"]]);
    await em.nativeDelete(entityOf(open(), "member_role"), { account_id: acme });
    expect(await sql(database(), "SELECT count(*) FROM member_role")).toEqual([["0"]]);
  });

  it("undoes a unit of work that fails, and leaves the database usable", async () => {
    const em = open().em.fork();
    em.create(entityOf(open(), "team"), { account_id: acme, id: one, name: "T" });
    await em.begin();
    await em.flush();
    em.create(entityOf(open(), "team_member"), { account_id: acme, team_id: one, member_id: acme, lead: true });
    await expect(em.flush()).rejects.toThrow("team_member_member_id_fkey");
    await em.rollback();
    expect(await sql(database(), "SELECT count(*) FROM team")).toEqual([["0"]]);
  });
});
