/** Prints the schema as one role or one member of an account knows it. */
import { ROLES, type AccountId, type MemberCaller, type RoleCaller } from "../caller.ts";
import { printViewerSchema } from "../gateway/viewer-sdl.ts";
import { ViewerSchemas } from "../gateway/viewer-schema.ts";
import { findAccount, findMember } from "../identity/directory.ts";
import { Standings } from "../permission/current.ts";
import { problem } from "../problem.ts";
import { print, type CommandContext } from "./context.ts";

export interface SchemaArguments {
  readonly account: string;
  /** A role, or a member by external id or uuid. */
  readonly as: string;
  readonly json: boolean;
}

export async function schema(context: CommandContext, asked: SchemaArguments): Promise<void> {
  const account = await findAccount(context.database, asked.account);
  if (account === undefined) throw problem("ACCOUNT_UNKNOWN", { extensions: { account: asked.account } });
  const caller = await callerOf(context, account, asked.as);
  const catalogue = await context.catalogue();
  const { set, revision, roles } = await new Standings(catalogue).of(caller, context.database);
  const sdl = printViewerSchema(new ViewerSchemas(catalogue.schema).of(set.hidden), set);
  const json = { account: asked.account, as: asked.as, roles, revision, schema: sdl };
  print(context.output, { words: sdl.trimEnd(), json }, asked.json);
}

async function callerOf(
  { database }: CommandContext,
  account: AccountId,
  as: string,
): Promise<MemberCaller | RoleCaller> {
  const role = ROLES.find((one) => one === as.toUpperCase());
  if (role !== undefined) return { kind: "role", account, role };
  const member = await findMember(database, { account, name: as });
  if (member === undefined) throw problem("MEMBER_UNKNOWN", { extensions: { member: as } });
  return { kind: "member", account, member };
}
