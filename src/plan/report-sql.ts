/** A report as one scalar query: rows by dimension, and the totals of all of them. */
import type { Picked } from "../permission/check.ts";
import { memberCoordinate } from "../permission/coordinate.ts";
import type { Input } from "../permission/input.ts";
import { problem } from "../problem.ts";
import { filterSql } from "./argument.ts";
import { Source, type Build } from "./build.ts";
import { fieldOf, valueOf } from "./expression.ts";
import { concatenate, globalId, objectOf, picksOf, type Piece } from "./json.ts";
import { throughSql } from "./link.ts";
import { joined } from "./object.ts";
import type { Dimension } from "./report.ts";
import { dayOf, unitSql, unitText } from "./report-date.ts";
import { foldSql, measureColumns, totalsPieces, type Rounding } from "./total.ts";
import { maskOf, visible } from "./where.ts";

/** One dimension that was asked for: what is grouped by, and how a group is named. */
interface Grouping {
  readonly name: string;
  readonly dimension: Dimension;
  /** The column by which rows are added up before the key is looked up; undefined where the key is of each row. */
  readonly pointer: string | undefined;
  /** SQL over a row of the table, or over one of the sums by pointer. */
  readonly key: string;
  readonly label: string | undefined;
  /** SQL over a folded row. */
  readonly value: (alias: string, index: number) => string;
}

export function reportSql(build: Build, picked: Picked): string {
  const names = dimensionsOf(build, picked.arguments.get("groupBy"));
  demand(build, picked, names);
  const parts = picksOf(picked, "TimeReport").map((part): readonly [string, readonly Piece[]] => {
    if (part.field === "__typename") return [part.key, [JSON.stringify(part.type)]];
    if (part.denied) return [part.key, ["null"]];
    if (part.field === "rows" && names.length === 0) return [part.key, ["[]"]];
    const sql = part.field === "rows" ? rowsSql(build, { picked, part, names }) : wholeSql(build, picked, part);
    return [part.key, [{ sql }]];
  });
  return `(select ${concatenate(objectOf(parts))})`;
}

/** Where nothing of the report is asked for, arguments that could not be are refused all the same. */
function demand(build: Build, picked: Picked, names: readonly string[]): void {
  const reads = (part: Picked): boolean =>
    !part.denied && (part.field === "totals" || (part.field === "rows" && names.length > 0));
  if (picksOf(picked, "TimeReport").some(reads)) return;
  whereOf(build, new Source(build.alias(), build.subject(build.report.type)), picked);
  roundingOf(build, picked);
}

function dimensionsOf(build: Build, asked: Input | undefined): readonly string[] {
  const items = asked?.kind === "list" ? asked.items : [];
  const names = items.flatMap((item) => (item.kind === "value" ? [item.name] : []));
  if (new Set(names).size !== names.length) {
    throw problem("BAD_USER_INPUT", { extensions: { because: "groupBy names no dimension twice" } });
  }
  if (names.some((name) => build.report.dimensions[name] === undefined)) throw problem("BAD_USER_INPUT");
  return names;
}

function whereOf(build: Build, rows: Source, picked: Picked): string {
  const filter = picked.arguments.get("filter");
  const asked = filter === undefined || filter.kind === "null" ? [] : [filterSql(build, rows, filter)];
  return [...visible(build, rows), ...asked].join(" and ");
}

function wholeSql(build: Build, picked: Picked, part: Picked): string {
  const picks = picksOf(part, "TimeTotals");
  const rows = new Source(build.alias(), build.subject(build.report.type));
  const where = whereOf(build, rows, picked);
  const columns = measureColumns(build, { rows, picks, rounding: roundingOf(build, picked) });
  const from = `select ${columns.length === 0 ? "1" : columns.join(", ")} from ${rows.subject.table.name} ${rows.alias} where ${where}`;
  const fold = build.alias();
  return `(select ${concatenate(totalsPieces(build, { folded: picks, shown: picks }, fold))} from (${foldSql(build, picks, { from, keys: [] })}) ${fold})`;
}

interface RowsAsked {
  readonly picked: Picked;
  readonly part: Picked;
  readonly names: readonly string[];
}

function rowsSql(build: Build, asked: RowsAsked): string {
  const picks = picksOf(asked.part, "TimeReportRow");
  const rows = new Source(build.alias(), build.subject(build.report.type));
  const sums = new Source(build.alias(), rows.subject);
  const groupings = asked.names.map((name) => groupingOf(build, { rows, sums }, { name, picked: asked.picked }));
  const totals = picks
    .filter((part) => part.field === "totals" && !part.denied)
    .flatMap((part) => picksOf(part, "TimeTotals"));
  const pointers = new Set(groupings.flatMap(({ pointer }) => pointer ?? []));
  const columns = [
    ...[...pointers].map((pointer) => `${rows.column(pointer)} as ${pointer}`),
    ...groupings.flatMap((grouping, index) => (grouping.pointer === undefined ? namedKeys(grouping, index) : [])),
    ...measureColumns(build, { rows, picks: totals, rounding: roundingOf(build, asked.picked) }),
  ];
  const where = whereOf(build, rows, asked.picked);
  const table = `${rows.subject.table.name} ${rows.alias}`;
  const from = `select ${columns.join(", ")} from ${[table, ...rows.written].join(" ")} where ${where}`;
  const early = groupings.flatMap((grouping, index) => (grouping.pointer === undefined ? keysOf(grouping, index) : []));
  const late = {
    alias: sums.alias,
    joins: sums.written,
    columns: groupings.flatMap((grouping, index) =>
      grouping.pointer === undefined
        ? keysOf(grouping, index).map((name) => `${sums.alias}.${name}`)
        : namedKeys(grouping, index),
    ),
    keys: groupings.flatMap(keysOf),
  };
  const folding = { from, keys: [...pointers, ...early], late };
  const fold = build.alias();
  const object = concatenate(rowPieces(build, { picks, groupings, fold, totals }));
  const order = groupings.map((grouping, index) => orderOf(grouping, fold, index)).join(", ");
  return `(select '[' || coalesce(string_agg(${object}, ',' order by ${order}), '') || ']' from (${foldSql(build, totals, folding)}) ${fold})`;
}

const keysOf = ({ label }: Grouping, index: number): readonly string[] => [
  `k${String(index)}`,
  ...(label === undefined ? [] : [`l${String(index)}`]),
];
const namedKeys = ({ key, label }: Grouping, index: number): readonly string[] => [
  `${key} as k${String(index)}`,
  ...(label === undefined ? [] : [`${label} as l${String(index)}`]),
];

function rowPieces(
  build: Build,
  of: {
    readonly picks: readonly Picked[];
    readonly groupings: readonly Grouping[];
    readonly fold: string;
    readonly totals: readonly Picked[];
  },
): readonly Piece[] {
  return objectOf(
    of.picks.map((part): readonly [string, readonly Piece[]] => {
      if (part.field === "__typename") return [part.key, [JSON.stringify(part.type)]];
      if (part.denied) return [part.key, ["null"]];
      if (part.field === "totals") {
        return [part.key, totalsPieces(build, { folded: of.totals, shown: picksOf(part, "TimeTotals") }, of.fold)];
      }
      const keys = of.groupings.map((grouping, index) => keyPieces(part, { grouping, index, fold: of.fold }));
      return [part.key, ["[", ...keys.flatMap((key, index) => (index === 0 ? key : [",", ...key])), "]"]];
    }),
  );
}

const text = (sql: string): Piece => ({ sql: `coalesce(to_json(${sql})::text, 'null')` });

function keyPieces(
  part: Picked,
  of: { readonly grouping: Grouping; readonly index: number; readonly fold: string },
): readonly Piece[] {
  const { grouping, index, fold } = of;
  const value = grouping.value(fold, index);
  const named = grouping.dimension.kind === "row" || grouping.dimension.kind === "each";
  const label = named ? (grouping.label === undefined ? undefined : `${fold}.l${String(index)}`) : value;
  const values: Readonly<Record<string, Piece>> = {
    __typename: '"ReportKey"',
    dimension: JSON.stringify(grouping.name),
    value: text(value),
    label: label === undefined ? "null" : text(label),
  };
  const picks = picksOf(part, "ReportKey");
  return objectOf(picks.map((key) => [key.key, [key.denied ? "null" : (values[key.field] ?? "null")]] as const));
}

function orderOf(grouping: Grouping, fold: string, index: number): string {
  const key = `${fold}.k${String(index)}`;
  if (grouping.dimension.kind === "date") return `${key} nulls last`;
  const value = `(${grouping.value(fold, index)}) collate "C" nulls last`;
  return grouping.label === undefined ? value : `${fold}.l${String(index)} collate "C" nulls last, ${value}`;
}

const column = (alias: string, index: number): string => `${alias}.k${String(index)}`;

interface Counting {
  readonly rows: Source;
  /** The sums by pointer, as if they were rows: they have the columns that they were added up by, and no other. */
  readonly sums: Source;
}

function groupingOf(
  build: Build,
  { rows, sums }: Counting,
  of: { readonly name: string; readonly picked: Picked },
): Grouping {
  const dimension = build.report.dimensions[of.name];
  if (dimension === undefined) throw problem("BAD_USER_INPUT");
  const { name } = of;
  switch (dimension.kind) {
    case "date": {
      const key = unitSql(dimension.unit, dayOf(build, rows, of.picked), of.picked);
      return {
        name,
        dimension,
        pointer: undefined,
        key,
        label: undefined,
        value: (alias, index) => unitText(dimension.unit, column(alias, index)),
      };
    }
    case "value": {
      const value = valueOf(build, rows, dimension.field);
      if (value.kind !== "scalar") throw new Error(`${dimension.field} is not one value.`);
      return {
        name,
        dimension,
        pointer: undefined,
        key: value.sql,
        label: undefined,
        value: (alias, index) => `${column(alias, index)}::text`,
      };
    }
    case "row":
    case "each": {
      const pointer = dimension.kind === "row" ? pointerOf(build, rows, dimension.path) : undefined;
      const target =
        dimension.kind === "row"
          ? along(build, pointer === undefined ? rows : sums, dimension.path)
          : each(build, rows, dimension.field);
      const value: Grouping["value"] = (alias, index) => globalId(target.subject.tag, column(alias, index));
      return { name, dimension, pointer, key: target.column("id"), label: nameOf(build, target), value };
    }
    default:
      return dimension satisfies never;
  }
}

/** The column that a path begins with; undefined where it shows on some rows only, as each then has to be looked at. */
function pointerOf(build: Build, rows: Source, [first]: readonly string[]): string | undefined {
  if (first === undefined || maskOf(build, rows, first) !== undefined) return undefined;
  const { source } = fieldOf(rows, first);
  return source.kind === "one" ? source.column : undefined;
}

const along = (build: Build, rows: Source, path: readonly string[]): Source =>
  path.reduce((source, field) => joined(build, source, field), rows);

function each(build: Build, rows: Source, name: string): Source {
  const field = fieldOf(rows, name);
  if (field.source.kind !== "many") throw new Error(`${name} is not a list.`);
  const target = new Source(build.alias(), build.subject(field.source.type));
  const { table, link, on } = throughSql(build, { source: rows, rows: target, field });
  const mask = maskOf(build, rows, name);
  const where = [...visible(build, target), ...on, ...(mask === undefined ? [] : [mask])].join(" and ");
  const pairs = `${table} ${link} join ${target.subject.table.name} ${target.alias} on true`;
  rows.written.push(`left join (${pairs}) on ${where}`);
  return target;
}

/** The name of a row, where the caller may read it. */
function nameOf(build: Build, target: Source): string | undefined {
  if (!build.set.open.has(memberCoordinate(target.subject.name, "name"))) return undefined;
  const name = valueOf(build, target, "name");
  return name.kind === "scalar" ? name.sql : undefined;
}

/** Whole minutes, a row at a time. UP leaves exact multiples alone, NEAREST rounds the half up. */
function roundingOf(build: Build, picked: Picked): Rounding {
  const asked = picked.arguments.get("rounding");
  if (asked?.kind !== "object") return (seconds) => seconds;
  const to = asked.fields.get("to");
  const direction = asked.fields.get("direction");
  if (to?.kind !== "leaf" || direction?.kind !== "value") throw problem("BAD_USER_INPUT");
  const step = build.parameter((run) => {
    const minutes = to.read(run.variables);
    if (typeof minutes !== "number" || !Number.isInteger(minutes) || minutes < 1 || minutes > 1440)
      throw problem("BAD_USER_INPUT");
    return minutes * 60;
  }, "int");
  const more: Readonly<Record<string, string>> = { UP: `${step} - 1`, NEAREST: `${step} / 2`, DOWN: "0" };
  const plus = more[direction.name];
  if (plus === undefined) throw problem("BAD_USER_INPUT");
  return (seconds) => `((${seconds} + ${plus}) / ${step} * ${step})`;
}
