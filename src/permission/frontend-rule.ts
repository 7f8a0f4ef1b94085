/**
 * What a caller may use, as CASL rules for a frontend, with conditions on the fields of the GraphQL types: a page that asks
 * them hides what the gate would not show. They decide nothing here.
 */
import type { Catalogue } from "./catalogue.ts";
import type { PermissionSet } from "./compile.ts";
import type { Condition, FactSet, Rows } from "./condition.ts";
import { memberCoordinate, splitCoordinate, type Coordinate } from "./coordinate.ts";
import type { Subject } from "./declare.ts";

export interface FrontendRule {
  /** `read`: a field of an answer. `use`: a mutation, an argument, an input field, a value of an enum. */
  readonly action: "read" | "use";
  readonly subject: string;
  readonly fields: readonly string[];
  /** As a query of MongoDB over the GraphQL type. */
  readonly conditions?: Readonly<Record<string, Wanted>>;
  readonly inverted?: true;
  readonly reason?: string;
}

type Value = string | boolean;
export type Wanted = Value | { readonly $in: readonly Value[] };

/** By the path of a field, such as `member.id`, what it may hold: all of them have to hold. */
type Clause = Readonly<Record<string, readonly Value[]>>;

/** A set of ids as a rule uses it: of which type the ids are. */
export interface Fact {
  readonly set: FactSet;
  readonly type: string;
}

export const factName = ({ set, type }: Fact): string => `${set.name} ${type}`;

export interface Knowledge {
  readonly set: PermissionSet;
  readonly catalogue: Catalogue;
  /** The caller's own global id; undefined for one who is nobody in particular. */
  readonly own: string | undefined;
  /** Global ids by the name of the fact. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
}

/** What has to be read before the rules can be written. */
export function factsOf({ set, catalogue }: Pick<Knowledge, "set" | "catalogue">): readonly Fact[] {
  const facts = new Map<string, Fact>();
  for (const subject of catalogue.subjects.values()) {
    const rows = set.rows.get(subject.name);
    const masks = Object.keys(subject.fields).flatMap((name) => {
      const mask = set.masks.get(memberCoordinate(subject.name, name));
      return mask === undefined ? [] : [mask];
    });
    for (const condition of [...(rows?.kind === "some" ? [rows.where] : []), ...masks]) {
      for (const fact of factsIn(condition, subject, catalogue)) facts.set(factName(fact), fact);
    }
  }
  return [...facts.values()];
}

function factsIn(condition: Condition, subject: Subject, catalogue: Catalogue): readonly Fact[] {
  if ("of" in condition) return condition.of.flatMap((part) => factsIn(part, subject, catalogue));
  if (condition.kind !== "among") return [];
  const type = pointedAt(condition.column, subject, catalogue);
  return type === undefined ? [] : [{ set: condition.set, type }];
}

/** The type of which a column holds ids. */
function pointedAt(column: string, subject: Subject, { subjects }: Catalogue): string | undefined {
  if (column === "id") return subject.name;
  const table = subject.table.columns[column]?.references;
  return [...subjects.values()].find((other) => other.table.name === table)?.name;
}

/** In this order: of two rules that speak of the same, a frontend believes the later one. */
export function frontendRules(knowledge: Knowledge): readonly FrontendRule[] {
  const { catalogue } = knowledge;
  const reads = [...catalogue.parts.keys()].flatMap((type) => readRules(type, knowledge));
  return [...reads, ...useRules(knowledge), ...denials(knowledge)];
}

function readRules(type: Coordinate, knowledge: Knowledge): readonly FrontendRule[] {
  const { set, catalogue } = knowledge;
  const shown = (catalogue.parts.get(type) ?? []).filter((part) => set.open.has(part) && isRead(part, catalogue));
  if (shown.length === 0) return [];
  const rule = { action: "read", subject: type } as const;
  const subject = catalogue.subjects.get(type);
  if (subject === undefined) return [{ ...rule, fields: shown.map(memberOf) }];
  const rows = clausesOfRows(set.rows.get(type) ?? { kind: "none" }, subject, knowledge);
  const plain = shown.filter((part) => !set.masks.has(part)).map(memberOf);
  const masked = new Map<string, { readonly fields: string[]; readonly clauses: readonly Clause[] }>();
  for (const part of shown) {
    const mask = set.masks.get(part);
    if (mask === undefined) continue;
    const key = JSON.stringify(mask);
    const known = masked.get(key);
    if (known !== undefined) known.fields.push(memberOf(part));
    else masked.set(key, { fields: [memberOf(part)], clauses: both(rows, clausesOf(mask, subject, knowledge)) });
  }
  const hints = [...masked.values()].map(({ fields }): FrontendRule => {
    return { ...rule, fields, inverted: true, reason: "ROW_CONDITION" };
  });
  const allowed = [{ fields: plain, clauses: rows }, ...masked.values()].filter(({ fields }) => fields.length > 0);
  return [
    ...hints,
    ...allowed.flatMap(({ fields, clauses }) => clauses.map((clause) => ({ ...rule, fields, ...written(clause) }))),
  ];
}

function written(clause: Clause): Pick<FrontendRule, "conditions"> {
  const paths = Object.entries(clause);
  if (paths.length === 0) return {};
  return { conditions: Object.fromEntries(paths.map(([path, values]) => [path, wanted(values)])) };
}

const wanted = ([only, ...others]: readonly Value[]): Wanted =>
  only === undefined || others.length > 0 ? { $in: only === undefined ? [] : [only, ...others] } : only;

const memberOf = (coordinate: Coordinate): string => splitCoordinate(coordinate).member;

/** Mutations are done, not read. */
const isRead = (coordinate: Coordinate, { entries }: Catalogue): boolean =>
  entries.get(coordinate)?.kind === "field" && splitCoordinate(coordinate).type !== "Mutation";

function useRules({ set, catalogue }: Knowledge): readonly FrontendRule[] {
  const used = [...set.open].filter((coordinate) => memberOf(coordinate) !== "" && !isRead(coordinate, catalogue));
  return grouped(used, () => "").map(({ type, fields }) => ({ action: "use", subject: type, fields }));
}

/** Of what the caller may know of. */
function denials({ set, catalogue }: Knowledge): readonly FrontendRule[] {
  const told = [...set.closed.keys()].filter((one) => !set.hidden.has(one) && memberOf(one) !== "");
  const key = (one: Coordinate): string =>
    `${isRead(one, catalogue) ? "read" : "use"} ${set.closed.get(one) ?? "ROLE"}`;
  return grouped(told, key).map(({ type, fields, key: said }): FrontendRule => {
    const [action, reason] = said.split(" ");
    return {
      action: action === "read" ? "read" : "use",
      subject: type,
      fields,
      inverted: true,
      ...(reason && { reason }),
    };
  });
}

interface Group {
  readonly type: string;
  readonly key: string;
  readonly fields: string[];
}

function grouped(coordinates: readonly Coordinate[], keyOf: (coordinate: Coordinate) => string): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const coordinate of coordinates) {
    const { type, member } = splitCoordinate(coordinate);
    const key = keyOf(coordinate);
    const group = groups.get(`${type} ${key}`) ?? { type, key, fields: [] };
    group.fields.push(member);
    groups.set(`${type} ${key}`, group);
  }
  return [...groups.values()];
}

const EVERYTHING: readonly Clause[] = [{}];

/**
 * Of rows only those are held that the gate has shown, so where a rule about rows speaks of a field that the caller may not
 * see, it is left out: with it, nothing that was shown could be recognised as such.
 */
function clausesOfRows(rows: Rows, subject: Subject, knowledge: Knowledge): readonly Clause[] {
  if (rows.kind === "none") return [];
  if (rows.kind === "all" || !isSayable(rows.where, subject, knowledge)) return EVERYTHING;
  return clausesOf(rows.where, subject, knowledge);
}

const isSayable = (condition: Condition, subject: Subject, knowledge: Knowledge): boolean =>
  "of" in condition
    ? condition.of.every((part) => isSayable(part, subject, knowledge))
    : pathOf(condition.column, subject, knowledge) !== undefined;

/**
 * Any of these clauses. What cannot be said in fields that the caller sees counts as not holding: a cell is then denied by
 * the frontend that the gate may show, never the other way round.
 */
function clausesOf(condition: Condition, subject: Subject, knowledge: Knowledge): readonly Clause[] {
  if (condition.kind === "any") return condition.of.flatMap((part) => clausesOf(part, subject, knowledge));
  if (condition.kind === "every") {
    return condition.of.reduce<readonly Clause[]>(
      (sum, part) => both(sum, clausesOf(part, subject, knowledge)),
      EVERYTHING,
    );
  }
  const path = pathOf(condition.column, subject, knowledge);
  const values = path === undefined ? [] : valuesOf(condition, subject, knowledge);
  return path === undefined || values.length === 0 ? [] : [{ [path]: values }];
}

type Leaf = Exclude<Condition, { readonly of: readonly Condition[] }>;

function valuesOf(condition: Leaf, subject: Subject, knowledge: Knowledge): readonly Value[] {
  switch (condition.kind) {
    case "own":
      return knowledge.own === undefined ? [] : [knowledge.own];
    case "among": {
      const type = pointedAt(condition.column, subject, knowledge.catalogue);
      return type === undefined ? [] : (knowledge.ids.get(factName({ set: condition.set, type })) ?? []);
    }
    case "flag":
      return [true];
    case "noneOf": // The values that show, not those that do not: the others may be hidden, and their rows hold null.
      return (subject.table.columns[condition.column]?.oneOf ?? []).filter(
        (value) => !condition.values.includes(value),
      );
    default:
      return condition satisfies never;
  }
}

/** Where a row shows what a column holds; undefined where the caller may not see that, or not on all rows. */
function pathOf(column: string, subject: Subject, { set, catalogue }: Knowledge): string | undefined {
  if (column === "id") return "id";
  for (const [name, { source }] of Object.entries(subject.fields)) {
    if (!("column" in source) || source.column !== column || !set.open.has(memberCoordinate(subject.name, name)))
      continue;
    if (source.kind === "column" || source.kind === "enum") return name;
    const type = pointedAt(column, subject, catalogue);
    if (source.kind === "one" && source.type === type) return `${name}.id`;
  }
  return undefined;
}

/** Each of the one with each of the other. */
function both(one: readonly Clause[], other: readonly Clause[]): readonly Clause[] {
  const pairs = one.flatMap((first) => other.map((second) => joined(first, second)));
  const possible = pairs.filter((clause) => Object.values(clause).every((values) => values.length > 0));
  return [...new Map(possible.map((clause) => [JSON.stringify(clause), clause])).values()];
}

function joined(one: Clause, other: Clause): Clause {
  const sum: Record<string, readonly Value[]> = { ...one };
  for (const [path, values] of Object.entries(other)) {
    const known = sum[path];
    sum[path] = known === undefined ? values : values.filter((value) => known.includes(value));
  }
  return sum;
}
