/**
 * A `filter` argument as SQL. Two-valued: a comparison with a missing value is false, `ne` and `notIn` are true for it,
 * and `not` turns that around. An operator nobody wrote here is an error, never "true".
 */
import type { Input, Read } from "../permission/input.ts";
import { problem } from "../problem.ts";
import type { Value } from "../storage/database.ts";
import { Source, type Build } from "./build.ts";
import { fieldOf, SQL_TYPE, valueOf, type Expression } from "./expression.ts";
import { idOf } from "./id.ts";
import { throughSql } from "./link.ts";
import { maskOf, visible } from "./where.ts";

type Fields = ReadonlyMap<string, Input>;

/** Null in a filter is refused: read as "no condition" it would widen the answer. */
const refuseNull = (): never => {
  throw problem("FILTER_NULL");
};

function fieldsOf(input: Input): Fields {
  return input.kind === "object" ? input.fields : refuseNull();
}

function itemsOf(input: Input): readonly Input[] {
  return input.kind === "list" ? input.items : refuseNull();
}

export function filterSql(build: Build, source: Source, filter: Input): string {
  const parts: string[] = [];
  for (const [name, input] of fieldsOf(filter)) {
    if (name === "and") parts.push(...itemsOf(input).map((item) => filterSql(build, source, item)));
    else if (name === "or") parts.push(either(itemsOf(input).map((item) => filterSql(build, source, item))));
    else if (name === "not") parts.push(negate(filterSql(build, source, input)));
    else parts.push(fieldSql(build, source, { name, input }));
  }
  return parts.length === 0 ? "true" : `(${parts.join(" and ")})`;
}

const either = (parts: readonly string[]): string => (parts.length === 0 ? "false" : `(${parts.join(" or ")})`);
/** Unknown counts as false before it is turned around; `and` and `or` keep that, so it is enough to do it here. */
const negate = (sql: string): string => `not coalesce(${sql}, false)`;

interface Asked {
  readonly name: string;
  readonly input: Input;
}

function fieldSql(build: Build, source: Source, asked: Asked): string {
  const from = fieldOf(source, asked.name).source;
  if (from.kind === "one") {
    const rows = new Source(build.alias(), build.subject(from.type));
    return exists(build, rows, {
      links: [`${rows.column("id")} = ${source.column(from.column)}`, ...masks(build, source, asked.name)],
      test: filterSql(build, rows, asked.input),
    });
  }
  if (from.kind === "many") return manySql(build, source, asked);
  return valueSql(build, valueOf(build, source, asked.name), { ...asked, source });
}

const masks = (build: Build, source: Source, field: string): readonly string[] => {
  const mask = maskOf(build, source, field);
  return mask === undefined ? [] : [mask];
};

interface Related {
  readonly from?: string;
  readonly links: readonly string[];
  readonly test: string;
}

/** Whether a visible related row meets the test. A row that may not be seen is not there. */
function exists(build: Build, rows: Source, related: Related): string {
  const where = [...visible(build, rows), ...related.links, related.test].join(" and ");
  return `exists (select from ${related.from ?? ""}${rows.subject.table.name} ${rows.alias} where ${where})`;
}

function manySql(build: Build, source: Source, asked: Asked): string {
  const field = fieldOf(source, asked.name);
  if (field.source.kind !== "many") throw new Error(`${asked.name} is not a list.`);
  const { type } = field.source;
  const parts = [...fieldsOf(asked.input)].map(([quantifier, input]) => {
    const rows = new Source(build.alias(), build.subject(type));
    const { table, link, on } = throughSql(build, { source, rows, field });
    const links = [...on, ...masks(build, source, asked.name)];
    const from = `${table} ${link}, `;
    const test = build.quantified(() => filterSql(build, rows, input));
    switch (quantifier) {
      case "some":
        return exists(build, rows, { from, links, test });
      case "none":
        return `not ${exists(build, rows, { from, links, test })}`;
      case "every":
        return `not ${exists(build, rows, { from, links, test: negate(test) })}`;
      default:
        throw new Error(`${quantifier} is not a quantifier.`);
    }
  });
  return parts.length === 0 ? "true" : `(${parts.join(" and ")})`;
}

interface Compared extends Asked {
  readonly source: Source;
}

function valueSql(build: Build, value: Expression, asked: Compared): string {
  const parts = [...fieldsOf(asked.input)].map(([operator, input]) => {
    if (value.kind === "money") return moneySql(build, value, { operator, input });
    const { sql } = value;
    if (value.scalar !== "ID") return operatorSql(build, { sql, type: SQL_TYPE[value.scalar], operator, input });
    const { tag } = asked.source.subject;
    const read = (given: unknown): unknown =>
      Array.isArray(given) ? given.map((id) => idOf(id, tag)) : idOf(given, tag);
    return operatorSql(build, { sql, type: "uuid", operator, input, read });
  });
  return parts.length === 0 ? "true" : `(${parts.join(" and ")})`;
}

/** Amounts are compared by their minor units; `currency` says of which currency. */
function moneySql(
  build: Build,
  money: Extract<Expression, { kind: "money" }>,
  asked: { readonly operator: string; readonly input: Input },
): string {
  if (asked.operator !== "currency") return operatorSql(build, { ...asked, sql: money.minor, type: "bigint" });
  return operatorSql(build, { sql: money.currency, type: "text", operator: "eq", input: asked.input });
}

interface Comparison {
  readonly sql: string;
  readonly type: string;
  readonly operator: string;
  readonly input: Input;
  /** Turns what was given into what the database compares. */
  readonly read?: (given: unknown) => unknown;
}

function operatorSql(build: Build, comparison: Comparison): string {
  const { sql, type, operator, input } = comparison;
  const one = (): string => build.parameter((run) => toValue(readOf(comparison)(run.variables)), type);
  const all = (): string => build.parameter((run) => toValue(readOf(comparison)(run.variables)), `${type}[]`);
  switch (operator) {
    case "eq":
      return `${sql} = ${one()}`;
    case "ne":
      return `${sql} is distinct from ${one()}`;
    case "in":
      return `${sql} = any(${all()})`;
    case "notIn":
      return `coalesce(${sql} <> all(${all()}), true)`;
    case "lt":
      return `${sql} < ${one()}`;
    case "lte":
      return `${sql} <= ${one()}`;
    case "gt":
      return `${sql} > ${one()}`;
    case "gte":
      return `${sql} >= ${one()}`;
    case "contains":
      return `strpos(${sql}, ${one()}) > 0`;
    case "startsWith":
      return `starts_with(${sql}, ${one()})`;
    case "isNull":
      if (input.kind === "null") return refuseNull();
      return `(${sql} is null) = ${build.parameter((run) => toValue(readInput(input)(run.variables)), "boolean")}`;
    default:
      throw new Error(`${operator} is not an operator.`);
  }
}

function readOf(comparison: Comparison): Read {
  const read = readInput(comparison.input);
  const turn = comparison.read;
  return turn === undefined ? read : (variables) => turn(read(variables));
}

/** The plain value of an input, read from the variables of one request. Throws FILTER_NULL where it is null. */
function readInput(input: Input): Read {
  switch (input.kind) {
    case "null":
      return refuseNull();
    case "leaf":
      return input.read;
    case "value":
      return () => input.name;
    case "list": {
      const items = input.items.map(readInput);
      return (variables) => items.map((item) => item(variables));
    }
    case "object":
      throw new Error("An object is not compared as a whole.");
    default:
      return input satisfies never;
  }
}

/** A GraphQL value as the database takes it. */
export function toValue(given: unknown): Value {
  if (Array.isArray(given)) return given.map((item) => toValue(item) as string | number | boolean | null); // cast: lists hold scalars
  if (given instanceof Date) return given.toISOString();
  if (typeof given === "string" || typeof given === "number" || typeof given === "boolean") return given;
  if (typeof given === "bigint") return String(given);
  if (given === null || given === undefined) return refuseNull();
  throw problem("BAD_USER_INPUT");
}
