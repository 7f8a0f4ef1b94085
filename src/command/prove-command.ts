/** The options of the command `prove`. */
import { InvalidArgumentError, type Command } from "commander";
import { ROLES, type Role } from "../caller.ts";
import type { CommandContext } from "./context.ts";

interface Options {
  readonly account: string;
  readonly role: readonly Role[];
  readonly member: readonly string[];
  readonly triples: number;
  readonly seed: number;
  readonly report?: string;
  readonly json?: true;
}

type Run = (work: (context: CommandContext) => Promise<void>) => Promise<number>;

/** `exit` is given 1 where something differed. */
export function addProve(command: Command, run: Run, exit: (code: number) => void): void {
  command
    .requiredOption("--account <slug>", "the account: it is read, and never written")
    .option("--role <role>", `for whoever has this role (${ROLES.join(", ")}); can be given again`, roleAmong, [])
    .option("--member <id>", "for a member: external id or uuid; can be given again", also, [])
    .option("--triples <number>", "how many triples of caller, operation and hidden change to try", wholeNumber, 5_000)
    .option("--seed <number>", "the same seed tries the same", wholeNumber, 1)
    .option("--report <file>", "a file that is written as it goes, and from which it goes on when it is run again")
    .action(async ({ account, role, member, triples, seed, report, json }: Options) => {
      const asked = { account, roles: role, members: member, triples, seed, report, json: json === true };
      let holds = true;
      const code = await run(async (context) => {
        holds = await (await import("./prove.ts")).proveAccount(context, asked);
      });
      exit(code === 0 && !holds ? 1 : code);
    });
}

const also = (text: string, before: readonly string[]): readonly string[] => [...before, text];

function roleAmong(text: string, before: readonly Role[]): readonly Role[] {
  const known = ROLES.find((role) => role === text.toUpperCase());
  if (known === undefined) throw new InvalidArgumentError(`Roles are ${ROLES.join(", ")}.`);
  return [...before, known];
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number.");
}
