/** Prints one bearer token of the built-in issuer, and nothing else. */
import type { AccountId, Role } from "../caller.ts";
import { findAccount, findMember, findMemberWithRole } from "../identity/directory.ts";
import { developmentIssuer } from "../identity/issuer.ts";
import { isRoleOfNobody, type Claims } from "../identity/token.ts";
import { problem } from "../problem.ts";
import { print, type CommandContext } from "./context.ts";

export type Holder =
  | { readonly kind: "member"; readonly account: string; readonly member: string }
  | { readonly kind: "role"; readonly account: string; readonly role: Role }
  | { readonly kind: "staff"; readonly email: string };

export interface TokenArguments {
  readonly holder: Holder;
  readonly lifetimeSeconds: number;
  readonly json: boolean;
}

export async function token(context: CommandContext, { holder, lifetimeSeconds, json }: TokenArguments): Promise<void> {
  if (context.config.production) throw problem("TOKEN_IN_PRODUCTION");
  const claims = await claimsOf(context, holder);
  const issuer = developmentIssuer(context.database, context.clock);
  const signed = await issuer.sign(claims, lifetimeSeconds);
  const expires = new Date(context.clock.now().getTime() + lifetimeSeconds * 1000).toISOString();
  print(context.output, { words: signed, json: { token: signed, expires, claims } }, json);
}

async function claimsOf(context: CommandContext, holder: Holder): Promise<Claims> {
  if (holder.kind === "staff") return holder;
  const account = await findAccount(context.database, holder.account);
  if (account === undefined) throw problem("ACCOUNT_UNKNOWN", { extensions: { account: holder.account } });
  if (holder.kind === "role") return roleClaims(context, { id: account, account: holder.account, role: holder.role });
  const member = await findMember(context.database, { account, name: holder.member });
  if (member === undefined) throw problem("MEMBER_UNKNOWN", { extensions: { member: holder.member } });
  return membership(holder.account, member);
}

interface AskedRole {
  readonly id: AccountId;
  readonly account: string;
  readonly role: Role;
}

async function roleClaims({ database }: CommandContext, { id, account, role }: AskedRole): Promise<Claims> {
  // An integration is a program, whoever of the account may have that role beside it.
  const member = role === "INTEGRATION" ? undefined : await findMemberWithRole(database, { account: id, role });
  if (member !== undefined) return membership(account, member);
  if (!isRoleOfNobody(role)) throw problem("ROLE_NEEDS_MEMBER", { extensions: { role } });
  return { kind: "role", account, role };
}

/** By uuid: an external id can be given to somebody else while the token lives. */
const membership = (account: string, member: string): Claims => ({ kind: "accounts", accounts: [{ account, member }] });
