/** Totals over exactly the rows that the same caller would find in the list: the same rule, the same filter, the same masks. */
import type { Picked } from "../permission/check.ts";
import { Source, type Build } from "./build.ts";
import { amountOf, fieldOf, valueOf } from "./expression.ts";
import { concatenate, moneyPiece, objectOf, type Piece } from "./json.ts";
import type { Measure } from "./report.ts";
import { maskOf, visible } from "./where.ts";

/** Seconds of a row as they are counted; a report may round them. */
export type Rounding = (seconds: string) => string;

const exact: Rounding = (seconds) => seconds;

export interface Counted {
  readonly rows: Source;
  readonly picks: readonly Picked[];
  readonly rounding: Rounding;
}

/** The columns of one counted row, for the measures that were picked: s, and for each other measure m its own. */
export function measureColumns(build: Build, counted: Counted): readonly string[] {
  const seconds = secondsOf(build, counted);
  return measures(build, counted.picks).flatMap(({ picked, measure, index }) => {
    const name = `m${String(index)}`;
    if (measure.kind === "count") return [`1 as ${name}`];
    if (measure.kind === "seconds") return [`${secondsWhere(build, counted, { measure, seconds })} as ${name}`];
    const amount = moneyOf(build, counted, { field: measure.field, seconds });
    return picked.denied ? [] : [`${amount.minor} as ${name}`, `${amount.currency} as c${String(index)}`];
  });
}

function secondsOf(build: Build, counted: Counted): string {
  const value = valueOf(build, counted.rows, build.report.seconds);
  if (value.kind !== "scalar") throw new Error("Seconds are a number.");
  return counted.rounding(value.sql);
}

function secondsWhere(
  build: Build,
  counted: Counted,
  of: { readonly measure: Extract<Measure, { kind: "seconds" }>; readonly seconds: string },
): string {
  if (of.measure.when === undefined) return of.seconds;
  const flag = valueOf(build, counted.rows, of.measure.when);
  return flag.kind === "scalar" ? `case when ${flag.sql} then ${of.seconds} else 0 end` : "0";
}

function moneyOf(
  build: Build,
  counted: Counted,
  of: { readonly field: string; readonly seconds: string },
): { readonly minor: string; readonly currency: string } {
  const amount = amountOf(counted.rows, fieldOf(counted.rows, of.field), of.seconds);
  if (amount.kind !== "money") throw new Error(`${of.field} is not an amount.`);
  const mask = maskOf(build, counted.rows, of.field);
  const seen = (sql: string): string => (mask === undefined ? sql : `case when ${mask} then ${sql} end`);
  return { minor: seen(amount.minor), currency: seen(amount.currency) };
}

interface Picks {
  readonly picked: Picked;
  readonly measure: Measure;
  readonly index: number;
}

/** Measures that were picked and not denied, each with its place. */
function measures(build: Build, picks: readonly Picked[]): readonly Picks[] {
  return picks.flatMap((picked, index) => {
    const measure = build.report.measures[picked.field];
    return picked.denied || measure === undefined ? [] : [{ picked, measure, index }];
  });
}

export interface Folding {
  readonly from: string;
  /** Columns of it that are kept apart. */
  readonly keys: readonly string[];
  /** What is made of the keys once few rows are left: the names of rows are looked up for sums, not for all that is summed. */
  readonly late?: Late;
}

export interface Late {
  /** The alias of the sums by key and currency, on which the joins hang. */
  readonly alias: string;
  readonly joins: readonly string[];
  readonly columns: readonly string[];
  /** Names of the columns. */
  readonly keys: readonly string[];
}

/**
 * Adds up `from` by the keys: first by key and currency, which are few, then by what is made of the keys. Gives one row for
 * each (one row at all without keys) with a column m for each measure, and for money two arrays, of currencies and of sums.
 */
export function foldSql(build: Build, picks: readonly Picked[], of: Folding): string {
  const { alias, joins, columns, keys } = of.late ?? { alias: "g", joins: [], columns: of.keys, keys: of.keys };
  const picked = measures(build, picks);
  const currencies = picked.filter(({ measure }) => measure.kind === "money").map(({ index }) => `c${String(index)}`);
  const inner = [
    ...of.keys,
    ...currencies,
    ...picked.map(({ index }) => `sum(m${String(index)}) as m${String(index)}`),
  ];
  const by = [...of.keys, ...currencies];
  const grouped = `select ${inner.length === 0 ? "1" : inner.join(", ")} from (${of.from}) e${by.length === 0 ? "" : ` group by ${by.join(", ")}`}`;
  const outer = picked.flatMap(({ measure, index }) => {
    const name = String(index);
    return measure.kind === "money"
      ? [`array_agg(${alias}.c${name}) as c${name}`, `array_agg(${alias}.m${name}) as m${name}`]
      : [`coalesce(sum(${alias}.m${name}), 0) as m${name}`];
  });
  const selected = [...columns, ...outer];
  const tables = [`(${grouped}) ${alias}`, ...joins].join(" ");
  // Where nothing is added up there is still one row of totals, and not one for each row that was counted.
  return `select ${selected.length === 0 ? "count(*)" : selected.join(", ")} from ${tables}${keys.length === 0 ? "" : ` group by ${keys.join(", ")}`}`;
}

/** One TimeTotals of a folded row: `shown` of the measures that were folded. */
export function totalsPieces(
  build: Build,
  of: { readonly folded: readonly Picked[]; readonly shown: readonly Picked[] },
  alias: string,
): readonly Piece[] {
  const known = new Map(measures(build, of.folded).map((measure) => [measure.picked, measure]));
  return objectOf(
    of.shown.map((picked): readonly [string, readonly Piece[]] => {
      if (picked.field === "__typename") return [picked.key, [JSON.stringify(picked.type)]];
      const found = known.get(picked);
      if (found === undefined) return [picked.key, ["null"]];
      const column = `${alias}.m${String(found.index)}`;
      if (found.measure.kind !== "money") return [picked.key, [{ sql: `${column}::text` }]];
      return [
        picked.key,
        ["[", { sql: moneyList(build, { picked, column, currency: `${alias}.c${String(found.index)}` }) }, "]"],
      ];
    }),
  );
}

function moneyList(
  build: Build,
  of: { readonly picked: Picked; readonly column: string; readonly currency: string },
): string {
  const each = build.alias();
  const money = concatenate([moneyPiece(`${each}.m`, `${each}.c`, of.picked.picks.get("Money") ?? [])]);
  const sums = `select u.c, sum(u.m) as m from unnest(${of.currency}, ${of.column}) u(c, m) where u.c is not null group by u.c`;
  return `coalesce((select string_agg(${money}, ',' order by ${each}.c collate "C") from (${sums}) ${each}), '')`;
}

/** TimeTotals over the rows that hang on another, as one scalar query. */
export function totalsOf(
  build: Build,
  of: { readonly type: string; readonly picks: readonly Picked[]; readonly scope: (rows: Source) => string },
): string {
  const rows = new Source(build.alias(), build.subject(of.type));
  const where = [...visible(build, rows), of.scope(rows)].join(" and ");
  const columns = measureColumns(build, { rows, picks: of.picks, rounding: exact });
  const from = `select ${columns.length === 0 ? "1" : columns.join(", ")} from ${rows.subject.table.name} ${rows.alias} where ${where}`;
  const fold = build.alias();
  const text = concatenate(totalsPieces(build, { folded: of.picks, shown: of.picks }, fold));
  return `(select ${text} from (${foldSql(build, of.picks, { from, keys: [] })}) ${fold})`;
}
