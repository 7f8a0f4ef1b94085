/** Gives somebody a role in their account, or takes it; and the lead of teams with it. */
import { changeRole, type RoleChange } from "../identity/roles.ts";
import { print, type CommandContext } from "./context.ts";

export type RoleArguments = RoleChange & { readonly json: boolean };

export async function role(context: CommandContext, { json, ...change }: RoleArguments): Promise<void> {
  const { revision, changed, roles } = await changeRole(context.database, change);
  const has = roles.length > 0 ? roles.join(", ") : "no role";
  const words = `${change.member} of ${change.account} has ${has}${changed ? "" : " (as before)"}; revision ${revision}`;
  const { account, member } = change;
  print(context.output, { words, json: { account, member, roles, changed, revision } }, json);
}
