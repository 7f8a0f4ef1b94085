// Help needs no settings; every command reads them, whatever words it is given.
import { expect, it } from "@jest/globals";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../src/command/command.ts";
import { makeOutput } from "../../src/command/context.ts";
import { latePlace } from "../../src/command/late.ts";
import { openWorkplace } from "./running.ts";

async function opens(words: string): Promise<[exit: number, opened: number]> {
  let opened = 0;
  const terminal = { out: () => undefined, error: () => undefined, watched: false };
  const place = latePlace({ output: makeOutput(terminal), terminal }, () => {
    opened += 1;
    return undefined;
  });
  return [await runCommand(words === "" ? [] : words.split(" "), place), opened];
}

it.each(["help", "--help", "-h", "toggle --help", "help toggle", "doctor -h"])(
  "%s reads no settings",
  async (words) => {
    expect(await opens(words)).toEqual([0, 0]);
  },
);

it.each([
  "toggle TimeEntry.costRate off --account acme --reason help",
  "toggle TimeEntry.costRate off --account help",
  "toggle TimeEntry.costRate off --account acme --reason=-h",
  "doctor",
])("%s reads the settings", async (words) => {
  expect(await opens(words)).toEqual([1, 1]);
});

it("a reason that says help changes nothing of where the command works", async () => {
  const { fieldgate, folder } = openWorkplace(() => ({ DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing" }));
  const said = await fieldgate("toggle TimeEntry.costRate off --account acme --reason help --json");
  expect(said).toMatchObject({ exit: 1 });
  expect(said.out + said.error).toContain("ACCESS_UNAVAILABLE");
  expect(existsSync(join(folder, ".fieldgate"))).toBe(false);
});
