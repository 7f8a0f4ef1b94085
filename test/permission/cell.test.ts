// Rules that read what they may not tell: closed with it where an account hides it, refused where a declaration does.
import { describe, expect, it } from "@jest/globals";
import type { Role } from "../../src/caller.ts";
import { ledTeams } from "../../src/identity/team.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { buildCatalogue, type Catalogue } from "../../src/permission/catalogue.ts";
import { whatCloses } from "../../src/permission/cause.ts";
import { closedByCells } from "../../src/permission/cell.ts";
import { compileSet } from "../../src/permission/compile.ts";
import { among, any, every, flag, own, some, type Condition, type FactSet } from "../../src/permission/condition.ts";
import type { Coordinate } from "../../src/permission/coordinate.ts";
import type { Field, Subject } from "../../src/permission/declare.ts";
import type { Reason } from "../../src/permission/rules.ts";
import { demandSound } from "../../src/permission/soundness.ts";
import { settingsOf, type ToggleSetting } from "../../src/permission/settings.ts";
import { subjects } from "../../src/tables.ts";
import { catalogue as real } from "../gateway.ts";

const coordinate = (text: string): Coordinate => text as Coordinate; // cast: these are of the real schema

describe("a field that shows on some rows only", () => {
  const ofMyTeams = among("team_id", ledTeams);
  const table: readonly (readonly [string, Condition, Readonly<Record<string, Reason>>, Reason | undefined])[] = [
    ["stays open while what its rule reads is open", ofMyTeams, { "TimeEntry.member": "ROLE" }, undefined],
    ["is closed with what its rule reads", ofMyTeams, { "TimeEntry.team": "ROLE" }, "ROLE"],
    ["for the same reason", ofMyTeams, { "TimeEntry.team": "SWITCHED_OFF_BY_ACCOUNT" }, "SWITCHED_OFF_BY_ACCOUNT"],
    [
      "also where the rule reads more than that",
      any(own("member_id"), every(ofMyTeams, flag("billable"))),
      { "TimeEntry.billable": "ROLE" },
      "ROLE",
    ],
    ["not with what tells a part of a column", flag("status"), { "TimeEntry.locked": "ROLE" }, undefined],
    ["not with an id, which nothing closes", own("id"), {}, undefined],
    ["not where no field shows the column", flag("account_id"), {}, undefined],
  ];

  it.each(table)("%s", (_words, condition, closed, reason) => {
    const note = coordinate("TimeEntry.internalNote");
    const reasons = new Map(Object.entries(closed).map(([of, why]) => [coordinate(of), why]));
    const found = closedByCells({ masks: new Map([[note, condition]]), closed: reasons }, real);
    expect([...found]).toEqual(reason === undefined ? [] : [[note, reason]]);
  });

  it("is not closed twice", () => {
    const masks = new Map([[coordinate("TimeEntry.internalNote"), ofMyTeams]]);
    const closed = new Map<Coordinate, Reason>([
      [coordinate("TimeEntry.internalNote"), "ROLE"],
      [coordinate("TimeEntry.team"), "SWITCHED_OFF_BY_ACCOUNT"],
    ]);
    expect([...closedByCells({ masks, closed }, real)]).toEqual([]);
  });
});

const states = (role: Role, ...changes: readonly ToggleSetting[]): readonly string[] => {
  const set = compileSet([role], settingsOf(changes), real);
  const of = (name: string): string =>
    set.closed.get(coordinate(name)) ?? (set.masks.has(coordinate(name)) ? "some" : "all");
  return [of("TimeEntry.internalNote"), of("CreateTimeEntryInput.internalNote"), of("Member.email")];
};
const off = (name: string, audience: ToggleSetting["audience"] = "EVERYONE"): ToggleSetting => ({
  coordinate: name,
  audience,
  enabled: false,
});

describe("an account that switches off what a rule reads", () => {
  const OFF = "SWITCHED_OFF_BY_ACCOUNT";

  it("closes the cell, and what writes or asks about it, for the role that has the rule", () => {
    expect(states("MANAGER")).toEqual(["some", "all", "all"]);
    expect(states("MANAGER", off("TimeEntry.team"))).toEqual([OFF, OFF, "all"]);
    expect(states("MANAGER", off("TimeEntry.team", "MANAGER"))).toEqual([OFF, OFF, "all"]);
    expect(states("MANAGER", off("TimeEntry.team", "FINANCE"))).toEqual(["some", "all", "all"]);
    // What a team is called is not what the rule reads; the type is, as the field shows it.
    expect(states("MANAGER", off("Team.name"))).toEqual(["some", "all", "all"]);
    expect(states("MANAGER", off("Team"))).toEqual([OFF, OFF, "all"]);
  });

  it("closes nothing for a role that sees the field on every row, or by its own id", () => {
    expect(states("ADMIN", off("TimeEntry.team"))).toEqual(["all", "all", "all"]);
    expect(states("EMPLOYEE", off("TimeEntry.team"), off("TimeEntry.member"))).toEqual(["ROLE", "ROLE", "some"]);
  });
});

it("the switch that an explanation names opens the cell again", () => {
  const settings = settingsOf([off("TimeEntry.team"), off("TimeEntry.member")]);
  const judging = { role: "MANAGER" as const, settings, catalogue: real, hidden: new Set<Coordinate>() };
  const causes = whatCloses(coordinate("TimeEntry.internalNote"), judging);
  expect(causes.map(({ kind, change, path }) => ({ kind, change, path }))).toEqual([
    {
      kind: "TOGGLE",
      change: { coordinate: "TimeEntry.team", audience: "EVERYONE" },
      path: [{ coordinate: "TimeEntry.team", link: "READS" }],
    },
  ]);
  expect(states("MANAGER", off("TimeEntry.member"))).toEqual(["some", "all", "all"]);
});

type Changed = (entry: Subject) => Subject;
const fieldAs =
  (name: string, details: Partial<Field>): Changed =>
  (entry) => {
    const field = entry.fields[name];
    if (field === undefined) throw new Error(`there is no ${name}`);
    return { ...entry, fields: { ...entry.fields, [name]: { ...field, ...details } } };
  };
const rowsAs =
  (where: Condition): Changed =>
  (entry) => ({ ...entry, rows: { ...entry.rows, EMPLOYEE: some(where) } });

/** The real declarations, but for what is changed of the time entry. */
async function catalogueWith(...changes: readonly Changed[]): Promise<Catalogue> {
  const changed = subjects.map((subject) =>
    subject.name === "TimeEntry" ? changes.reduce((entry, change) => change(entry), subject) : subject,
  );
  return buildCatalogue({ ...(await buildGatewaySchema({ subjects: changed })), subjects: changed });
}

const archived: FactSet = { name: "archivedProjects", table: "project", pick: "id", where: flag("archived") };
const mineAndArchived: FactSet = { ...archived, name: "mineArchived", where: every(own("id"), flag("archived")) };
const mineOrArchived: FactSet = { ...archived, name: "mineOrArchived", where: any(own("id"), flag("archived")) };

describe("the start", () => {
  it("takes the declarations as they are", () => {
    expect(() => {
      demandSound(real);
    }).not.toThrow();
  });

  const refused: readonly (readonly [string, Changed, string])[] = [
    [
      "a cell rule that reads a column which is closed to the role by default",
      fieldAs("team", { access: { MANAGER: "off" } }),
      "the rule on which rows MANAGER sees TimeEntry.internalNote reads the column team_id of TimeEntry.team, which is closed to them",
    ],
    [
      "a cell rule that follows a set of strangers",
      fieldAs("externalId", { access: { EMPLOYEE: { on: among("project_id", archived), beyond: "off" } } }),
      "the rule on which rows EMPLOYEE sees TimeEntry.externalId uses archivedProjects, which is not about the caller",
    ],
    [
      "a row rule that demands a value which a field shows",
      rowsAs(every(own("member_id"), flag("billable"))),
      "the rule on which TimeEntry rows EMPLOYEE sees reads the column billable of TimeEntry.billable, which each row then tells",
    ],
    [
      "a row rule that follows a set of strangers",
      rowsAs(any(own("member_id"), among("project_id", archived))),
      "the rule on which TimeEntry rows EMPLOYEE sees uses archivedProjects, which is not about the caller",
    ],
    [
      "a row rule that follows a set of which some are strangers",
      rowsAs(among("project_id", mineOrArchived)),
      "the rule on which TimeEntry rows EMPLOYEE sees uses mineOrArchived, which is not about the caller",
    ],
    [
      "a ceiling under which the value can be worked out",
      fieldAs("costRate", { determinedBy: [{ from: ["TimeEntry.description"], how: "it is written there" }] }),
      "EMPLOYEE may never have TimeEntry.costRate and could work it out from TimeEntry.description (it is written there): what can be told is off, not never",
    ],
    [
      "a ceiling of what is computed from open things, which forgot to say so",
      fieldAs("billableAmount", { madeFrom: [], access: { EMPLOYEE: "never", MANAGER: "never" } }),
      "MANAGER may never have TimeEntry.billableAmount and could work it out from TimeEntry.billable, TimeEntry.billableRate, TimeEntry.durationSeconds (the hours times the rate): what can be told is off, not never",
    ],
    [
      "a ceiling beyond some rows, under which the value can be worked out",
      fieldAs("internalNote", {
        access: { EMPLOYEE: { on: own("member_id"), beyond: "never" } },
        determinedBy: [{ from: ["TimeEntry.externalId"], how: "it is written there" }],
      }),
      "EMPLOYEE may never have TimeEntry.internalNote and could work it out from TimeEntry.externalId (it is written there): what can be told is off, not never",
    ],
  ];

  it.each(refused)("refuses %s", async (_words, change, fault) => {
    const catalogue = await catalogueWith(change);
    expect(() => {
      demandSound(catalogue);
    }).toThrow("the declarations cannot hold:");
    expect(faultsOf(catalogue)).toContain(fault);
  });

  const accepted: readonly (readonly [string, Changed])[] = [
    ["a row rule on own facts that follow a value of theirs", rowsAs(among("project_id", mineAndArchived))],
    ["a ceiling that nothing open tells", fieldAs("description", { access: { EMPLOYEE: "never" } })],
    ["a default that can be worked out, as it is no ceiling", fieldAs("createdAt", { access: { EMPLOYEE: "off" } })],
  ];

  it.each(accepted)("takes %s", async (_words, change) => {
    expect(faultsOf(await catalogueWith(change))).toEqual([]);
  });

  it("refuses a source of knowledge that does not exist", async () => {
    const misnamed = fieldAs("date", { determinedBy: [{ from: ["TimeEntry.begin"], how: "the day of it" }] });
    await expect(catalogueWith(misnamed)).rejects.toThrow("TimeEntry.date reads TimeEntry.begin, which does not exist");
  });
});

function faultsOf(catalogue: Catalogue): readonly string[] {
  try {
    demandSound(catalogue);
    return [];
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message.split("\n  ").slice(1) : [];
  }
}
