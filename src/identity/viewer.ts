/** Who the caller is, in the words that callers are shown. */
import type { MemberCaller, RoleCaller } from "../caller.ts";
import { NOBODY } from "../caller.ts";
import type { Standing } from "../permission/current.ts";
import type { ViewerAnswer } from "../permission/resolver-context.ts";
import { writeId } from "../plan/id.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import { Account } from "./account.ts";
import { Member } from "./member.ts";

const VIEWER = {
  name: "viewer",
  text: `select a.slug, a.name, (select m.name from member m where m.account_id = a.id and m.id = $2::uuid)
    from account a where a.id = $1::uuid`,
};

export interface Viewing {
  readonly caller: MemberCaller | RoleCaller;
  readonly standing: Standing;
  readonly reader: Reader;
}

/** Throws ACCOUNT_FORBIDDEN when the account is gone. */
export async function describeCaller({ caller, standing, reader }: Viewing): Promise<Omit<ViewerAnswer, "abilities">> {
  const member = caller.kind === "member" ? caller.member : NOBODY;
  const [row] = await reader.run(VIEWER, [caller.account, member]);
  if (row === undefined) throw problem("ACCOUNT_FORBIDDEN");
  const [slug, name, own] = row;
  return {
    id: writeId(Member.tag, member),
    kind: caller.kind === "role" && caller.role === "INTEGRATION" ? "INTEGRATION" : "MEMBER",
    name: own ?? (caller.kind === "role" ? `Any ${caller.role}` : ""),
    roles: standing.roles,
    accounts: [{ id: writeId(Account.tag, caller.account), slug: slug ?? "", name: name ?? "" }],
    revision: standing.revision,
  };
}
