/** One row as the JSON that was asked for: its own columns, rows it points at, and lists that hang on it. */
import type { Picked } from "../permission/check.ts";
import { Source, type Build } from "./build.ts";
import { bareValue, fieldOf } from "./expression.ts";
import { concatenate, moneyPiece, objectOf, picksOf, quote, scalarJson, when, type Piece } from "./json.ts";
import { pointingSql, throughSql } from "./link.ts";
import { listSql } from "./list.ts";
import { orderOf, orderSql } from "./order.ts";
import { totalsOf } from "./total.ts";
import { maskOf, visible } from "./where.ts";

const NULL: readonly Piece[] = ["null"];

/** What was picked of a subject, as the pieces of one object. The joins it needs are written into the source. */
export function objectPieces(build: Build, source: Source, picks: readonly Picked[]): readonly Piece[] {
  return objectOf(picks.map((picked) => [picked.key, fieldPieces(build, source, picked)] as const));
}

function fieldPieces(build: Build, source: Source, picked: Picked): readonly Piece[] {
  if (picked.field === "__typename") return [JSON.stringify(source.subject.name)];
  if (picked.denied) return NULL;
  const mask = maskOf(build, source, picked.field);
  const pieces = shownPieces(build, source, picked);
  if (mask === undefined) return pieces;
  // Not null but a mark, so that the cells which do not show can be told from those that are empty, and be counted.
  const cell = build.cell({ coordinate: picked.coordinate, path: picked.path });
  const hidden = quote(`"\\u0000m${String(cell)}"`);
  return [{ sql: `case when ${mask} then ${concatenate(pieces)} else ${hidden} end` }];
}

/** What the field is on the rows on which it shows. */
function shownPieces(build: Build, source: Source, picked: Picked): readonly Piece[] {
  const field = fieldOf(source, picked.field);
  const from = field.source;
  switch (from.kind) {
    case "one":
      return onePieces(build, source, picked);
    case "many":
      return [{ sql: manySql(build, source, picked) }];
    case "connection": {
      const scope = (rows: Source): string => pointingSql(build, { source, rows, field }, from.column);
      return [{ sql: `coalesce(${listSql(build, { type: from.type, picked, scope, object: objectPieces })}, 'null')` }];
    }
    case "totals": {
      const scope = (rows: Source): string => pointingSql(build, { source, rows, field }, from.column);
      return [{ sql: totalsOf(build, { type: from.type, picks: picksOf(picked, "TimeTotals"), scope }) }];
    }
    case "id":
    case "column":
    case "enum":
    case "money":
    case "amount":
    case "isOneOf":
    case "sum":
      return valuePieces(build, source, picked);
    default:
      return from satisfies never;
  }
}

function valuePieces(build: Build, source: Source, picked: Picked): readonly Piece[] {
  const value = bareValue(build, source, fieldOf(source, picked.field));
  if (value.kind === "scalar") return scalarJson(value, source.subject.tag);
  return [moneyPiece(value.minor, value.currency, picked.picks.get("Money") ?? [])];
}

function onePieces(build: Build, source: Source, picked: Picked): readonly Piece[] {
  const rows = joined(build, source, picked.field);
  return [when(`${rows.alias}.id is not null`, objectPieces(build, rows, picksOf(picked, rows.subject.name)))];
}

/** The visible row that a field points at, joined once however often it is asked for. */
export function joined(build: Build, source: Source, name: string): Source {
  const known = source.joins.get(name);
  if (known !== undefined) return known.source;
  const from = fieldOf(source, name).source;
  if (from.kind !== "one") throw new Error(`${name} does not point at a row.`);
  const rows = new Source(build.alias(), build.subject(from.type), source.written);
  const mask = maskOf(build, source, name);
  const link = `${rows.column("id")} = ${source.column(from.column)}`;
  const on = [...visible(build, rows), link, ...(mask === undefined ? [] : [mask])].join(" and ");
  const sql = `left join ${rows.subject.table.name} ${rows.alias} on ${on}`;
  source.joins.set(name, { source: rows, sql });
  source.written.push(sql);
  return rows;
}

function manySql(build: Build, source: Source, picked: Picked): string {
  const field = fieldOf(source, picked.field);
  if (field.source.kind !== "many") throw new Error(`${picked.field} is not a list.`);
  const rows = new Source(build.alias(), build.subject(field.source.type));
  const object = concatenate(objectPieces(build, rows, picksOf(picked, field.source.type)));
  const order = orderSql(orderOf(build, rows, undefined).terms, false);
  const { table, link, on } = throughSql(build, { source, rows, field });
  const where = [...visible(build, rows), ...on].join(" and ");
  const tables = [`${table} ${link}`, `join ${rows.subject.table.name} ${rows.alias} on true`, ...rows.written];
  return `(select '[' || coalesce(string_agg(${object}, ',' order by ${order}), '') || ']' from ${tables.join(" ")} where ${where})`;
}
