// Before all tests: a folder for the databases of this run. Nothing is started here: a run of one pure test needs no server.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = /^fieldgate-test-(\d+)-/;

export default function begin() {
  removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `fieldgate-test-${process.pid}-`));
  // The server runs as a user of its own where the tests run as root, and must be able to walk through.
  chmodSync(folder, 0o711);
  process.env.FIELDGATE_TEST_FOLDER = folder;
  process.env.FIELDGATE_TEST_PROCESS = String(process.pid);
}

/** A run that was killed could not remove its own, and a hundred megabytes add up. */
function removeAbandoned() {
  for (const name of readdirSync(tmpdir())) {
    const owner = NAME.exec(name)?.[1];
    if (owner !== undefined && isGone(Number(owner))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isGone(pid) {
  try {
    process.kill(pid, 0);
    return false;
  } catch (failure) {
    return failure.code === "ESRCH";
  }
}
