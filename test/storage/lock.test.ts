import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFolder, LOCK_FILE } from "../../src/storage/lock.ts";
import { openDatabase } from "../../src/storage/open.ts";
import { sql } from "../database.ts";
import { runFolder } from "../postgresql.ts";

const DEAD = 2 ** 22 - 7; // beyond what a kernel hands out
const locked = expect.objectContaining({ code: "DATA_DIR_LOCKED" });

let parent = "";
let folder = "";
beforeEach(() => {
  parent = mkdtempSync(join(runFolder(), "lock-"));
  folder = join(parent, "data");
});
afterEach(() => rmSync(parent, { recursive: true }));

const written = (): unknown => JSON.parse(readFileSync(join(folder, LOCK_FILE), "utf8"));
const write = (holder: unknown): void => writeFileSync(join(folder, LOCK_FILE), JSON.stringify(holder));

/** Takes the folder and gives it back; answers what is left in it. */
function take(): readonly string[] {
  const lock = lockFolder(folder);
  expect(written()).toMatchObject({ pid: process.pid, token: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  lock.release();
  return readdirSync(folder);
}

describe("a data folder", () => {
  it("is made for its owner alone, and left without a trace of the lock", () => {
    const lock = lockFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
    expect(written()).toMatchObject({ pid: process.pid });
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is refused to a second one in the same process", () => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(locked);
    lock.release();
    lockFolder(folder).release();
  });

  it("is refused to a second process while the first one lives, and given once it was killed", async () => {
    const program = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, "../../src/storage/lock.ts"))};
      lockFolder(process.argv[1]); process.stdout.write("held"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program, folder]);
    await once(child.stdout, "data");
    expect(() => lockFolder(folder)).toThrow(locked);
    child.kill("SIGKILL");
    await once(child, "exit");
    lockFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is taken over from a process that is gone", () => {
    lockFolder(folder).release();
    write({ pid: DEAD, token: "t" });
    expect(take()).toEqual([]);
  });

  it("is taken over where the holder's number was given to another process", () => {
    lockFolder(folder).release();
    write({ pid: process.pid, start: "another-boot:1", token: "t" });
    expect(take()).toEqual([]);
  });

  it("is refused where nothing says when the holder began, but there is such a process", () => {
    lockFolder(folder).release();
    write({ pid: process.pid, token: "t" });
    expect(() => lockFolder(folder)).toThrow(locked);
  });

  it("is refused while a holder in another container shows that it lives, and given after its silence", () => {
    lockFolder(folder).release();
    write({ pid: DEAD, token: "t", space: "pid:[1]" });
    expect(() => lockFolder(folder)).toThrow(locked);
    const past = new Date(Date.now() - 60_000);
    utimesSync(join(folder, LOCK_FILE), past, past);
    expect(take()).toEqual([]);
  });

  it.each(["", "{", "null", '{"pid":"1"}'])("is taken over from a lock file that nobody of ours wrote: %j", (text) => {
    lockFolder(folder).release();
    writeFileSync(join(folder, LOCK_FILE), text);
    expect(take()).toEqual([]);
  });

  it("is never held by two of many that find the same dead holder", () => {
    lockFolder(folder).release();
    write({ pid: DEAD, token: "t" });
    const program = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, "../../src/storage/lock.ts"))};
      try { lockFolder(process.argv[1]); console.log("held"); } catch (failure) { console.log(failure.code); }
      setTimeout(() => {}, 1500);`;
    const node = `"${process.execPath}" --input-type=module-typescript -e '${program}' "${folder}"`;
    const many = Array.from({ length: 8 }, () => `${node} &`).join("\n");
    const { stdout } = spawnSync("sh", ["-c", `${many}\nwait`], { encoding: "utf8" });
    const answers = stdout.trim().split("\n").toSorted();
    expect(answers).toEqual([...Array.from({ length: 7 }, () => "DATA_DIR_LOCKED"), "held"]);
  });
});

describe("an embedded database in a folder", () => {
  it("keeps its rows, and gives the folder back when it is closed", async () => {
    const first = await openDatabase({ folder });
    await sql(first, "CREATE TABLE kept AS SELECT 7 AS number");
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: "DATA_DIR_LOCKED" });
    await first.close();
    const second = await openDatabase({ folder });
    expect(await sql(second, "SELECT number FROM kept")).toEqual([["7"]]);
    await second.close();
    expect(readdirSync(folder)).toEqual(["database"]);
  });

  it("is refused with DATA_DIR_UNUSABLE where it is a file, or below one", () => {
    const file = join(parent, "a-file");
    writeFileSync(file, "");
    for (const path of [file, join(file, "below")]) {
      expect(() => lockFolder(path)).toThrow(expect.objectContaining({ code: "DATA_DIR_UNUSABLE" }));
    }
  });
});
