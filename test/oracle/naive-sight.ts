/** What one caller sees of a world: which rows, and which cells of them. Row by row, cell by cell, role by role. */
import type { Role } from "../../src/caller.ts";
import type { Condition, Rows } from "../../src/permission/condition.ts";
import type { Field, Subject } from "../../src/permission/declare.ts";
import { uniteRoles, type Law, type Reason, type Union } from "./naive-access.ts";
import { naiveHidden, type Why } from "./naive-hidden.ts";
import { rowsOf, type Asker, type PlainRow, type ToggleRow, type World } from "./world.ts";

export interface Money {
  readonly minor: number;
  readonly currency: string;
}
/** A cell as a filter, an order or a group sees it; what is not shown to the caller is null. */
export type Seen = string | number | boolean | Money | null;

export interface Sight {
  readonly world: World;
  readonly asker: Asker;
  /** With what is closed because it is hidden. */
  readonly access: Union;
  /** What for this caller does not exist. */
  readonly hidden: ReadonlyMap<string, Why>;
  subject(name: string): Subject;
  subjectNamed(name: string): Subject | undefined;
  subjectOfTag(tag: number): Subject | undefined;
  /** The subject that a root of Query lists. */
  rootSubject(root: string): string | undefined;
  /** The visible rows of a subject, in no order that means anything. */
  rows(subject: string): readonly PlainRow[];
  row(subject: string, id: unknown): PlainRow | undefined;
  /** Whether the field shows its value on this row. */
  shows(subject: string, field: string, row: PlainRow): boolean;
  /** Whether the field shows its value on every row that the caller could ever see. */
  showsAlways(subject: string, field: string): boolean;
}

export interface Place {
  readonly law: Law;
  readonly subjects: readonly Subject[];
  readonly world: World;
}

export function sightOf({ law, subjects, world }: Place, asker: Asker): Sight {
  const toggles = world.toggles.filter(({ account }) => account === asker.account);
  const { access, hidden } = accessWithHidden({ law, subjects, world }, toggles, asker);
  const facts: Facts = { world, asker, access, sets: new Map() };
  const seen = new Map<string, readonly PlainRow[]>();
  const subject = (name: string): Subject => found(subjects, name);
  /** A row is visible through a role for which its type is open. */
  const through = (of: Subject): readonly Role[] => asker.roles.filter((role) => openFor(access, role, of.name));
  const inRole = (of: Subject, role: Role, row: PlainRow): boolean => withinRows(of.rows[role], row, facts);
  const rows = (name: string): readonly PlainRow[] => {
    const of = subject(name);
    const known = seen.get(name);
    if (known !== undefined) return known;
    const all = hidden.has(name) ? [] : rowsOf(world, of.table.name, asker.account);
    const visible = all.filter((row) => through(of).some((role) => inRole(of, role, row)));
    seen.set(name, visible);
    return visible;
  };
  return {
    world,
    asker,
    access,
    hidden,
    subject,
    subjectNamed: (name) => subjects.find((of) => of.name === name),
    subjectOfTag: (tag) => subjects.find((of) => of.tag === tag),
    rootSubject: (root) => subjects.find((of) => of.root?.name === root)?.name,
    rows,
    row: (name, id) => (id === null ? undefined : rows(name).find((row) => row["id"] === id)),
    shows: (name, field, row) =>
      !hidden.has(`${name}.${field}`) &&
      through(subject(name)).some(
        (role) => inRole(subject(name), role, row) && showsCell({ law, of: subject(name), role, facts }, field, row),
      ),
    showsAlways: (name, field) => showsAlways({ of: subject(name), field, roles: through(subject(name)), law, access }),
  };
}

const EITHER: ReadonlySet<Reason> = new Set<Reason>(["ROLE", "SWITCHED_OFF_BY_ACCOUNT"]);

/** Whatever cannot be there without something hidden is hidden too, and so closed. */
function accessWithHidden(
  { law, subjects, world }: Place,
  toggles: readonly ToggleRow[],
  asker: Asker,
): Pick<Sight, "access" | "hidden"> {
  const access = uniteRoles({ ...law, subjects }, toggles, asker.roles);
  const [account] = rowsOf(world, "account", asker.account);
  const deniedAs = account?.["denied_as"] === "HIDDEN" ? "HIDDEN" : "DENIED";
  const hidden = naiveHidden({ law, deniedAs, isClosed: (coordinate) => access.closed(coordinate) !== undefined });
  const closed = (coordinate: string): ReadonlySet<Reason> | undefined =>
    access.closed(coordinate) ?? (hidden.has(coordinate) ? EITHER : undefined);
  return { access: { ...access, closed }, hidden };
}

function found(subjects: readonly Subject[], name: string): Subject {
  const subject = subjects.find((of) => of.name === name);
  if (subject === undefined) throw new Error(`no subject is called ${name}`);
  return subject;
}

const openFor = (access: Union, role: Role, coordinate: string): boolean =>
  access.roles.get(role)?.get(coordinate)?.kind === "open";

const closedFor = (access: Union, role: Role, coordinate: string): boolean =>
  access.roles.get(role)?.get(coordinate)?.kind === "closed";

interface Facts {
  readonly world: World;
  readonly asker: Asker;
  readonly access: Union;
  /** Ids by the name of their set: the same for every row of one caller. */
  readonly sets: Map<string, ReadonlySet<unknown>>;
}

interface Cells {
  readonly law: Law;
  readonly of: Subject;
  readonly role: Role;
  readonly facts: Facts;
}

/** By one role alone: where its own rule holds, its value is one that the role may know, and all that it is made from shows. */
function showsCell(cells: Cells, field: string, row: PlainRow): boolean {
  const { of, role, facts } = cells;
  const state = facts.access.roles.get(role)?.get(`${of.name}.${field}`);
  if (state?.kind !== "open" || (state.where !== undefined && !meets(state.where, row, facts))) return false;
  const source = of.fields[field]?.source;
  const value = source?.kind === "enum" ? (row[source.column] ?? null) : null;
  if (source?.kind === "enum" && closedFor(facts.access, role, `${source.enum}.${String(value)}`)) return false;
  return sourcesOf(cells, field).every((name) => showsCell(cells, name, row));
}

/** Fields of the same type that it is made from. */
const sourcesOf = ({ law, of }: Pick<Cells, "law" | "of">, field: string): readonly string[] =>
  (law.declarations.get(`${of.name}.${field}`)?.madeFrom ?? []).flatMap((source) =>
    source.startsWith(`${of.name}.`) ? [source.slice(of.name.length + 1)] : [],
  );

const withinRows = (rows: Rows, row: PlainRow, facts: Facts): boolean =>
  rows.kind === "all" || (rows.kind === "some" && meets(rows.where, row, facts));

function meets(condition: Condition, row: PlainRow, facts: Facts): boolean {
  switch (condition.kind) {
    case "own":
      return facts.asker.member !== null && row[condition.column] === facts.asker.member;
    case "flag":
      return row[condition.column] === true;
    case "noneOf":
      return !condition.values.some((value) => value === row[condition.column]);
    case "any":
      return condition.of.some((part) => meets(part, row, facts));
    case "every":
      return condition.of.every((part) => meets(part, row, facts));
    case "among": {
      const value = row[condition.column] ?? null;
      return value !== null && setOf(condition, facts).has(value);
    }
    default:
      return condition satisfies never;
  }
}

function setOf({ set }: Extract<Condition, { kind: "among" }>, facts: Facts): ReadonlySet<unknown> {
  const known = facts.sets.get(set.name);
  if (known !== undefined) return known;
  const rows = rowsOf(facts.world, set.table, facts.asker.account).filter((row) => meets(set.where, row, facts));
  const ids = new Set<unknown>(rows.map((row) => row[set.pick] ?? null));
  facts.sets.set(set.name, ids);
  return ids;
}

interface Always {
  readonly law: Law;
  readonly of: Subject;
  readonly field: string;
  readonly access: Union;
  readonly roles: readonly Role[];
}

/**
 * By the rules alone, never by the rows that happen to be there: the field is shown without a condition in roles whose
 * row rules together say all that the roles for which the type is open say together.
 */
function showsAlways(asked: Always): boolean {
  const { of, roles } = asked;
  const showing = roles.filter((role) => isUnconditional(asked, role));
  if (showing.length === 0) return false;
  const shown = new Set(showing.flatMap((role) => alternatives(of.rows[role])));
  return shown.has("all") || roles.flatMap((role) => alternatives(of.rows[role])).every((text) => shown.has(text));
}

function isUnconditional({ law, of, field, access, roles }: Always, role: Role): boolean {
  const state = access.roles.get(role)?.get(`${of.name}.${field}`);
  if (state?.kind !== "open" || state.where !== undefined) return false;
  const source = of.fields[field]?.source;
  const values =
    source?.kind === "enum" ? [...law.declarations.keys()].filter((one) => one.startsWith(`${source.enum}.`)) : [];
  if (values.some((value) => closedFor(access, role, value))) return false;
  return sourcesOf({ law, of }, field).every((name) => isUnconditional({ law, of, field: name, access, roles }, role));
}

function alternatives(rows: Rows): readonly string[] {
  if (rows.kind !== "some") return rows.kind === "all" ? ["all"] : [];
  const flat = (condition: Condition): readonly string[] =>
    condition.kind === "any" ? condition.of.flatMap(flat) : [JSON.stringify(condition)];
  return flat(rows.where);
}

export const fieldOf = (sight: Sight, subject: string, field: string): Field => {
  const declared = sight.subject(subject).fields[field];
  if (declared === undefined) throw new Error(`${subject} declares no ${field}`);
  return declared;
};
