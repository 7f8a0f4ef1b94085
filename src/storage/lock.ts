/** The lock of a data folder. Two processes on one embedded database lose rows in silence, so the second is refused. */
import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { systemClock } from "../clock.ts";
import { problem } from "../problem.ts";
import { codeOf } from "./refusal.ts";

export interface FolderLock {
  release(): void;
}

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  /** Distinguishes a process from a later one that was given the same number; absent where the system does not say. */
  readonly start?: string;
  /** Where the number means something: a folder may be shared by containers, each of which counts its processes from 1. */
  readonly space?: string;
  readonly token: string;
}

export const LOCK_FILE = "fieldgate.lock";

/** How often a holder shows that it lives, and after how long a silence one in another container counts as gone. */
const BEAT_MS = 5_000;
const SILENCE_MS = 30_000;

/** Makes the folder, readable by its owner only, and takes it; or refuses with a problem that names the holder. */
export function lockFolder(folder: string): FolderLock {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw problem("DATA_DIR_UNUSABLE", { cause, extensions: { because: [codeOf(cause) ?? "unknown"] } });
  }
  const path = join(folder, LOCK_FILE);
  const mine: Holder = { pid: process.pid, ...startOf(process.pid), ...spaceOf(), token: crypto.randomUUID() };
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (create(path, mine)) return held(path, mine);
    const holder = read(path);
    if (holder !== undefined && isAlive(holder, path)) throw lockedBy(holder);
    removeDead(path);
  }
  throw problem("DATA_DIR_LOCKED", { log: "the lock file changes hands faster than it can be read" });
}

function lockedBy({ pid }: Holder) {
  return problem("DATA_DIR_LOCKED", { log: `the data folder is held by process ${pid}`, extensions: { pid } });
}

function held(path: string, mine: Holder): FolderLock {
  const beat = setInterval(() => show(path), BEAT_MS);
  beat.unref();
  return {
    release: () => {
      clearInterval(beat);
      if (read(path)?.token === mine.token) rmSync(path, { force: true });
    },
  };
}

function show(path: string): void {
  try {
    const now = systemClock.now();
    utimesSync(path, now, now);
  } catch {
    // The folder was taken away beneath a running server; the next write to it says so more clearly.
  }
}

/** A link is made whole or not at all: nobody ever reads half a lock file. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.token}`;
  writeFileSync(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (failure) {
    if (codeOf(failure) === "EEXIST") return false;
    throw failure;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Undefined: no lock file, or one that nobody of ours has written. */
function read(path: string): Holder | undefined {
  try {
    return holderIn(readFileSync(path, "utf8"));
  } catch (failure) {
    if (codeOf(failure) === "ENOENT") return undefined;
    throw failure;
  }
}

function holderIn(text: string): Holder | undefined {
  const [, pid] = /"pid":([1-9]\d*)/.exec(text) ?? [];
  const [, token] = /"token":"([^"]+)"/.exec(text) ?? [];
  if (pid === undefined || token === undefined) return undefined;
  const [, start] = /"start":"([^"]+)"/.exec(text) ?? [];
  const [, space] = /"space":"([^"]+)"/.exec(text) ?? [];
  return {
    pid: Number(pid),
    token,
    ...(start === undefined ? {} : { start }),
    ...(space === undefined ? {} : { space }),
  };
}

/**
 * Of two processes that find the same dead holder, one must not remove the lock that the other has just made. So only one at a
 * time removes, and only after it has looked again.
 */
function removeDead(path: string): void {
  const guard = `${path}.guard`;
  if (!enter(guard)) return;
  try {
    const holder = read(path);
    if (holder === undefined || !isAlive(holder, path)) rmSync(path, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

/** False: another is removing; a moment later there is something new to see. */
function enter(guard: string): boolean {
  try {
    mkdirSync(guard);
    return true;
  } catch (failure) {
    if (codeOf(failure) !== "EEXIST") throw failure;
  }
  // What is done behind the guard takes no time: who stands there longer was killed.
  if (age(guard) > SILENCE_MS) rmSync(guard, { recursive: true, force: true });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  return false;
}

function isAlive(holder: Holder, path: string): boolean {
  const here = spaceOf().space;
  if (holder.space !== undefined && here !== undefined && holder.space !== here) return age(path) < SILENCE_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (failure) {
    // Any other failure means that there is one, of a user whom we may not send signals.
    if (codeOf(failure) === "ESRCH") return false;
  }
  const { start } = startOf(holder.pid);
  return holder.start === undefined || start === undefined || holder.start === start;
}

/** How long ago a file was last touched; 0 where it is gone. */
function age(path: string): number {
  const now = systemClock.now().getTime();
  return Math.abs(now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now));
}

/** When a process began, in ticks since the machine did, and which start of the machine that was. */
function startOf(pid: number): { readonly start?: string } {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, and may hold spaces and brackets itself.
    const ticks = line.slice(line.lastIndexOf(")") + 2).split(" ")[19];
    const machine = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return ticks === undefined ? {} : { start: `${machine}:${ticks}` };
  } catch {
    return {};
  }
}

function spaceOf(): { readonly space?: string } {
  try {
    return { space: readlinkSync("/proc/self/ns/pid") };
  } catch {
    return {};
  }
}
