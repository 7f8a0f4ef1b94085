// Before all tests: a folder for the databases of this run. Nothing is started here: a run of one pure test needs no server.
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function begin() {
  const folder = mkdtempSync(join(tmpdir(), "fieldgate-test-"));
  // The server runs as a user of its own where the tests run as root, and must be able to walk through.
  chmodSync(folder, 0o711);
  process.env.FIELDGATE_TEST_FOLDER = folder;
  process.env.FIELDGATE_TEST_PROCESS = String(process.pid);
}
