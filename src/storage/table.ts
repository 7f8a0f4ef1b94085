/**
 * How a table is declared: its columns, what they point at, and which of them a person could be hurt by.
 * Migrations are written by hand; a test compares these declarations with the database that they leave.
 */

export type ColumnType =
  "uuid" | "text" | "integer" | "bigint" | "double precision" | "boolean" | "date" | "timestamp with time zone";

export interface Column {
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** The table whose (account_id, id) this column points at, within the same account. */
  readonly references?: string;
  /** The closed list of values, for text columns that hold an enum. */
  readonly oneOf?: readonly string[];
  /** Free text or a direct identifier: encrypted at rest once sealing is in place; never ordered, grouped or searched. */
  readonly sealed?: true;
  /** What it is when it is read, where that is not only what was written: SQL over the row with this alias. */
  readonly now?: (row: string) => string;
}

/** A table of an account. Every such table has `account_id`; those with an `id` have (account_id, id) as key. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
}

type Options = Omit<Column, "type" | "nullable" | "references">;

const column =
  (type: ColumnType) =>
  (options: Options = {}): Column => ({ type, nullable: false, ...options });

export const uuid = column("uuid");
export const text = column("text");
export const integer = column("integer");
export const bigint = column("bigint");
export const double = column("double precision");
export const boolean = column("boolean");
export const date = column("date");
export const instant = column("timestamp with time zone");

export const optional = (of: Column): Column => ({ ...of, nullable: true });
export const reference = (table: string): Column => ({ type: "uuid", nullable: false, references: table });
export const sealed = (): Column => ({ type: "text", nullable: true, sealed: true });

/** The two columns of a sum of money: minor units and an ISO 4217 code. Both are null or neither is. */
export function money<Name extends string>(name: Name): Record<`${Name}_minor` | `${Name}_currency`, Column> {
  const columns = { [`${name}_minor`]: optional(bigint()), [`${name}_currency`]: optional(text()) };
  return columns as Record<`${Name}_minor` | `${Name}_currency`, Column>; // the literal names are lost by computed keys
}

/** A table of an account with an id of its own. */
export function table(name: string, columns: Readonly<Record<string, Column>>): Table {
  return { name, columns: { account_id: uuid(), id: uuid(), ...columns } };
}

/** A table that only joins two others; its key is (account_id, and all references). */
export function joinTable(name: string, columns: Readonly<Record<string, Column>>): Table {
  return { name, columns: { account_id: uuid(), ...columns } };
}
