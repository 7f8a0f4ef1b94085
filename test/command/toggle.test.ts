// The command line is held to the same rules as the API, and counts for nobody where two administrators are needed.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase, sql } from "../database.ts";
import { contentOf } from "../gateway/asking.ts";

import { call, type Said } from "./calling.ts";

onEachDatabase("fieldgate toggle", (database) => {
  beforeAll(() => seedSmall(database()));
  const toggle = (words: string): Promise<Said> =>
    call(["toggle", "--account", "harbour", ...words.split(" ")], { database: database() });
  const toggles = async (): Promise<unknown> =>
    sql(database(), "select coordinate, audience, enabled::text from toggle order by 1");
  const unchanged = async (words: string, said: object): Promise<true> => {
    const before = await contentOf(database());
    expect(await toggle(words)).toMatchObject(said);
    expect(await contentOf(database())).toBe(before);
    return true;
  };

  it("shows who switched what, and goes back", async () => {
    const { out } = await toggle("Task.done off --reason late");
    const revision = Number(/revision (\d+)/.exec(out)?.[1]);
    await toggle("Task.name off");
    expect((await toggle("--history Task.done")).out).toMatch(
      new RegExp(`^${String(revision)}  \\S+Z  Task.done off for EVERYONE, by the command line: late\n$`),
    );
    expect((await toggle("--history")).out.trim().split("\n")).toHaveLength(2);
    const asked = await toggle(`--revert-to ${String(revision)} --dry-run --json`);
    expect(JSON.parse(asked.out)).toMatchObject({
      dryRun: true,
      revision: revision + 1,
      changed: [{ coordinate: "Task.name", enabled: null }],
    });
    const back = await toggle(`--revert-to ${String(revision)} --expected-revision ${String(revision + 1)}`);
    expect(back.out).toBe(
      `all switches of harbour are as at revision ${String(revision)}; revision ${String(revision + 2)}\n  Task.name at its default for EVERYONE\n`,
    );
    expect(await toggles()).toEqual([["Task.done", "EVERYONE", "false"]]);
    await unchanged("--revert-to 999", { exit: 1, error: expect.stringContaining("has not had that revision") });
    await unchanged("--revert-to 1 --expected-revision 1", { exit: 1, error: expect.stringContaining("have changed") });
  });

  it("switches at a moment to come, and takes that back", async () => {
    const at = "2999-12-31T23:59:59.000Z";
    const said = await toggle(`Team.name off --at ${at}`);
    const id = /\((\S+)\)\n$/.exec(said.out)?.[1] ?? "";
    expect(said.out).toBe(`Team.name is off for EVERYONE of harbour from ${at} on (${id})\n`);
    expect((await toggle("--waiting")).out).toBe(`${at}  Team.name off for EVERYONE (${id})\n`);
    expect(await toggles()).not.toContainEqual(["Team.name", "EVERYONE", "false"]);
    expect((await toggle(`--cancel ${id}`)).exit).toBe(0);
    expect((await toggle("--waiting")).out).toBe("nothing waits\n");
    await unchanged(`--cancel ${id}`, { exit: 1, error: expect.stringContaining("Nothing waits under that id") });
    await unchanged("--cancel nonsense", { exit: 1, error: expect.stringContaining("not one that this API gave out") });
    await unchanged("Team.name off --at 2020-01-01T00:00:00Z", {
      exit: 1,
      error: expect.stringContaining("not ahead"),
    });
  });

  it("only proposes that staff see more, and says what has to happen next", async () => {
    const said = await toggle("Task.name on --audience SUPPORT --json");
    expect(said.exit).toBe(0);
    const told = JSON.parse(said.out);
    expect(told).toMatchObject({ changed: false, proposal: { changes: [{ coordinate: "Task.name" }], approvals: [] } });
    expect(await sql(database(), "select from toggle where audience = 'SUPPORT'")).toEqual([]);
    const waiting = await toggle("--waiting");
    expect(waiting.out).toContain("2 different administrators of the account must send");
    expect(waiting.out).toContain(
      `confirmToggles(id: "${String(told.proposal.id)}", hash: "${String(told.proposal.hash)}")`,
    );
    expect((await toggle(`--withdraw ${String(told.proposal.id)}`)).exit).toBe(0);
    await unchanged(`--withdraw ${String(told.proposal.id)}`, {
      exit: 1,
      error: expect.stringContaining("propose it anew"),
    });
  });

  describe("does nothing where it is not understood:", () => {
    it.each([
      "Task.name",
      "on",
      "--history --waiting",
      "--history Task.name on",
      "--revert-to 1 Task.name off",
      "--revert-to 1 --at 2999-01-01T00:00:00Z",
      "--revert-to one",
      "--waiting --dry-run",
      "--cancel x --withdraw y",
      "Task.name off --at tomorrow",
    ])("%s", async (words) => {
      expect(await unchanged(words, { exit: 2, out: "" })).toBe(true);
    });
  });
});
