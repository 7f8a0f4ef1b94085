/**
 * Where an account's toggles are changed: at once, at a moment to come, or back to what they were. What lets the vendor's
 * staff see more is not made but proposed, and becomes real when a second administrator confirms it. All of it under the
 * account's lock, in a transaction that the caller holds.
 */
import type { AccountId, Revision } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import type { Catalogue } from "./catalogue.ts";
import { effectOf, settingsAfter, type Settings, type ToggleChange } from "./settings.ts";
import { openedBy, widensSupport, widensSupportWhenCancelled, type World } from "./support-sight.ts";
import { changesBack, difference } from "./toggle-past.ts";
import {
  approve,
  demandProposal,
  demandSameSight,
  markMade,
  markWithdrawn,
  propose,
  type Person,
  type Proposal,
  type Proposed,
} from "./toggle-proposal.ts";
import { cancelScheduled, demandAhead, readUnsettled, schedule, type Scheduled } from "./toggle-schedule.ts";
import { demandChangeable, lockToggles, writeChanges, type Locked } from "./toggle-write.ts";

export type Wanted =
  | { readonly kind: "set"; readonly changes: readonly ToggleChange[] }
  | { readonly kind: "revert"; readonly toRevision: number };

export interface Order {
  readonly account: AccountId;
  readonly wanted: Wanted;
  readonly by: Person;
  readonly catalogue: Catalogue;
  readonly expectedRevision?: number | undefined;
  readonly reason?: string | undefined;
  /** When it takes effect; at once where it is left out. */
  readonly at?: string | undefined;
  readonly dryRun: boolean;
}

export interface Outcome {
  readonly revision: Revision;
  /** Those of the changes that changed anything; none where they wait. */
  readonly changed: readonly ToggleChange[];
  readonly before: Settings;
  readonly after: Settings;
  /** What waits for its moment. */
  readonly scheduled?: Scheduled;
  /** What waits for others to confirm it. */
  readonly proposal?: Proposal;
}

/** Throws STALE, AT_PAST, REVISION_UNKNOWN, TOGGLE_UNKNOWN, TOGGLE_FIXED, TOGGLE_NEVER: nothing is changed then. */
export async function orderToggles(transaction: Reader, order: Order): Promise<Outcome> {
  const { account, catalogue, at, reason, wanted } = order;
  const locked = await lockToggles(transaction, account);
  const { revision, before } = locked;
  await demandRevision(transaction, locked, order.expectedRevision);
  if (at !== undefined) await demandAhead(transaction, at);
  const changed = await changesOf(transaction, locked, { wanted, catalogue, isLater: at !== undefined });
  const after = settingsAfter(before, changed);
  if (changed.length === 0 || order.dryRun) return { revision, changed, before, after };
  const toRevision = wanted.kind === "revert" ? wanted.toRevision : undefined;
  const proposed: Proposed = { changes: changed, at, toRevision, reason };
  const world = await worldOf(transaction, locked, catalogue);
  if (!widensSupport(world, proposed)) return make(transaction, locked, { proposed, by: order.by.name });
  const opened = openedBy(world, proposed);
  return { ...waiting(locked), proposal: await propose(transaction, { account, by: order.by, proposed, opened }) };
}

const worldOf = async (transaction: Reader, { account, before }: Locked, catalogue: Catalogue): Promise<World> => ({
  before,
  waiting: await readUnsettled(transaction, account),
  catalogue,
});

const waiting = ({ revision, before }: Locked): Outcome => ({ revision, changed: [], before, after: before });

async function demandRevision(transaction: Reader, locked: Locked, expected: number | undefined): Promise<void> {
  const { account, revision } = locked;
  if (expected === undefined || expected === revision) return;
  const isKnown = expected >= 1 && expected < revision;
  const span = { account, from: expected, to: revision, present: revision };
  const since = isKnown ? { difference: await difference(transaction, span) } : {};
  throw problem("STALE", { extensions: { revision, ...since } });
}

interface Asked {
  readonly wanted: Wanted;
  readonly catalogue: Catalogue;
  readonly isLater: boolean;
}

async function changesOf(transaction: Reader, locked: Locked, asked: Asked): Promise<readonly ToggleChange[]> {
  const { account, revision, before } = locked;
  const { wanted, catalogue, isLater } = asked;
  if (wanted.kind === "set") {
    demandChangeable(wanted.changes, catalogue);
    // What will be set until then is not known, so what changes nothing today may change something then.
    return isLater ? lastOfEach(wanted.changes) : effectOf(before, wanted.changes);
  }
  const span = { account, from: revision, to: wanted.toRevision, present: revision };
  const back = changesBack(await difference(transaction, span));
  demandChangeable(back, catalogue);
  return back;
}

/** A change that is named twice is what it was named last. */
const lastOfEach = (changes: readonly ToggleChange[]): readonly ToggleChange[] => [
  ...new Map(changes.map((change) => [`${change.audience} ${change.coordinate}`, change])).values(),
];

interface Making {
  readonly proposed: Proposed;
  readonly by: string;
}

async function make(transaction: Reader, locked: Locked, { proposed, by }: Making): Promise<Outcome> {
  const { changes, at, reason } = proposed;
  if (at !== undefined) {
    const scheduled = await schedule(transaction, { account: locked.account, at, changes, reason, by });
    return { ...waiting(locked), scheduled };
  }
  const changed = effectOf(locked.before, changes);
  if (changed.length === 0) return waiting(locked);
  return { ...(await writeChanges(transaction, locked, { changed, reason, by })), changed, before: locked.before };
}

export interface Confirmation {
  readonly account: AccountId;
  /** A uuid. */
  readonly id: string;
  /** Of what was read before it was approved. */
  readonly hash: string;
  readonly by: Person;
  readonly catalogue: Catalogue;
}

/**
 * One approval more, and the change itself where it is the second. Throws PROPOSAL_UNKNOWN, PROPOSAL_ENDED,
 * PROPOSAL_CHANGED, PROPOSAL_OWN, PROPOSAL_NEEDS_MEMBER, and what keeps the change from being made.
 */
export async function confirmToggles(transaction: Reader, confirmation: Confirmation): Promise<Outcome> {
  const { account, id, by, catalogue } = confirmation;
  const locked = await lockToggles(transaction, account);
  const proposal = await demandProposal(transaction, account, id);
  if (!proposal.isOpen) throw problem("PROPOSAL_ENDED");
  if (proposal.hash !== confirmation.hash) throw problem("PROPOSAL_CHANGED");
  if (by.member === undefined) throw problem("PROPOSAL_NEEDS_MEMBER");
  if (proposal.approvals.some(({ member }) => member === by.member)) throw problem("PROPOSAL_OWN");
  await demandStillRight(transaction, locked, { proposal, catalogue });
  await approve(transaction, { account, id, member: by.member });
  const approved = await demandProposal(transaction, account, id);
  if (approved.approvals.filter(({ counts }) => counts).length < 2) return { ...waiting(locked), proposal: approved };
  await markMade(transaction, { account, id });
  const names = approved.approvals.filter(({ counts }) => counts).map((approval) => approval.by);
  const all = [...new Set([proposal.proposedBy, ...names])].join(", ");
  return make(transaction, locked, { proposed: proposal, by: all });
}

/** What was approved must still be what would happen, and open to staff what it would have opened. */
async function demandStillRight(
  transaction: Reader,
  locked: Locked,
  of: { readonly proposal: Proposal; readonly catalogue: Catalogue },
): Promise<void> {
  const { changes, at, toRevision } = of.proposal;
  demandChangeable(changes, of.catalogue);
  if (at !== undefined) await demandAhead(transaction, at);
  demandSameSight(of.proposal, openedBy(await worldOf(transaction, locked, of.catalogue), of.proposal));
  if (toRevision === undefined) return;
  const { account, revision } = locked;
  const span = { account, from: revision, to: toRevision, present: revision };
  const today = changesBack(await difference(transaction, span));
  if (JSON.stringify(today) !== JSON.stringify(changes)) throw problem("PROPOSAL_CHANGED");
}

/** Any administrator may: it takes nothing from anybody. Throws PROPOSAL_UNKNOWN, PROPOSAL_ENDED. */
export async function withdrawToggles(
  transaction: Reader,
  of: { readonly account: AccountId; readonly id: string; readonly by: string },
): Promise<Outcome> {
  const locked = await lockToggles(transaction, of.account);
  const proposal = await demandProposal(transaction, of.account, of.id);
  if (!proposal.isOpen) throw problem("PROPOSAL_ENDED");
  await markWithdrawn(transaction, of);
  return { ...waiting(locked), proposal };
}

export interface Cancellation {
  readonly account: AccountId;
  /** A uuid. */
  readonly id: string;
  readonly by: string;
  readonly catalogue: Catalogue;
}

/** Throws SCHEDULE_ENDED, and CANCEL_WIDENS where staff would see more for it. */
export async function cancelToggles(transaction: Reader, of: Cancellation): Promise<Outcome> {
  const locked = await lockToggles(transaction, of.account);
  const waits = await readUnsettled(transaction, of.account);
  const batch = waits.find(({ id }) => id === of.id);
  const world = { before: locked.before, waiting: waits, catalogue: of.catalogue };
  if (batch !== undefined && widensSupportWhenCancelled(world, batch)) throw problem("CANCEL_WIDENS");
  return { ...waiting(locked), scheduled: await cancelScheduled(transaction, of) };
}
