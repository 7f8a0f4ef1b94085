/**
 * What a caller may see of the rows, worked out by looking at the rows one by one: the rules are read as they are
 * declared, and no code of the plan is used, so that a fault of the plan is not made here once more.
 */
import { NOBODY } from "../caller.ts";
import type { PermissionSet } from "../permission/compile.ts";
import type { Condition, FactSet } from "../permission/condition.ts";
import type { Coordinate } from "../permission/coordinate.ts";
import type { Subject } from "../permission/declare.ts";
import type { Cells } from "./change.ts";

export type TableRows = ReadonlyMap<string, readonly Cells[]>;

export interface Law {
  readonly set: PermissionSet;
  readonly subjects: ReadonlyMap<string, Subject>;
  /** The caller's member id, or nobody's. */
  readonly member: string;
}

export class Sight {
  readonly law: Law;
  readonly rows: TableRows;
  readonly #facts = new Map<FactSet, ReadonlySet<string>>();
  readonly #seen = new Map<string, ReadonlySet<string>>();
  readonly #seenRows = new Map<string, readonly Cells[]>();
  readonly #masks: ReadonlyMap<string, readonly (readonly [Coordinate, Condition])[]>;

  constructor(law: Law, rows: TableRows) {
    this.law = law;
    this.rows = rows;
    this.#masks = Map.groupBy(law.set.masks, ([coordinate]) => coordinate.slice(0, coordinate.indexOf(".")));
  }

  holds(condition: Condition, row: Cells): boolean {
    switch (condition.kind) {
      case "own":
        return this.law.member !== NOBODY && row[condition.column] === this.law.member;
      case "among":
        return this.#factsOf(condition.set).has(row[condition.column] ?? "");
      case "flag":
        return row[condition.column] === "true";
      case "noneOf":
        return !condition.values.includes(row[condition.column] ?? "");
      case "any":
        return condition.of.some((part) => this.holds(part, row));
      case "every":
        return condition.of.every((part) => this.holds(part, row));
      default:
        return condition satisfies never;
    }
  }

  sees(type: string, row: Cells): boolean {
    const rows = this.law.set.rows.get(type);
    if (rows === undefined || rows.kind === "none") return false;
    return rows.kind === "all" || this.holds(rows.where, row);
  }

  /** Worked out once: a large account has many rows. */
  seenRows(type: string): readonly Cells[] {
    const known = this.#seenRows.get(type);
    if (known !== undefined) return known;
    const table = this.law.subjects.get(type)?.table.name ?? "";
    const seen = (this.rows.get(table) ?? []).filter((row) => this.sees(type, row));
    this.#seenRows.set(type, seen);
    return seen;
  }

  /** Whether a row that is there is seen. */
  seesId(type: string, id: string | null | undefined): boolean {
    let seen = this.#seen.get(type);
    if (seen === undefined) {
      seen = new Set(this.seenRows(type).flatMap((row) => row["id"] ?? []));
      this.#seen.set(type, seen);
    }
    return typeof id === "string" && seen.has(id);
  }

  /** On which side of every rule of its type the row lies. */
  standing(type: string, row: Cells): string {
    if (!this.sees(type, row)) return "invisible";
    return (this.#masks.get(type) ?? []).map(([, mask]) => (this.holds(mask, row) ? "1" : "0")).join("");
  }

  /** The same for all rows that are seen: equal texts, equal sight. */
  whole(): string {
    const parts = [...this.law.subjects.values()].map(({ name, table }) =>
      (this.rows.get(table.name) ?? [])
        .map((row) => [row["id"], this.standing(name, row)] as const)
        .filter(([, standing]) => standing !== "invisible")
        .map((pair) => pair.join(" "))
        .toSorted()
        .join(),
    );
    return JSON.stringify(parts);
  }

  #factsOf(set: FactSet): ReadonlySet<string> {
    const known = this.#facts.get(set);
    if (known !== undefined) return known;
    const rows = (this.rows.get(set.table) ?? []).filter((row) => this.holds(set.where, row));
    const ids = new Set(rows.flatMap((row) => row[set.pick] ?? []));
    this.#facts.set(set, ids);
    return ids;
  }
}

/** Columns of a type's own table from which a field's value is made. */
export function columnsOf(subject: Subject, field: string): readonly string[] {
  const source = subject.fields[field]?.source;
  if (source === undefined) return [];
  switch (source.kind) {
    case "id":
      return ["id"];
    case "column":
    case "enum":
    case "one":
    case "isOneOf":
      return [source.column];
    case "money":
      return [source.minor, source.currency];
    case "amount":
      return [source.seconds, `${source.rate}_minor`, `${source.rate}_currency`, ...(source.when ? [source.when] : [])];
    case "sum":
      return [source.currency];
    case "many":
    case "connection":
    case "totals":
      return [];
    default:
      return source satisfies never;
  }
}
