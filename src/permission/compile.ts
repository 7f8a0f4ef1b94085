/**
 * Abilities × catalogue → a permission set: for every coordinate open, open on some rows, or closed and why. Pure, and
 * made once for all callers whose sets have the same content; requests touch only its maps.
 */
import { ROLES, type Role } from "../caller.ts";
import { digest } from "../storage/digest.ts";
import { buildAbility, type Ability } from "./ability.ts";
import type { Catalogue } from "./catalogue.ts";
import { closedByCells } from "./cell.ts";
import { ALL, any, intersect, NONE, noneOf, sameRows, some, unite, type Condition, type Rows } from "./condition.ts";
import { splitCoordinate, typeCoordinate, type Coordinate } from "./coordinate.ts";
import { hide } from "./hidden.ts";
import { rulesFor, type Reason } from "./rules.ts";
import type { Settings } from "./settings.ts";

export interface PermissionSet {
  /** Names the content: callers with equal sets share everything that is compiled from them. */
  readonly class: string;
  readonly open: ReadonlySet<Coordinate>;
  readonly closed: ReadonlyMap<Coordinate, Reason>;
  /** What of the closed does not exist for them. */
  readonly hidden: ReadonlySet<Coordinate>;
  /** By type. A type that is not in here has no rows. */
  readonly rows: ReadonlyMap<string, Rows>;
  /** Fields that are open, but only on these rows; on others they are null. */
  readonly masks: ReadonlyMap<Coordinate, Condition>;
}

interface RoleSet {
  readonly closed: ReadonlyMap<Coordinate, Reason>;
  readonly rows: ReadonlyMap<string, Rows>;
  /** On which rows a field is open; absent where on all. */
  readonly on: ReadonlyMap<Coordinate, Rows>;
}

/** The set of a caller who has these roles. Without a role everything is closed. */
export function compileSet(roles: readonly Role[], settings: Settings, catalogue: Catalogue): PermissionSet {
  const sorted = ROLES.filter((role) => roles.includes(role));
  const sets = sorted.map((role) => compileRole(role, settings, catalogue));
  const rows = new Map<string, Rows>();
  for (const type of catalogue.subjects.keys()) {
    rows.set(
      type,
      sets.reduce<Rows>((sum, set) => unite(sum, set.rows.get(type) ?? NONE), NONE),
    );
  }
  const closed = closedToAll(sets, catalogue);
  const hidden = hide(closed, settings.deniedAs, catalogue);
  const open = new Set<Coordinate>();
  const masks = new Map<Coordinate, Condition>();
  for (const coordinate of catalogue.entries.keys()) {
    if (closed.has(coordinate)) continue;
    open.add(coordinate);
    const seen = visibleRows(coordinate, sets, rows);
    if (seen !== undefined) masks.set(coordinate, seen);
  }
  for (const type of catalogue.subjects.keys()) if (closed.has(typeCoordinate(type))) rows.set(type, NONE);
  return { class: nameOf({ closed, hidden, rows, masks }), open, closed, hidden, rows, masks };
}

/** Closed in each of the roles; to somebody without a role everything is. */
function closedToAll(sets: readonly RoleSet[], catalogue: Catalogue): Map<Coordinate, Reason> {
  const closed = new Map<Coordinate, Reason>();
  for (const coordinate of catalogue.entries.keys()) {
    if (sets.some((set) => !set.closed.has(coordinate))) continue;
    closed.set(coordinate, sets.map((set) => set.closed.get(coordinate)).find(Boolean) ?? "ROLE");
  }
  return closed;
}

/** Holds on no row: none of no conditions. */
const NOWHERE: Condition = any();

/** Unites the (field × rows) pairs of the roles: undefined when the field shows on every row that the caller sees. */
function visibleRows(
  coordinate: Coordinate,
  sets: readonly RoleSet[],
  rows: ReadonlyMap<string, Rows>,
): Condition | undefined {
  const type = splitCoordinate(coordinate).type;
  const all = rows.get(type);
  if (all === undefined) return undefined; // not a type with rows: open is open
  if (sets.every((set) => !set.closed.has(coordinate) && !set.on.has(coordinate))) return undefined;
  const [only] = sets;
  if (sets.length === 1 && only !== undefined) {
    const on = only.on.get(coordinate); // the rows of the one role are demanded anyway
    return on?.kind === "some" ? on.where : undefined;
  }
  const seen = sets
    .filter((set) => !set.closed.has(coordinate))
    .map((set) => intersect(set.rows.get(type) ?? NONE, set.on.get(coordinate) ?? ALL))
    .reduce<Rows>(unite, NONE);
  if (seen.kind === "none") return NOWHERE; // open in roles that see no row of the type, closed in those that do
  return seen.kind === "some" && !sameRows(seen, all) ? seen.where : undefined;
}

function compileRole(role: Role, settings: Settings, catalogue: Catalogue): RoleSet {
  const ability = buildAbility(rulesFor(role, settings, catalogue));
  const denied = closeWithNeeds(ownDenials(ability, catalogue), catalogue);
  const closed = closeWithCells(denied, rulesOfCells(role, ability, catalogue), catalogue);
  const rows = new Map<string, Rows>();
  for (const type of catalogue.subjects.keys()) {
    // Rows of a closed type are not there: not to be counted either, nor lent to another role of the same caller.
    rows.set(type, closed.has(typeCoordinate(type)) ? NONE : ability.rowsOf(type));
  }
  return { closed, rows, on: masksOf(ability, catalogue, closed) };
}

function ownDenials(ability: Ability, catalogue: Catalogue): Map<Coordinate, Reason> {
  const denied = new Map<Coordinate, Reason>();
  for (const coordinate of catalogue.entries.keys()) {
    const { type, member } = splitCoordinate(coordinate);
    if (!ability.mayUse(type, member)) denied.set(coordinate, ability.whyNot(type, member));
  }
  return denied;
}

/** Whatever needs a closed coordinate is closed with it, for the same reason. */
function closeWithNeeds(denied: Map<Coordinate, Reason>, catalogue: Catalogue): ReadonlyMap<Coordinate, Reason> {
  const queue = [...denied.keys()];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const reason = denied.get(next) ?? "ROLE";
    for (const dependant of catalogue.dependants.get(next) ?? []) {
      if (denied.has(dependant)) continue;
      denied.set(dependant, reason);
      queue.push(dependant);
    }
  }
  return denied;
}

function rulesOfCells(role: Role, ability: Ability, catalogue: Catalogue): ReadonlyMap<Coordinate, Condition> {
  const rules = new Map<Coordinate, Condition>();
  for (const { coordinate, declared } of catalogue.entries.values()) {
    if (typeof declared.access[role] !== "object") continue;
    const { type, member } = splitCoordinate(coordinate);
    const rule = ability.maskOf(type, member);
    if (rule !== undefined) rules.set(coordinate, rule);
  }
  return rules;
}

/** A cell is closed with what its rule reads; what closes with it may be read by the rule of another. */
function closeWithCells(
  denied: ReadonlyMap<Coordinate, Reason>,
  masks: ReadonlyMap<Coordinate, Condition>,
  catalogue: Catalogue,
): ReadonlyMap<Coordinate, Reason> {
  const more = closedByCells({ masks, closed: denied }, catalogue);
  if (more.size === 0) return denied;
  return closeWithCells(closeWithNeeds(new Map([...denied, ...more]), catalogue), masks, catalogue);
}

/** A field is masked by its own condition and by those of the fields of its type that it is made from. */
function masksOf(
  ability: Ability,
  catalogue: Catalogue,
  closed: ReadonlyMap<Coordinate, Reason>,
): ReadonlyMap<Coordinate, Rows> {
  const masks = new Map<Coordinate, Rows>();
  const maskOf = (coordinate: Coordinate): Rows => {
    const { type, member } = splitCoordinate(coordinate);
    const own = ability.maskOf(type, member);
    const sources = catalogue.entries.get(coordinate)?.declared.madeFrom ?? [];
    const unshown = rowsOfOpenValues(coordinate, catalogue, closed);
    return sources
      .map((source) => source as Coordinate) // cast: the catalogue has read it
      .filter((source) => splitCoordinate(source).type === type)
      .reduce<Rows>(
        (sum, source) => intersect(sum, maskOf(source)),
        intersect(own === undefined ? ALL : some(own), unshown),
      );
  };
  for (const [coordinate, entry] of catalogue.entries) {
    if (entry.kind !== "field" || closed.has(coordinate)) continue;
    const mask = maskOf(coordinate);
    if (mask.kind !== "all") masks.set(coordinate, mask);
  }
  return masks;
}

/** Where an enum stands in a column: the rows of which the value is open. */
function rowsOfOpenValues(coordinate: Coordinate, catalogue: Catalogue, closed: ReadonlyMap<Coordinate, Reason>): Rows {
  const { type, member } = splitCoordinate(coordinate);
  const source = catalogue.subjects.get(type)?.fields[member]?.source;
  if (source?.kind !== "enum") return ALL;
  const values = (catalogue.parts.get(typeCoordinate(source.enum)) ?? []).filter((value) => closed.has(value));
  return values.length === 0
    ? ALL
    : some(
        noneOf(
          source.column,
          values.map((value) => splitCoordinate(value).member),
        ),
      );
}

function nameOf({ closed, hidden, rows, masks }: Pick<PermissionSet, "closed" | "hidden" | "rows" | "masks">): string {
  return digest(JSON.stringify([[...closed], [...hidden], [...rows], [...masks]])).slice(0, 22);
}
