#!/usr/bin/env node
/** Where the program begins: reads the settings, runs one command, ends with its exit code. */
import { systemClock } from "./clock.ts";
import { runCommand } from "./command/command.ts";
import { makeOutput, type Terminal } from "./command/context.ts";
import { ownPlace } from "./command/reach.ts";
import { readConfig, type Config } from "./config.ts";

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY,
};
const output = makeOutput(terminal);

/** Undefined where the environment is wrong; what is wrong was said. */
function settings(argv: readonly string[]): Config | undefined {
  // Help needs no settings, least of all right ones.
  const asksForHelp = argv.length === 0 || argv.some((argument) => ["--help", "-h", "help"].includes(argument));
  const reading = readConfig(asksForHelp ? {} : undefined);
  if (reading.kind === "read") return reading.config;
  for (const fault of reading.faults) output.note(`fieldgate: ${fault}`);
  return undefined;
}

async function main(argv: readonly string[]): Promise<number> {
  const config = settings(argv);
  if (config === undefined) return 1;
  const surroundings = { config, clock: systemClock, output, directory: process.cwd() };
  // Loaded when it is asked for: most commands are over sooner than the server's parts are read.
  const serve = async (json: boolean): Promise<number> =>
    (await import("./command/serve.ts")).serve({ surroundings, terminal }, json);
  const emit = async (json: boolean): Promise<number> =>
    (await import("./command/emitting.ts")).emit(surroundings, json);
  return runCommand(argv, ownPlace({ surroundings, terminal, argv, serve, emit }));
}

process.exitCode = await main(process.argv.slice(2));
