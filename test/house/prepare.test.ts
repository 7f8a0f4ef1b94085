// A start on an unprepared checkout, in a small house of its own whose compiler only counts how often it was asked.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { top } from "./source.ts";

const compiler = `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
appendFileSync("asked", "x");
await new Promise((done) => setTimeout(done, 300));
mkdirSync("dist/src", { recursive: true });
writeFileSync("dist/src/main.js", "");
if (existsSync("src/wrong.ts")) { console.log("wrong.ts: a type error"); process.exit(2); }
`;

let house: string;

function put(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

async function prepare(...words: readonly string[]) {
  const child = spawn(process.execPath, [join(house, "src/command/prepare.mjs"), ...words]);
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (said.out += String(chunk)));
  child.stderr.on("data", (chunk) => (said.err += String(chunk)));
  const status = await new Promise((done) => child.on("close", done));
  return { status, ...said };
}

const builds = () => (existsSync(join(house, "asked")) ? readFileSync(join(house, "asked"), "utf8").length : 0);

function touch(path: string): void {
  const later = new Date(Date.now() + 1000);
  utimesSync(join(house, path), later, later);
}

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "fieldgate-"));
  const lock = JSON.stringify({ packages: { "": {}, "node_modules/pg": { version: "1.0.0" } } });
  put("package-lock.json", lock);
  put("node_modules/.fieldgate-lock", createHash("sha256").update(lock).digest("hex"));
  put("node_modules/typescript/bin/tsc", compiler);
  put("node_modules/typescript/package.json", `{ "type": "module" }`);
  put("src/main.ts", "");
  cpSync(join(top, "src/command/prepare.mjs"), join(house, "src/command/prepare.mjs"));
});

afterEach(() => rmSync(house, { recursive: true, force: true }));

describe("before a script runs", () => {
  it("the source is built once, and not a word goes to the standard output", async () => {
    expect(await prepare()).toEqual({ status: 0, out: "", err: "fieldgate: building\n" });
    expect(await prepare()).toEqual({ status: 0, out: "", err: "" });
    expect(builds()).toBe(1);
  });

  it("a changed source is built again", async () => {
    await prepare();
    touch("src/main.ts");
    await prepare();
    expect(builds()).toBe(2);
  });

  it("what was built from a deleted source goes, and what others put beside the build stays", async () => {
    put("dist/src/gone.js", "");
    put("dist/console/bundle.js", "");
    await prepare();
    expect(existsSync(join(house, "dist/src/gone.js"))).toBe(false);
    expect(existsSync(join(house, "dist/console/bundle.js"))).toBe(true);
  });

  it("of two starts at the same time one builds and the other waits for it", async () => {
    const both = await Promise.all([prepare(), prepare()]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(builds()).toBe(1);
  });

  it("a start takes over from one that died", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await new Promise((done) => child.on("close", done));
    put("dist/.lock/pid", String(child.pid));
    expect((await prepare()).status).toBe(0);
    expect(builds()).toBe(1);
  });

  it("a type error stops a start with a sentence, and lets the tests go on", async () => {
    put("src/wrong.ts", "");
    const start = await prepare();
    expect(start).toMatchObject({ status: 1, out: "" });
    expect(start.err).toMatch(/a type error[^]*mend the errors above and try again/);
    expect((await prepare("--go-on-after-type-errors")).status).toBe(0);
    expect(existsSync(join(house, "dist/.built"))).toBe(false);
  });

  it("packages rightly installed by hand are not fetched again", async () => {
    rmSync(join(house, "node_modules/.fieldgate-lock"));
    put("node_modules/.package-lock.json", readFileSync(join(house, "package-lock.json"), "utf8"));
    put("node_modules/pg/package.json", "{}");
    expect((await prepare()).err).toBe("fieldgate: building\n");
    expect(existsSync(join(house, "node_modules/.fieldgate-lock"))).toBe(true);
  });

  it("packages that differ from the lock file are installed, and a failure says what to do", async () => {
    put("package-lock.json", `{ "packages": { "node_modules/pg": { "version": "2.0.0" } } }`);
    const { status, out, err } = await prepare();
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toContain("the installed packages differ from the lock file; running npm ci");
    expect(err).toContain("mend the network or the lock file, and try again");
  });
});
