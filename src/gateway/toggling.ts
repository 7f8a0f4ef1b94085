/** Toggles read and changed by an operation: the desk of `permission/`, with global ids, cursors and payloads. */
import { ROLES } from "../caller.ts";
import { Account } from "../identity/account.ts";
import { impactOf } from "../permission/impact-answer.ts";
import { newInferences } from "../permission/inference-answer.ts";
import type { DeskContext, SetTogglesAnswer } from "../permission/resolver-context.ts";
import { settingsAfter, type OnDenied, type Settings, type ToggleChange } from "../permission/settings.ts";
import { showToggles, type Desk } from "../permission/toggle-answer.ts";
import {
  cancelToggles,
  confirmToggles,
  orderToggles,
  withdrawToggles,
  type Order,
  type Outcome,
} from "../permission/toggle-desk.ts";
import type { ToggleHistoryArguments } from "../permission/toggle-order-type.ts";
import type * as Shown from "../permission/toggle-desk-type.ts";
import { readDifference, readHistory, type PastChange } from "../permission/toggle-past.ts";
import { readProposals, type Person, type Proposal } from "../permission/toggle-proposal.ts";
import { readSchedule, type Scheduled } from "../permission/toggle-schedule.ts";
import type { Coordinate } from "../permission/coordinate.ts";
import { openCursor, sealCursor, type Binding } from "../plan/cursor.ts";
import { idOf, writeId } from "../plan/id.ts";
import { DEFAULT_SIZE, LARGEST } from "../plan/page.ts";
import { problem } from "../problem.ts";

/** Of ids that name no row of a subject. */
export const SCHEDULE_TAG = 100;
export const PROPOSAL_TAG = 101;

export interface Toggling extends Desk {
  readonly cursorKey: string;
  readonly onDenied: OnDenied;
  /** Who is at the desk. */
  readonly person: () => Promise<Person>;
}

export function deskOf(toggling: Toggling): DeskContext {
  const { account, reader, catalogue, person } = toggling;
  const answer = (outcome: Outcome): Promise<SetTogglesAnswer> => payloadOf(toggling, outcome);
  const answerWaiting = (outcome: Outcome): Promise<SetTogglesAnswer> =>
    payloadOf(toggling, outcome, onceMade(outcome));
  const order = async (of: Pick<Order, "wanted" | "expectedRevision" | "reason" | "at" | "dryRun">) =>
    answerWaiting(await orderToggles(reader, { ...of, account, catalogue, by: await person() }));
  return {
    history: (input) => showHistory(toggling, input),
    difference: async ({ fromRevision, toRevision }) =>
      (await readDifference(reader, { account, from: fromRevision, to: toRevision ?? undefined })).map(toShown),
    scheduled: async () => (await readSchedule(reader, account)).map(showScheduled),
    proposals: async () => (await readProposals(reader, account)).map(showProposal),
    set: ({ changes, expectedRevision, reason, at, dryRun }) =>
      order({
        wanted: { kind: "set", changes },
        expectedRevision: expectedRevision ?? undefined,
        reason: reason ?? undefined,
        at: at ?? undefined,
        dryRun: dryRun === true,
      }),
    revert: ({ toRevision, expectedRevision, reason }) =>
      order({ wanted: { kind: "revert", toRevision }, expectedRevision, reason: reason ?? undefined, dryRun: false }),
    confirm: async ({ id, hash }) => {
      const proposal = idOf(id, PROPOSAL_TAG);
      return answerWaiting(
        await confirmToggles(reader, { account, id: proposal, hash, by: await person(), catalogue }),
      );
    },
    withdraw: async (id) => {
      const proposal = idOf(id, PROPOSAL_TAG);
      return answer(await withdrawToggles(reader, { account, id: proposal, by: (await person()).name }));
    },
    cancel: async (id) => {
      const scheduled = idOf(id, SCHEDULE_TAG);
      return answer(await cancelToggles(reader, { account, id: scheduled, by: (await person()).name, catalogue }));
    },
  };
}

/** The settings that are wanted, also where they wait for their moment or for a second administrator. */
const onceMade = ({ before, after, scheduled, proposal }: Outcome): Settings =>
  scheduled === undefined && proposal === undefined
    ? after
    : settingsAfter(before, (scheduled ?? proposal)?.changes ?? []);

async function payloadOf(toggling: Toggling, outcome: Outcome, wanted = outcome.after): Promise<SetTogglesAnswer> {
  const { scheduled, proposal } = outcome;
  return {
    account: { id: writeId(Account.tag, toggling.account) },
    revision: outcome.revision,
    changed: await showToggles(toggling, outcome.changed, outcome.after),
    closes: newlyClosed(toggling, outcome),
    inferences: newInferences(toggling, outcome),
    impact: () => impactOf(toggling, { before: outcome.before, after: wanted, onDenied: toggling.onDenied }),
    scheduled: scheduled === undefined ? null : showScheduled(scheduled),
    proposal: proposal === undefined ? null : showProposal(proposal),
    userErrors: [],
  };
}

/** What else some role could use before and cannot use after. */
function newlyClosed(desk: Desk, outcome: Outcome): SetTogglesAnswer["closes"] {
  const switched = new Set<string>(outcome.changed.map(({ coordinate }) => coordinate));
  const closed = ROLES.flatMap((role) => {
    const before = desk.standings.setOf([role], outcome.before);
    const after = desk.standings.setOf([role], outcome.after);
    return [...before.open].filter((coordinate) => !after.open.has(coordinate) && !switched.has(coordinate));
  });
  return [...new Set(closed)].toSorted();
}

/** Throws PAGE_INVALID, CURSOR_INVALID. */
async function showHistory(toggling: Toggling, input: ToggleHistoryArguments): Promise<Shown.ToggleChangeConnection> {
  const { account, reader, cursorKey } = toggling;
  const size = input.first ?? DEFAULT_SIZE;
  if (size < 0 || size > LARGEST) throw problem("PAGE_INVALID");
  const coordinate = input.coordinate ?? undefined;
  const filter = JSON.stringify(coordinate ?? null);
  const binding: Binding = { key: cursorKey, account, list: "toggleHistory", filter };
  const given = input.after ?? undefined;
  const after = given === undefined ? undefined : openCursor(binding, given);
  const { changes, total } = await readHistory(reader, { account, coordinate, size, after });
  const nodes = changes.slice(0, size).map(toShown);
  const edges = nodes.map((node) => ({ cursor: sealCursor(binding, placeOf(node)), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: changes.length > size,
      hasPreviousPage: given !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: total,
  };
}

const placeOf = ({
  revision,
  coordinate,
  audience,
}: Pick<PastChange, "revision" | "coordinate" | "audience">): string =>
  JSON.stringify([String(revision), coordinate, audience]);

/** What was once a coordinate is shown as it was written. */
const toShown = <T extends { readonly coordinate: string }>(of: T): T & { readonly coordinate: Coordinate } => ({
  ...of,
  coordinate: of.coordinate as Coordinate, // cast: it was one when it was written
});

const showChanges = (changes: readonly ToggleChange[]): readonly Shown.WantedToggle[] => changes.map(toShown);

const showScheduled = (of: Scheduled): Shown.ScheduledToggles => ({
  ...of,
  id: writeId(SCHEDULE_TAG, of.id),
  changes: showChanges(of.changes),
});

const showProposal = (of: Proposal): Shown.ToggleProposal => ({
  id: writeId(PROPOSAL_TAG, of.id),
  hash: of.hash,
  changes: showChanges(of.changes),
  effectiveAt: of.at ?? null,
  toRevision: of.toRevision ?? null,
  reason: of.reason ?? null,
  proposedBy: of.proposedBy,
  proposedAt: of.proposedAt,
  expiresAt: of.expiresAt,
  approvals: of.approvals,
});
