/** The list of commands and their help. Parses, calls one function, prints, and gives back the exit code. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { ROLES, type Role } from "../caller.ts";
import type { CommandContext, Output, Terminal } from "./context.ts";
import { addExplain } from "./explain-command.ts";
import { tellFailure } from "./failure.ts";
import { FORMATS, type Format } from "./format.ts";
import { addProve } from "./prove-command.ts";
import { role } from "./role.ts";
import { seed } from "./seed.ts";
import { addToggle, TOGGLE } from "./toggle-command.ts";
import { token, type Holder } from "./token.ts";

/** Where commands run: in a process of their own, or in the server that holds the database. */
export interface Place {
  readonly output: Output;
  readonly terminal: Terminal;
  /** Runs the work on the open database, or has the server run it; gives back the exit code. */
  readonly inDatabase: (work: (context: CommandContext) => Promise<void>) => Promise<number>;
  /** Commands that see to the database themselves. */
  readonly own: Readonly<Record<"serve" | "migrate" | "emit" | "doctor", (json: boolean) => Promise<number>>>;
}

/** 0 all was done, 1 it was not, 2 it was not understood. */
export async function runCommand(argv: readonly string[], place: Place): Promise<number> {
  let exit = 0;
  const program = commands(place, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (failure) {
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : 2;
    tellFailure(place.output, failure, argv.includes("--json"));
    return 1;
  }
}

type Exit = (code: number) => void;

function commands(place: Place, exit: Exit): Command {
  const { out, error } = place.terminal;
  const program = new Command("fieldgate")
    .description("A GraphQL access-control gateway for timesheet data, with feature toggles for each account.")
    .configureOutput({ writeOut: out, writeErr: error })
    .exitOverride()
    .showHelpAfterError("See fieldgate COMMAND --help.");
  const own = [
    ["serve", "Serve GraphQL over HTTP. Without DATABASE_URL it makes and keeps a database of its own in DATA_DIR."],
    [
      "migrate",
      "Bring the database's tables to what this version needs. With DATABASE_URL it needs DATABASE_OWNER_URL.",
    ],
    ["emit", "Write schema/schema.graphql and the other files that are made from the source."],
    ["doctor", "Look at the settings and the database, and say what is wrong."],
  ] as const;
  for (const [name, description] of own) {
    addCommand(program, name, description).action(async ({ json }: Json) => exit(await place.own[name](json === true)));
  }
  addSeed(program, place, exit);
  addToken(program, place, exit);
  addRole(program, place, exit);
  addImport(program, place, exit);
  addToggle(addCommand(program, "toggle", TOGGLE), async (work) => exit(await place.inDatabase(work)));
  addSchema(program, place, exit);
  const explained = addCommand(program, "explain", "Say why somebody gets something or not: toggle, rule, verdict.");
  addExplain(explained, async (work) => exit(await place.inDatabase(work)));
  const proved = addCommand(program, "prove", "Prove on a copy that what people may not see changes no answer.");
  addProve(proved, place.inDatabase, exit);
  return program;
}

interface Json {
  readonly json?: true;
}

function addCommand(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).option("--json", "print the result as JSON");
}

function addSeed(program: Command, { inDatabase }: Place, exit: Exit): void {
  addCommand(program, "seed", "Write the demo data: two companies and a year of their work.").action(
    async ({ json }: Json) => exit(await inDatabase((context) => seed(context, { json: json === true }))),
  );
}

interface TokenOptions extends Json {
  readonly account?: string;
  readonly role?: Role;
  readonly member?: string;
  readonly staff?: string;
  readonly expires: number;
}

function addToken(program: Command, { inDatabase }: Place, exit: Exit): void {
  addCommand(program, "token", "Print one bearer token of the built-in issuer (demo and development only).")
    .option("--account <slug>", "the account to which the token opens")
    .addOption(roleOption("--role <role>", "a token of the first member who has this role"))
    .option("--member <id>", "a token of this member: their external id or uuid")
    .option("--staff <email>", "a token of one of the vendor's people")
    .option("--expires <time>", "how long it is valid: 30m, 12h, 7d", lifetime, lifetime("12h"))
    .action(async (options: TokenOptions, command: Command) => {
      const holder = holderOf(options);
      if (holder === undefined) {
        command.error("error: name --account with --role or --member, or --staff alone");
      }
      const asked = { holder, lifetimeSeconds: options.expires, json: options.json === true };
      exit(await inDatabase((context) => token(context, asked)));
    });
}

function holderOf({ account, role, member, staff }: TokenOptions): Holder | undefined {
  if (staff !== undefined) return (account ?? role ?? member) ? undefined : { kind: "staff", email: staff };
  if (account === undefined) return undefined;
  if (role !== undefined) return member === undefined ? { kind: "role", account, role } : undefined;
  return member === undefined ? undefined : { kind: "member", account, member };
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function lifetime(text: string): number {
  const [, count, unit = ""] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (seconds > 0 && seconds <= 366 * 86_400) return seconds;
  throw new InvalidArgumentError("Write a number and s, m, h or d, at most 366d.");
}

function roleOption(flags: string, description: string): Option {
  const names = ROLES.join(", ");
  return new Option(flags, `${description} (${names})`).argParser((text) => {
    const known = ROLES.find((role) => role === text.toUpperCase());
    if (known === undefined) throw new InvalidArgumentError(`Roles are ${names}.`);
    return known;
  });
}

interface RoleOptions extends Json {
  readonly account: string;
  readonly member: string;
  readonly role: Role;
  readonly lead?: readonly string[];
  readonly remove?: true;
}

function addRole(program: Command, { inDatabase }: Place, exit: Exit): void {
  addCommand(program, "role", "Give a member a role, or take it; and make them lead teams.")
    .requiredOption("--account <slug>", "the member's account")
    .requiredOption("--member <id>", "their external id or uuid")
    .addOption(roleOption("--role <role>", "the role").makeOptionMandatory())
    .option("--lead <team...>", "external ids of teams that they lead from now on")
    .option("--remove", "take the role, and the lead of the teams named")
    .action(async ({ account, member, role: given, lead, remove, json }: RoleOptions) => {
      const change = { account, member, role: given, lead: lead ?? [], remove: remove === true };
      exit(await inDatabase((context) => role(context, { ...change, json: json === true })));
    });
}

interface ImportOptions extends Json {
  readonly account: string;
  readonly createAccount?: true;
  readonly name?: string;
  readonly currency: string;
  readonly format: Format;
  readonly map?: string;
  readonly timezone?: string;
  readonly strict?: true;
}

function addImport(program: Command, { inDatabase }: Place, exit: Exit): void {
  addCommand(program, "import", "Import a file of time entries. The same file twice changes nothing.")
    .argument("<file>", "the file; gzipped ones are read as they are")
    .requiredOption("--account <slug>", "the account that gets the entries")
    .option("--create-account", "make the account where there is none with that slug")
    .option("--name <name>", "the name of an account that is made (default: its slug)")
    .option("--currency <code>", "the currency of an account that is made", "EUR")
    .addOption(new Option("--format <format>", "what wrote the file").choices(FORMATS).makeOptionMandatory())
    .option("--map <file>", "for generic: a JSON file that says which column means what")
    .option("--timezone <zone>", "whose clocks the file's times are of (default: the account's)")
    .option("--strict", "write nothing where a row cannot be kept")
    .action(async (file: string, options: ImportOptions) => {
      const { account, createAccount, name, currency, format, map, timezone, strict, json } = options;
      const create = createAccount === true ? { name: name ?? account, currency } : undefined;
      const order = { file, account, create, format, map, timezone, strict: strict === true, json: json === true };
      exit(await inDatabase(async (context) => (await import("./import.ts")).importFile(context, order)));
    });
}

interface SchemaOptions extends Json {
  readonly account: string;
  readonly as: string;
}

function addSchema(program: Command, { inDatabase }: Place, exit: Exit): void {
  addCommand(program, "schema", "Print the schema as somebody knows it: what is denied to them is marked @access.")
    .requiredOption("--account <slug>", "their account")
    .requiredOption("--as <who>", `a role (${ROLES.join(", ")}), or a member's external id or uuid`)
    .action(async ({ account, as, json }: SchemaOptions) => {
      const asked = { account, as, json: json === true };
      exit(await inDatabase(async (context) => (await import("./schema.ts")).schema(context, asked)));
    });
}
