// Makes a checkout runnable before a script runs: the packages the lock file names, and a build of the present source.
//
// It runs on whatever Node is at hand, before anything is installed, so it is plain JavaScript and needs no package.
// It writes to stderr only: `npm run -s fieldgate -- token` must print one token and nothing else.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const lockFile = "package-lock.json";
const installed = "node_modules/.fieldgate-lock";
const built = "dist/.built";
const building = "dist/.building";
const buildMemory = "dist/.tsbuildinfo";
const turn = "dist/.lock";
const sources = ["src", "schema/migrations", "seeds", "test/speed", "tsconfig.json"];
const longestTurn = 10 * 60 * 1000;

process.chdir(join(dirname(fileURLToPath(import.meta.url)), "../.."));

// `npm test` builds too, but goes on after a type error: its own tests report the error beside all the others.
const goesOnAfterTypeErrors = process.argv.includes("--go-on-after-type-errors");

if (!packagesAreInLine() || !buildIsFresh()) {
  takeTurn();
  // Asked again: whoever had the turn before may have done the work.
  if (!packagesAreInLine()) install();
  if (!buildIsFresh()) build();
}

function say(words) {
  process.stderr.write(`fieldgate: ${words}\n`);
}

function stop(words) {
  say(words);
  process.exit(1);
}

function lockHash() {
  return createHash("sha256").update(readFileSync(lockFile)).digest("hex");
}

function packagesAreInLine() {
  const hash = lockHash();
  if (existsSync(installed) && readFileSync(installed, "utf8") === hash) return true;
  if (!installedVersionsAgree()) return false;
  // Installed by hand, and rightly: remember it, so that nothing is deleted and fetched again for nothing.
  writeFileSync(installed, hash);
  return true;
}

/** npm leaves in node_modules a lock file of what it really installed; a package only some machines need may be absent. */
function installedVersionsAgree() {
  const present = "node_modules/.package-lock.json";
  if (!existsSync(present)) return false;
  const here = JSON.parse(readFileSync(present, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(lockFile, "utf8")).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    if (here[path] === undefined) return entry.optional === true || entry.devOptional === true;
    return here[path].version === entry.version && existsSync(join(path, "package.json"));
  });
}

function install() {
  const why = existsSync("node_modules") ? "the installed packages differ from the lock file" : "no packages installed";
  say(`${why}; running npm ci (about a minute)`);
  const arguments_ = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = spawnSync("npm", arguments_, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (run.status !== 0) stop("npm ci failed; read its message above, mend the network or the lock file, and try again");
  writeFileSync(installed, lockHash());
}

function buildIsFresh() {
  return existsSync(built) && existsSync("dist/src") && newestSource() <= statSync(built).mtimeMs;
}

/** A folder's own time counts too: it is what changes when a file is deleted or renamed. */
function newestSource() {
  let newest = 0;
  for (const source of sources.filter((path) => existsSync(path))) {
    const inside = statSync(source).isDirectory() ? readdirSync(source, { recursive: true }) : [];
    for (const path of [source, ...inside.map((name) => join(source, name))]) {
      newest = Math.max(newest, statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    }
  }
  return newest;
}

function build() {
  say("building");
  // Its time is when the build began: a file saved meanwhile is newer, and is built the next time.
  writeFileSync(building, "");
  // The compiler's memory of what it wrote is right only while what it wrote is still there.
  if (!existsSync(built) || !existsSync("dist/src")) rmSync(buildMemory, { force: true });
  const run = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc"], { stdio: ["ignore", 2, 2] });
  removeOrphans();
  if (run.status === 0) {
    renameSync(building, built);
  } else if (goesOnAfterTypeErrors && existsSync("dist/src")) {
    say("the build has type errors; going on, the tests will report them");
  } else {
    stop("the build failed; mend the errors above and try again");
  }
}

/** What was built from a file that is gone: a renamed migration would otherwise run under both its names. */
function removeOrphans() {
  for (const folder of ["src", "schema", "seeds", "test"].filter((name) => existsSync(join("dist", name)))) {
    for (const name of readdirSync(join("dist", folder), { recursive: true })) {
      const source = join(folder, name.replace(/\.js(\.map)?$/, ""));
      if (source === join(folder, name) || existsSync(`${source}.ts`) || existsSync(`${source}.tsx`)) continue;
      rmSync(join("dist", folder, name), { force: true });
    }
  }
}

/** One at a time: a second start waits for the first one's work, and takes over from one that died. */
function takeTurn() {
  mkdirSync("dist", { recursive: true });
  const owner = join(turn, "pid");
  for (let tries = 0; ; tries += 1) {
    try {
      mkdirSync(turn);
      writeFileSync(owner, String(process.pid));
      process.on("exit", () => rmSync(turn, { recursive: true, force: true }));
      return;
    } catch (failure) {
      if (failure.code !== "EEXIST") stop(`cannot write to dist/ (${failure.code}); make the folder writable`);
    }
    if (tries === 0) say("waiting for another start to finish installing or building");
    if (turnIsAbandoned(owner)) rmSync(turn, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function turnIsAbandoned(owner) {
  const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs;
  if (since === undefined) return false;
  if (Date.now() - since > longestTurn) return true;
  try {
    process.kill(Number(readFileSync(owner, "utf8") || process.pid), 0);
    return false;
  } catch (failure) {
    // No such file: the owner has made the folder and not yet written its name.
    return failure.code === "ESRCH";
  }
}
