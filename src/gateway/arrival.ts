/** A request → who is asking, or a refusal. The account comes from the token; a header only picks one among several. */
import type { Caller } from "../caller.ts";
import type { Directory } from "../identity/directory.ts";
import type { Claims, Membership, Tokens } from "../identity/token.ts";
import { Problem, problem } from "../problem.ts";

export interface ArrivalHeaders {
  readonly authorization?: string | undefined;
  readonly "fieldgate-account"?: string | readonly string[] | undefined;
}

export type Arrive = (headers: ArrivalHeaders) => Promise<Caller>;

export function makeArrival(rooms: { readonly tokens: Tokens; readonly directory: Directory }): Arrive {
  return async (headers) => {
    try {
      const claims = await rooms.tokens.read(headers.authorization);
      return await callerOf(claims, headers["fieldgate-account"], rooms.directory);
    } catch (failure) {
      if (failure instanceof Problem) throw failure;
      // Who asks cannot be found out, so nobody is let in; it is not the caller's fault, so it is not a 401.
      throw problem("ACCESS_UNAVAILABLE", { cause: failure, log: "Who is asking could not be looked up." });
    }
  };
}

type Named = string | readonly string[] | undefined;

async function callerOf(claims: Claims, named: Named, directory: Directory): Promise<Caller> {
  // Whatever account they name: staff are not told whether it exists.
  if (claims.kind === "staff") return { kind: "staff", email: claims.email };
  if (claims.kind === "accounts") return memberOf(pick(claims.accounts, named), directory);
  const { account, role } = pick([claims], named);
  const found = await directory.account(account);
  if (found === undefined) throw problem("ACCOUNT_FORBIDDEN");
  return { kind: "role", account: found, role };
}

/**
 * An account that the token does not name is refused before anything is looked up: "exists" and "does not exist" then
 * differ neither in the answer nor in the time it takes.
 */
function pick<T extends { readonly account: string }>(among: readonly T[], named: Named): T {
  const [only, ...others] = among;
  if (named === undefined) {
    if (only === undefined || others.length > 0) throw problem("ACCOUNT_NEEDED");
    return only;
  }
  const picked = among.find(({ account }) => account === named);
  if (picked === undefined) throw problem("ACCOUNT_FORBIDDEN");
  return picked;
}

async function memberOf(membership: Membership, directory: Directory): Promise<Caller> {
  const account = await directory.account(membership.account);
  const member = account && (await directory.member(account, membership.member));
  if (account === undefined || member === undefined) throw problem("ACCOUNT_FORBIDDEN");
  return { kind: "member", account, member };
}
