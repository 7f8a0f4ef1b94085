/** The value of a field as SQL: masked, computed, and with the types that comparing and ordering need. */
import type { Field, ScalarName } from "../permission/declare.ts";
import { ACCOUNT, Source, type Build } from "./build.ts";
import { pointingSql } from "./link.ts";
import { maskOf, visible } from "./where.ts";

export type Expression =
  | {
      readonly kind: "scalar";
      readonly sql: string;
      readonly scalar: ScalarName | "ID" | "Enum";
      readonly nullable: boolean;
    }
  | { readonly kind: "money"; readonly minor: string; readonly currency: string };

/** PostgreSQL's name of a scalar's type. */
export const SQL_TYPE: Readonly<Record<ScalarName | "ID" | "Enum", string>> = {
  ID: "uuid",
  Enum: "text",
  String: "text",
  TimeZone: "text",
  Int: "int",
  SafeInt: "bigint",
  Float: "float8",
  Boolean: "boolean",
  Date: "date",
  DateTime: "timestamptz",
};

export function fieldOf(source: Source, name: string): Field {
  const field = source.subject.fields[name];
  if (field === undefined) throw new Error(`${source.subject.name} declares no ${name}.`);
  return field;
}

/** Null on rows where the mask does not hold. Throws for fields that are rows or lists of rows. */
export function valueOf(build: Build, source: Source, name: string): Expression {
  const bare = bareValue(build, source, fieldOf(source, name));
  const mask = maskOf(build, source, name);
  if (mask === undefined) return bare;
  const masked = (sql: string): string => `case when ${mask} then ${sql} end`;
  return bare.kind === "money"
    ? { kind: "money", minor: masked(bare.minor), currency: masked(bare.currency) }
    : { ...bare, sql: masked(bare.sql), nullable: true };
}

/** The value without its mask: only for where the mask is put around what is made of it. */
export function bareValue(build: Build, source: Source, field: Field): Expression {
  const from = field.source;
  const nullable = (column: string): boolean => source.subject.table.columns[column]?.nullable ?? true;
  switch (from.kind) {
    case "id":
      return { kind: "scalar", sql: source.column("id"), scalar: "ID", nullable: false };
    case "column":
      return { kind: "scalar", sql: source.column(from.column), scalar: from.scalar, nullable: nullable(from.column) };
    case "enum":
      return { kind: "scalar", sql: source.column(from.column), scalar: "Enum", nullable: nullable(from.column) };
    case "money":
      return { kind: "money", minor: source.column(from.minor), currency: source.column(from.currency) };
    case "amount":
      return amountOf(source, field, source.column(from.seconds));
    case "isOneOf": {
      const values = from.values.map((value) => `'${value}'`).join(", ");
      const sql = `${source.column(from.column)} in (${values})`;
      return { kind: "scalar", sql, scalar: "Boolean", nullable: nullable(from.column) };
    }
    case "sum":
      return sumOf(build, source, field);
    case "one":
    case "many":
    case "connection":
    case "totals":
      throw new Error(`A ${from.kind} has no value of its own.`);
    default:
      return from satisfies never;
  }
}

/** Rounded half away from zero, as `round` of a numeric is. Reports give seconds that they have rounded. */
export function amountOf(source: Source, field: Field, seconds: string): Expression {
  if (field.source.kind !== "amount") throw new Error("Only an amount is made from time and a rate.");
  const { rate, when } = field.source;
  const minor = `round(${seconds}::numeric * ${source.column(`${rate}_minor`)} / 3600)::bigint`;
  const currency = source.column(`${rate}_currency`);
  if (when === undefined) return { kind: "money", minor, currency };
  const only = (sql: string): string => `case when ${source.column(when)} then ${sql} end`;
  return { kind: "money", minor: only(minor), currency: only(currency) };
}

function sumOf(build: Build, source: Source, field: Field): Expression {
  if (field.source.kind !== "sum") throw new Error("Only a sum adds up other rows.");
  const of = field.source;
  const rows = new Source(build.alias(), build.subject(of.type));
  const amount = valueOf(build, rows, of.field);
  if (amount.kind !== "money") throw new Error("Only money is summed in a currency.");
  const own = `coalesce(${source.column(of.currency)}, (select account.currency from account where account.id = ${ACCOUNT}))`;
  const link = pointingSql(build, { source, rows, field }, of.column);
  const where = [...visible(build, rows), link, `${amount.currency} = ${own}`];
  const minor = `coalesce((select sum(${amount.minor}) from ${rows.subject.table.name} ${rows.alias} where ${where.join(" and ")}), 0)::bigint`;
  return { kind: "money", minor, currency: own };
}
