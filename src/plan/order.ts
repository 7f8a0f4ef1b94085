/** The order of a list: what was asked, or the subject's own, and then the id, so that no two rows are ever equal. */
import { constantCase } from "../permission/declare.ts";
import { memberCoordinate } from "../permission/coordinate.ts";
import type { Input } from "../permission/input.ts";
import { problem } from "../problem.ts";
import type { Build, Source } from "./build.ts";
import { SQL_TYPE, valueOf } from "./expression.ts";

export type Direction = "ASC" | "DESC";

export interface Term {
  readonly sql: string;
  readonly type: string;
  readonly direction: Direction;
  readonly nullable: boolean;
}

export interface Order {
  /** Ends in the id. */
  readonly terms: readonly Term[];
  /** The same for every request with the same order: part of what a cursor is bound to. */
  readonly name: string;
}

interface Wish {
  readonly field: string;
  readonly direction: Direction;
}

export function orderOf(build: Build, source: Source, asked: Input | undefined): Order {
  const wishes = asked === undefined || asked.kind === "null" ? own(build, source) : wishesOf(source, asked);
  const terms = wishes.flatMap((wish) => termsOf(build, source, wish));
  const direction = wishes.at(-1)?.direction ?? "ASC";
  const last: Term = { sql: source.column("id"), type: "uuid", direction, nullable: false };
  const name = wishes.map((wish) => `${wish.field} ${wish.direction}`).join(", ");
  return { terms: [...terms, last], name };
}

/** A default may not show what the caller may not read: a field that is closed, or masked on some rows, does not order. */
function own(build: Build, source: Source): readonly Wish[] {
  return source.subject.defaultOrder.filter((wish) => {
    const coordinate = memberCoordinate(source.subject.name, wish.field);
    return build.set.open.has(coordinate) && !build.set.masks.has(coordinate);
  });
}

function wishesOf(source: Source, asked: Input): readonly Wish[] {
  if (asked.kind !== "list") throw problem("BAD_USER_INPUT");
  const fields = new Map(Object.keys(source.subject.fields).map((name) => [constantCase(name), name]));
  const wishes = asked.items.map((item): Wish => {
    const field = item.kind === "object" ? item.fields.get("field") : undefined;
    const direction = item.kind === "object" ? item.fields.get("direction") : undefined;
    const name = field?.kind === "value" ? fields.get(field.name) : undefined;
    if (name === undefined) throw problem("BAD_USER_INPUT");
    return { field: name, direction: direction?.kind === "value" && direction.name === "DESC" ? "DESC" : "ASC" };
  });
  // A second time orders nothing, but each term makes the comparison with a cursor's place longer by all before it.
  if (new Set(wishes.map((wish) => wish.field)).size < wishes.length) {
    throw problem("BAD_USER_INPUT", { extensions: { because: "orderBy names no field twice" } });
  }
  return wishes;
}

function termsOf(build: Build, source: Source, wish: Wish): readonly Term[] {
  const { direction } = wish;
  const value = valueOf(build, source, wish.field);
  if (value.kind === "scalar") {
    return [{ sql: value.sql, type: SQL_TYPE[value.scalar], direction, nullable: value.nullable }];
  }
  return [
    { sql: value.minor, type: "bigint", direction, nullable: true },
    { sql: value.currency, type: "text", direction, nullable: true },
  ];
}

/** Missing values come last in either direction. `backward` turns the whole order around. */
export function orderSql(terms: readonly Term[], backward: boolean): string {
  return terms
    .map(({ sql, direction, nullable }) => {
      const descending = (direction === "DESC") !== backward;
      const nulls = nullable ? (backward ? " nulls first" : " nulls last") : "";
      return `${sql}${descending ? " desc" : ""}${nulls}`;
    })
    .join(", ");
}

/** Rows after the place that the values name (before it, when backward). `values` are placeholders, one a term. */
export function beyondSql(terms: readonly Term[], values: readonly string[], backward: boolean): string {
  const direction = terms[0]?.direction;
  if (terms.every((term) => !term.nullable && term.direction === direction)) {
    const sign = (direction === "DESC") !== backward ? "<" : ">";
    return `(${terms.map((term) => term.sql).join(", ")}) ${sign} (${values.join(", ")})`; // one comparison, so an index serves it
  }
  const cases = terms.map((term, index) => {
    const same = terms.slice(0, index).map((before, at) => `${before.sql} is not distinct from ${String(values[at])}`);
    return `(${[...same, stepSql(term, String(values[index]), backward)].join(" and ")})`;
  });
  return `(${cases.join(" or ")})`;
}

function stepSql(term: Term, value: string, backward: boolean): string {
  const sign = (term.direction === "DESC") !== backward ? "<" : ">";
  if (!term.nullable) return `${term.sql} ${sign} ${value}`;
  return backward
    ? `(${term.sql} ${sign} ${value} or (${term.sql} is not null and ${value} is null))`
    : `(${term.sql} ${sign} ${value} or (${term.sql} is null and ${value} is not null))`;
}
