/** Values for hidden cells: such as are found in the account, and such as are not. */
import type { Column, Table } from "../storage/table.ts";
import type { Cells } from "./change.ts";
import type { Random } from "./random.ts";
import type { TableRows } from "./sight.ts";

/** Text that breaks quoting, folding and sorting. */
export const WORDS: readonly string[] = [
  "",
  "a",
  "A",
  "Ä",
  "z",
  "Zoë",
  "Straße",
  "100%",
  "under_score",
  "back\\slash",
  "O'Brien",
  'say "yes"',
  "\u{1F4A9}",
  "\uffee",
  "null",
  "$1",
  "two\nlines",
  "secret",
  "never told",
];
export const ZONES: readonly string[] = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"];
export const CURRENCIES: readonly string[] = ["EUR", "USD", "GBP", "CHF"];
const DATES: readonly string[] = ["2024-02-29", "2025-12-31", "2026-01-01", "2026-03-23", "2026-03-29"];
const INSTANTS: readonly string[] = [
  "2025-12-31 23:30:00+00",
  "2026-03-24 08:00:00+00",
  "2026-03-29 00:30:00.12+00",
  "2026-03-29 01:00:00+00",
];

export interface Place {
  readonly table: Table;
  readonly rows: TableRows;
  readonly random: Random;
}

/** Columns that are whole only together: the two of a sum of money, and each other one by itself. */
export function unitsOf({ columns }: Table): readonly (readonly string[])[] {
  return Object.keys(columns).flatMap((column): readonly (readonly string[])[] => {
    if (column === "id" || column === "account_id" || column.endsWith("_currency")) return [];
    const currency = column.replace(/_minor$/, "_currency");
    return [currency !== column && currency in columns ? [column, currency] : [column]];
  });
}

/** Other cells than the row has, or undefined where none were found. Whether the database takes them is its affair. */
export function otherCells(place: Place, unit: readonly string[], row: Cells): Cells | undefined {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const cells = drawUnit(place, unit);
    if (unit.some((column) => cells[column] !== row[column])) return cells;
  }
  return undefined;
}

function drawUnit(place: Place, unit: readonly string[]): Cells {
  const { random, table } = place;
  const [first = ""] = unit;
  if (table.columns[first]?.nullable === true && random.chance(0.2)) {
    return Object.fromEntries(unit.map((column) => [column, null]));
  }
  return Object.fromEntries(unit.map((column) => [column, draw(place, column)]));
}

function draw({ table, rows, random }: Place, name: string): string {
  const column = table.columns[name];
  if (column === undefined) throw new Error(`${table.name} has no ${name}`);
  if (column.references !== undefined) return idIn(rows, column.references, random);
  if (column.oneOf !== undefined) return random.pick(column.oneOf);
  if (name === "external_id") return `hidden-${random.below(1e9)}`;
  const found = random.chance(0.5) ? random.pick(rows.get(table.name) ?? [{}])[name] : undefined;
  if (typeof found === "string") return found;
  return fresh(column, name, random);
}

function fresh({ type }: Column, name: string, random: Random): string {
  switch (type) {
    case "boolean":
      return random.pick(["true", "false"]);
    case "date":
      return random.pick(DATES);
    case "timestamp with time zone":
      return random.pick(INSTANTS);
    case "integer":
      return String(random.pick([0, 1, 60, 900, 3600, 5400, random.below(40_000)]));
    case "bigint":
      return String(random.pick([0, 1, 100, 12_345, random.below(20_000_000)]));
    case "double precision":
      return String(random.pick([0, 0.1, 20, 38.5, 40]));
    case "uuid":
      return freshId(random);
    case "text":
      if (name.endsWith("timezone")) return random.pick(ZONES);
      return name.endsWith("currency") ? random.pick(CURRENCIES) : `${random.pick(WORDS)}${random.below(100)}`;
    default:
      return type satisfies never;
  }
}

const idIn = (rows: TableRows, table: string, random: Random): string => {
  const found = rows.get(table) ?? [];
  return found.length === 0 ? freshId(random) : (random.pick(found)["id"] ?? freshId(random));
};

/** Of the form of those that the application makes. Its time is drawn too: rows are ordered by their ids in the end. */
export function freshId(random: Random): string {
  const hex = (count: number): string => Array.from({ length: count }, () => random.below(16).toString(16)).join("");
  return `019${random.pick(["0", "5", "d", "f"])}${hex(4)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
}
