/**
 * Small worlds in which everything is drawn: a schema, what its parts declare, what an account has switched, who asks, and
 * rows. A world is plain data, so that it can be printed, and made smaller by leaving things out.
 */
import { ROLES, type Role } from "../../src/caller.ts";
import type { Condition, FactSet, Rows } from "../../src/permission/condition.ts";
import type { Access, Source } from "../../src/permission/declare.ts";
import { AUDIENCES, type DeniedAs, type ToggleSetting } from "../../src/permission/settings.ts";
import type { Random } from "./random.ts";
import type { PlainRow } from "./world.ts";

export interface SmallWorld {
  readonly types: readonly SmallType[];
  /** What is said of coordinates; of one that is not in here nothing is said. */
  readonly said: Readonly<Record<string, Said>>;
  readonly toggles: readonly ToggleSetting[];
  readonly deniedAs: DeniedAs;
  readonly roles: readonly Role[];
}

export interface SmallType {
  readonly name: string;
  readonly kind: "object" | "interface" | "union" | "input" | "enum" | "scalar";
  readonly members: readonly Member[];
  /** Object types of a union, interfaces of an object. */
  readonly others: readonly string[];
  /** Only of a type that has rows. */
  readonly rules?: Readonly<Record<Role, Rows>>;
  readonly rows: readonly PlainRow[];
}

/** A field, an input field, a value of an enum, or an argument. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly needed: boolean;
  readonly args: readonly Member[];
  readonly source?: Source;
}

export interface Said {
  readonly fixed?: true;
  readonly internal?: true;
  readonly access?: Partial<Readonly<Record<Role, Access>>>;
  readonly reads?: readonly string[];
  readonly madeFrom?: readonly string[];
}

export const ME = "me";
const PEOPLE = [ME, "ann", "bob"];
const TEAMS = ["red", "blue", "green"];
/** One of them begins another: a name is never a pattern. */
const VALUES = ["A", "AB", "B"];
/** Who is in which team, for rules that look it up. */
export const TEAM_ROWS: readonly PlainRow[] = [
  { account_id: "account", member: ME, team: "red" },
  { account_id: "account", member: "ann", team: "red" },
  { account_id: "account", member: "bob", team: "blue" },
];

const OWN: Condition = { kind: "own", column: "owner" };
const MY_TEAMS: FactSet = {
  name: "teams",
  table: "in_team",
  pick: "team",
  where: { kind: "own", column: "member" },
};
const MY_PEOPLE: FactSet = {
  name: "people",
  table: "in_team",
  pick: "member",
  where: { kind: "among", column: "team", set: MY_TEAMS },
};

export function smallWorld(random: Random): SmallWorld {
  const types = typesOf(random);
  const said = saidOf(random, types);
  const names = [...coordinatesOf(types), "Nowhere.known"];
  return {
    types,
    said,
    toggles: togglesOf(random, names),
    deniedAs: random.chance(0.55) ? "HIDDEN" : "DENIED",
    roles: random.chance(0.01) ? [] : random.shuffle(ROLES).slice(0, random.pick([1, 1, 2, 2, 3])),
  };
}

/** In the words of the specification: types, fields, arguments, input fields, values. */
export const coordinatesOf = (types: readonly SmallType[]): readonly string[] =>
  types.flatMap(({ name, members }) => [
    name,
    ...members.flatMap((member) => [
      `${name}.${member.name}`,
      ...member.args.map((argument) => `${name}.${member.name}(${argument.name}:)`),
    ]),
  ]);

interface Names {
  readonly output: readonly string[];
  readonly input: readonly string[];
  readonly rows: readonly string[];
  readonly enums: readonly string[];
}

function typesOf(random: Random): readonly SmallType[] {
  const some = (prefix: string, most: number, least = 0): string[] =>
    Array.from({ length: least + random.below(most - least + 1) }, (_, at) => `${prefix}${at}`);
  const [rows, plain, enums, inputs] = [some("Row", 3, 1), some("Plain", 2), some("Enum", 2, 1), some("Input", 3)];
  const [scalars, interfaces] = [some("Scalar", 1), some("Face", 1)];
  const unions = rows.length > 1 ? some("Union", 1) : [];
  const names: Names = {
    output: ["String", "String", ...rows, ...rows, ...plain, ...enums, ...scalars, ...interfaces, ...unions],
    input: ["String", "Boolean", ...enums, ...scalars, ...inputs],
    rows,
    enums,
  };
  const object = (name: string, others: readonly string[], least: number): SmallType => ({
    ...empty(name, "object"),
    members: [...face(others), ...some("f", 4, least).map((field) => fieldOf(random, field, names))],
    others,
  });
  return [
    object("Query", [], 2),
    ...(random.chance(0.4) ? [object("Mutation", [], 1)] : []),
    ...plain.map((name) => object(name, [], 1)),
    ...rows.map((name) => rowType(random, object(name, random.chance(0.6) ? interfaces : [], 0), names)),
    ...interfaces.map((name) => ({ ...empty(name, "interface"), members: face([name]) })),
    ...unions.map((name) => ({ ...empty(name, "union"), others: random.shuffle(rows).slice(0, 2) })),
    ...inputs.map((name) => ({
      ...empty(name, "input"),
      members: some("i", 3, 1).map((field) => inputOf(random, field, { ...names, input: before(names.input, name) })),
    })),
    ...enums.map((name) => ({
      ...empty(name, "enum"),
      members: VALUES.slice(0, 1 + random.below(3)).map((value) => member(value, "")),
    })),
    ...scalars.map((name) => empty(name, "scalar")),
  ];
}

const empty = (name: string, kind: SmallType["kind"]): SmallType => ({ name, kind, members: [], others: [], rows: [] });
const member = (name: string, type: string, needed = false): Member => ({ name, type, needed, args: [] });
/** What an interface asks of its types. */
const face = (others: readonly string[]): readonly Member[] =>
  others.length === 0
    ? []
    : [member("id", "ID", true), { ...member("shared", "String"), args: [member("a0", "Boolean")] }];
/** An input holds none that comes later: else there might be no end. */
const before = (names: readonly string[], name: string): readonly string[] =>
  names.filter((other) => !other.startsWith("Input") || other < name);

function fieldOf(random: Random, name: string, names: Names): Member {
  const args = Array.from({ length: random.pick([0, 0, 0, 1, 2]) }, (_, at) => inputOf(random, `a${at}`, names));
  return { ...member(name, random.pick(names.output), random.chance(0.06)), args };
}

const inputOf = (random: Random, name: string, names: Names): Member =>
  member(name, random.pick(names.input), random.chance(0.15));

/** A type that stands for rows of a table: some of its fields show columns, others are made from them. */
function rowType(random: Random, type: SmallType, names: Names): SmallType {
  const status = random.pick(names.enums);
  const columns: readonly Member[] = [
    { ...member("owner", "String"), source: { kind: "column", column: "owner", scalar: "String" } },
    {
      ...member("team", random.pick(names.rows)),
      source: { kind: "one", type: random.pick(names.rows), column: "team" },
    },
    { ...member("good", "Boolean"), source: { kind: "column", column: "good", scalar: "Boolean" } },
    { ...member("status", status), source: { kind: "enum", column: "status", enum: status } },
    { ...member("rate", "String"), source: { kind: "money", minor: "rate_minor", currency: "rate_currency" } },
    { ...member("rated", "Boolean"), source: { kind: "isOneOf", column: "status", values: ["A"] } },
  ];
  const kept = columns.filter(() => random.chance(0.65));
  const own = type.members.map((field, at): Member => {
    const source: Source = { kind: "column", column: `free${at}`, scalar: "String" };
    return field.type === "String" && field.args.length === 0 ? { ...field, source } : field;
  });
  const rules = Object.fromEntries(ROLES.map((role) => [role, rowsOf(random)])) as Record<Role, Rows>; // cast: of all roles
  return { ...type, members: [...own, ...kept], rules, rows: Array.from({ length: 5 }, (_, at) => row(random, at)) };
}

const row = (random: Random, at: number): PlainRow => ({
  account_id: "account",
  id: `row${at}`,
  owner: random.pick([...PEOPLE, null]),
  team: random.pick([...TEAMS, null]),
  good: random.pick([true, false, null]),
  status: random.pick([...VALUES, null]),
  rate_minor: random.pick([1, null]),
  rate_currency: random.pick(["EUR", "USD"]),
});

function rowsOf(random: Random): Rows {
  const kind = random.pick(["all", "all", "some", "some", "none"] as const);
  return kind === "some" ? { kind, where: condition(random, 2) } : { kind };
}

function condition(random: Random, depth: number): Condition {
  const simple: readonly Condition[] = [
    OWN,
    { kind: "among", column: "team", set: MY_TEAMS },
    { kind: "among", column: "owner", set: MY_PEOPLE },
    { kind: "flag", column: "good" },
    { kind: "noneOf", column: "status", values: random.some(VALUES, 2) },
    { kind: "noneOf", column: "rate_currency", values: ["EUR"] },
  ];
  if (depth === 0 || random.chance(0.6)) return random.pick(simple);
  const of = Array.from({ length: random.pick([0, 1, 2, 2, 3]) }, () => condition(random, depth - 1));
  return { kind: random.pick(["any", "every"] as const), of };
}

function saidOf(random: Random, types: readonly SmallType[]): Readonly<Record<string, Said>> {
  const said: Record<string, Said> = {};
  const shown = types.flatMap(({ kind, name, members }) =>
    kind === "object" && name !== "Query" ? members.map((field) => `${name}.${field.name}`) : [],
  );
  for (const { name, members, rules } of types) {
    const earlier: string[] = [];
    for (const coordinate of coordinatesOf([{ ...empty(name, "object"), members }])) {
      const isRoot = coordinate === "Query";
      const isField = rules !== undefined && members.some((field) => coordinate === `${name}.${field.name}`);
      const words =
        isRoot || coordinate.endsWith(".id") ? { fixed: true as const } : drawn(random, shown, isField ? earlier : []);
      if (isField) earlier.push(coordinate);
      if (Object.keys(words).length > 0) said[coordinate] = words;
    }
  }
  return said;
}

function drawn(random: Random, shown: readonly string[], earlier: readonly string[]): Said {
  const madeFrom = random.chance(0.3) ? random.some(earlier, 2) : [];
  const reads = random.chance(0.12) && shown.length > 0 ? [random.pick(shown)] : [];
  const access = random.chance(0.25) ? accessOf(random, earlier.length > 0) : {};
  const fixed = random.chance(0.05);
  // What no toggle moves is open, or never.
  const given = fixed ? Object.entries(access).filter(([, one]) => one === "never") : Object.entries(access);
  return {
    ...(fixed ? { fixed } : {}),
    ...(random.chance(0.06) ? { internal: true as const } : {}),
    ...(given.length > 0 ? { access: Object.fromEntries(given) } : {}),
    ...(madeFrom.length + reads.length > 0 ? { reads: [...madeFrom, ...reads] } : {}),
    ...(madeFrom.length > 0 ? { madeFrom } : {}),
  };
}

function accessOf(random: Random, onRows: boolean): Partial<Record<Role, Access>> {
  const access: Partial<Record<Role, Access>> = {};
  for (const role of random.some(ROLES, 4)) {
    const on = onRows && random.chance(0.7) ? condition(random, 1) : undefined;
    const beyond = random.pick(["off", "never"] as const);
    access[role] = on === undefined ? random.pick(["on", "off", "off", "never"] as const) : { on, beyond };
  }
  return access;
}

function togglesOf(random: Random, coordinates: readonly string[]): readonly ToggleSetting[] {
  const all = Array.from({ length: random.pick([0, 1, 2, 3, 5, 8]) }, () => ({
    coordinate: random.pick(coordinates),
    audience: random.pick(AUDIENCES),
    enabled: random.chance(0.4),
  }));
  return [...new Map(all.map((one) => [`${one.audience} ${one.coordinate}`, one])).values()];
}
