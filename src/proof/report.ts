/** What a run has found out so far, as a file: a run of a million triples can be stopped, and goes on where it was. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { NOTHING_YET, type Progress } from "./prove.ts";

/** What decides all that a run does, as long as the rows are the same. */
export interface RunName {
  readonly account: string;
  readonly seed: number;
  readonly callers: readonly string[];
}

/** From the beginning where there is no file, and where it is of another run. */
export function readReport(path: string, name: RunName): Progress {
  const found = parse(path);
  if (found === undefined || JSON.stringify(found.run) !== JSON.stringify(name)) return NOTHING_YET;
  return found.progress;
}

/** Whole or not at all: whoever stops the run may do so at any moment. */
export function writeReport(path: string, run: RunName, progress: Progress): void {
  const draft = `${path}.draft`;
  writeFileSync(draft, `${JSON.stringify({ run, progress }, undefined, 2)}\n`);
  renameSync(draft, path);
}

interface Report {
  readonly run: unknown;
  readonly progress: Progress;
}

function parse(path: string): Report | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isReport(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isReport(found: unknown): found is Report {
  if (typeof found !== "object" || found === null || !("run" in found) || !("progress" in found)) return false;
  const { progress } = found;
  return typeof progress === "object" && progress !== null && "rounds" in progress && "tally" in progress;
}
