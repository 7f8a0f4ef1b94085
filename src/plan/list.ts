/**
 * A page of rows as one scalar query. The page is cut in a sub-select that reads only what the answer needs; joins and
 * JSON are made of the rows of the page alone.
 */
import type { Picked } from "../permission/check.ts";
import { argumentCoordinate } from "../permission/coordinate.ts";
import { filterSql } from "./argument.ts";
import { Source, type Build } from "./build.ts";
import { concatenate, objectOf, picksOf, type Piece } from "./json.ts";
import { beyondSql, orderOf, orderSql, type Order } from "./order.ts";
import { backwards, givenCursor, LARGEST, pageSize, plainOf } from "./page.ts";
import { visible } from "./where.ts";

export interface Listing {
  readonly type: string;
  readonly picked: Picked;
  /** What a row must be linked to: its parent, where the list hangs on one. */
  readonly scope?: (rows: Source) => string;
  /** Makes one row's object: given, because objects hold lists in turn. */
  readonly object: (build: Build, rows: Source, picks: readonly Picked[]) => readonly Piece[];
}

/** Text of the connection: empty, and never null, where no row is visible. */
export function listSql(build: Build, listing: Listing): string {
  const connection = listing.picked.picks.get(`${listing.type}Connection`) ?? [];
  const paged = connection.some((part) => !part.denied && ["edges", "nodes", "pageInfo"].includes(part.field));
  const page = new Page(build, listing, connection);
  if (!paged) page.demand();
  const members = connection.map((part): readonly [string, readonly Piece[]] => {
    if (part.field === "__typename") return [part.key, [`"${listing.type}Connection"`]];
    if (part.denied) return [part.key, ["null"]];
    if (part.field === "totalCount") return [part.key, [{ sql: countSql(build, listing) }]];
    return [part.key, page.part(part)];
  });
  const text = concatenate(objectOf(members));
  return `(select ${text}${paged ? page.from() : ""})`;
}

function countSql(build: Build, listing: Listing): string {
  const rows = new Source(build.alias(), build.subject(listing.type));
  const where = whereOf(build, listing, rows).join(" and ");
  return `(select count(*)::text from ${rows.subject.table.name} ${rows.alias} where ${where})`;
}

function whereOf(build: Build, listing: Listing, rows: Source): readonly string[] {
  const filter = listing.picked.arguments.get("filter");
  return [
    ...visible(build, rows),
    ...(listing.scope === undefined ? [] : [listing.scope(rows)]),
    ...(filter === undefined || filter.kind === "null" ? [] : [filterSql(build, rows, filter)]),
  ];
}

/** The rows of one page, under construction. */
class Page {
  readonly #build: Build;
  readonly #listing: Listing;
  /** The rows in the table, where the page is cut. */
  readonly #cut: Source;
  /** The rows of the page, where JSON is made. Its columns are those of the cut. */
  readonly #rows: Source;
  readonly #order: Order;
  readonly #backward: boolean;
  readonly #size: string;
  readonly #looksFurther: boolean;
  readonly #list: number;

  constructor(build: Build, listing: Listing, connection: readonly Picked[]) {
    this.#build = build;
    this.#listing = listing;
    const subject = build.subject(listing.type);
    this.#cut = new Source(build.alias(), subject);
    this.#rows = new Source(build.alias(), subject);
    this.#order = orderOf(build, this.#cut, listing.picked.arguments.get("orderBy"));
    this.#backward = backwards(listing.picked);
    this.#size = build.parameter(pageSize(listing.picked), "int");
    const flags = connection.filter((part) => part.field === "pageInfo").flatMap((part) => picksOf(part, "PageInfo"));
    this.#looksFurther = flags.some((flag) => flag.field === (this.#backward ? "hasPreviousPage" : "hasNextPage"));
    this.#list = build.list(this.#cursorList());
  }

  #cursorList(): Build["lists"][number] {
    const { picked } = this.#listing;
    const filter = picked.arguments.get("filter");
    return {
      name: argumentCoordinate(picked.type, picked.field, this.#order.name),
      filter: filter === undefined ? () => null : plainOf(filter),
      given: givenCursor(picked),
      width: this.#order.terms.length,
    };
  }

  /** Where no row is asked for, a filter or a page that could not be is refused all the same. */
  demand(): void {
    whereOf(this.#build, this.#listing, this.#cut);
    if (givenCursor(this.#listing.picked) === undefined) return;
    this.#build.parameter((run) => run.cursors(this.#list)[0] ?? null, "text");
  }

  part(part: Picked): readonly Piece[] {
    if (part.field === "pageInfo") return this.#pageInfo(part);
    if (part.field === "nodes") {
      return this.#array(this.#listing.object(this.#build, this.#rows, picksOf(part, this.#listing.type)));
    }
    return this.#array(objectOf(picksOf(part, `${this.#listing.type}Edge`).map((edge) => this.#edge(edge))));
  }

  #edge(edge: Picked): readonly [string, readonly Piece[]] {
    if (edge.field === "__typename") return [edge.key, [`"${this.#listing.type}Edge"`]];
    if (edge.denied) return [edge.key, ["null"]];
    if (edge.field === "cursor") return [edge.key, this.#cursor((index) => `${this.#rows.alias}.k${String(index)}`)];
    return [edge.key, this.#listing.object(this.#build, this.#rows, picksOf(edge, this.#listing.type))];
  }

  #array(object: readonly Piece[]): readonly Piece[] {
    const { alias } = this.#rows;
    const order = `${alias}.rn${this.#backward ? " desc" : ""}`;
    return [
      "[",
      { sql: `coalesce(string_agg(${concatenate(object)}, ',' order by ${order})${this.#inside()}, '')` },
      "]",
    ];
  }

  /** Leaves out the one row that was only read to see whether there are more. */
  #inside(): string {
    return this.#looksFurther ? ` filter (where ${this.#rows.alias}.rn <= ${this.#size})` : "";
  }

  /** A mark with the row's place, which is made a cursor when the answer leaves: keys never go to the database. */
  #cursor(key: (index: number) => string): readonly Piece[] {
    const keys = this.#order.terms.map((_, index) => `${key(index)}::text`).join(", ");
    const place = `encode(convert_to(jsonb_build_array(${keys})::text, 'UTF8'), 'hex')`;
    return [`"\\u0000${String(this.#list)}:`, { sql: place }, '"'];
  }

  #pageInfo(part: Picked): readonly Piece[] {
    const { alias } = this.#rows;
    const more: Piece = { sql: `(count(*) > ${this.#size})::text` };
    const before: Piece =
      this.#listing.picked.arguments.get(this.#backward ? "before" : "after")?.kind === "leaf" ? "true" : "false";
    const ends = (last: boolean): Piece => {
      const order = `${alias}.rn${last === this.#backward ? "" : " desc"}`;
      const key = (index: number): string =>
        `(array_agg(${alias}.k${String(index)} order by ${order})${this.#inside()})[1]`;
      const some = `count(*)${this.#inside()} > 0`;
      return { sql: `case when ${some} then ${concatenate(this.#cursor(key))} else 'null' end` };
    };
    const values: Readonly<Record<string, () => Piece>> = {
      __typename: () => '"PageInfo"',
      hasNextPage: () => (this.#backward ? before : more),
      hasPreviousPage: () => (this.#backward ? more : before),
      startCursor: () => ends(false),
      endCursor: () => ends(true),
    };
    return objectOf(
      picksOf(part, "PageInfo").map(
        (flag) => [flag.key, [flag.denied ? "null" : (values[flag.field]?.() ?? "null")]] as const,
      ),
    );
  }

  /**
   * Written last: only now is it known which columns are used. The planner cannot see how many rows a parameter will ask
   * for, and would plan for a tenth of the table; that no page is larger than the largest is what it is told first.
   */
  from(): string {
    const { terms } = this.#order;
    const where = [...whereOf(this.#build, this.#listing, this.#cut), ...this.#beyond()].join(" and ");
    const columns = [...this.#rows.used].map((column) => this.#cut.column(column));
    const keys = terms.map((term, index) => `${term.sql} as k${String(index)}`);
    const { table } = this.#cut.subject;
    const cut = `select ${[...columns, ...keys].join(", ")} from ${table.name} ${this.#cut.alias} where ${where} order by ${orderSql(terms, this.#backward)} limit ${String(LARGEST + 1)}`;
    const bounded = this.#build.alias();
    const order = orderSql(
      terms.map((term, index) => ({ ...term, sql: `${bounded}.k${String(index)}` })),
      this.#backward,
    );
    const limit = this.#looksFurther ? `${this.#size} + 1` : this.#size;
    const page = `select ${bounded}.*, row_number() over (order by ${order}) as rn from (${cut}) ${bounded} order by ${order} limit ${limit}`;
    // One row, also where nothing that was asked for adds rows up: a connection of names alone is still one.
    return [` from (${page}) ${this.#rows.alias}`, ...this.#rows.written, "having true"].join(" ");
  }

  #beyond(): readonly string[] {
    const { terms } = this.#order;
    if (givenCursor(this.#listing.picked) === undefined) return [];
    const values = terms.map((term, index) =>
      this.#build.parameter((run) => run.cursors(this.#list)[index] ?? null, term.type),
    );
    return [beyondSql(terms, values, this.#backward)];
  }
}
