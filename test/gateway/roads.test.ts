// The nine uses of every field, through the gate: what a role has closed is refused or cut out, and what it has open works.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import type { Coordinate } from "../../src/permission/coordinate.ts";
import { NO_SETTINGS } from "../../src/permission/settings.ts";
import { subjects } from "../../src/tables.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { onEachDatabase } from "../database.ts";
import { catalogue } from "../gateway.ts";
import { asMember, asRole, contentOf, openGate, type Answer, type Gateway } from "./asking.ts";
import { roadsOf, type Use } from "../permission/roads.ts";
import { usesOf } from "../permission/uses.ts";

const place = { schema: catalogue.schema, subjects, report: timeReport, uses: usesOf(catalogue.schema) };
const roads = subjects.flatMap((subject) =>
  Object.keys(subject.fields).flatMap((name) => roadsOf(place, subject, name)),
);

const askers = [
  ["EMPLOYEE", asMember("m04")],
  ["MANAGER", asMember("m03")],
  ["FINANCE", asMember("m02")],
  ["ADMIN", asMember("m01")],
  ["INTEGRATION", asRole("INTEGRATION")],
] as const;

/** Empty where the answer is what the law says of the use. */
function fault(use: Use, set: PermissionSet, answer: Answer): string {
  const { data, codes, denied, failed } = answer;
  if (failed.length > 0) return `failed: ${failed.join()}`;
  // That a field does not show on some rows is told too, but denies nobody its use.
  const forbidden = denied.filter((one) => !one.includes("ROW_CONDITION"));
  const named = forbidden.some((one) => one.startsWith(`${use.by} `) || one.startsWith("Mutation."));
  const others = codes.filter((code) => code !== "UNAUTHORIZED_FIELD_OR_TYPE");
  if (others.length > 0) return `other errors: ${others.join()}`;
  if (set.open.has(use.by as Coordinate)) return named || data === null ? "open, and refused" : ""; // cast: only looked up
  if (!named) return `closed, and said is ${denied.join() || "nothing"}`;
  if (use.closed === "refused") return data === null ? "" : "closed, and answered";
  return data === null ? "cut out, and nothing else answered" : "";
}

onEachDatabase("through the gate", (database) => {
  let gateway: Gateway;
  let before: string;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
    before = await contentOf(database());
  });

  describe.each(askers)("%s", (role, asker) => {
    const set = compileSet([role], NO_SETTINGS, catalogue);

    it("finds every closed use of every field denied, and every open one answered", async () => {
      const wrong: string[] = [];
      for (const use of roads) {
        if (use.road === "write" && set.open.has(use.by as Coordinate)) continue; // cast: only looked up; it would write
        const answer = await gateway.ask(asker, use.operation);
        const found = fault(use, set, answer);
        if (found !== "") wrong.push(`${use.road} ${use.operation}: ${found}`);
      }
      expect(wrong).toEqual([]);
      expect(await contentOf(database())).toBe(before);
    });
  });
});
