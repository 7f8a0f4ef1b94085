// After all tests: stops the server, if one was started, and removes the folder of this run.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export default async function end() {
  const folder = process.env.FIELDGATE_TEST_FOLDER;
  if (folder === undefined) return;
  const keeper = join(folder, "keeper");
  if (existsSync(keeper)) {
    process.kill(Number(readFileSync(keeper, "utf8")), "SIGTERM");
    // The keeper takes the folder with it.
    for (let waited = 0; existsSync(folder) && waited < 10_000; waited += 50) await wait(50);
  }
  rmSync(folder, { recursive: true, force: true });
}
