#!/usr/bin/env node
/** Where the program begins: reads the settings, runs one command, ends with its exit code. */
import { systemClock } from "./clock.ts";
import { runCommand, type Place } from "./command/command.ts";
import { makeOutput, type Terminal } from "./command/context.ts";
import { latePlace } from "./command/late.ts";
import { ownPlace } from "./command/reach.ts";
import { readConfig, type Config } from "./config.ts";

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY,
};
const output = makeOutput(terminal);

/** Undefined where the environment is wrong; what is wrong was said. */
function settings(): Config | undefined {
  const reading = readConfig();
  if (reading.kind === "read") return reading.config;
  for (const fault of reading.faults) output.note(`fieldgate: ${fault}`);
  return undefined;
}

function place(argv: readonly string[]): Place | undefined {
  const config = settings();
  if (config === undefined) return undefined;
  const surroundings = { config, clock: systemClock, output, directory: process.cwd() };
  // Loaded when it is asked for: most commands are over sooner than the server's parts are read.
  const serve = async (json: boolean): Promise<number> =>
    (await import("./command/serve.ts")).serve({ surroundings, terminal }, json);
  const emit = async (json: boolean): Promise<number> =>
    (await import("./command/emitting.ts")).emit(surroundings, json);
  return ownPlace({ surroundings, terminal, argv, serve, emit });
}

const argv = process.argv.slice(2);
process.exitCode = await runCommand(
  argv,
  latePlace({ output, terminal }, () => place(argv)),
);
