// Rules and sets, by tables: what is declared × what is switched × for whom.
import { describe, expect, it } from "@jest/globals";
import { buildSchema, type GraphQLSchema } from "graphql";
import { type Role } from "../../src/caller.ts";
import { buildCatalogue, type Catalogue } from "../../src/permission/catalogue.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import { ALL, any, every, NONE, own, some, type Rows } from "../../src/permission/condition.ts";
import type { Coordinate } from "../../src/permission/coordinate.ts";
import { Standings } from "../../src/permission/current.ts";
import { declared, id, scalar, type Access, type Declared, type Subject } from "../../src/permission/declare.ts";
import {
  AUDIENCES,
  NO_SETTINGS,
  settingsOf,
  type Settings,
  type ToggleSetting,
} from "../../src/permission/settings.ts";
import { table, text } from "../../src/storage/table.ts";

const schema: GraphQLSchema = buildSchema(`
  type Query { things(filter: ThingFilter, orderBy: [ThingOrder!]): [Thing!] box: Box }
  type Thing { id: ID! plain: String computed: String twice: String box: Box strict: String! }
  type Box { id: ID! inside: Lid }
  type Lid { shut: Boolean! colour: String }
  input ThingFilter { plain: TextFilter computed: TextFilter }
  input TextFilter { eq: String }
  enum ThingOrder { PLAIN COMPUTED }
`);

const mine = own("owner_id");
const theirs = own("team_id");
const third = own("third_id");

interface World {
  readonly access?: Readonly<Record<string, Partial<Record<Role, Access>>>>;
  readonly rows?: Partial<Record<Role, Rows>>;
  readonly fixed?: readonly string[];
}

const READS: Readonly<Record<string, readonly string[]>> = {
  "Thing.computed": ["Thing.plain"],
  "Thing.twice": ["Thing.computed"],
  "ThingFilter.plain": ["Thing.plain"],
  "ThingFilter.computed": ["Thing.computed"],
  "ThingOrder.PLAIN": ["Thing.plain"],
  "ThingOrder.COMPUTED": ["Thing.computed"],
};

/** The schema above, in which nothing is said but what the test says. */
function catalogueOf({ access = {}, rows = {}, fixed = [] }: World = {}): Catalogue {
  const all = Object.values(schema.getTypeMap()).flatMap((type): string[] => {
    if (type.name.startsWith("__")) return [];
    const members = "getFields" in type ? Object.values(type.getFields()) : [];
    const values = "getValues" in type ? type.getValues() : [];
    const named = [...members, ...values].map(({ name }) => `${type.name}.${name}`);
    return [type.name, ...named, "Query.things(filter:)", "Query.things(orderBy:)"];
  });
  const declarations = new Map<string, Declared>(
    all.map((one) => {
      const reads = READS[one] ?? [];
      const madeFrom = one.startsWith("Thing.") ? reads : [];
      return [one, declared({ reads, madeFrom, access: access[one] ?? {}, fixed: fixed.includes(one) })];
    }),
  );
  const thing: Subject = {
    name: "Thing",
    description: "",
    tag: 1,
    table: table("thing", { plain: text() }),
    rows: { EMPLOYEE: ALL, MANAGER: ALL, FINANCE: ALL, ADMIN: ALL, INTEGRATION: ALL, ...rows },
    fields: { id: id(), plain: scalar("String", "plain", "") },
    defaultOrder: [],
  };
  return buildCatalogue({ schema, declarations, subjects: [thing] });
}

const toggle = (words: string): ToggleSetting => {
  const [coordinate = "", state, audience = "EVERYONE"] = words.split(" ");
  const known = AUDIENCES.find((one) => one === audience) ?? "EVERYONE";
  return { coordinate, audience: known, enabled: state === "on" };
};
const toggles = (...words: readonly string[]): Settings => settingsOf(words.map(toggle));
const set = (roles: readonly Role[], settings: Settings, world?: World): PermissionSet =>
  compileSet(roles, settings, catalogueOf(world));

/** open, open on some rows, or why it is closed. */
function stateOf(of: PermissionSet, coordinate: string): string {
  const key = coordinate as Coordinate; // cast: it is only looked up
  if (of.open.has(key)) return of.masks.has(key) ? "some rows" : "open";
  return of.closed.get(key) ?? "not there";
}

const PLAIN = "Thing.plain";
const someNever: Access = { on: mine, beyond: "never" };
const someOff: Access = { on: mine, beyond: "off" };
const BY_ACCOUNT = "SWITCHED_OFF_BY_ACCOUNT";

describe("what a role has of a field", () => {
  const settings: readonly (readonly [string, Settings])[] = [
    ["nothing is switched", NO_SETTINGS],
    ["it is on for the role", toggles(`${PLAIN} on EMPLOYEE`)],
    ["it is off for the role", toggles(`${PLAIN} off EMPLOYEE`)],
    ["it is on for everyone", toggles(`${PLAIN} on`)],
    ["it is off for everyone", toggles(`${PLAIN} off`)],
    ["it is off for everyone and on for the role", toggles(`${PLAIN} off`, `${PLAIN} on EMPLOYEE`)],
    ["it is on for everyone and off for the role", toggles(`${PLAIN} on`, `${PLAIN} off EMPLOYEE`)],
    ["it is on for another role", toggles(`${PLAIN} on MANAGER`)],
    ["it is off for another role", toggles(`${PLAIN} off MANAGER`)],
    ["it is on for support", toggles(`${PLAIN} on SUPPORT`)],
  ];
  const expected: readonly (readonly [string, Access, readonly string[]])[] = [
    ["never", "never", ["ROLE", "ROLE", "ROLE", "ROLE", "ROLE", "ROLE", "ROLE", "ROLE", "ROLE", "ROLE"]],
    ["off", "off", ["ROLE", "open", BY_ACCOUNT, "ROLE", BY_ACCOUNT, BY_ACCOUNT, BY_ACCOUNT, "ROLE", "ROLE", "ROLE"]],
    ["on", "on", ["open", "open", BY_ACCOUNT, "open", BY_ACCOUNT, BY_ACCOUNT, BY_ACCOUNT, "open", "open", "open"]],
    [
      "on for some rows, never beyond",
      someNever,
      [
        "some rows",
        "some rows",
        BY_ACCOUNT,
        "some rows",
        BY_ACCOUNT,
        BY_ACCOUNT,
        BY_ACCOUNT,
        "some rows",
        "some rows",
        "some rows",
      ],
    ],
    [
      "on for some rows, off beyond",
      someOff,
      [
        "some rows",
        "open",
        BY_ACCOUNT,
        "some rows",
        BY_ACCOUNT,
        BY_ACCOUNT,
        BY_ACCOUNT,
        "some rows",
        "some rows",
        "some rows",
      ],
    ],
  ];
  const table = expected.flatMap(([name, access, states]) =>
    states.map(
      (state, at) => [name, settings[at]?.[0] ?? "", access, settings[at]?.[1] ?? NO_SETTINGS, state] as const,
    ),
  );
  it.each(table)("that it has by default %s, where %s", (_name, _what, access, switched, state) => {
    expect(stateOf(set(["EMPLOYEE"], switched, { access: { [PLAIN]: { EMPLOYEE: access } } }), PLAIN)).toBe(state);
  });

  it("that cannot be switched stays as declared, whatever a toggle in the database says", () => {
    const world = { fixed: [PLAIN], access: { [PLAIN]: { EMPLOYEE: "never" as const } } };
    const switched = toggles(`${PLAIN} off`, `${PLAIN} on EMPLOYEE`, `${PLAIN} off ADMIN`);
    expect(stateOf(set(["ADMIN"], switched, world), PLAIN)).toBe("open");
    expect(stateOf(set(["EMPLOYEE"], switched, world), PLAIN)).toBe("ROLE");
  });

  it("is nothing for somebody without any role", () => {
    const nobody = set([], NO_SETTINGS);
    expect(nobody.open.size).toBe(0);
    expect(nobody.rows.get("Thing")).toEqual(NONE);
  });
});

describe("a closed coordinate closes", () => {
  it.each([
    ["what is made from it, near and far", PLAIN, ["Thing.computed", "Thing.twice"]],
    ["every filter and order that reads it", PLAIN, ["ThingFilter.plain", "ThingOrder.PLAIN"]],
    ["filters and orders of what is made from it", PLAIN, ["ThingFilter.computed", "ThingOrder.COMPUTED"]],
    ["its members, when it is a type", "Thing", [PLAIN, "Thing.id", "Query.things"]],
    ["whatever shows it, when it is a type", "Box", ["Thing.box", "Query.box", "Box.inside"]],
    ["the arguments of a field", "Query.things", ["Query.things(filter:)", "Query.things(orderBy:)"]],
    ["arguments of its type", "ThingFilter", ["Query.things(filter:)", "ThingFilter.plain"]],
    ["input fields of its type", "TextFilter", ["ThingFilter.plain", "ThingFilter.computed"]],
    ["its type, when it may not be null", "Thing.strict", ["Thing", PLAIN, "Query.things"]],
    ["through two types, when neither may be null", "Lid.shut", ["Lid", "Box.inside", "Lid.colour"]],
    ["its values, when it is an enum", "ThingOrder", ["ThingOrder.PLAIN", "Query.things(orderBy:)"]],
  ])("%s", (_what, closed, others) => {
    const open = set(["EMPLOYEE"], NO_SETTINGS);
    const after = set(["EMPLOYEE"], toggles(`${closed} off`));
    for (const other of [closed, ...others]) {
      expect([other, stateOf(open, other)]).toEqual([other, "open"]);
      expect([other, stateOf(after, other)]).toEqual([other, BY_ACCOUNT]);
    }
  });

  it("nothing that does not need it", () => {
    const after = set(["EMPLOYEE"], toggles("Thing.twice off"));
    expect([...after.closed.keys()]).toEqual(["Thing.twice"]);
    expect(stateOf(set(["EMPLOYEE"], toggles("Lid.colour off")), "Box.inside")).toBe("open");
  });

  it("for the same reason", () => {
    const off = set(["EMPLOYEE"], NO_SETTINGS, { access: { [PLAIN]: { EMPLOYEE: "off" } } });
    expect(stateOf(off, "ThingFilter.computed")).toBe("ROLE");
  });

  it("by its mask what is made from it: shown on the same rows only", () => {
    const masked = set(["EMPLOYEE"], NO_SETTINGS, { access: { [PLAIN]: { EMPLOYEE: someNever } } });
    expect(masked.masks.get("Thing.twice" as Coordinate)).toEqual(mine); // cast: it is only looked up
  });
});

describe("several roles", () => {
  const rows = { EMPLOYEE: some(mine), MANAGER: some(theirs) };
  const cost = (employee: Access, manager: Access): World => ({
    rows,
    access: { [PLAIN]: { EMPLOYEE: employee, MANAGER: manager } },
  });
  const both: readonly Role[] = ["EMPLOYEE", "MANAGER"];

  it.each([
    ["open in both: no mask", cost("on", "on"), undefined],
    ["open in the one: on its rows only", cost("never", "on"), theirs],
    ["open in the other: on its rows only", cost("on", "off"), mine],
    ["masked in the one to rows that it has anyway: no mask", cost(someNever, "on"), undefined],
    [
      "masked in the one: its masked rows, and all of the other's",
      cost({ on: third, beyond: "off" }, "on"),
      any(every(mine, third), theirs),
    ],
    ["masked in the one, closed in the other", cost({ on: theirs, beyond: "never" }, "never"), every(mine, theirs)],
  ])("%s", (_what, world, mask) => {
    const united = set(both, NO_SETTINGS, world);
    expect(united.rows.get("Thing")).toEqual(some({ kind: "any", of: [mine, theirs] }));
    expect(united.open.has(PLAIN as Coordinate)).toBe(true); // cast: it is only looked up
    expect(united.masks.get(PLAIN as Coordinate)).toEqual(mask); // cast: as above
  });

  it("see a field everywhere where one of them does and has all rows", () => {
    const united = set(["EMPLOYEE", "ADMIN"], NO_SETTINGS, cost("never", "never"));
    expect(united.rows.get("Thing")).toEqual(ALL);
    expect(stateOf(united, PLAIN)).toBe("open");
  });

  it("where one of them has no rows of the type, show nothing by that one", () => {
    const united = set(both, NO_SETTINGS, { ...cost("on", "never"), rows: { EMPLOYEE: NONE, MANAGER: ALL } });
    expect(united.masks.get(PLAIN as Coordinate)).toEqual(any()); // cast: it is only looked up
  });

  it("are judged alike in whatever order they are named", () => {
    const world = cost(someNever, "on");
    expect(set(["MANAGER", "EMPLOYEE"], NO_SETTINGS, world)).toEqual(set(both, NO_SETTINGS, world));
  });

  it("have what is switched off for one of them, where the other has it", () => {
    const united = set(both, toggles(`${PLAIN} off EMPLOYEE`), { rows });
    expect(united.masks.get(PLAIN as Coordinate)).toEqual(theirs); // cast: it is only looked up
    expect(stateOf(set(both, toggles(`${PLAIN} off`), { rows }), PLAIN)).toBe(BY_ACCOUNT);
  });
});

describe("sets with the same content", () => {
  it("are one object, whatever account and toggles they come from", () => {
    const standings = new Standings(catalogueOf({ access: { [PLAIN]: { EMPLOYEE: "never" } } }));
    const plain = standings.setOf(["EMPLOYEE"], NO_SETTINGS);
    expect(standings.setOf(["EMPLOYEE"], toggles(`${PLAIN} on FINANCE`))).toBe(plain);
    expect(standings.setOf(["EMPLOYEE"], toggles("Thing.box on"))).toBe(plain);
    expect(standings.setOf(["EMPLOYEE"], toggles("Thing.box off"))).not.toBe(plain);
    expect(standings.setOf(["MANAGER"], NO_SETTINGS)).not.toBe(plain);
  });

  it("differ in name when they differ in rows, masks or reasons alone", () => {
    const names = [
      set(["EMPLOYEE"], NO_SETTINGS),
      set(["EMPLOYEE"], NO_SETTINGS, { rows: { EMPLOYEE: some(mine) } }),
      set(["EMPLOYEE"], NO_SETTINGS, { access: { [PLAIN]: { EMPLOYEE: someNever } } }),
      set(["EMPLOYEE"], NO_SETTINGS, { access: { [PLAIN]: { EMPLOYEE: "off" } } }),
      set(["EMPLOYEE"], toggles(`${PLAIN} off`)),
    ].map((one) => one.class);
    expect(new Set(names).size).toBe(names.length);
  });
});
