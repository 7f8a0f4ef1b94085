/** Switches coordinates of an account on or off, takes changes back, and shows what was changed and what waits. */
import type { AccountId } from "../caller.ts";
import { PROPOSAL_TAG, SCHEDULE_TAG } from "../gateway/toggling.ts";
import { findAccount } from "../identity/directory.ts";
import { Standings } from "../permission/current.ts";
import { readDenials } from "../permission/denials.ts";
import { describeImpact, impactOf } from "../permission/impact-answer.ts";
import type { ToggleImpact } from "../permission/impact-type.ts";
import type { ToggleChange, ToggleSetting } from "../permission/settings.ts";
import { cancelToggles, orderToggles, withdrawToggles, type Outcome, type Wanted } from "../permission/toggle-desk.ts";
import { readHistory } from "../permission/toggle-past.ts";
import { readProposals, type Proposal } from "../permission/toggle-proposal.ts";
import { readSchedule, type Scheduled } from "../permission/toggle-schedule.ts";
import { idOf, writeId } from "../plan/id.ts";
import { problem } from "../problem.ts";
import { print, type CommandContext } from "./context.ts";

export type ToggleWork =
  | { readonly kind: "set"; readonly change: ToggleSetting }
  | { readonly kind: "revert"; readonly toRevision: number }
  | { readonly kind: "history"; readonly coordinate: string | undefined }
  | { readonly kind: "waiting" }
  | { readonly kind: "cancel"; readonly id: string }
  | { readonly kind: "withdraw"; readonly id: string };

export interface ToggleArguments {
  /** Its slug. */
  readonly account: string;
  readonly work: ToggleWork;
  readonly at: string | undefined;
  readonly expectedRevision: number | undefined;
  readonly reason: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Nobody in particular: what it proposes needs two administrators who confirm it. */
const COMMAND_LINE = { name: "the command line", member: undefined };
/** Newest first: who wants more asks the API, page by page. */
const SHOWN = 50;

interface Told {
  readonly words: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export async function toggle(context: CommandContext, asked: ToggleArguments): Promise<void> {
  const account = await findAccount(context.database, asked.account);
  if (account === undefined) throw problem("ACCOUNT_UNKNOWN", { extensions: { account: asked.account } });
  print(context.output, await perform(context, account, asked), asked.json);
}

async function perform(context: CommandContext, account: AccountId, asked: ToggleArguments): Promise<Told> {
  const { database } = context;
  const { work } = asked;
  const by = COMMAND_LINE.name;
  switch (work.kind) {
    case "set":
      return tellSet(
        asked,
        work.change,
        await order(context, account, { asked, wanted: { kind: "set", changes: [work.change] } }),
      );
    case "revert":
      return tellRevert(asked, work.toRevision, await order(context, account, { asked, wanted: work }));
    case "history":
      return tellHistory(context, account, { asked, coordinate: work.coordinate });
    case "waiting":
      return tellWaiting(context, account, asked);
    case "cancel": {
      const id = idOf(work.id, SCHEDULE_TAG);
      const cancellation = { account, id, by, catalogue: await context.catalogue() };
      const { revision } = await database.write((transaction) => cancelToggles(transaction, cancellation));
      return { words: "cancelled: it does not take effect", json: { account: asked.account, id: work.id, revision } };
    }
    case "withdraw": {
      const id = idOf(work.id, PROPOSAL_TAG);
      const { revision } = await database.write((transaction) => withdrawToggles(transaction, { account, id, by }));
      return {
        words: "withdrawn: nobody can confirm it any more",
        json: { account: asked.account, id: work.id, revision },
      };
    }
    default:
      return work satisfies never;
  }
}

interface Ordering {
  readonly asked: ToggleArguments;
  readonly wanted: Wanted;
}

interface Ordered extends Outcome {
  readonly impact: ToggleImpact;
}

async function order(context: CommandContext, account: AccountId, { asked, wanted }: Ordering): Promise<Ordered> {
  const { expectedRevision, reason, at, dryRun } = asked;
  const catalogue = await context.catalogue();
  const whole = { account, wanted, by: COMMAND_LINE, catalogue, expectedRevision, reason, at, dryRun };
  return context.database.write(async (transaction) => {
    const outcome = await orderToggles(transaction, whole);
    const { onDenied } = await readDenials(transaction, account);
    const affected = { account, reader: transaction, catalogue, standings: new Standings(catalogue) };
    return { ...outcome, impact: await impactOf(affected, { ...outcome, onDenied }) };
  });
}

/** Told of a change that was made as well: whoever did not ask before learns it now. */
const hitsOf = ({ impact }: Ordered, { dryRun }: ToggleArguments): readonly string[] =>
  dryRun || impact.operationCount > 0 ? describeImpact(impact) : [];

function tellSet(asked: ToggleArguments, change: ToggleSetting, outcome: Ordered): Told {
  const { revision, changed, scheduled } = outcome;
  const { coordinate, audience, enabled } = change;
  const json = {
    account: asked.account,
    coordinate,
    audience,
    enabled,
    changed: changed.length > 0,
    dryRun: asked.dryRun,
    revision,
    impact: outcome.impact,
    ...waitingOf(outcome),
  };
  if (outcome.proposal !== undefined) return { words: toConfirm(outcome.proposal), json };
  const state = `${coordinate} is ${enabled ? "on" : "off"} for ${audience} of ${asked.account}`;
  if (scheduled !== undefined)
    return { words: `${state} from ${scheduled.effectiveAt} on (${idOfScheduled(scheduled)})`, json };
  const note = changed.length === 0 ? " (as before)" : asked.dryRun ? " (not written: --dry-run)" : "";
  return { words: [`${state}${note}; revision ${String(revision)}`, ...hitsOf(outcome, asked)].join("\n"), json };
}

function tellRevert(asked: ToggleArguments, toRevision: number, outcome: Ordered): Told {
  const { revision, changed, proposal, impact } = outcome;
  const { account, dryRun } = asked;
  const json = { account, toRevision, changed, dryRun, revision, impact, ...waitingOf(outcome) };
  if (proposal !== undefined) return { words: toConfirm(proposal), json };
  const note = changed.length === 0 ? " (as before)" : dryRun ? " (not written: --dry-run)" : "";
  const head = `all switches of ${account} are as at revision ${String(toRevision)}${note}; revision ${String(revision)}`;
  return {
    words: [head, ...changed.map((change) => `  ${inWords(change)}`), ...hitsOf(outcome, asked)].join("\n"),
    json,
  };
}

async function tellHistory(
  { database }: CommandContext,
  account: AccountId,
  { asked, coordinate }: { readonly asked: ToggleArguments; readonly coordinate: string | undefined },
): Promise<Told> {
  const { changes } = await readHistory(database, { account, coordinate, size: SHOWN, after: undefined });
  const shown = changes.slice(0, SHOWN);
  const lines = shown.map((change) => {
    const reason = change.reason === null ? "" : `: ${change.reason}`;
    return `${String(change.revision)}  ${change.changedAt}  ${inWords(change)}, by ${change.changedBy}${reason}`;
  });
  if (changes.length > SHOWN) lines.push("and more before: ask toggleHistory");
  return {
    words: lines.join("\n") || "nobody has switched anything",
    json: { account: asked.account, changes: shown },
  };
}

async function tellWaiting({ database }: CommandContext, account: AccountId, asked: ToggleArguments): Promise<Told> {
  const scheduled = await readSchedule(database, account);
  const proposals = await readProposals(database, account);
  const words = [
    ...scheduled.map((one) => `${one.effectiveAt}  ${one.changes.map(inWords).join("; ")} (${idOfScheduled(one)})`),
    ...proposals.map(toConfirm),
  ];
  const json = {
    account: asked.account,
    scheduled: scheduled.map((one) => ({ ...one, id: idOfScheduled(one) })),
    proposals: proposals.map((one) => ({ ...one, id: idOfProposal(one) })),
  };
  return { words: words.join("\n") || "nothing waits", json };
}

const idOfScheduled = ({ id }: Scheduled): string => writeId(SCHEDULE_TAG, id);
const idOfProposal = ({ id }: Proposal): string => writeId(PROPOSAL_TAG, id);

function waitingOf({ scheduled, proposal }: Outcome): Readonly<Record<string, unknown>> {
  return {
    ...(scheduled && { scheduled: { ...scheduled, id: idOfScheduled(scheduled) } }),
    ...(proposal && { proposal: { ...proposal, id: idOfProposal(proposal) } }),
  };
}

/** What has to happen next: the vendor's staff would see more. */
function toConfirm(proposal: Proposal): string {
  const missing = Math.max(0, 2 - proposal.approvals.filter(({ counts }) => counts).length);
  const who = missing === 1 ? "one more administrator" : `${String(missing)} different administrators`;
  const confirmation = `confirmToggles(id: "${idOfProposal(proposal)}", hash: "${proposal.hash}")`;
  const what = proposal.changes.map(inWords).join("; ");
  return `proposed: ${what}\n  staff would see more, so ${who} of the account must send, until ${proposal.expiresAt}:\n  mutation { ${confirmation} { revision } }`;
}

function inWords({ coordinate, audience, enabled }: ToggleChange): string {
  return `${coordinate} ${enabled === null ? "at its default" : enabled ? "on" : "off"} for ${audience}`;
}
