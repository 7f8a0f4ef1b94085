/** Two accounts with a few people, for tests of who is who. */
import type { OpenDatabase } from "../../src/storage/open.ts";
import { sql } from "../database.ts";

export async function foundTwoAccounts(database: OpenDatabase): Promise<void> {
  await sql(
    database,
    "insert into account (slug, name, timezone, currency) values ('acme', 'Acme', 'UTC', 'EUR'), ('other', 'Other', 'UTC', 'EUR')",
  );
  await sql(
    database,
    `insert into member (account_id, external_id, name, timezone)
      select id, person, initcap(person), 'UTC' from account, unnest(array['ada', 'bo', 'cy']) person
      where not (slug = 'other' and person = 'cy')`,
  );
  await sql(
    database,
    `insert into member_role (account_id, member_id, role)
      select m.account_id, m.id, unnest(array['EMPLOYEE', 'MANAGER']) from member m join account a on a.id = m.account_id
      where a.slug = 'acme' and external_id in ('bo', 'cy')`,
  );
  await sql(
    database,
    "insert into team (account_id, external_id, name) select id, unnest(array['north', 'south']), 'Team' from account",
  );
}

export async function idOf(database: OpenDatabase, account: string, member?: string): Promise<string> {
  const [row] = member
    ? await sql(
        database,
        "select m.id from member m join account a on a.id = m.account_id where a.slug = $1 and m.external_id = $2",
        [account, member],
      )
    : await sql(database, "select id from account where slug = $1", [account]);
  return row?.[0] ?? "";
}

/** Everything about people and their rights, to compare before and after. */
export async function peopleIn(database: OpenDatabase): Promise<string> {
  const [row] = await sql(
    database,
    `select json_build_array(
      (select json_agg(a order by id) from account a), (select json_agg(m order by account_id, id) from member m),
      (select json_agg(r order by account_id, member_id, role) from member_role r),
      (select json_agg(t order by account_id, team_id, member_id) from team_member t))`,
  );
  return row?.[0] ?? "";
}
