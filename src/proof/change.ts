/** A change of what a caller may not see: a few steps that are made together, in the second world alone. */
import type { Reader } from "../storage/database.ts";
import type { Table } from "../storage/table.ts";
import { quoted } from "./copy.ts";

/** By column, in PostgreSQL's text form. */
export type Cells = Readonly<Record<string, string | null>>;

export type Step =
  | { readonly kind: "update"; readonly table: string; readonly key: Cells; readonly cells: Cells }
  | { readonly kind: "delete"; readonly table: string; readonly key: Cells }
  | { readonly kind: "insert"; readonly table: string; readonly cells: Cells }
  /** Everything of the account once more, under the id of another account. */
  | { readonly kind: "account"; readonly from: string; readonly to: string };

export interface Change {
  /** Why the caller may not see it. */
  readonly because:
    "the row is invisible" | "the cell is closed" | "what it points at is invisible" | "another account";
  readonly steps: readonly [Step, ...Step[]];
}

/** Tells what was changed and where; never from what to what, as that may be somebody's salary. */
export function describeChange({ because, steps }: Change): string {
  const [first] = steps;
  const more = steps.length > 1 ? `, with ${steps.length - 1} rows that belong to it` : "";
  return `${describeStep(first)}${more} (${because})`;
}

function describeStep(step: Step): string {
  switch (step.kind) {
    case "update":
      return `${step.table}.${Object.keys(step.cells).join(" and ")} changed in the row ${nameOf(step.key)}`;
    case "delete":
      return `${step.table}: the row ${nameOf(step.key)} deleted`;
    case "insert":
      return `${step.table}: the row ${nameOf(step.cells)} inserted`;
    case "account":
      return `all rows written once more for the account ${step.to}`;
    default:
      return step satisfies never;
  }
}

/** Its id; of a row that only joins, all that it joins. */
const nameOf = (cells: Cells): string =>
  cells["id"] ??
  Object.entries(cells)
    .flatMap(([column, value]) => (column === "account_id" ? [] : [value]))
    .join(" ");

/** Throws what the database says to it, where one of its constraints forbids it. */
export async function applyStep(reader: Reader, step: Step, tables: readonly Table[]): Promise<void> {
  switch (step.kind) {
    case "update":
      return update(reader, step, tables);
    case "delete":
      return remove(reader, step, tables);
    case "insert":
      return insert(reader, step, tables);
    case "account":
      return doubleAccount(reader, step, tables);
    default:
      return step satisfies never;
  }
}

/** Parameters of these columns' types, from the number `from` on. */
function typed(
  tables: readonly Table[],
  { table, columns, from = 1 }: { readonly table: string; readonly columns: readonly string[]; readonly from?: number },
): readonly string[] {
  return columns.map((column, at) => `$${at + from}::${columnType(tables, table, column)}`);
}

function columnType(tables: readonly Table[], table: string, column: string): string {
  const found = tables.find(({ name }) => name === table)?.columns[column];
  if (found === undefined) throw new Error(`${table} has no ${column}`);
  return found.type;
}

async function update(reader: Reader, step: Step & { kind: "update" }, tables: readonly Table[]): Promise<void> {
  const [columns, keys] = [Object.keys(step.cells), Object.keys(step.key)];
  const sets = typed(tables, { table: step.table, columns }).map(
    (value, at) => `${quoted(columns[at] ?? "")} = ${value}`,
  );
  const where = matches(tables, step, columns.length + 1);
  const text = `update ${quoted(step.table)} set ${sets.join(", ")} where ${where}`;
  const values = [...Object.values(step.cells), ...keys.map((key) => step.key[key] ?? null)];
  await reader.run({ name: "", text }, values);
}

function matches(
  tables: readonly Table[],
  { table, key }: { readonly table: string; readonly key: Cells },
  from: number,
): string {
  const columns = Object.keys(key);
  const values = typed(tables, { table, columns, from });
  return columns.map((column, at) => `${quoted(column)} = ${values[at] ?? ""}`).join(" and ");
}

async function remove(reader: Reader, step: Step & { kind: "delete" }, tables: readonly Table[]): Promise<void> {
  const text = `delete from ${quoted(step.table)} where ${matches(tables, step, 1)}`;
  await reader.run({ name: "", text }, Object.values(step.key));
}

async function insert(reader: Reader, step: Step & { kind: "insert" }, tables: readonly Table[]): Promise<void> {
  const columns = Object.keys(step.cells);
  const names = columns.map(quoted).join(", ");
  const text = `insert into ${quoted(step.table)} (${names}) values (${typed(tables, { table: step.table, columns }).join(", ")})`;
  await reader.run({ name: "", text }, Object.values(step.cells));
}

/** The same ids in another account: whoever joins by the id alone finds each row twice. */
async function doubleAccount(
  reader: Reader,
  { from, to }: Step & { kind: "account" },
  tables: readonly Table[],
): Promise<void> {
  for (const { name, columns } of tables) {
    const isRoot = name === "account";
    const names = Object.keys(columns).filter((column) => !isRoot || column !== "account_id");
    const values = names.map((column) => {
      if (column === (isRoot ? "id" : "account_id")) return "$2::uuid";
      return isRoot && column === "slug" ? "'proof-' || substr(md5($2::text), 1, 12)" : quoted(column);
    });
    const text = `insert into ${quoted(name)} (${names.map(quoted).join(", ")})
      select ${values.join(", ")} from ${quoted(name)} where account_id = $1::uuid`;
    await reader.run({ name: "", text }, [from, to]);
  }
}
