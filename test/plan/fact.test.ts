// The ids that a frontend's rules are written with: those of the caller, and of no row that they do not see.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { smallId } from "../../seeds/small-rows.ts";
import type { Role } from "../../src/caller.ts";
import { compileSet } from "../../src/permission/compile.ts";
import { factName, factsOf } from "../../src/permission/frontend-rule.ts";
import { settingsOf } from "../../src/permission/settings.ts";
import { readFacts } from "../../src/plan/fact.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { onEachDatabase } from "../database.ts";
import { catalogue } from "../gateway.ts";

const ids = (table: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => smallId("harbour", table, name)).toSorted();

onEachDatabase("the sets of ids in rules", (database) => {
  const factsFor = async (role: Role, member: string, off: readonly string[] = []): Promise<unknown> => {
    const toggles = off.map((coordinate) => ({ coordinate, audience: "EVERYONE" as const, enabled: false }));
    const set = compileSet([role], settingsOf(toggles), catalogue);
    const facts = factsOf({ set, catalogue });
    const model = { subjects: catalogue.subjects, report: timeReport };
    const who = { account: smallId("harbour", "account", "account"), member: smallId("harbour", "member", member) };
    const ids = await readFacts(facts, { set, model, ...who, reader: database() });
    expect([...ids.keys()]).toEqual(facts.map(factName));
    return Object.fromEntries(ids);
  };
  beforeAll(() => seedSmall(database()));

  it("are the teams that a manager leads and the people in them", async () => {
    expect(await factsFor("MANAGER", "m03")).toMatchObject({
      "ledTeams Team": ids("team", "t1"),
      "ledPeople Member": ids("member", "m03", "m04"),
    });
  });

  it("are none where the type may not be seen", async () => {
    expect(await factsFor("MANAGER", "m03", ["Team"])).toMatchObject({ "ledTeams Team": [] });
  });

  it("are of the one who asks: another manager has others", async () => {
    expect(await factsFor("MANAGER", "m05")).not.toMatchObject({ "ledTeams Team": ids("team", "t1") });
  });

  it("are not read for those who see everything", async () => {
    expect(await factsFor("ADMIN", "m01")).toEqual({});
  });
});
