// Whoever operates the server is told the whole chain of a decision, also of one that was taken long ago.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedSmall } from "../../seeds/seeding.ts";
import { contentOf } from "../gateway/asking.ts";
import { databaseFor } from "../database.ts";
import { call, type Said } from "./calling.ts";

const database = databaseFor("pglite");
const directory = mkdtempSync(join(tmpdir(), "fieldgate-explain-"));
const fieldgate = (words: string): Promise<Said> => call(words.split(" "), { database: database(), directory });
const explain = (words: string): Promise<Said> => fieldgate(`explain --account harbour ${words}`);
let before: string;

beforeAll(async () => {
  await seedSmall(database());
  before = new Date().toISOString();
  await fieldgate("toggle --account harbour --reason council TimeEntry.durationSeconds off");
  writeFileSync(
    join(directory, "mine.graphql"),
    "{ timeEntries { nodes { durationSeconds costRate { minor } date } } }",
  );
  writeFileSync(join(directory, "faulty.graphql"), "{ timeEntries { nodes { nope } } }");
});

describe("the command explain", () => {
  it("tells the chain from what was asked to who decided it, and the commands that would open it", async () => {
    const { exit, out, error } = await explain("--role manager TimeEntry.costAmount");
    expect({ exit, error }).toEqual({ exit: 0, error: "" });
    expect(out.replace(/\d{4}-\S+Z/, "TIME").split("\n")).toEqual([
      "TimeEntry.costAmount is DENIED for MANAGER of harbour; revision 3",
      "  Off for the role MANAGER until an administrator switches it on: TimeEntry.costAmount. And 2 more in its way: see decidedBy.",
      "  TOGGLE    Nobody has switched TimeEntry.costAmount on for the role MANAGER.",
      "  RULE      By itself the role MANAGER has TimeEntry.costAmount off.",
      "  NEEDS     TimeEntry.costAmount is made from TimeEntry.durationSeconds.",
      "  TOGGLE    The toggle TimeEntry.durationSeconds is off for everyone.",
      "  RULE      By itself the role MANAGER has TimeEntry.durationSeconds on.",
      "  NEEDS     TimeEntry.costAmount is made from TimeEntry.costRate.",
      "  TOGGLE    Nobody has switched TimeEntry.costRate on for the role MANAGER.",
      "  RULE      By itself the role MANAGER has TimeEntry.costRate off.",
      "  VERDICT   TimeEntry.costAmount is denied: ROLE.",
      "  set       TimeEntry.durationSeconds for EVERYONE by the command line, TIME: council",
      "  rows      Rows where member is the caller, or team is one of the caller's led teams.",
      "  to open   fieldgate toggle --account harbour --audience MANAGER TimeEntry.costAmount on",
      "  to open   fieldgate toggle --account harbour --audience EVERYONE TimeEntry.durationSeconds on",
      "  to open   fieldgate toggle --account harbour --audience MANAGER TimeEntry.costRate on",
      "",
    ]);
  });

  it("says when a ceiling leaves nothing to switch", async () => {
    const { out } = await explain("--member m04 TimeEntry.costRate");
    expect(out).toContain(
      "  to open   The role EMPLOYEE may never have more of TimeEntry.costRate: no switch opens it.\n",
    );
    expect(out).not.toContain("fieldgate toggle");
  });

  it("judges a document for a member, denial by denial", async () => {
    const { exit, out } = await explain("--member m04 --document mine.graphql");
    expect(exit).toBe(0);
    expect(out.split("\n").filter((line) => !line.startsWith(" "))).toEqual([
      "The document is DENIED for EMPLOYEE of harbour; revision 3",
      "",
      "TimeEntry.durationSeconds (SELECT at timeEntries.nodes.@.durationSeconds) is DENIED for EMPLOYEE of harbour; revision 3",
      "",
      "TimeEntry.costRate (SELECT at timeEntries.nodes.@.costRate) is DENIED for EMPLOYEE of harbour; revision 3",
      "",
    ]);
  });

  it("tells the faults of a document that would not be judged", async () => {
    const { out } = await explain("--role ADMIN --document faulty.graphql");
    expect(out).toContain('  fault     Cannot query field "nope" on type "TimeEntry". (1:25)\n');
  });

  it("speaks of a moment of the past, and as JSON for scripts", async () => {
    const now = JSON.parse((await explain("--role ADMIN TimeEntry.durationSeconds --json")).out);
    const then = JSON.parse((await explain(`--role ADMIN TimeEntry.durationSeconds --at ${before} --json`)).out);
    expect([now.state, then.state]).toEqual(["DENIED", "OPEN"]);
    expect(then.at).toBe(before);
    expect(now.decidedBy).toMatchObject([{ kind: "TOGGLE", changedBy: "the command line", why: "council" }]);
  });

  it.each([
    ["--role ADMIN", 2, "name a coordinate or --document"],
    ["--role ADMIN Task --document mine.graphql", 2, "name a coordinate or --document"],
    ["Task", 2, "name --role or --member"],
    ["--role ADMIN --member m01 Task", 2, "name --role or --member"],
    ["--role BOSS Task", 2, "Roles are EMPLOYEE"],
    ["--role ADMIN Task --at yesterday", 2, "Write an instant"],
    ["--role ADMIN Task.colour", 1, "COORDINATE_UNKNOWN"],
    ["--role ADMIN not-one", 1, "COORDINATE_UNKNOWN"],
    ["--member nobody Task", 1, "MEMBER_UNKNOWN"],
    ["--role ADMIN Task --at 2020-01-01T00:00:00Z", 1, "MOMENT_UNKNOWN"],
    ["--role ADMIN --document none.graphql", 1, "DOCUMENT_UNREADABLE"],
    ["--account none --role ADMIN Task", 1, "ACCOUNT_UNKNOWN"],
  ])("says what is wrong with: %s", async (words, exit, said) => {
    const unchanged = await contentOf(database());
    const found = await explain(words);
    expect(found).toMatchObject({ exit, out: "" });
    expect(found.error).toContain(said);
    expect(await contentOf(database())).toBe(unchanged);
  });
});
