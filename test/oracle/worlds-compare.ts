/** What three say of one small world, line by line, and where they part. */
import { GraphQLError, printSchema, validateSchema } from "graphql";
import { ViewerSchemas } from "../../src/gateway/viewer-schema.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import type { Condition, Rows } from "../../src/permission/condition.ts";
import type { Coordinate } from "../../src/permission/coordinate.ts";
import { sightOf } from "./naive-sight.ts";
import type { PlainRow } from "./world.ts";
import { build, type Built } from "./worlds-built.ts";
import { caslRole } from "./worlds-casl.ts";
import { naiveHidden, type Why } from "./naive-hidden.ts";
import { ME, TEAM_ROWS, type SmallWorld } from "./worlds.ts";

/** What is true of a world: `Row0.f1 closed`, `Row0 row2 seen`, `Row0.f1 row2 shown`. */
interface Said {
  readonly facts: ReadonlySet<string>;
  readonly reasons: ReadonlyMap<string, ReadonlySet<string>>;
}

/** How often what happened: worlds in which nothing does prove nothing. */
export type Tally = Record<"closed" | "masked" | "shown" | "byValue" | Exclude<Why, "itself">, number>;

export const noTally = (): Tally => ({
  closed: 0,
  masked: 0,
  shown: 0,
  byValue: 0,
  needs: 0,
  needed: 0,
  empty: 0,
  unkept: 0,
  unreachable: 0,
});

/** The first few things on which the three do not agree; undefined where they agree about everything. */
export function disagreement(world: SmallWorld, tally: Tally = noTally()): string | undefined {
  const built = build(world);
  const set = compileSet(world.roles, built.settings, built.catalogue);
  const compiled = ofCompiled(built, set);
  const [naive, casl] = [ofLaw(built, tally), ofCasl(built)];
  const parted = [...parting(compiled, naive, "the law"), ...parting(compiled, casl, "CASL"), ...cutFaults(built, set)];
  count(set, compiled, tally);
  return parted.length === 0 ? undefined : parted.slice(0, 6).join("\n");
}

function count(set: PermissionSet, { facts }: Said, tally: Tally): void {
  if (set.closed.size > 0) tally.closed += 1;
  if (set.masks.size > 0) tally.masked += 1;
  if ([...facts].some((fact) => fact.endsWith(" shown"))) tally.shown += 1;
  if ([...set.masks.values()].some((mask) => JSON.stringify(mask).includes('"status"'))) tally.byValue += 1;
}

function parting(compiled: Said, other: Said, name: string): readonly string[] {
  const only = (one: Said, than: Said): readonly string[] => [...one.facts].filter((fact) => !than.facts.has(fact));
  const strange = [...compiled.reasons].flatMap(([coordinate, reasons]) => {
    const known = other.reasons.get(coordinate);
    return known === undefined || [...reasons].every((reason) => known.has(reason))
      ? []
      : [`${coordinate} for ${[...reasons].join()}`];
  });
  return [
    ...only(compiled, other).map((fact) => `only compiled, not by ${name}: ${fact}`),
    ...only(other, compiled).map((fact) => `by ${name}, not compiled: ${fact}`),
    ...strange.map((words) => `a reason that ${name} has not: ${words}`),
  ];
}

function ofCompiled({ rows, subjects }: Built, set: PermissionSet): Said {
  const facts = new Set<string>();
  for (const coordinate of set.closed.keys()) facts.add(`${coordinate} closed`);
  for (const coordinate of set.hidden) facts.add(`${coordinate} hidden`);
  for (const { name, fields } of subjects) {
    (rows.tables[name] ?? []).forEach((row, at) => {
      if (!within(set.rows.get(name), row)) return;
      facts.add(`${name} row${at} seen`);
      for (const field of Object.keys(fields)) {
        const coordinate = `${name}.${field}` as Coordinate; // cast: it is only looked up
        const mask = set.masks.get(coordinate);
        if (set.open.has(coordinate) && (mask === undefined || meets(mask, row)))
          facts.add(`${coordinate} row${at} shown`);
      }
    });
  }
  return { facts, reasons: new Map([...set.closed].map(([coordinate, reason]) => [coordinate, new Set([reason])])) };
}

const within = (rows: Rows | undefined, row: PlainRow): boolean =>
  rows?.kind === "all" || (rows?.kind === "some" && meets(rows.where, row));

function meets(condition: Condition, row: PlainRow): boolean {
  if (condition.kind === "any") return condition.of.some((part) => meets(part, row));
  if (condition.kind === "every") return condition.of.every((part) => meets(part, row));
  const cell = row[condition.column] ?? null;
  if (condition.kind === "own") return cell === ME;
  if (condition.kind === "flag") return cell === true;
  if (condition.kind === "noneOf") return cell === null || !condition.values.includes(String(cell));
  const { pick, where } = condition.set;
  return cell !== null && TEAM_ROWS.some((fact) => fact[pick] === cell && meets(where, fact));
}

/** Closes what is hidden with something and was not closed; what is closed shows nothing. */
interface Sides {
  closed(coordinate: string): ReadonlySet<string> | undefined;
  sees(type: string, row: PlainRow): boolean;
  shows(type: string, field: string, row: PlainRow): boolean;
}

function said(built: Built, sides: Sides, hidden: ReadonlyMap<string, Why>): Said {
  const facts = new Set<string>();
  const reasons = new Map<string, ReadonlySet<string>>();
  const isClosed = (coordinate: string): boolean => hidden.has(coordinate) || sides.closed(coordinate) !== undefined;
  for (const coordinate of built.law.declarations.keys()) {
    const because = sides.closed(coordinate);
    if (because !== undefined) reasons.set(coordinate, because.size === 0 ? new Set(["ROLE"]) : because);
    if (isClosed(coordinate)) facts.add(`${coordinate} closed`);
    if (hidden.has(coordinate)) facts.add(`${coordinate} hidden`);
  }
  for (const { name, fields } of built.subjects) {
    if (isClosed(name)) continue;
    (built.rows.tables[name] ?? []).forEach((row, at) => {
      if (!sides.sees(name, row)) return;
      facts.add(`${name} row${at} seen`);
      for (const field of Object.keys(fields)) {
        if (!isClosed(`${name}.${field}`) && sides.shows(name, field, row))
          facts.add(`${name}.${field} row${at} shown`);
      }
    });
  }
  return { facts, reasons };
}

function ofLaw(built: Built, tally: Tally): Said {
  const { world, law, subjects, rows } = built;
  const toggles = world.toggles.flatMap(({ audience, ...toggle }) =>
    audience === "SUPPORT" ? [] : [{ ...toggle, audience, account: "account" }],
  );
  const place = { law, subjects, world: { ...rows, toggles } };
  const sight = sightOf(place, { account: "account", member: ME, roles: world.roles });
  const closed = (coordinate: string): ReadonlySet<string> | undefined => sight.access.closed(coordinate);
  for (const why of new Set(sight.hidden.values())) if (why !== "itself") tally[why] += 1;
  const sees = (type: string, row: PlainRow): boolean => sight.rows(type).includes(row);
  return said(built, { closed, sees, shows: (type, field, row) => sight.shows(type, field, row) }, sight.hidden);
}

function ofCasl(built: Built): Said {
  const { law, world } = built;
  const roles = world.roles.map((role) => caslRole(built, role));
  const closed = (coordinate: string): ReadonlySet<string> | undefined => {
    const each = roles.map((role) => role.closed.get(coordinate));
    return each.includes(undefined) ? undefined : new Set(each.flatMap((reasons) => [...(reasons ?? [])]));
  };
  const hidden = naiveHidden({ law, deniedAs: world.deniedAs, isClosed: (name) => closed(name) !== undefined });
  const sides: Sides = {
    closed,
    sees: (type, row) => roles.some((role) => role.sees(type, row)),
    shows: (type, field, row) => roles.some((role) => role.shows(type, field, row)),
  };
  return said(built, sides, hidden);
}

/** The schema that is left is a whole one, and has all that is not hidden, and nothing else. */
function cutFaults({ catalogue, law }: Built, { hidden }: PermissionSet): readonly string[] {
  if (hidden.size === 0 || hidden.has("Query" as Coordinate)) return []; // cast: it is only looked up
  try {
    const cut = new ViewerSchemas(catalogue.schema).of(hidden);
    const faults = validateSchema(cut).map(({ message }) => `the schema that is left: ${message}`);
    const left = printSchema(cut);
    const gone = [...law.declarations.keys()].filter((name) => hidden.has(name as Coordinate) && !name.includes(".")); // cast: as above
    return [
      ...faults,
      ...gone
        .filter((name) => new RegExp(`\\b${name}\\b`).test(left))
        .map((name) => `the schema that is left names ${name}`),
    ];
  } catch (thrown) {
    if (thrown instanceof Error) return [`the schema that is left cannot be built: ${thrown.message}`];
    throw thrown instanceof GraphQLError ? thrown : new Error("thrown is no error", { cause: thrown });
  }
}

/** For a person to read: the schema, and beside it what the rest of the world says. */
export function told(world: SmallWorld): string {
  const { law } = build(world);
  const rules = world.types.flatMap(({ name, rules, rows }) => (rules === undefined ? [] : [{ name, rules, rows }]));
  const { said, toggles, deniedAs, roles } = world;
  return [printSchema(law.schema), ...[said, toggles, deniedAs, roles, rules].map((part) => JSON.stringify(part))].join(
    "\n",
  );
}
