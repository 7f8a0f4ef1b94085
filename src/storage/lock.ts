/** The lock of a data folder. Two processes on one embedded database lose rows in silence, so the second is refused. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { problem } from "../problem.ts";

export interface FolderLock {
  release(): void;
}

/** Who holds a folder. The start distinguishes a process from a later one that was given the same number. */
export interface Holder {
  readonly pid: number;
  readonly start: string | undefined;
  readonly token: string;
}

const FILE = "fieldgate.lock";

/** Makes the folder, readable by its owner only, and takes it; or refuses with a problem that names the holder. */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE);
  const mine: Holder = { pid: process.pid, start: startOf(process.pid), token: crypto.randomUUID() };
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (create(path, mine)) return { release: () => release(path, mine) };
    const holder = read(path);
    if (holder !== undefined && isAlive(holder)) throw lockedBy(holder);
    setAside(path, holder);
  }
  throw problem("DATA_DIR_LOCKED", { log: "the lock file changes hands faster than it can be read" });
}

function lockedBy({ pid }: Holder) {
  return problem("DATA_DIR_LOCKED", { log: `the data folder is held by process ${pid}`, extensions: { pid } });
}

/** A link is made whole or not at all: nobody ever reads half a lock file. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.token}`;
  writeFileSync(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (failure) {
    if (hasCode(failure, "EEXIST")) return false;
    throw failure;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Undefined: no lock file, or one that nobody of ours has written. */
function read(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value !== "object" || value === null || !("pid" in value) || !("token" in value)) return undefined;
    const { pid, token } = value;
    if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0 || typeof token !== "string") return undefined;
    return { pid, token, start: "start" in value && typeof value.start === "string" ? value.start : undefined };
  } catch (failure) {
    if (failure instanceof SyntaxError || hasCode(failure, "ENOENT")) return undefined;
    throw failure;
  }
}

/**
 * Of two processes that find the same dead holder, one must not remove the lock that the other has just made. So the file is
 * moved to a name of the remover's own and looked at there; what turns out to be somebody's else goes back.
 */
function setAside(path: string, dead: Holder | undefined): void {
  const aside = `${path}.${crypto.randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (failure) {
    if (hasCode(failure, "ENOENT")) return;
    throw failure;
  }
  const found = read(aside);
  if (found !== undefined && found.token !== dead?.token) {
    try {
      linkSync(aside, path);
    } catch (failure) {
      if (!hasCode(failure, "EEXIST")) throw failure;
    }
  }
  rmSync(aside, { force: true });
}

function release(path: string, mine: Holder): void {
  if (read(path)?.token === mine.token) rmSync(path, { force: true });
}

function isAlive({ pid, start }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (failure) {
    // Any other failure means that there is one, of a user whom we may not send signals.
    if (hasCode(failure, "ESRCH")) return false;
  }
  const present = startOf(pid);
  return start === undefined || present === undefined || start === present;
}

/** When a process began, in ticks since the machine did, with the machine's own start; undefined where /proc does not say. */
export function startOf(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, and may hold spaces and brackets itself.
    const ticks = line.slice(line.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined
      ? undefined
      : `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${ticks}`;
  } catch {
    return undefined;
  }
}

const hasCode = (failure: unknown, code: string): boolean =>
  failure instanceof Error && "code" in failure && failure.code === code;
