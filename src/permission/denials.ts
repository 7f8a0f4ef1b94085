/** What an account tells its people of what they may not use: read, and changed under the account's lock. */
import type { AccountId, Revision } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import { settle } from "./revision.ts";
import { DENIED_AS, ON_DENIED, type DeniedAs, type OnDenied } from "./settings.ts";

export interface Denials {
  readonly deniedAs: DeniedAs;
  readonly onDenied: OnDenied;
}

export interface DenialChange extends Partial<Denials> {
  readonly account: AccountId;
  readonly expectedRevision: number | undefined;
  readonly reason: string | undefined;
  /** Who it is, in words for the history. */
  readonly by: string;
}

export interface DenialOutcome extends Denials {
  readonly revision: Revision;
}

export async function readDenials(reader: Reader, account: AccountId): Promise<Denials> {
  const [row] = await reader.run(DENIALS, [account]);
  return denialsOf(row?.[0], row?.[1]);
}

/** Inside a transaction that the caller holds. Throws STALE. */
export async function writeDenials(transaction: Reader, wanted: DenialChange): Promise<DenialOutcome> {
  const revision = await settle(transaction, wanted.account);
  const [row = []] = await transaction.run(DENIALS, [wanted.account]);
  if (wanted.expectedRevision !== undefined && wanted.expectedRevision !== revision) {
    throw problem("STALE", { extensions: { revision } });
  }
  const before = denialsOf(row[0], row[1]);
  const after = { deniedAs: wanted.deniedAs ?? before.deniedAs, onDenied: wanted.onDenied ?? before.onDenied };
  if (after.deniedAs === before.deniedAs && after.onDenied === before.onDenied) return { ...before, revision };
  const both = [after.deniedAs, after.onDenied];
  const [written] = await transaction.run(WRITE, [wanted.account, ...both]);
  const next = Number(written?.[0]) as Revision; // cast: the database's trigger has counted
  const was = [before.deniedAs, before.onDenied];
  await transaction.run(HISTORY, [wanted.account, String(next), ...both, ...was, wanted.reason ?? null, wanted.by]);
  return { ...after, revision: next };
}

function denialsOf(as: string | null | undefined, on: string | null | undefined): Denials {
  const deniedAs = DENIED_AS.find((one) => one === as);
  const onDenied = ON_DENIED.find((one) => one === on);
  if (deniedAs === undefined || onDenied === undefined) throw problem("ACCESS_UNAVAILABLE");
  return { deniedAs, onDenied };
}

const DENIALS = { name: "denials", text: "select denied_as, on_denied from account where id = $1::uuid" };
const WRITE = {
  name: "write-denials",
  text: "update account set denied_as = $2::text, on_denied = $3::text where id = $1::uuid returning revision::text",
};
const HISTORY = {
  name: "write-denial-change",
  text: `insert into denial_change (account_id, revision, denied_as, on_denied, was_denied_as, was_on_denied, reason, changed_by, changed_at)
    values ($1::uuid, $2::int, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, clock_timestamp())`,
};
