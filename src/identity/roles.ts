/** Gives and takes roles, and the lead of teams. The database counts a change of roles as a new revision of the account. */
import type { AccountId, MemberId, Role } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Database, Reader, Statement } from "../storage/database.ts";
import { findMember } from "./directory.ts";

export interface RoleChange {
  /** The account's slug. */
  readonly account: string;
  /** External id or uuid. */
  readonly member: string;
  readonly role: Role;
  /** Takes the role instead of giving it, and the lead of the teams that are named. */
  readonly remove: boolean;
  /** External ids of teams. Who is to lead a team comes into it. */
  readonly lead: readonly string[];
}

export interface RoleChanged {
  readonly revision: number;
  /** False where everything was so before. */
  readonly changed: boolean;
  readonly roles: readonly string[];
}

export async function changeRole(database: Database, change: RoleChange): Promise<RoleChanged> {
  return database.write(async (transaction) => {
    // The row is locked first, as by whoever changes the account's switches: one change comes after the other.
    const [locked] = await transaction.run(LOCK_ACCOUNT, [change.account]);
    if (locked === undefined) throw problem("ACCOUNT_UNKNOWN", { extensions: { account: change.account } });
    const account = locked[0] as AccountId; // cast: the column is the account's key
    const member = await findMember(transaction, { account, name: change.member });
    if (member === undefined) throw problem("MEMBER_UNKNOWN", { extensions: { member: change.member } });
    const led = await changeLeads(transaction, { account, member }, change);
    const statement = change.remove ? TAKE_ROLE : GIVE_ROLE;
    const roleChanged = (await transaction.run(statement, [account, member, change.role])).length > 0;
    const roles = (await transaction.run(ROLES_OF_MEMBER, [account, member])).map(([role]) => role ?? "");
    const [now] = await transaction.run(REVISION, [account]);
    return { revision: Number(now?.[0]), changed: roleChanged || led, roles };
  });
}

interface Person {
  readonly account: AccountId;
  readonly member: MemberId;
}

async function changeLeads(transaction: Reader, { account, member }: Person, change: RoleChange): Promise<boolean> {
  let changed = false;
  for (const externalId of change.lead) {
    const [team] = await transaction.run(TEAM, [account, externalId]);
    if (team === undefined) throw problem("TEAM_UNKNOWN", { extensions: { team: externalId } });
    const values = [account, team[0] ?? null, member];
    const rows = await transaction.run(change.remove ? TAKE_LEAD : GIVE_LEAD, values);
    changed ||= rows.length > 0;
  }
  return changed;
}

const statement = (name: string, text: string): Statement => ({ name: `roles-${name}`, text });

const LOCK_ACCOUNT = statement("lock-account", "select id from account where slug = $1 for no key update");
const REVISION = statement("revision", "select revision from account where id = $1");
const TEAM = statement("team", "select id from team where account_id = $1 and external_id = $2");
const ROLES_OF_MEMBER = statement(
  "of-member",
  "select role from member_role where account_id = $1 and member_id = $2 order by role",
);
const GIVE_ROLE = statement(
  "give",
  `insert into member_role (account_id, member_id, role) values ($1, $2, $3)
    on conflict (account_id, member_id, role) do nothing returning role`,
);
const TAKE_ROLE = statement(
  "take",
  "delete from member_role where account_id = $1 and member_id = $2 and role = $3 returning role",
);
const GIVE_LEAD = statement(
  "give-lead",
  `insert into team_member as present (account_id, team_id, member_id, lead) values ($1, $2, $3, true)
    on conflict (account_id, team_id, member_id) do update set lead = true where not present.lead returning team_id`,
);
const TAKE_LEAD = statement(
  "take-lead",
  `update team_member set lead = false
    where account_id = $1 and team_id = $2 and member_id = $3 and lead returning team_id`,
);
