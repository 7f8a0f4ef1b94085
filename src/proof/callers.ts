/** For whom it is proved: whom the operator names, or one of each kind that the account has. */
import { ROLES, type AccountId, type MemberCaller, type MemberId, type Role, type RoleCaller } from "../caller.ts";
import { findMember, findMemberWithRole } from "../identity/directory.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";

export interface ProofCaller {
  readonly caller: MemberCaller | RoleCaller;
  readonly words: string;
}

export interface Wanted {
  readonly account: AccountId;
  readonly roles: readonly Role[];
  /** External ids or uuids. */
  readonly members: readonly string[];
}

/** Throws MEMBER_UNKNOWN for a member whom the account does not have. */
export async function callersFor(reader: Reader, { account, roles, members }: Wanted): Promise<readonly ProofCaller[]> {
  if (roles.length === 0 && members.length === 0) {
    return [...(await callersOfRoles(reader, account, ROLES)), ...(await callersOfSeveral(reader, account))];
  }
  const named: ProofCaller[] = [];
  for (const name of members) {
    const member = await findMember(reader, { account, name });
    if (member === undefined) throw problem("MEMBER_UNKNOWN", { extensions: { member: name } });
    named.push({ caller: { kind: "member", account, member }, words: `the member ${name}` });
  }
  return [...(await callersOfRoles(reader, account, roles)), ...named];
}

/** A person who has the role, as rules speak of people; and the role alone, as an integration has it. */
async function callersOfRoles(
  reader: Reader,
  account: AccountId,
  roles: readonly Role[],
): Promise<readonly ProofCaller[]> {
  const callers: ProofCaller[] = [];
  for (const role of roles) {
    const member = await findMemberWithRole(reader, { account, role });
    if (member !== undefined) {
      callers.push({ caller: { kind: "member", account, member }, words: `a member with the role ${role}` });
    }
    callers.push({ caller: { kind: "role", account, role }, words: `the role ${role}` });
  }
  return callers;
}

/** Roles lend their rows to no other: with several, fields show on some rows only. */
const SEVERAL = {
  name: "proof-several-roles",
  text: `select min(member_id::text), roles from (
      select member_id, string_agg(role, ' and ' order by role) as roles
      from member_role where account_id = $1::uuid group by member_id having count(*) > 1
    ) several group by roles order by roles limit 4`,
};

async function callersOfSeveral(reader: Reader, account: AccountId): Promise<readonly ProofCaller[]> {
  const rows = await reader.run(SEVERAL, [account]);
  return rows.map(([id, roles]) => ({
    caller: { kind: "member", account, member: id as MemberId }, // cast: the column is the member's key
    words: `a member with the roles ${roles ?? ""}`,
  }));
}
