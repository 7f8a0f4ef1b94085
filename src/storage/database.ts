/** What the rooms above know of a database: one statement in one snapshot, or one transaction. */

export type Value = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** Named, so that the database plans it once a connection. The name stands for the text: never one name for two texts. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Columns in the order of the select list, each in PostgreSQL's own text form. */
export type Row = readonly (string | null)[];

export interface Reader {
  run(statement: Statement, values: readonly Value[]): Promise<readonly Row[]>;
}

export interface Database extends Reader {
  readonly kind: "postgresql" | "pglite";
  /** Runs one statement outside any transaction: one statement is one snapshot. */
  run(statement: Statement, values: readonly Value[]): Promise<readonly Row[]>;
  /** Runs the work in one read-committed transaction on one connection; what it throws undoes all that it wrote. */
  write<T>(work: (transaction: Reader) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
