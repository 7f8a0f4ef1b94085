/** Calls commands as the command line does, and keeps what they said. */
import { readCatalogue } from "../../src/command/catalogue.ts";
import { runCommand } from "../../src/command/command.ts";
import { makeOutput } from "../../src/command/context.ts";
import { serverPlace } from "../../src/command/reach.ts";
import { systemClock } from "../../src/clock.ts";
import { readConfig, type Config } from "../../src/config.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly error: string;
}

export interface Where {
  readonly database: OpenDatabase;
  readonly environment?: Record<string, string>;
  readonly directory?: string;
}

export async function call(argv: readonly string[], where: Where): Promise<Said> {
  const said = { out: "", error: "" };
  const terminal = {
    out: (text: string) => void (said.out += text),
    error: (text: string) => void (said.error += text),
    watched: false,
  };
  const surroundings = {
    config: configOf(where.environment ?? {}),
    clock: systemClock,
    directory: where.directory ?? process.cwd(),
    output: makeOutput(terminal),
  };
  const held = { database: where.database, catalogue: await readCatalogue() };
  const exit = await runCommand(argv, serverPlace({ surroundings, terminal }, held));
  return { exit, ...said };
}

function configOf(environment: Record<string, string>): Config {
  const reading = readConfig(environment);
  if (reading.kind === "wrong") throw new Error(reading.faults.join("\n"));
  return reading.config;
}
