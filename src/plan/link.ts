/**
 * How rows hang together. A row is reached from the other side only where the field that says so shows on it: whoever may
 * not read to which project an entry belongs does not find it among the project's entries either.
 */
import { parseCoordinate, splitCoordinate } from "../permission/coordinate.ts";
import type { Field } from "../permission/declare.ts";
import { ACCOUNT, type Build, type Source } from "./build.ts";
import { maskOf } from "./where.ts";

export interface Linked {
  /** The row that has others. */
  readonly source: Source;
  /** The others. */
  readonly rows: Source;
  /** The field by which it has them. */
  readonly field: Field;
}

/** Rows whose column points at the row that has the list. */
export function pointingSql(build: Build, { source, rows, field }: Linked, column: string): string {
  return [`${rows.column(column)} = ${source.column("id")}`, ...saying(build, rows, field)].join(" and ");
}

/** Rows joined to another by a table of pairs: the alias of the pairs, and what holds of them. */
export function throughSql(
  build: Build,
  { source, rows, field }: Linked,
): { readonly table: string; readonly link: string; readonly on: readonly string[] } {
  if (field.source.kind !== "many") throw new Error("Only lists go through a table of pairs.");
  const { table, from, to, flag } = field.source.through;
  const link = build.alias();
  const on = [
    `${link}.account_id = ${ACCOUNT}`,
    `${link}.${from} = ${source.column("id")}`,
    `${link}.${to} = ${rows.column("id")}`,
    ...(flag === undefined ? [] : [`${link}.${flag}`]),
    ...saying(build, rows, field),
  ];
  return { table, link, on };
}

/** The masks of those fields of the other rows that the list is made from. */
function saying(build: Build, rows: Source, field: Field): readonly string[] {
  return field.madeFrom.flatMap((source) => {
    const coordinate = parseCoordinate(source);
    if (coordinate === undefined) return [];
    const { type, member } = splitCoordinate(coordinate);
    const mask = type === rows.subject.name ? maskOf(build, rows, member) : undefined;
    return mask === undefined ? [] : [mask];
  });
}
