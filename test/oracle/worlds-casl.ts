/**
 * A small world as CASL alone would judge it: an ability of MongoDB queries for each role, asked with `can` about one
 * coordinate and one row after the other. What closes with what is worked out by asking again until nothing changes.
 */
import { createMongoAbility, subject as caslSubject, type MongoAbility, type RawRuleOf } from "@casl/ability";
import type { Role } from "../../src/caller.ts";
import type { Condition } from "../../src/permission/condition.ts";
import { ITSELF, rulesFor, type Rule } from "../../src/permission/rules.ts";
import type { PlainRow } from "./world.ts";
import type { Built } from "./worlds-built.ts";
import { ME, TEAM_ROWS } from "./worlds.ts";

export interface CaslRole {
  /** With every reason that would close it. */
  readonly closed: ReadonlyMap<string, ReadonlySet<string>>;
  sees(type: string, row: PlainRow): boolean;
  shows(type: string, field: string, row: PlainRow): boolean;
}

type Query = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function caslRole(built: Built, role: Role): CaslRole {
  const rules = rulesFor(role, built.settings, built.catalogue);
  const ability = createMongoAbility(rules.flatMap(rawRules));
  const closed = closedBy(built, ability, rules);
  const isOpen = (coordinate: string): boolean => !closed.has(coordinate);
  const sees = (type: string, row: PlainRow): boolean =>
    isOpen(type) && ability.can("see", caslSubject(type, { ...row }));
  const shows = (type: string, field: string, row: PlainRow): boolean => {
    if (!isOpen(`${type}.${field}`) || !sees(type, row)) return false;
    const isMasked = ability.rulesFor("mask", type, field).length > 0;
    if (isMasked && !ability.can("mask", caslSubject(type, { ...row }), field)) return false;
    const source = built.catalogue.subjects.get(type)?.fields[field]?.source;
    if (source?.kind === "enum" && !isOpen(`${source.enum}.${String(row[source.column])}`)) return false;
    const sources = built.law.declarations.get(`${type}.${field}`)?.madeFrom ?? [];
    return sources.every((name) => !name.startsWith(`${type}.`) || shows(type, name.slice(type.length + 1), row));
  };
  return { closed, sees, shows };
}

/** CASL unites rules, so a condition that can be met in several ways becomes several rules. */
function rawRules(rule: Rule): RawRuleOf<MongoAbility>[] {
  const { action, subject, fields, conditions, inverted, reason } = rule;
  const raw = {
    action,
    subject,
    ...(fields && { fields: [...fields] }),
    ...(inverted && { inverted }),
    ...(reason && { reason }),
  };
  return conditions === undefined ? [raw] : ways(conditions).map((query) => ({ ...raw, conditions: query }));
}

const NO_WAY: readonly Query[] = [{ id: { $in: [] } }];

function ways(condition: Condition): readonly Query[] {
  const all = waysOf(condition);
  return all.length === 0 ? NO_WAY : all;
}

function waysOf(condition: Condition): readonly Query[] {
  switch (condition.kind) {
    case "own":
      return [{ [condition.column]: { $in: [ME] } }];
    case "among":
      return [{ [condition.column]: { $in: idsOf(condition) } }];
    case "flag":
      return [{ [condition.column]: { $eq: true } }];
    case "noneOf":
      return [{ [condition.column]: { $nin: condition.values } }];
    case "any":
      return condition.of.flatMap(waysOf);
    case "every":
      return condition.of.reduce<readonly Query[]>(
        (sum, part) => sum.flatMap((one) => waysOf(part).map((other) => both(one, other))),
        [{}],
      );
    default:
      return condition satisfies never;
  }
}

function idsOf({ set }: Extract<Condition, { kind: "among" }>): readonly unknown[] {
  const where = createMongoAbility(ways(set.where).map((conditions) => ({ action: "in", subject: "it", conditions })));
  return TEAM_ROWS.filter((row) => where.can("in", caslSubject("it", { ...row }))).map((row) => row[set.pick]);
}

/** A query knows one operator of a kind for a column: lists of what may be are cut, lists of what may not are added. */
function both(one: Query, other: Query): Query {
  const sum: Record<string, Query[string]> = { ...one };
  for (const [column, operators] of Object.entries(other)) {
    const [may, mays] = [listIn(one[column], "$in"), listIn(operators, "$in")];
    const [not, nots] = [listIn(one[column], "$nin"), listIn(operators, "$nin")];
    sum[column] = {
      ...one[column],
      ...operators,
      ...(may && mays && { $in: may.filter((id) => mays.includes(id)) }),
      ...(not && nots && { $nin: [...not, ...nots] }),
    };
  }
  return sum;
}

function listIn(operators: Query[string] | undefined, name: string): readonly unknown[] | undefined {
  const list = operators?.[name];
  return Array.isArray(list) ? list : undefined;
}

/** Needs that are closed, and for a field on some rows what its rule asks of them. */
function closedBy(
  { catalogue }: Built,
  ability: MongoAbility,
  rules: readonly Rule[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const closed = new Map<string, Set<string>>();
  const needs = new Map<string, string[]>();
  for (const entry of catalogue.entries.values()) {
    const [type = "", member = ITSELF] = halves(entry.coordinate);
    const rule = ability.relevantRuleFor("use", type, member);
    if (rule === null || rule.inverted) closed.set(entry.coordinate, new Set([rule?.reason ?? "ROLE"]));
    const masks = rules.filter((one) => one.action === "mask" && one.subject === type && one.fields?.includes(member));
    const columns = masks.flatMap(({ conditions }) => (conditions === undefined ? [] : columnsIn(conditions)));
    needs.set(entry.coordinate, [...entry.needs, ...columns.flatMap((column) => fieldsOf(column, type))]);
  }
  function fieldsOf(column: string, type: string): readonly string[] {
    const fields = Object.entries(catalogue.subjects.get(type)?.fields ?? {});
    return fields.filter(([, { source }]) => shownBy(source).includes(column)).map(([name]) => `${type}.${name}`);
  }
  for (const entry of catalogue.entries.values()) {
    if (entry.closesParent !== undefined) needs.get(entry.closesParent)?.push(entry.coordinate);
  }
  for (let size = -1; size !== sizeOf(closed);) {
    size = sizeOf(closed);
    for (const [coordinate, all] of needs) {
      const reasons = all.flatMap((need) => [...(closed.get(need) ?? [])]);
      if (reasons.length > 0) closed.set(coordinate, new Set([...(closed.get(coordinate) ?? []), ...reasons]));
    }
  }
  return closed;
}

const sizeOf = (closed: ReadonlyMap<string, ReadonlySet<string>>): number =>
  [...closed.values()].reduce((sum, reasons) => sum + reasons.size, 0);

function halves(coordinate: string): readonly string[] {
  const dot = coordinate.indexOf(".");
  return dot < 0 ? [coordinate] : [coordinate.slice(0, dot), coordinate.slice(dot + 1)];
}

const columnsIn = (condition: Condition): readonly string[] =>
  "of" in condition ? condition.of.flatMap(columnsIn) : [condition.column];

type Shown = NonNullable<ReturnType<Built["catalogue"]["subjects"]["get"]>>["fields"][string]["source"];

function shownBy(source: Shown): readonly string[] {
  if (source.kind === "money") return [source.minor, source.currency];
  return source.kind === "column" || source.kind === "enum" || source.kind === "one" ? [source.column] : [];
}
