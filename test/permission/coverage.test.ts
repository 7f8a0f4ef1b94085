// None of the nine roads to a field was forgotten: each coordinate, each use of it, each role.
import { describe, expect, it } from "@jest/globals";
import { parse, validate, Kind } from "graphql";
import { ROLES, type Role } from "../../src/caller.ts";
import { check, type Denial, type Picked, type Verdict } from "../../src/permission/check.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import type { Coordinate } from "../../src/permission/coordinate.ts";
import { settingsOf, type ToggleSetting } from "../../src/permission/settings.ts";
import { subjects } from "../../src/tables.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { catalogue } from "../gateway.ts";
import { ROADS, roadsOf, type Use } from "./roads.ts";
import { usesOf } from "./uses.ts";

const { schema } = catalogue;
const uses = usesOf(schema);
const place = { schema, subjects, report: timeReport, uses };
const fields = subjects.flatMap((subject) =>
  Object.keys(subject.fields).map((name) => ({ coordinate: `${subject.name}.${name}`, subject, name })),
);
const coordinates = [...catalogue.entries.keys()];

const documents = new Map<string, ReturnType<typeof parse>>();

function judge(text: string, set: PermissionSet): Verdict {
  const document = documents.get(text) ?? parse(text);
  const faults = documents.has(text) ? [] : validate(schema, document);
  if (faults.length > 0) throw new Error(`${text}: ${String(faults[0])}`);
  documents.set(text, document);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("an operation is what comes first");
  return check({ schema, document, operation, variables: {}, set });
}

const keysOf = (denials: readonly Denial[]): readonly string[] => denials.map(({ coordinate }) => coordinate);
const denialsOf = (verdict: Verdict): readonly string[] =>
  keysOf(verdict.kind === "refused" ? verdict.refusals : verdict.clearance.denials);

/** Fields that would be answered. */
function answered(picked: readonly Picked[]): readonly string[] {
  return picked.flatMap((one) =>
    one.denied ? [] : [one.coordinate, ...[...one.picks.values()].flatMap((below) => answered(below))],
  );
}

/** Everything on that this role can ever have. */
function everythingOn(role: Role): readonly ToggleSetting[] {
  return [...catalogue.entries.values()].flatMap(({ coordinate, declared }) =>
    declared.fixed || declared.access[role] === "never" ? [] : [{ coordinate, audience: role, enabled: true }],
  );
}
const widest = (role: Role, ...more: readonly ToggleSetting[]): PermissionSet =>
  compileSet(
    [role],
    settingsOf([
      ...everythingOn(role).filter((one) => !more.some((other) => other.coordinate === one.coordinate)),
      ...more,
    ]),
    catalogue,
  );

const worlds: readonly (readonly [string, PermissionSet])[] = ROLES.flatMap((role) => [
  [`${role}, nothing switched`, compileSet([role], settingsOf([]), catalogue)] as const,
  [`${role}, everything on`, widest(role)] as const,
]);

describe("every coordinate", () => {
  it("is classified: open for a role, or closed for a reason", () => {
    for (const [name, set] of worlds) {
      const lost = coordinates.filter((one) => set.open.has(one) === set.closed.has(one));
      expect([name, lost]).toEqual([name, []]);
    }
  });

  it("has an operation that uses it, but for enums that are only ever answered and scalars", () => {
    const without = coordinates.filter((one) => uses.operation(one) === undefined);
    const types = new Set(without.map((one) => one.replace(/\..*/, "")));
    const scalars = ["Coordinate", "Date", "DateTime", "PackedRule", "SafeInt", "TimeZone"];
    const answered = ["AccessDecider", "AccessReason", "AccessState", "AccessStepKind", "Sensitivity", "ViewerKind"];
    expect([...types].toSorted()).toEqual([...scalars, ...answered].toSorted());
  });

  it.each(worlds)("for %s: closed is refused or cut out, open is neither", (_name, set) => {
    const wrong = coordinates.filter((coordinate) => {
      const operation = uses.operation(coordinate);
      if (operation === undefined) return false;
      const verdict = judge(operation, set);
      if (set.open.has(coordinate)) return denialsOf(verdict).includes(coordinate);
      if (verdict.kind === "refused") return false;
      return answered(verdict.clearance.roots).includes(coordinate) || verdict.clearance.denials.length === 0;
    });
    expect(wrong).toEqual([]);
  });
});

describe("the nine uses", () => {
  it("are all taken by some field", () => {
    const taken = new Set(fields.flatMap(({ subject, name }) => roadsOf(place, subject, name).map(({ road }) => road)));
    expect([...taken].toSorted()).toEqual([...ROADS].toSorted());
  });

  it.each(fields.filter(({ coordinate }) => catalogue.entries.get(coordinate as Coordinate)?.declared.fixed !== true))(
    // cast: only looked up
    "of $coordinate are refused or cut out once it is off, and none before",
    ({ coordinate, subject, name }) => {
      const roads = roadsOf(place, subject, name);
      for (const role of ROLES) {
        const on = widest(role);
        const off = widest(role, { coordinate, audience: "EVERYONE", enabled: false });
        for (const use of roads) {
          expect(verdictOn(use, off)).toEqual([use.road, use.operation, use.closed, use.by]);
          const mayEver = on.open.has(use.by as Coordinate); // cast: only looked up
          const denied = mayEver && denialsOf(judge(use.operation, on)).includes(use.by);
          expect([use.operation, denied]).toEqual([use.operation, false]);
        }
      }
    },
  );
});

/** What became of a use, in the form in which it was expected. */
function verdictOn(use: Use, set: PermissionSet): readonly unknown[] {
  const verdict = judge(use.operation, set);
  const denied = denialsOf(verdict);
  if (verdict.kind === "refused") {
    // A mutation that the role may not use at all is refused for itself.
    const named = denied.includes(use.by) || denied.some((one) => one.startsWith("Mutation."));
    return [use.road, use.operation, "refused", named ? use.by : denied];
  }
  const shown = answered(verdict.clearance.roots).includes(use.by);
  return [
    use.road,
    use.operation,
    shown ? "answered" : denied.length > 0 ? "pruned" : "nothing said",
    denied.includes(use.by) ? use.by : denied,
  ];
}
