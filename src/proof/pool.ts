/** What filters compare with: values and ids of both worlds, those that the caller may not see more often than the rest. */
import type { Source, Subject } from "../permission/declare.ts";
import { writeId } from "../plan/id.ts";
import type { Cells, Change } from "./change.ts";
import type { Random } from "./random.ts";
import type { Sight } from "./sight.ts";

export type PoolValue = string | number;

export class Pool {
  readonly #values = new Map<string, readonly PoolValue[]>();
  readonly #hidden = new Map<string, readonly PoolValue[]>();
  readonly #ids = new Map<string, readonly string[]>();
  readonly #seen = new Map<string, readonly string[]>();

  constructor(sight: Sight, changes: readonly Change[]) {
    const { subjects } = sight.law;
    const changed = changedRows(changes);
    for (const subject of subjects.values()) {
      const { name, table, fields } = subject;
      const rows = sight.rows.get(table.name) ?? [];
      const seen = rows.filter((row) => sight.sees(name, row));
      const hidden = changed.get(table.name) ?? [];
      this.#ids.set(name, idsOf(subject, [...hidden, ...rows]));
      this.#seen.set(name, idsOf(subject, seen));
      for (const [field, { source }] of Object.entries(fields)) {
        this.#values.set(`${name}.${field}`, valuesOf(source, rows));
        this.#hidden.set(`${name}.${field}`, valuesOf(source, hidden));
      }
    }
  }

  value(random: Random, { name }: Subject, field: string): PoolValue | undefined {
    const hidden = this.#hidden.get(`${name}.${field}`) ?? [];
    const values = hidden.length > 0 && random.chance(0.5) ? hidden : (this.#values.get(`${name}.${field}`) ?? []);
    return values.length === 0 ? undefined : random.pick(values);
  }

  /** Of any row, or of one that the caller sees. */
  id(random: Random, type: string, which: "any" | "seen"): string | undefined {
    const ids = (which === "any" ? this.#ids : this.#seen).get(type) ?? [];
    return ids.length === 0 ? undefined : random.pick(ids);
  }
}

/** Of each table the cells that were changed, as they were made. */
function changedRows(changes: readonly Change[]): ReadonlyMap<string, readonly Cells[]> {
  const pairs = changes
    .flatMap(({ steps }) => [...steps])
    .flatMap((step): readonly (readonly [string, Cells])[] => {
      if (step.kind === "account") return [];
      return [
        [
          step.table,
          step.kind === "delete" ? step.key : { ...(step.kind === "update" ? step.key : {}), ...step.cells },
        ],
      ];
    });
  return new Map(
    [...Map.groupBy(pairs, ([table]) => table)].map(([table, of]) => [table, of.map(([, cells]) => cells)]),
  );
}

/** Of a large account not all: those that come first, and hidden ones are asked for by themselves. */
const MOST = 2_000;
const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)].slice(0, MOST);

const idsOf = ({ tag }: Subject, rows: readonly Cells[]): readonly string[] =>
  distinct(rows.flatMap(({ id }) => (id ? [writeId(tag, id)] : [])));

const valuesOf = (source: Source, rows: readonly Cells[]): readonly PoolValue[] =>
  distinct(rows.flatMap((row) => valueOf(source, row) ?? []));

function valueOf(source: Source, row: Cells): PoolValue | undefined {
  if (source.kind === "enum") return row[source.column] ?? undefined;
  if (source.kind === "money") return numberOf(row[source.minor]);
  if (source.kind === "column") return scalarOf(source.scalar, row[source.column]);
  if (source.kind !== "amount") return undefined;
  return amountOf(numberOf(row[source.seconds]), numberOf(row[`${source.rate}_minor`]));
}

const numberOf = (text: string | null | undefined): number | undefined =>
  typeof text === "string" ? Number(text) : undefined;

/** Rounded half away from zero. */
function amountOf(seconds: number | undefined, minor: number | undefined): number | undefined {
  if (seconds === undefined || minor === undefined) return undefined;
  return Math.sign(minor) * Math.round(Math.abs(seconds * minor) / 3600);
}

function scalarOf(scalar: string, text: string | null | undefined): PoolValue | undefined {
  if (typeof text !== "string") return undefined;
  if (["Int", "SafeInt", "Float"].includes(scalar)) return Number(text);
  if (scalar !== "DateTime") return text;
  const at = new Date(text.replace(" ", "T").replace(/\+00$/, "Z"));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
