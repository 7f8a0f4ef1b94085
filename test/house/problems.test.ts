// Law 12: errors are a table. It is told to people as it is, and no error is in it that no test has seen.
import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { PROBLEMS } from "../../src/problem.ts";
import { sources } from "./source.ts";

const rows = Object.entries(PROBLEMS).map(([code, { status, words }]) => `${code} | ${status} | ${words}`);

/** Lines of the table in the room's README, without what a formatter may do to them. */
const told = readFileSync("src/gateway/README.md", "utf8")
  .split("\n")
  .map((line) => /^\|\s*`([A-Z_]+)`\s*\|\s*(\d{3})\s*\|\s*(.*?)\s*\|$/.exec(line))
  .flatMap((found) => (found === null ? [] : [`${found[1]} | ${found[2]} | ${found[3]}`]));

/** What takes another machine, another login or another version to bring about. */
const NOT_IN_TESTS: readonly string[] = [
  "DATABASE_TOO_OLD",
  "MIGRATE_NEEDS_OWNER",
  "SOCKET_PATH",
  "SOCKET_REFUSED",
  "STOPPING",
];

describe("the table of errors", () => {
  it("is told in the gateway's README, row by row", () => {
    expect(told).toEqual(rows);
  });

  it.each(Object.entries(PROBLEMS))(
    "has words for %s that are a sentence and fit its status",
    (code, { status, words }) => {
      // Other gateways have the one without an end, and write it so.
      expect(words).toMatch(code === "UNAUTHORIZED_FIELD_OR_TYPE" ? /^[A-Z]/ : /^[A-Z].*\.$/);
      expect([200, 400, 401, 403, 404, 405, 406, 409, 413, 415, 500, 503]).toContain(status);
    },
  );

  it("holds no error that no test has seen", () => {
    const tests = sources("test").filter(({ path }) => path.endsWith(".test.ts") && !path.includes("house/problems"));
    const unseen = Object.keys(PROBLEMS).filter(
      (code) => !tests.some(({ text }) => new RegExp(`\\b${code}\\b`).test(text)),
    );
    expect(unseen.filter((code) => !NOT_IN_TESTS.includes(code))).toEqual([]);
  });
});
