/** The value of one field on one row as one caller sees it, and how two such values compare. */
import { fieldOf, type Money, type Seen, type Sight } from "./naive-sight.ts";
import { rowsOf, type Cell, type PlainRow } from "./world.ts";

export function globalId(tag: number, id: string): string {
  return Buffer.from(tag.toString(16).padStart(4, "0") + id.replaceAll("-", ""), "hex").toString("base64url");
}

export function readGlobalId(text: unknown): { readonly tag: number; readonly id: string } | undefined {
  if (typeof text !== "string" || !/^[\w-]{24}$/.test(text)) return undefined;
  const hex = Buffer.from(text, "base64url").toString("hex");
  const parts = [hex.slice(4, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 24), hex.slice(24)];
  return { tag: Number.parseInt(hex.slice(0, 4), 16), id: parts.join("-") };
}

export const idOf = (sight: Sight, subject: string, row: PlainRow): string =>
  globalId(sight.subject(subject).tag, String(row["id"]));

export const instant = (text: string): string => new Date(text).toISOString();

/** A field that holds one value; null where the caller does not see it. */
export function seen(sight: Sight, at: { readonly subject: string; readonly field: string }, row: PlainRow): Seen {
  if (!sight.shows(at.subject, at.field, row)) return null;
  const { source } = fieldOf(sight, at.subject, at.field);
  switch (source.kind) {
    case "id":
      return idOf(sight, at.subject, row);
    case "column": {
      const cell = row[source.column] ?? null;
      return source.scalar === "DateTime" && typeof cell === "string" ? instant(cell) : cell;
    }
    case "enum":
      return row[source.column] ?? null;
    case "money":
      return money(row[source.minor], row[source.currency]);
    case "amount": {
      if (source.when !== undefined && row[source.when] === false) return null;
      const rate = money(row[`${source.rate}_minor`], row[`${source.rate}_currency`]);
      return rate === null ? null : perHour(Number(row[source.seconds]), rate);
    }
    case "isOneOf": {
      const cell = row[source.column] ?? null;
      return cell === null ? null : source.values.includes(String(cell));
    }
    case "sum":
      return sum(sight, at, row);
    case "one":
    case "many":
    case "connection":
    case "totals":
      throw new Error(`${at.subject}.${at.field} does not hold one value`);
    default:
      return source satisfies never;
  }
}

function money(minor: Cell | undefined, currency: Cell | undefined): Money | null {
  return typeof minor === "number" ? { minor, currency: String(currency) } : null;
}

/** seconds × rate ÷ 3600, rounded half away from zero, exactly. */
export function perHour(seconds: number, rate: Money): Money {
  const product = BigInt(seconds) * BigInt(rate.minor);
  const size = product < 0n ? -product : product;
  const rounded = (size * 2n + 3600n) / 7200n;
  return { minor: Number(product < 0n ? -rounded : rounded), currency: rate.currency };
}

function sum(sight: Sight, at: { readonly subject: string; readonly field: string }, row: PlainRow): Seen {
  const { source } = fieldOf(sight, at.subject, at.field);
  if (source.kind !== "sum") throw new Error(`${at.field} is no sum`);
  const [account] = rowsOf(sight.world, "account", sight.asker.account);
  const currency = String(row[source.currency] ?? account?.["currency"]);
  const amounts = sight
    .rows(source.type)
    .filter((other) => other[source.column] === row["id"] && says(sight, { ...at, type: source.type }, other))
    .map((other) => seen(sight, { subject: source.type, field: source.field }, other));
  const minor = amounts.reduce<number>(
    (total, amount) => total + (isMoney(amount) && amount.currency === currency ? amount.minor : 0),
    0,
  );
  return { minor, currency };
}

export const isMoney = (value: Seen | undefined): value is Money => typeof value === "object" && value !== null;

/** The row that a field points at, where the caller sees both the field and that row. */
export function related(
  sight: Sight,
  at: { readonly subject: string; readonly field: string },
  row: PlainRow,
): PlainRow | undefined {
  const { source } = fieldOf(sight, at.subject, at.field);
  if (source.kind !== "one" || !sight.shows(at.subject, at.field, row)) return undefined;
  return sight.row(source.type, row[source.column] ?? null);
}

/** The rows that a field points at: those that the caller sees; undefined where the field itself is not shown. */
export function relatives(
  sight: Sight,
  at: { readonly subject: string; readonly field: string },
  row: PlainRow,
): readonly PlainRow[] | undefined {
  const { source } = fieldOf(sight, at.subject, at.field);
  if (!sight.shows(at.subject, at.field, row)) return undefined;
  if (source.kind !== "connection" && source.kind !== "totals" && source.kind !== "many") {
    throw new Error(`${at.subject}.${at.field} does not hold rows`);
  }
  const others = sight.rows(source.type).filter((other) => says(sight, { ...at, type: source.type }, other));
  if (source.kind !== "many") return others.filter((other) => other[source.column] === row["id"]);
  const { table, from, to, flag } = source.through;
  const joins = rowsOf(sight.world, table, sight.asker.account).filter(
    (join) => join[from] === row["id"] && (flag === undefined || join[flag] === true),
  );
  return others.filter((other) => joins.some((join) => join[to] === other["id"]));
}

interface List {
  readonly subject: string;
  readonly field: string;
  /** Of the rows in it. */
  readonly type: string;
}

/** Whether the fields of another row that a list is made from show on it: else it does not say that it belongs here. */
function says(sight: Sight, { subject, field, type }: List, other: PlainRow): boolean {
  return fieldOf(sight, subject, field)
    .madeFrom.map((source) => source.split("."))
    .every(([from, name]) => from !== type || sight.shows(type, name ?? "", other));
}

/** Text by code point, as bytes of UTF-8 compare; false before true; money by minor units, then currency. */
export function compare(one: Seen, other: Seen): number {
  if (isMoney(one) && isMoney(other)) {
    return one.minor - other.minor || compare(one.currency, other.currency);
  }
  if (typeof one === "string" && typeof other === "string") return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return Number(one) - Number(other);
}
