// The formatter, the linter and the compiler are tests like all others, so that `npm test` is one command and one count.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { top } from "./source.ts";

const format = "prettier --check --log-level warn";
const types = "tsc --noEmit --incremental false --tsBuildInfoFile null";

/** What a command has to complain of; nothing when it is content. */
function complaints(command: string): string {
  const path = [join(top, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
  const options = {
    cwd: top,
    env: { ...process.env, PATH: path, NODE_OPTIONS: "" },
    shell: true,
    encoding: "utf8",
  } as const;
  const run = spawnSync(command, options);
  return run.status === 0 ? "" : `${command} (exit ${run.status})\n${run.stdout}${run.stderr}`;
}

describe("the whole tree", () => {
  it("is formatted: mend it with npm run format", () => {
    expect(complaints(`${format} .`)).toBe("");
  });

  // Two runs, product and tests; the second is asked even when the first complains.
  const { scripts } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
  it.each(String(scripts.lint).split(" && "))("is clean to the linter: %s", (command) => {
    expect(complaints(command)).toBe("");
  });

  it("compiles, tests included", () => {
    expect(complaints(types)).toBe("");
  });
});

describe("a planted fault is found", () => {
  const folder = mkdtempSync(join(tmpdir(), "fieldgate-"));
  const file = join(folder, "planted.ts");
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => {
    const text = `export const f = (a: any, b: number | undefined) => [a, b!];\nvoid f(1, 'two')\nPromise.resolve(1)\n`;
    writeFileSync(file, text);
  });

  it("by the formatter", () => {
    expect(complaints(`${format} ${file}`)).toContain("planted.ts");
  });

  it.each(["oxlint.json", "oxlint.tests.json"])("by the linter with %s", (settings) => {
    const found = complaints(`oxlint --config test/house/${settings} --type-aware --deny-warnings ${folder}`);
    expect(found).toContain("no-explicit-any");
    expect(found).toContain("no-non-null-assertion");
    expect(found).toContain("no-floating-promises");
  });

  it("by the compiler", () => {
    expect(complaints(`tsc --noEmit --strict --ignoreConfig ${file}`)).toContain("TS2345");
  });
});
