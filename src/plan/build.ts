/**
 * What is gathered while one operation becomes one statement: aliases, parameters, and the lists whose cursors have to be
 * made and read. Parameters are read from each request when the plan runs; nothing of a request is ever part of the text.
 */
import type { PermissionSet } from "../permission/compile.ts";
import type { Coordinate } from "../permission/coordinate.ts";
import type { Subject } from "../permission/declare.ts";
import type { Read, Variables } from "../permission/input.ts";
import { problem } from "../problem.ts";
import type { Value } from "../storage/database.ts";
import type { Report } from "./report.ts";

/** One run of a plan: who asks and with what. `cursor` reads an opened cursor of one of the plan's lists. */
export interface Run {
  readonly account: string;
  readonly member: string;
  readonly variables: Variables;
  readonly cursors: (list: number) => readonly (string | null)[];
}

/** What can be asked for at all, the same for everybody. */
export interface Model {
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly report: Report;
}

export type Parameter = (run: Run) => Value;

/** A list of the plan, as its cursors know it. */
export interface CursorList {
  /** Which list, in which order: a cursor of any other is refused. */
  readonly name: string;
  /** The filter as asked in this run. */
  readonly filter: Read;
  /** The cursor that was given, if any. */
  readonly given: Read | undefined;
  /** How many values a cursor of it holds. */
  readonly width: number;
}

/** A field that shows on some rows only, and where in the answer it was first asked for. */
export interface Cell {
  readonly coordinate: Coordinate;
  readonly path: string;
}

export const ACCOUNT = "$1::uuid";
export const MEMBER = "$2::uuid";

/** Of tables in a statement, and of parameters, of which the database takes 65,535. A variable may be used many times over. */
const MOST_PARTS = 20_000;

function demandSize(parts: number): void {
  if (parts <= MOST_PARTS) return;
  throw problem("OPERATION_TOO_LARGE", { extensions: { limit: "parts", most: MOST_PARTS } });
}

/** Lists within lists that one condition may look through: each multiplies what the database has to look at. */
const MOST_QUANTIFIERS = 3;

export class Build {
  readonly set: PermissionSet;
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly report: Report;
  readonly parameters: Parameter[] = [(run) => run.account, (run) => run.member];
  readonly lists: CursorList[] = [];
  /** Fields that show on some rows only, as far as this operation shows them. */
  readonly cells: Cell[] = [];
  /** Types of which the caller sees some rows only, as far as this operation reads them. */
  readonly filtered = new Set<string>();
  #aliases = 0;
  #quantifiers = 0;

  constructor(set: PermissionSet, model: Model) {
    this.set = set;
    this.subjects = model.subjects;
    this.report = model.report;
  }

  alias(): string {
    this.#aliases += 1;
    demandSize(this.#aliases);
    return `t${String(this.#aliases)}`;
  }

  /** A placeholder with its type, for a value that is read when the plan runs. */
  parameter(read: Parameter, type: string): string {
    demandSize(this.parameters.push(read));
    return `$${String(this.parameters.length)}::${type}`;
  }

  /** Makes the SQL of a condition on the rows of a list. Throws OPERATION_TOO_LARGE when too many are inside each other. */
  quantified(make: () => string): string {
    this.#quantifiers += 1;
    if (this.#quantifiers > MOST_QUANTIFIERS) {
      throw problem("OPERATION_TOO_LARGE", { extensions: { limit: "quantifiers", most: MOST_QUANTIFIERS } });
    }
    const sql = make();
    this.#quantifiers -= 1;
    return sql;
  }

  list(list: CursorList): number {
    return this.lists.push(list) - 1;
  }

  /** The place of a field among those that show on some rows only. */
  cell(cell: Cell): number {
    const known = this.cells.findIndex(({ coordinate }) => coordinate === cell.coordinate);
    return known < 0 ? this.cells.push(cell) - 1 : known;
  }

  subject(name: string): Subject {
    const subject = this.subjects.get(name);
    if (subject === undefined) throw new Error(`${name} is not a subject.`);
    return subject;
  }
}

/** Rows of one table under one alias. Remembers which columns were used, so that no other is ever selected. */
export class Source {
  readonly alias: string;
  readonly subject: Subject;
  readonly used = new Set<string>();
  /** To-one joins that hang on these rows, by what they join; shared by all who ask for the same. */
  readonly joins = new Map<string, { readonly source: Source; readonly sql: string }>();
  /** Where joins are written down: a joined source writes into the list of the rows that it hangs on. */
  readonly written: string[];

  constructor(alias: string, subject: Subject, written: string[] = []) {
    this.alias = alias;
    this.subject = subject;
    this.written = written;
  }

  column(name: string): string {
    const column = this.subject.table.columns[name];
    if (column === undefined) throw new Error(`${this.subject.table.name} has no ${name}.`);
    this.used.add(name);
    return column.now?.(this.alias) ?? `${this.alias}.${name}`;
  }
}
