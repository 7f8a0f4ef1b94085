/** The options of the command `explain`. */
import { InvalidArgumentError, type Command } from "commander";
import { ROLES, type Role } from "../caller.ts";
import { DateTime } from "../permission/scalar.ts";
import type { CommandContext } from "./context.ts";

interface Options {
  readonly account: string;
  readonly role?: Role;
  readonly member?: string;
  readonly document?: string;
  readonly at?: string;
  readonly json?: true;
}

type Run = (work: (context: CommandContext) => Promise<void>) => Promise<void>;

export function addExplain(command: Command, run: Run): void {
  command
    .argument("[coordinate]", "what is explained, as in TimeEntry.costRate; or give --document")
    .requiredOption("--account <slug>", "the account")
    .option("--role <role>", `for whoever has this role alone (${ROLES.join(", ")})`, roleOf)
    .option("--member <id>", "for a member, with all their roles: external id or uuid")
    .option("--document <file>", "a file with an operation: it is judged, and not run")
    .option("--at <time>", "as it was at this moment, as in 2026-03-31T12:00:00Z", moment)
    .action(async (coordinate: string | undefined, options: Options) => {
      const { account, role, member, document, at, json } = options;
      if ((role === undefined) === (member === undefined)) command.error("error: name --role or --member, one of them");
      if ((coordinate === undefined) === (document === undefined)) {
        command.error("error: name a coordinate or --document, one of them");
      }
      const asked = { account, role, member, coordinate, document, at, json: json === true };
      await run(async (context) => (await import("./explain.ts")).explain(context, asked));
    });
}

function roleOf(text: string): Role {
  const known = ROLES.find((role) => role === text.toUpperCase());
  if (known === undefined) throw new InvalidArgumentError(`Roles are ${ROLES.join(", ")}.`);
  return known;
}

function moment(text: string): string {
  try {
    return DateTime.parseValue(text);
  } catch {
    throw new InvalidArgumentError("Write an instant with its offset, as in 2026-03-31T12:00:00Z.");
  }
}
