/** Switches coordinates of an account on or off. */
import { findAccount } from "../identity/directory.ts";
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
  const { revision, changed } = await context.database.write((transaction) =>
    orderToggles(transaction, { ...order, expectedRevision, reason, dryRun }),
  );
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
  };
  print(context.output, { words: `${state}${note}; revision ${revision}`, json: result }, json);
}
