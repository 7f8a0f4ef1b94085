// Fills the database and finds who asks: of each account one caller a role, with a token of the built-in issuer.
import { Client } from "pg";
import { seedLarge } from "../../seeds/seeding.ts";
import { systemClock } from "../../src/clock.ts";
import { developmentIssuer } from "../../src/identity/issuer.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { openDatabase } from "../../src/storage/open.ts";
import { writeId } from "../../src/plan/id.ts";
import { ROLES, type BenchCaller, type BenchRole } from "./operations.ts";

const PEOPLE = 30;
const ENTRIES = 20_000;
const ENTRY_TAG = 9;
const ENTRIES_OF_CALLER = 5;
const LIFETIME_SECONDS = 86_400;

/** Fills a database that is empty; one that has accounts is taken as it is. */
export async function fill(url: string, accounts: number, say: (words: string) => void): Promise<void> {
  const database = await openDatabase({ url });
  try {
    await migrate(database);
    const [row] = await database.run({ name: "bench-accounts", text: "select count(*)::text from account" }, []);
    if (row?.[0] !== "0") return;
    await seedLarge(database, { accounts, people: PEOPLE, entries: ENTRIES }, (done) =>
      say(`seeded ${String(done.accounts)} of ${String(done.of)} accounts`),
    );
  } finally {
    await database.close();
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // Accounts that have switched something, in two ways, so that callers of one role are of several permission classes.
    await client.query(TOGGLES);
    await client.query("VACUUM (ANALYZE)");
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
}

const TOGGLES = `insert into toggle (account_id, coordinate, audience, enabled, changed_by, revision)
  select id, coordinate, audience, enabled, 'bench', revision + 1
  from (select id, revision, row_number() over (order by slug) % 3 as turn from account) a
  join (values (0, 'Member.weeklyHours', 'EVERYONE', false), (1, 'TimeEntry.internalNote', 'FINANCE', true),
    (1, 'Project.budget', 'MANAGER', false)) t(turn, coordinate, audience, enabled) using (turn)`;

interface Found {
  readonly account: string;
  readonly slug: string;
  readonly role: BenchRole;
  readonly member: string;
  readonly entries: readonly string[];
}

/** By turns of role and account. */
export async function findCallers(url: string): Promise<readonly BenchCaller[]> {
  const database = await openDatabase({ url });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const issuer = developmentIssuer(database, systemClock);
    const { rows } = await client.query<Found>(CALLERS, [ROLES, ENTRIES_OF_CALLER]);
    return await Promise.all(
      rows.map(async ({ account, slug, role, member, entries }) => ({
        account,
        role,
        member,
        token: await issuer.sign({ kind: "accounts", accounts: [{ account: slug, member }] }, LIFETIME_SECONDS),
        entries: entries.map((id) => writeId(ENTRY_TAG, id)),
      })),
    );
  } finally {
    await client.end();
    await database.close();
  }
}

/** In each account another one of those who have the role; for each some entries of their own team or account. */
const CALLERS = `with place as (select id, slug, row_number() over (order by slug) as at from account),
  people as (
    select p.at, p.id, p.slug, r.role, r.member_id,
      row_number() over (partition by p.id, r.role order by r.member_id) as turn, count(*) over (partition by p.id, r.role) as of
    from place p join member_role r on r.account_id = p.id and r.role = any($1))
  select c.id as account, c.slug, c.role, c.member_id as member,
    array(select e.id from time_entry e where e.account_id = c.id and (c.role in ('FINANCE', 'ADMIN') or e.member_id = c.member_id
        or (c.role = 'MANAGER' and e.team_id in (select t.team_id from team_member t where t.account_id = c.id and t.member_id = c.member_id and t.lead)))
      order by md5(e.id::text) limit $2) as entries
  from people c where c.turn = c.at % c.of + 1
  order by c.at, (array_position($1, c.role) + c.at) % 4`;
