// The accounts of the gate's bench, in a database: each with one of the settings, and with a caller of each audience.
import type { AccountId, Caller, MemberId, Role } from "../../src/caller.ts";
import { ROLES_OF_NOBODY } from "../../src/identity/token.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";
import { AUDIENCES, type Switched } from "./gate-settings.ts";

/** In each statement, as the count of changes looks at every account that the statement touches. */
const AT_ONCE = 500;

/** By account: a caller of each audience, in their order. */
export async function fillAccounts(
  database: OpenDatabase,
  accounts: number,
  switched: readonly Switched[],
): Promise<readonly (readonly Caller[])[]> {
  const toggles = switched.flatMap((one, turn) =>
    one.toggles.map(({ coordinate, audience, enabled }) => ({ turn, coordinate, audience, enabled })),
  );
  const hiding = switched.map(({ deniedAs }) => deniedAs);
  const people = AUDIENCES.flatMap((roles) =>
    isNobody(roles) ? [] : roles.map((role) => ({ of: nameOf(roles), role })),
  );
  for (let first = 0; first < accounts; first += AT_ONCE) {
    const range = [String(first), String(Math.min(first + AT_ONCE, accounts) - 1)];
    await database.write(async (transaction) => {
      await transaction.run(statement("accounts", ACCOUNTS), [...range, JSON.stringify(hiding)]);
      await transaction.run(statement("toggles", TOGGLES), [
        ...range,
        JSON.stringify(toggles),
        String(switched.length),
      ]);
      await transaction.run(statement("people", PEOPLE), [...range, JSON.stringify(people)]);
      await transaction.run(statement("roles", ROLES), [...range, JSON.stringify(people)]);
    });
  }
  const rows = await database.run(statement("callers", CALLERS), []);
  return rows.map(([account, members]) => {
    const found = JSON.parse(members ?? "{}") as Readonly<Record<string, MemberId>>; // cast: as CALLERS makes it
    return AUDIENCES.map((roles) => callerOf(account as AccountId, roles, found)); // cast: the account's own id
  });
}

function callerOf(account: AccountId, roles: readonly Role[], members: Readonly<Record<string, MemberId>>): Caller {
  const [role] = roles;
  if (role !== undefined && isNobody(roles)) return { kind: "role", account, role };
  const member = members[nameOf(roles)];
  if (member === undefined) throw new Error(`account ${account} has no ${nameOf(roles)}`);
  return { kind: "member", account, member };
}

/** The roles of tokens that name no person. */
const isNobody = (roles: readonly Role[]): boolean =>
  roles.length === 1 && ROLES_OF_NOBODY.some((role) => role === roles[0]);
const nameOf = (roles: readonly Role[]): string => roles.join(" and ");
const statement = (name: string, text: string) => ({ name: `gate-bench-${name}`, text });

const HERE = "slug between 'gate-' || lpad($1, 6, '0') and 'gate-' || lpad($2, 6, '0')";
const TURN = "substr(slug, 6)::int";

const ACCOUNTS = `insert into account (slug, name, timezone, currency, denied_as)
  select 'gate-' || lpad(n::text, 6, '0'), 'Account ' || n, 'Europe/Berlin', 'EUR',
    $3::jsonb ->> (n % jsonb_array_length($3::jsonb)) from generate_series($1::int, $2::int) n`;

const TOGGLES = `insert into toggle (account_id, coordinate, audience, enabled, changed_by, revision)
  select a.id, t.coordinate, t.audience, t.enabled, 'bench', a.revision + 1 from account a
  join jsonb_to_recordset($3::jsonb) t(turn int, coordinate text, audience text, enabled boolean)
    on t.turn = ${TURN} % $4::int where ${HERE}`;

const PEOPLE = `insert into member (account_id, external_id, name, timezone)
  select a.id, p.of, p.of, 'Europe/Berlin' from account a,
    (select distinct of from jsonb_to_recordset($3::jsonb) t(of text)) p where ${HERE}`;

const ROLES = `insert into member_role (account_id, member_id, role)
  select a.id, m.id, p.role from account a join jsonb_to_recordset($3::jsonb) p(of text, role text) on true
  join member m on m.account_id = a.id and m.external_id = p.of where ${HERE}`;

const CALLERS = `select a.id, (select json_object_agg(m.external_id, m.id) from member m where m.account_id = a.id)::text
  from account a where a.slug like 'gate-%' order by a.slug`;
