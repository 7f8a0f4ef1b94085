// What a frontend is told of what its caller may do: everything that is, nothing that is hidden, and why the rest is not.
import { createMongoAbility, subject, type MongoAbility } from "@casl/ability";
import { unpackRules } from "@casl/ability/extra";
import { describe, expect, it } from "@jest/globals";
import type { Role } from "../../src/caller.ts";
import { packAbilities } from "../../src/permission/ability.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import { splitCoordinate } from "../../src/permission/coordinate.ts";
import { factName, factsOf, frontendRules } from "../../src/permission/frontend-rule.ts";
import { settingsOf, type DeniedAs } from "../../src/permission/settings.ts";
import { catalogue } from "../gateway.ts";

interface World {
  readonly set: PermissionSet;
  readonly packed: readonly (readonly unknown[])[];
  readonly ability: MongoAbility;
}

/** `TimeEntry.start off MANAGER`; every set of ids holds the one id `led`. */
function worldOf(roles: readonly Role[], switches: readonly string[] = [], deniedAs: DeniedAs = "DENIED"): World {
  const toggles = switches.map((text) => {
    const [coordinate = "", state, audience = "EVERYONE"] = text.split(" ");
    return { coordinate, audience: audience as "EVERYONE", enabled: state === "on" }; // cast: written in this file
  });
  const set = compileSet(roles, settingsOf(toggles, deniedAs), catalogue);
  const ids = new Map(factsOf({ set, catalogue }).map((fact) => [factName(fact), ["led"]]));
  const packed = packAbilities(frontendRules({ set, catalogue, own: "me", ids }));
  const sent: Parameters<typeof unpackRules>[0] = JSON.parse(JSON.stringify(packed));
  const rules = unpackRules(sent) as Parameters<typeof createMongoAbility>[0]; // cast: strings, as ours are
  return { set, packed, ability: createMongoAbility(rules) };
}

const actionOf = (kind: string, type: string): "read" | "use" =>
  kind === "field" && type !== "Mutation" ? "read" : "use";

describe("the rules for a frontend", () => {
  it.each([[["ADMIN"]], [["EMPLOYEE"]], [["MANAGER", "FINANCE"]], [["INTEGRATION"]]] as const)(
    "know of every coordinate what the gate knows, and why not: %s",
    (roles) => {
      const { set, ability } = worldOf(roles, [
        "TimeEntry.start off",
        "EntryStatus.OPEN off",
        "Query.expenses(filter:) off",
      ]);
      const wrong = [...catalogue.entries.values()].flatMap(({ coordinate, kind }) => {
        const { type, member } = splitCoordinate(coordinate);
        if (member === "") return [];
        const rule = ability.relevantRuleFor(actionOf(kind, type), type, member);
        const told = rule === null ? "nothing" : rule.inverted ? rule.reason : "yes";
        const noRows = set.rows.get(type)?.kind === "none";
        const expected = set.open.has(coordinate) ? (noRows ? "nothing" : "yes") : set.closed.get(coordinate);
        return told === expected ? [] : [`${coordinate}: ${String(told)} for ${String(expected)}`];
      });
      expect(wrong).toEqual([]);
    },
  );

  it("name nothing that is hidden", () => {
    const { packed } = worldOf(["EMPLOYEE"], ["TimeEntry.start off", "EntryStatus.INVOICED off"], "HIDDEN");
    const names = packed.flatMap(([, type, , , fields]) =>
      String(fields)
        .split(",")
        .map((field) => `${String(type)}.${field}`),
    );
    expect(names).toContain("TimeEntry.end");
    expect(names.filter((name) => /costRate|salary|\.start$|INVOICED/.test(name))).toEqual([]);
    expect(JSON.stringify(packed)).not.toContain("INVOICED");
  });

  it.each([
    ["one's own entry", { id: "1", member: { id: "me" }, team: null }, "date", true, undefined],
    [
      "an entry of a team that one leads",
      { id: "1", member: { id: "x" }, team: { id: "led" } },
      "date",
      true,
      undefined,
    ],
    ["an entry of another team", { id: "1", member: { id: "x" }, team: { id: "y" } }, "date", false, undefined],
    [
      "a note in a team that one leads",
      { id: "1", member: { id: "x" }, team: { id: "led" } },
      "internalNote",
      true,
      undefined,
    ],
    [
      "a note on one's own entry elsewhere",
      { id: "1", member: { id: "me" }, team: { id: "y" } },
      "internalNote",
      false,
      "ROW_CONDITION",
    ],
    ["a row of which the page asked for too little", { id: "1" }, "internalNote", false, "ROW_CONDITION"],
    ["a rate that the role has to be given", { id: "1", member: { id: "me" } }, "costRate", false, "ROLE"],
    ["what was switched off", { id: "1", member: { id: "me" } }, "start", false, "SWITCHED_OFF_BY_ACCOUNT"],
  ])("say to a manager of %s whether it shows, and why not", (_what, row, field, can, reason) => {
    const { ability } = worldOf(["MANAGER"], ["TimeEntry.start off"]);
    const entry = subject("TimeEntry", row);
    expect(ability.can("read", entry, field)).toBe(can);
    const rule = ability.relevantRuleFor("read", entry, field);
    expect(rule?.inverted === true ? rule.reason : undefined).toBe(reason);
  });

  it("name the values that show, where those that do not may not be told", () => {
    const { ability, packed } = worldOf(["ADMIN"], ["EntryStatus.INVOICED off"], "HIDDEN");
    const can = (status: string | null): boolean => ability.can("read", subject("TimeEntry", { status }), "status");
    expect(["OPEN", "APPROVED", null].map(can)).toEqual([true, true, false]);
    expect(JSON.stringify(packed)).not.toContain("INVOICED");
  });

  it("leave out a rule about rows that speaks of a field which is closed: what is held was shown", () => {
    const { ability } = worldOf(["EMPLOYEE"], ["TimeEntry.member off"]);
    expect(ability.can("read", subject("TimeEntry", { id: "1" }), "date")).toBe(true);
    expect(ability.can("read", subject("TimeEntry", { id: "1" }), "member")).toBe(false);
  });

  it("hold no name with a comma or a star, which a frontend would read as something else", () => {
    const { packed } = worldOf(["ADMIN"]);
    expect(packed.length).toBeGreaterThan(50);
    const members = [...catalogue.entries.keys()].map((coordinate) => splitCoordinate(coordinate).member);
    expect(members.filter((member) => /[,*]/.test(member))).toEqual([]);
  });
});
