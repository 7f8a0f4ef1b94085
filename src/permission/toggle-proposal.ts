/** Changes that let the vendor's staff see more, until two different administrators of the account stand behind them. */
import type { AccountId } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader, Row } from "../storage/database.ts";
import { digest } from "../storage/digest.ts";
import type { ToggleChange } from "./settings.ts";
import { CHANGES, instant, readChanges } from "./toggle-schedule.ts";
import { demandRoom } from "./toggle-room.ts";
import { columnsOf } from "./toggle-write.ts";

/** Who does something at the desk. */
export interface Person {
  /** In words, for the history. */
  readonly name: string;
  /** Undefined for the command line and for callers who are a role: they are nobody in particular. */
  readonly member: string | undefined;
}

export interface Approval {
  readonly member: string;
  readonly by: string;
  readonly at: string;
  /** They are an administrator now, too. */
  readonly counts: boolean;
}

/** What is approved, and nothing beside it. */
export interface Proposed {
  readonly changes: readonly ToggleChange[];
  readonly at: string | undefined;
  readonly toRevision: number | undefined;
  readonly reason: string | undefined;
}

export interface Proposal extends Proposed {
  /** A uuid. */
  readonly id: string;
  readonly hash: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly expiresAt: string;
  readonly approvals: readonly Approval[];
  readonly isOpen: boolean;
}

export interface Proposing {
  readonly account: AccountId;
  readonly by: Person;
  readonly proposed: Proposed;
  /** What staff could see by it, as `openedBy` tells it. */
  readonly opened: string;
}

/** A proposer who is a member stands behind it at once. Throws SCHEDULE_FULL. */
export async function propose(transaction: Reader, of: Proposing): Promise<Proposal> {
  const { account, by, proposed, opened } = of;
  await demandRoom(transaction, account, "proposed");
  const [next] = await transaction.run(NEW_ID, []);
  const id = next?.[0] ?? "";
  const { changes, at, toRevision, reason } = proposed;
  const what = [at ?? null, toRevision ?? null, reason ?? null];
  const who = [by.name, by.member ?? null];
  const hash = digest(JSON.stringify([account, id, changes.map(inOrder), ...what])) + sightPart(opened);
  await transaction.run(INSERT, [account, id, hash, ...columnsOf(changes), ...what, ...who]);
  if (by.member !== undefined) await approve(transaction, { account, id, member: by.member });
  return demandProposal(transaction, account, id);
}

const inOrder = ({ coordinate, audience, enabled }: ToggleChange): readonly unknown[] => [
  coordinate,
  audience,
  enabled,
];

/** The end of a proposal's hash. */
const sightPart = (opened: string): string => `.${digest(opened)}`;

/** Throws PROPOSAL_CHANGED where staff could see something else by it than when it was proposed. */
export function demandSameSight({ hash }: Proposal, opened: string): void {
  if (!hash.endsWith(sightPart(opened))) throw problem("PROPOSAL_CHANGED");
}

export interface Which {
  readonly account: AccountId;
  readonly id: string;
}

/** The database refuses whoever is no administrator, whatever is no longer open, and the same member twice. */
export async function approve(transaction: Reader, of: Which & { readonly member: string }): Promise<void> {
  await transaction.run(APPROVE, [of.account, of.id, of.member]);
}

/** The database refuses where two administrators do not stand behind it. */
export async function markMade(transaction: Reader, { account, id }: Which): Promise<void> {
  await transaction.run(MADE, [account, id]);
}

export async function markWithdrawn(transaction: Reader, { account, id, by }: Which & { by: string }): Promise<void> {
  await transaction.run(WITHDRAWN, [account, id, by]);
}

/** Those that can still be confirmed, the oldest first. */
export async function readProposals(reader: Reader, account: AccountId): Promise<readonly Proposal[]> {
  const rows = await reader.run(OPEN, [account]);
  return rows.map(toProposal);
}

/** Throws PROPOSAL_UNKNOWN. */
export async function demandProposal(reader: Reader, account: AccountId, id: string): Promise<Proposal> {
  const [row] = await reader.run(ONE, [account, id]);
  if (row === undefined) throw problem("PROPOSAL_UNKNOWN");
  return toProposal(row);
}

function toProposal(row: Row): Proposal {
  const [id, hash, changes, at, toRevision, reason, proposedBy, proposedAt, expiresAt, approvals, isOpen] = row;
  return {
    id: id ?? "",
    hash: hash ?? "",
    changes: readChanges(changes),
    at: at ?? undefined,
    toRevision: toRevision === null || toRevision === undefined ? undefined : Number(toRevision),
    reason: reason ?? undefined,
    proposedBy: proposedBy ?? "",
    proposedAt: proposedAt ?? "",
    expiresAt: expiresAt ?? "",
    approvals: readApprovals(approvals ?? "[]"),
    isOpen: isOpen === "true",
  };
}

function readApprovals(json: string): readonly Approval[] {
  const rows: unknown = JSON.parse(json);
  if (!Array.isArray(rows)) throw problem("ACCESS_UNAVAILABLE");
  return rows.map((row: unknown) => {
    const [member, by, at, counts] = Array.isArray(row) ? (row as readonly unknown[]) : []; // cast: only narrows any[]
    return { member: String(member), by: String(by), at: String(at), counts: counts === true };
  });
}

const NEW_ID = { name: "toggle-proposal-id", text: "select uuidv7()::text" };
const INSERT = {
  name: "toggle-propose",
  text: `insert into toggle_proposal (account_id, id, hash, coordinates, audiences, enabled, effective_at, to_revision, reason,
      proposed_by, member_id)
    values ($1::uuid, $2::uuid, $3::text, $4::text[], $5::text[], $6::boolean[], $7::timestamptz, $8::int, $9::text, $10::text,
      $11::uuid)`,
};
const APPROVE = {
  name: "toggle-approve",
  text: "insert into toggle_approval (account_id, proposal_id, member_id) values ($1::uuid, $2::uuid, $3::uuid)",
};
const MADE = {
  name: "toggle-proposal-made",
  text: "update toggle_proposal set made_at = clock_timestamp() where account_id = $1::uuid and id = $2::uuid",
};
const WITHDRAWN = {
  name: "toggle-proposal-withdrawn",
  text: `update toggle_proposal set withdrawn_at = clock_timestamp(), withdrawn_by = $3::text
    where account_id = $1::uuid and id = $2::uuid`,
};
const IS_OPEN = "(p.made_at is null and p.withdrawn_at is null and p.expires_at > clock_timestamp())";
const SELECT = `select p.id, p.hash, ${CHANGES}, ${instant("p.effective_at")}, p.to_revision::text, p.reason, p.proposed_by,
    ${instant("p.proposed_at")}, ${instant("p.expires_at")},
    (select coalesce(json_agg(json_build_array(a.member_id, m.name, ${instant("a.approved_at")}, exists (select from member_role r
        where r.account_id = a.account_id and r.member_id = a.member_id and r.role = 'ADMIN')) order by a.approved_at, a.member_id), '[]')::text
      from toggle_approval a join member m on m.account_id = a.account_id and m.id = a.member_id
      where a.account_id = p.account_id and a.proposal_id = p.id),
    ${IS_OPEN}::text
  from toggle_proposal p where p.account_id = $1::uuid`;
const ONE = { name: "toggle-proposal", text: `${SELECT} and p.id = $2::uuid` };
const OPEN = { name: "toggle-proposals", text: `${SELECT} and ${IS_OPEN} order by p.proposed_at, p.id` };
