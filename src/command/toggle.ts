/** Switches coordinates of an account on or off. */
import { findAccount } from "../identity/directory.ts";
import { Standings } from "../permission/current.ts";
import { readDenials } from "../permission/denials.ts";
import { describeImpact, impactOf } from "../permission/impact-answer.ts";
import type { ToggleSetting } from "../permission/settings.ts";
import { orderToggles } from "../permission/toggle-desk.ts";
import { problem } from "../problem.ts";
import { print, type CommandContext } from "./context.ts";

export interface ToggleArguments {
  readonly account: string;
  readonly change: ToggleSetting;
  readonly expectedRevision: number | undefined;
  readonly reason: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const COMMAND_LINE = { name: "the command line", member: undefined };

export async function toggle(context: CommandContext, asked: ToggleArguments): Promise<void> {
  const { change, expectedRevision, reason, dryRun, json } = asked;
  const account = await findAccount(context.database, asked.account);
  if (account === undefined) throw problem("ACCOUNT_UNKNOWN", { extensions: { account: asked.account } });
  const catalogue = await context.catalogue();
  const order = { account, wanted: { kind: "set", changes: [change] }, by: COMMAND_LINE, catalogue } as const;
  const { revision, changed, impact } = await context.database.write(async (transaction) => {
    const outcome = await orderToggles(transaction, { ...order, expectedRevision, reason, dryRun });
    const { onDenied } = await readDenials(transaction, account);
    const affected = { account, reader: transaction, catalogue, standings: new Standings(catalogue) };
    return { ...outcome, impact: await impactOf(affected, { ...outcome, onDenied }) };
  });
  const state = `${change.coordinate} is ${change.enabled ? "on" : "off"} for ${change.audience} of ${asked.account}`;
  const note = changed.length === 0 ? " (as before)" : dryRun ? " (not written: --dry-run)" : "";
  const { coordinate, audience, enabled } = change;
  const result = {
    account: asked.account,
    coordinate,
    audience,
    enabled,
    changed: changed.length > 0,
    dryRun,
    revision,
    impact,
  };
  // Told of a change that was made as well: whoever did not ask before learns it now.
  const hits = dryRun || impact.operationCount > 0 ? describeImpact(impact) : [];
  const words = [`${state}${note}; revision ${revision}`, ...hits];
  print(context.output, { words: words.join("\n"), json: result }, json);
}
