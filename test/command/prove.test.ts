// On the command line: what a proof says, that the account is only read, and that a finding is a failure.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor } from "../database.ts";
import { everything } from "../gateway.ts";
import { call, type Said } from "./calling.ts";

describe("fieldgate prove", () => {
  const database = databaseFor("pglite");
  const directory = mkdtempSync(join(tmpdir(), "fieldgate-prove-"));
  beforeAll(() => seedSmall(database()));
  afterAll(() => rmSync(directory, { recursive: true }));
  const fieldgate = (words: string): Promise<Said> => call(words.split(" "), { database: database(), directory });
  const RUN = "prove --account harbour --role EMPLOYEE --member m03 --seed 3 --triples 300 --report proof.json";

  it("says that nothing differed, how much was tried, and has written nothing into the account", async () => {
    const before = await everything(database());
    const { exit, out, error } = await fieldgate(RUN);
    expect({ exit, error }).toEqual({ exit: 0, error: "" });
    expect(out).toMatch(/^Not a byte differed: 400 triples for 3 callers of harbour with seed 3 \(\d+ with data, /);
    expect(await everything(database())).toBe(before);
  });

  it("goes on from its report, and ends with 1 where something was found", async () => {
    const path = join(directory, "proof.json");
    const report = JSON.parse(readFileSync(path, "utf8")) as { progress: { findings: object[] } }; // cast: as it was written
    const finding = {
      caller: "the role EMPLOYEE",
      differs: "data.a",
      operation: "{ a }",
      variables: {},
      changes: ["x"],
    };
    report.progress.findings.push(finding);
    writeFileSync(path, JSON.stringify(report));
    const { exit, out } = await fieldgate(RUN);
    expect(exit).toBe(1);
    expect(out).toContain("1 differences in 400 triples");
    expect(out).toContain("For the role EMPLOYEE, data.a differs after\n- x\nasked\n{ a }");
    const { exit: alike, out: json } = await fieldgate(`${RUN} --json`);
    expect(alike).toBe(1);
    expect(JSON.parse(json)).toMatchObject({ account: "harbour", seed: 3, findings: [finding] });
  });

  it.each([
    ["no such account", "prove --account nowhere --json", "ACCOUNT_UNKNOWN"],
    ["nobody of that account", "prove --account harbour --member nobody --json", "MEMBER_UNKNOWN"],
  ])("says why not: %s", async (_words, words, code) => {
    const { exit, out, error } = await fieldgate(words);
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(error).toContain(code);
  });

  it("does not understand a role that there is not", async () => {
    expect(await fieldgate("prove --account harbour --role BOSS")).toMatchObject({ exit: 2 });
  });
});
