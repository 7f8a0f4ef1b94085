/**
 * The statements of the door, made from the declarations of tables. Names come from declarations alone; whatever comes
 * from a request is a parameter.
 */
import type { Rows } from "../permission/condition.ts";
import type { Statement, Value } from "../storage/database.ts";
import { digest } from "../storage/digest.ts";
import type { Column, Table } from "../storage/table.ts";
import { ACCOUNT } from "./build.ts";
import { conditionSql } from "./where.ts";

/** The moment of writing, by the database's clock. */
export const NOW: unique symbol = Symbol("now");
export type Cell = Value | typeof NOW;
export type Cells = Readonly<Record<string, Cell>>;

export interface Match {
  readonly column: string;
  /** `among` takes a list. */
  readonly is: "=" | "<=" | ">=" | "<>" | "among";
  readonly value: Value;
}
export type Lock = "share" | "update";

export interface Call {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

/** Who asks, for the two parameters that every statement begins with. */
export interface Who {
  readonly account: string;
  readonly member: string;
}

/** Both first parameters are named, or PostgreSQL could not tell their types. */
const ASKED = "$2::uuid is not null";

class Parameters {
  readonly values: Value[];

  constructor({ account, member }: Who) {
    this.values = [account, member];
  }

  /** The cell as an expression of its column's type. */
  put(table: Table, column: string, cell: Cell): string {
    if (cell === NOW) return "clock_timestamp()";
    return `$${String(this.values.push(cell))}::${columnOf(table, column).type}`;
  }

  match(table: Table, { column, is, value }: Match): string {
    const { type } = columnOf(table, column);
    const place = `$${String(this.values.push(value))}::${type}`;
    return is === "among" ? `r.${column} = any(${place}[])` : `r.${column} ${is} ${place}`;
  }
}

export const named = (text: string): Statement => ({ name: digest(text).slice(0, 32), text });

/** Without a name: its columns vary with the request, and a connection keeps every named statement for its life. */
const unnamed = (text: string): Statement => ({ name: "", text });

/** A column that the table does not declare is a slip of ours, and must not become SQL. */
function columnOf(table: Table, name: string): Column {
  const column = table.columns[name];
  if (column === undefined) throw new Error(`${table.name} declares no ${name}`);
  return column;
}

/** A column as text, with instants as the API writes them. */
export function columnText(table: Table, alias: string, name: string): string {
  const column = `${alias}.${name}`;
  if (columnOf(table, name).type !== "timestamp with time zone") return `${column}::text`;
  return instantText(column);
}

export const instantText = (sql: string): string =>
  `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

function rowsSql(rows: Rows, column: (name: string) => string): string {
  if (rows.kind === "some") return `coalesce(${conditionSql(rows.where, column)}, false)`;
  return String(rows.kind === "all");
}

const own = (id: string): string => `r.account_id = ${ACCOUNT} and ${ASKED} and r.id = ${id}`;

/** One row, if it meets all of these as it will be. */
export function insertCall(table: Table, cells: Cells, as: Who & { readonly demands: readonly Rows[] }): Call {
  const parameters = new Parameters(as);
  const names = Object.keys(cells);
  const row = rowSql(table, cells, parameters);
  const where = [ASKED, ...as.demands.map((rows) => rowsSql(rows, inRow(table, cells)))].join(" and ");
  const list = names.join(", ");
  const text = `insert into ${table.name} as r (account_id, ${list}) select ${ACCOUNT}, ${list} from (${row}) n where ${where} returning r.id::text`;
  return { statement: named(text), values: parameters.values };
}

/** Whether the row that was not inserted would have met each of them. */
export function judgeInsertCall(table: Table, cells: Cells, as: Who & { readonly demands: readonly Rows[] }): Call {
  const parameters = new Parameters(as);
  const row = rowSql(table, cells, parameters);
  const met = as.demands.map((rows) => `(${rowsSql(rows, inRow(table, cells))})::text`).join(", ");
  const text = `select ${met} from (${row}) n where ${ACCOUNT} is not null and ${ASKED}`;
  return { statement: unnamed(text), values: parameters.values };
}

const rowSql = (table: Table, cells: Cells, parameters: Parameters): string =>
  `select ${Object.entries(cells)
    .map(([name, cell]) => `${parameters.put(table, name, cell)} as ${name}`)
    .join(", ")}`;

/** What is not given is null, and a rule about it does not hold. */
const inRow =
  (table: Table, cells: Cells) =>
  (name: string): string =>
    name in cells ? `n.${name}` : `null::${columnOf(table, name).type}`;

interface Change extends Who {
  readonly id: string;
  readonly demands: readonly Rows[];
}

/** One row, if it meets all of these as it is and as it will be. */
export function updateCall(table: Table, cells: Cells, change: Change): Call {
  const { parameters, places, id } = prepared(table, cells, change);
  const touched = "updated_at" in table.columns ? { ...places, updated_at: "clock_timestamp()" } : places;
  const set = Object.entries(touched).map(([name, place]) => `${name} = ${place}`);
  const where = [own(id), ...change.demands.map((rows) => bothSql(rows, places))].join(" and ");
  const text = `update ${table.name} as r set ${set.join(", ")} where ${where} returning r.id::text`;
  return { statement: unnamed(text), values: parameters.values };
}

/** Whether the row that was not updated met each of them, before and after. */
export function judgeUpdateCall(table: Table, cells: Cells, change: Change): Call {
  const { parameters, places, id } = prepared(table, cells, change);
  const met = change.demands.map((rows) => `(${bothSql(rows, places)})::text`).join(", ");
  // Parameters that no rule looks at still have to have a type.
  const typed = Object.values(places).map((place) => `(${place}) is null or true`);
  const where = [own(id), ...typed.map((sql) => `(${sql})`)].join(" and ");
  return { statement: unnamed(`select ${met} from ${table.name} r where ${where}`), values: parameters.values };
}

function prepared(table: Table, cells: Cells, change: Change) {
  const parameters = new Parameters(change);
  const id = `$${String(parameters.values.push(change.id))}::uuid`;
  const places = Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [name, parameters.put(table, name, cell)]),
  );
  return { parameters, places, id };
}

function bothSql(rows: Rows, places: Readonly<Record<string, string>>): string {
  const before = rowsSql(rows, (name) => `r.${name}`);
  const after = rowsSql(rows, (name) => places[name] ?? `r.${name}`);
  return before === after ? before : `${before} and ${after}`;
}

export function removeCall(table: Table, { id, demands, ...who }: Change): Call {
  const where = [own("$3::uuid"), ...demands.map((rows) => rowsSql(rows, (name) => `r.${name}`))].join(" and ");
  const text = `delete from ${table.name} as r where ${where} returning r.id::text`;
  return { statement: named(text), values: [who.account, who.member, id] };
}

/** Rows of the account, whoever may see them. */
export function factsCall(
  table: Table,
  of: { readonly columns: readonly string[]; readonly where: readonly Match[]; readonly lock?: Lock },
  who: Who,
): Call {
  const parameters = new Parameters(who);
  const columns = of.columns.map((name) => columnText(table, "r", name)).join(", ");
  const where = [`r.account_id = ${ACCOUNT}`, ASKED, ...of.where.map((match) => parameters.match(table, match))];
  const lock = of.lock === undefined ? "" : ` order by r.id for ${of.lock}`;
  const text = `select ${columns} from ${table.name} r where ${where.join(" and ")}${lock}`;
  return { statement: named(text), values: parameters.values };
}

export function followCall(table: Table, cells: Cells, of: Who & { readonly where: readonly Match[] }): Call {
  const parameters = new Parameters(of);
  const set = Object.entries(cells).map(([name, cell]) => `${name} = ${parameters.put(table, name, cell)}`);
  if ("updated_at" in table.columns) set.push("updated_at = clock_timestamp()");
  const where = [`r.account_id = ${ACCOUNT}`, ASKED, ...of.where.map((match) => parameters.match(table, match))];
  const text = `update ${table.name} as r set ${set.join(", ")} where ${where.join(" and ")} returning r.id::text`;
  return { statement: named(text), values: parameters.values };
}

export function ensureCall(table: Table, cells: Cells, who: Who): Call {
  const parameters = new Parameters(who);
  const row = rowSql(table, cells, parameters);
  const list = Object.keys(cells).join(", ");
  const text = `insert into ${table.name} (account_id, ${list}) select ${ACCOUNT}, ${list} from (${row}) n where ${ASKED} on conflict do nothing returning id::text`;
  return { statement: named(text), values: parameters.values };
}

export interface Join {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

/** Makes what a row is joined to exactly these. */
export function linkCall(
  { table, from, to }: Join,
  link: Who & { readonly id: string; readonly ids: readonly string[] },
): Call {
  const text = `with gone as (
    delete from ${table} where account_id = ${ACCOUNT} and ${ASKED} and ${from} = $3::uuid and not ${to} = any($4::uuid[])
  ) insert into ${table} (account_id, ${from}, ${to})
    select ${ACCOUNT}, $3::uuid, other from unnest($4::uuid[]) other on conflict do nothing`;
  return { statement: named(text), values: [link.account, link.member, link.id, link.ids] };
}
