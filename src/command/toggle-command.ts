/** The options of the command `toggle`: one thing at a time, and what goes with it. */
import { Argument, InvalidArgumentError, Option, type Command } from "commander";
import { DateTime } from "../permission/scalar.ts";
import { AUDIENCES, type Audience } from "../permission/settings.ts";
import type { CommandContext } from "./context.ts";
import type { ToggleWork } from "./toggle.ts";

export const TOGGLE = "Switch a coordinate on or off for an account: from the next request on, or at a moment to come.";

interface Options {
  readonly account: string;
  readonly audience: Audience;
  readonly at?: string;
  readonly revertTo?: number;
  readonly history?: true;
  readonly waiting?: true;
  readonly cancel?: string;
  readonly withdraw?: string;
  readonly expectedRevision?: number;
  readonly reason?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

type Run = (work: (context: CommandContext) => Promise<void>) => Promise<void>;

export function addToggle(command: Command, run: Run): void {
  command
    .argument("[coordinate]", "what is switched, as in TimeEntry.costRate; schema/toggles.txt has them all")
    .addArgument(new Argument("[state]").choices(["on", "off"]))
    .requiredOption("--account <slug>", "the account")
    .addOption(new Option("--audience <audience>", "for whom").choices(AUDIENCES).default("EVERYONE"))
    .option("--at <time>", "when it takes effect, as in 2026-03-31T12:00:00Z", moment)
    .option("--reason <text>", "why, for the history")
    .option("--expected-revision <number>", "change nothing where the account has another revision", wholeNumber)
    .option("--dry-run", "say what would change, and change nothing")
    .option("--revert-to <revision>", "set all switches as they were at a revision", wholeNumber)
    .option("--history", "show who switched what; with a coordinate, that one alone")
    .option("--waiting", "show what waits for its moment, or for administrators to confirm it")
    .option("--cancel <id>", "take back what waits for its moment")
    .option("--withdraw <id>", "take back what waits for administrators")
    .action(async (coordinate: string | undefined, state: "on" | "off" | undefined, options: Options) => {
      const work = workOf({ coordinate, state, options });
      if (work === undefined) {
        command.error(
          "error: name a coordinate and on or off; or one of --revert-to, --history, --waiting, --cancel, --withdraw",
        );
      }
      const { account, expectedRevision, reason, at, dryRun, json } = options;
      const asked = { account, work, expectedRevision, reason, at, dryRun: dryRun === true, json: json === true };
      await run(async (context) => (await import("./toggle.ts")).toggle(context, asked));
    });
}

interface Given {
  readonly coordinate: string | undefined;
  readonly state: "on" | "off" | undefined;
  readonly options: Options;
}

/** Undefined where several things were asked at once, or none, or what does not go together. */
function workOf({ coordinate, state, options }: Given): ToggleWork | undefined {
  const { audience, revertTo, history, waiting, cancel, withdraw, at, dryRun } = options;
  const named = [revertTo, history, waiting, cancel, withdraw].filter((one) => one !== undefined).length;
  if (named > 1 || (named === 1 && (state !== undefined || at !== undefined))) return undefined;
  if (history === true) return { kind: "history", coordinate };
  if (named === 1 && coordinate !== undefined) return undefined;
  if (revertTo !== undefined) return { kind: "revert", toRevision: revertTo };
  if (dryRun === true && named === 1) return undefined;
  if (waiting === true) return { kind: "waiting" };
  if (cancel !== undefined) return { kind: "cancel", id: cancel };
  if (withdraw !== undefined) return { kind: "withdraw", id: withdraw };
  if (coordinate === undefined || state === undefined) return undefined;
  return { kind: "set", change: { coordinate, audience, enabled: state === "on" } };
}

function moment(text: string): string {
  try {
    return DateTime.parseValue(text);
  } catch {
    throw new InvalidArgumentError("Write an instant with its offset, as in 2026-03-31T12:00:00Z.");
  }
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number.");
}
