// What can be worked out of what is hidden: on the real declarations by a table, on random ones against brute force.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { buildSchema } from "graphql";
import { ROLES, type Role } from "../../src/caller.ts";
import { buildCatalogue, type Catalogue } from "../../src/permission/catalogue.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import { own, some } from "../../src/permission/condition.ts";
import type { Coordinate } from "../../src/permission/coordinate.ts";
import { declared, fixedPart, type Declared, type Determination } from "../../src/permission/declare.ts";
import { inferences } from "../../src/permission/inference.ts";
import { NO_SETTINGS, settingsOf } from "../../src/permission/settings.ts";
import { catalogue as real } from "../gateway.ts";

const switchedOff = (role: Role, ...coordinates: readonly string[]): PermissionSet =>
  compileSet(
    [role],
    settingsOf(coordinates.map((coordinate) => ({ coordinate, audience: "EVERYONE", enabled: false }))),
    real,
  );

/** `from + from`, shortest way first, of one hidden coordinate. */
const waysTo = (hidden: string, set: PermissionSet): readonly string[] =>
  inferences(set, real)
    .filter((inference) => inference.hidden === hidden)
    .map(({ from }) => from.join(" + "));

describe("what is switched off", () => {
  const table: readonly (readonly [string, readonly string[], string, readonly string[]])[] = [
    [
      "a duration is told by start and end",
      ["TimeEntry.durationSeconds"],
      "TimeEntry.durationSeconds",
      ["TimeEntry.end + TimeEntry.start"],
    ],
    [
      "without the start it is told by nothing",
      ["TimeEntry.durationSeconds", "TimeEntry.start"],
      "TimeEntry.durationSeconds",
      [],
    ],
    ["nor is the start then told by the end", ["TimeEntry.durationSeconds", "TimeEntry.start"], "TimeEntry.start", []],
    [
      "an amount is told by what it is made from",
      ["TimeEntry.billableAmount"],
      "TimeEntry.billableAmount",
      ["TimeEntry.billable + TimeEntry.billableRate + TimeEntry.durationSeconds"],
    ],
    [
      "and through a duration that is switched off as well, by what tells that",
      ["TimeEntry.billableAmount", "TimeEntry.durationSeconds"],
      "TimeEntry.billableAmount",
      ["TimeEntry.billable + TimeEntry.billableRate + TimeEntry.end + TimeEntry.start"],
    ],
    [
      "a person's rate is told by the rates of their entries",
      ["Member.costRate"],
      "Member.costRate",
      ["TimeEntry.costRate + TimeEntry.member"],
    ],
    [
      "a rate of an entry is told by those that it was taken from",
      ["TimeEntry.billableRate"],
      "TimeEntry.billableRate",
      [
        "Member.billableRate + TimeEntry.member",
        "Project.billableRate + TimeEntry.project",
        "Customer.billableRate + Project.customer + TimeEntry.project",
      ],
    ],
    ["a total is told by the rows", ["TimeTotals.seconds"], "TimeTotals.seconds", ["TimeEntry.durationSeconds"]],
    ["whether it is locked is told by its status", ["TimeEntry.locked"], "TimeEntry.locked", ["TimeEntry.status"]],
    ["a list is told by what its rows point at", ["Project.timeEntries"], "Project.timeEntries", ["TimeEntry.project"]],
    [
      "the last day of a week is told by its first",
      ["Timesheet.periodEnd"],
      "Timesheet.periodEnd",
      ["Timesheet.periodStart"],
    ],
    [
      "when it was written down is told by an id, which nothing closes",
      ["TimeEntry.createdAt"],
      "TimeEntry.createdAt",
      ["TimeEntry.id"],
    ],
    ["members of a team are told by the teams of members", ["Team.members"], "Team.members", ["Member.teams"]],
    ["but those not by these, which are closed with them", ["Member.teams"], "Member.teams", []],
    ["a salary is told by nothing that is known here", ["Member.salary"], "Member.salary", []],
    [
      "one value of a status is told by the cells in which no other stands",
      ["TimesheetStatus.APPROVED"],
      "TimesheetStatus.APPROVED",
      ["Timesheet.status + TimesheetStatus.OPEN + TimesheetStatus.REJECTED + TimesheetStatus.SUBMITTED"],
    ],
    ["one of two is not", ["TimesheetStatus.APPROVED", "TimesheetStatus.REJECTED"], "TimesheetStatus.APPROVED", []],
    ["nothing of a closed type is told", ["TimeEntry"], "TimeEntry.createdAt", []],
  ];

  it.each(table)("%s", (_words, off, hidden, ways) => {
    expect(waysTo(hidden, switchedOff("ADMIN", ...off))).toEqual(ways);
  });

  it("is told by the rows themselves to those who see only their own", () => {
    expect(waysTo("TimeEntry.member", switchedOff("EMPLOYEE", "TimeEntry.member", "TimeEntry.timesheet"))).toEqual([
      "",
    ]);
    expect(waysTo("TimeEntry.member", switchedOff("MANAGER", "TimeEntry.member", "TimeEntry.timesheet"))).toEqual([]);
  });

  it("is explained step by step", () => {
    const found = inferences(switchedOff("ADMIN", "TimeEntry.costAmount", "TimeEntry.durationSeconds"), real);
    expect(found.find(({ hidden }) => hidden === "TimeEntry.costAmount")?.how).toBe(
      "TimeEntry.durationSeconds: from start to end, but for breaks; TimeEntry.costAmount: the hours times the rate",
    );
    expect(found.find(({ hidden }) => hidden === "TimeEntry.durationSeconds")?.how).toBe(
      "from start to end, but for breaks",
    );
  });
});

it.each(ROLES)("%s can work out nothing that is closed by default", (role) => {
  expect(inferences(compileSet([role], NO_SETTINGS, real), real)).toEqual([]);
});

const at = (field: number): Coordinate => `T.f${String(field)}` as Coordinate; // cast: the schema below has them
const FIELDS = 9;
const schema = buildSchema(
  `type Query { t: T } type T { ${Array.from({ length: FIELDS }, (_, one) => `f${String(one)}: Int`).join(" ")} }`,
);

interface Told {
  readonly to: number;
  readonly from: readonly number[];
}

function catalogueOf(dependencies: readonly Told[]): Catalogue {
  const declarations = new Map<string, Declared>([
    ["Query", fixedPart],
    ["Query.t", fixedPart],
    ["T", fixedPart],
  ]);
  for (let field = 0; field < FIELDS; field += 1) {
    const determinedBy = dependencies
      .filter(({ to }) => to === field)
      .map(({ from }): Determination => ({ from: from.map(at), how: "said" }));
    declarations.set(at(field), declared({ determinedBy }));
  }
  return buildCatalogue({ schema, declarations, subjects: [] });
}

const seen = (open: readonly number[]): Pick<PermissionSet, "open" | "masks" | "rows"> => ({
  open: new Set(open.map(at)),
  masks: new Map(),
  rows: new Map(),
});

/** All that follows, by trying every dependency again and again. */
function follows(from: readonly number[], dependencies: readonly Told[]): ReadonlySet<number> {
  const all = new Set(from);
  for (let pass = 0; pass <= FIELDS; pass += 1) {
    for (const dependency of dependencies) if (dependency.from.every((one) => all.has(one))) all.add(dependency.to);
  }
  return all;
}

/** Every set of open fields that tells the hidden one and has no smaller one in it, by trying all of them. */
function leastSets(hidden: number, open: readonly number[], dependencies: readonly Told[]): readonly string[] {
  const all = Array.from({ length: 2 ** open.length }, (_, bits) =>
    open.filter((_one, place) => (bits >> place) % 2 === 1),
  );
  const telling = all.filter((from) => follows(from, dependencies).has(hidden));
  const isLeast = (from: readonly number[]): boolean =>
    !telling.some((other) => other.length < from.length && other.every((one) => from.includes(one)));
  return telling.filter(isLeast).map((from) => from.map(at).join(" + "));
}

describe("whatever is declared", () => {
  const field = fc.nat({ max: FIELDS - 1 });
  const told = fc
    .record({ to: field, from: fc.uniqueArray(field, { minLength: 1, maxLength: 3 }) })
    .filter(({ to, from }) => !from.includes(to));
  const dependencies = fc.array(told, { minLength: 5, maxLength: 14 });
  const open = fc.subarray(Array.from({ length: FIELDS }, (_, one) => one));

  it("what is found is what brute force finds, and no part of a way can be left out", () => {
    let ways = 0;
    fc.assert(
      fc.property(dependencies, open, (declaredHere, openHere) => {
        const found = inferences(seen(openHere), catalogueOf(declaredHere));
        const all = follows(openHere, declaredHere);
        const hidden = [...all].filter((one) => !openHere.includes(one));
        expect([...new Set(found.map((one) => one.hidden))].toSorted()).toEqual(hidden.map(at).toSorted());
        for (const one of hidden) {
          const least = leastSets(one, openHere, declaredHere);
          const named = found.filter((inference) => inference.hidden === at(one)).map(({ from }) => from.join(" + "));
          expect(least).toEqual(expect.arrayContaining(named));
          expect(new Set(named).size).toBe(named.length);
          ways += named.length;
        }
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(ways).toBeGreaterThan(300);
  });

  it("a field that shows on some rows only is told on the others by what shows there, not by what is masked alike", () => {
    const catalogue = catalogueOf([
      { to: 0, from: [1] },
      { to: 2, from: [3] },
    ]);
    const mine = own("owner_id");
    const masks = new Map([
      [at(0), mine],
      [at(2), mine],
      [at(3), mine],
    ]);
    const found = inferences({ ...seen([0, 1, 2, 3]), masks, rows: new Map([["T", some(mine)]]) }, catalogue);
    expect(found).toEqual([{ hidden: at(0), from: [at(1)], how: "said" }]);
  });
});
