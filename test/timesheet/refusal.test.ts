// Codes are promises to programs: the table and its page name the same ones.
import { expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { REFUSALS } from "../../src/timesheet/refusal.ts";
import { top } from "../house/source.ts";

it("the room's page lists every code of a refusal, in the order of the table", async () => {
  const page = await readFile(join(top, "src/timesheet/README.md"), "utf8");
  const listed = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  expect(listed).toEqual(Object.keys(REFUSALS));
});

it("every code says in words what to do, once", () => {
  const words = Object.values(REFUSALS);
  expect(words.every((sentence) => /^[A-Z].+\.$/.test(sentence))).toBe(true);
  expect(new Set(words).size).toBe(words.length);
});
