/**
 * The only way to rows for code written by hand. Reads show what the caller may see, writes demand the caller's rows of
 * the row as it is and as it becomes. What a rule of the house must know or must move beyond that has verbs of its own
 * (`consult`, `facts`, `follow`, `ensure`), so that one finds every place where it happens; their values decide, and are never answered.
 */
import DataLoader from "dataloader";
import { NOBODY } from "../caller.ts";
import type { PermissionSet } from "../permission/compile.ts";
import { memberCoordinate } from "../permission/coordinate.ts";
import type { Reader } from "../storage/database.ts";
import { refusalOf } from "../storage/refusal.ts";
import type { Table } from "../storage/table.ts";
import { Build, Source, type Model } from "./build.ts";
import { demandsOf, type Right } from "./demand.ts";
import {
  columnText,
  ensureCall,
  factsCall,
  followCall,
  insertCall,
  instantText,
  judgeInsertCall,
  judgeUpdateCall,
  linkCall,
  named,
  removeCall,
  updateCall,
  type Call,
  type Cells,
  type Lock,
  type Match,
  type Who,
} from "./door-sql.ts";
import { fieldOf, valueOf } from "./expression.ts";
import { visible } from "./where.ts";

export { NOW, type Cells } from "./door-sql.ts";
export type { Right } from "./demand.ts";

export interface DoorParts {
  /** Of all the caller's roles together: what they see. */
  readonly set: PermissionSet;
  /** Of each role by itself: what they may write, where. */
  readonly sets: readonly PermissionSet[];
  readonly model: Model;
  readonly account: string;
  /** The caller's member id, or nobody's. */
  readonly member: string;
  /** The open transaction. */
  readonly reader: Reader;
}

export interface Refused {
  readonly kind: "refused";
  /** Where it is that field alone. */
  readonly field: string | undefined;
}
export type Written = { readonly kind: "written"; readonly id: string } | Refused;

export interface By {
  readonly right: Right;
  /** Of the row that is there; none for a new one. */
  readonly id?: string;
}

export type Loaded = Readonly<Record<string, string | { readonly minor: string; readonly currency: string } | null>>;
export type Facts<Name extends string> = Readonly<Record<Name, string | null>>;

/** A key that somebody else's row has already. The statement undid its `attempt`. */
export class Taken extends Error {
  readonly constraint: string | undefined;

  constructor(constraint: string | undefined) {
    super("a key is taken");
    this.name = "Taken";
    this.constraint = constraint;
  }
}

export class Door {
  readonly #parts: DoorParts;
  readonly #who: Who;
  readonly #loaders = new Map<string, DataLoader<string, unknown>>();

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#who = { account: parts.account, member: parts.member };
  }

  /** Undefined for a caller who is a role and nobody in particular. */
  get member(): string | undefined {
    return this.#parts.member === NOBODY ? undefined : this.#parts.member;
  }

  /** Rows as the caller sees them: undefined where they do not; closed fields left out, masked ones null. */
  load(type: string, fields: readonly string[], ids: readonly string[]): Promise<readonly (Loaded | undefined)[]> {
    const loader = this.#loader(`load ${type} ${fields.join()}`, (wanted) => this.#loadAll(type, fields, wanted));
    return Promise.all(ids.map((id) => loader.load(id)));
  }

  /** Columns of rows that the caller sees, whether or not they may read the columns. */
  consult<Name extends string>(
    type: string,
    columns: readonly Name[],
    ids: readonly string[],
  ): Promise<readonly (Facts<Name> | undefined)[]> {
    const loader = this.#loader(`consult ${type} ${columns.join()}`, (wanted) =>
      this.#consultAll(type, { columns, ids: wanted }),
    );
    return Promise.all(ids.map((id) => loader.load(id)));
  }

  /** The same for one row, which nobody else changes until the transaction ends. */
  async consultLocked<Name extends string>(
    type: string,
    columns: readonly Name[],
    id: string,
  ): Promise<Facts<Name> | undefined> {
    const rows = await this.#consultAll(type, { columns, ids: [id], lock: "update" });
    return rows.get(id);
  }

  /** Columns of rows of the account, whether or not the caller sees them. */
  async facts<Name extends string>(
    table: Table,
    of: { readonly columns: readonly Name[]; readonly where: readonly Match[]; readonly lock?: Lock },
  ): Promise<readonly Facts<Name>[]> {
    const rows = await this.#run(factsCall(table, of, this.#who));
    return rows.map((row) => factsOf(of.columns, row));
  }

  /** The moment by the database's clock, which is the same for all who write. RFC 3339, in UTC. */
  async now(): Promise<string> {
    const [row] = await this.#run({ statement: named(`select ${instantText("clock_timestamp()")}`), values: [] });
    return row?.[0] ?? "";
  }

  /** What it throws undoes all that the work wrote, and the transaction goes on. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    await this.#say("savepoint attempt");
    try {
      const result = await work();
      await this.#say("release savepoint attempt");
      return result;
    } catch (failure) {
      await this.#say("rollback to savepoint attempt");
      throw failure;
    }
  }

  /** Why the caller may not write the row so; undefined where they may. Nothing is written by asking. */
  async judge(type: string, cells: Cells, by: By): Promise<Refused | undefined> {
    const { table } = this.#subject(type);
    const demands = demandsOf(this.#parts.sets, type, by.right);
    const as = { ...this.#who, demands: demands.map(({ rows }) => rows) };
    const call =
      by.id === undefined ? judgeInsertCall(table, cells, as) : judgeUpdateCall(table, cells, { ...as, id: by.id });
    const [row] = await this.#run(call);
    const unmet = demands.find((_, at) => row?.[at] !== "true");
    return unmet === undefined ? undefined : { kind: "refused", field: unmet.field };
  }

  async insert(type: string, cells: Cells, right: Right): Promise<Written> {
    const demands = demandsOf(this.#parts.sets, type, right).map(({ rows }) => rows);
    const [row] = await this.#write(insertCall(this.#subject(type).table, cells, { ...this.#who, demands }));
    return row === undefined ? ((await this.judge(type, cells, { right })) ?? REFUSED) : written(row[0]);
  }

  async update(type: string, cells: Cells, by: { readonly id: string; readonly right: Right }): Promise<Written> {
    const demands = demandsOf(this.#parts.sets, type, by.right).map(({ rows }) => rows);
    const [row] = await this.#write(updateCall(this.#subject(type).table, cells, { ...this.#who, id: by.id, demands }));
    return row === undefined ? ((await this.judge(type, cells, by)) ?? REFUSED) : written(row[0]);
  }

  async remove(type: string, id: string, right: Right): Promise<Written> {
    const demands = demandsOf(this.#parts.sets, type, right).map(({ rows }) => rows);
    const [row] = await this.#run(removeCall(this.#subject(type).table, { ...this.#who, id, demands }));
    return row === undefined ? REFUSED : written(row[0]);
  }

  /** Makes the rows of a to-many field exactly these, on a row that the caller has just been let write. */
  async link(type: string, field: string, to: { readonly id: string; readonly ids: readonly string[] }): Promise<void> {
    const { source } = fieldOf(new Source("r", this.#subject(type)), field);
    if (source.kind !== "many") throw new Error(`${type}.${field} joins nothing.`);
    await this.#run(linkCall(source.through, { ...this.#who, ...to }));
  }

  /** What follows from a write that the caller was allowed, on rows of the account. Answers how many there were. */
  async follow(table: Table, cells: Cells, where: readonly Match[]): Promise<number> {
    const rows = await this.#run(followCall(table, cells, { ...this.#who, where }));
    return rows.length;
  }

  /** Makes a row that such a write needs, unless it is there. */
  async ensure(table: Table, cells: Cells): Promise<void> {
    await this.#run(ensureCall(table, cells, this.#who));
  }

  #loader<T>(key: string, read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>) {
    const known = this.#loaders.get(key);
    // Nothing is kept: rows change within the transaction, and a row read before a lock is an old row.
    const fresh = async (ids: readonly string[]): Promise<(T | undefined)[]> => {
      const rows = await read([...new Set(ids)]);
      return ids.map((id) => rows.get(id));
    };
    const loader = known ?? new DataLoader<string, unknown>(fresh, { cache: false });
    this.#loaders.set(key, loader);
    return loader as DataLoader<string, T | undefined>; // cast: the key names type and columns, and so what is loaded
  }

  async #loadAll(
    type: string,
    fields: readonly string[],
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Loaded>> {
    const { build, source } = this.#source(type);
    const open = fields.filter((field) => this.#parts.set.open.has(memberCoordinate(type, field)));
    const values = open.map((field) => valueOf(build, source, field));
    const columns = values.flatMap((value) => {
      if (value.kind === "money") return [`(${value.minor})::text`, `(${value.currency})::text`];
      return [value.scalar === "DateTime" ? instantText(`(${value.sql})`) : `(${value.sql})::text`];
    });
    const rows = await this.#visibleRows({ build, source, columns, ids });
    return new Map(
      rows.map(([id, ...cells]) => {
        const queue = [...cells];
        const members = open.map((field, at) => {
          const first = queue.shift() ?? null;
          if (values[at]?.kind !== "money") return [field, first] as const;
          const currency = queue.shift() ?? "";
          return [field, first === null ? null : { minor: first, currency }] as const;
        });
        return [id ?? "", Object.fromEntries(members)];
      }),
    );
  }

  async #consultAll<Name extends string>(
    type: string,
    of: { readonly columns: readonly Name[]; readonly ids: readonly string[]; readonly lock?: Lock },
  ): Promise<ReadonlyMap<string, Facts<Name>>> {
    const { build, source } = this.#source(type);
    const columns = of.columns.map((name) => columnText(source.subject.table, source.alias, name));
    const rows = await this.#visibleRows({ build, source, columns, ids: of.ids, lock: of.lock });
    return new Map(rows.map(([id, ...cells]) => [id ?? "", factsOf(of.columns, cells)]));
  }

  #visibleRows(of: {
    readonly build: Build;
    readonly source: Source;
    readonly columns: readonly string[];
    readonly ids: readonly string[];
    readonly lock?: Lock | undefined;
  }) {
    const { alias, subject } = of.source;
    const where = [...visible(of.build, of.source), "$2::uuid is not null", `${alias}.id = any($3::uuid[])`];
    const selected = [`${alias}.id::text`, ...of.columns].join(", ");
    const lock = of.lock === undefined ? "" : ` for ${of.lock} of ${alias}`;
    const text = `select ${selected} from ${subject.table.name} ${alias} where ${where.join(" and ")}${lock}`;
    return this.#run({ statement: named(text), values: [this.#who.account, this.#who.member, of.ids] });
  }

  /** Throws Taken where a key exists already. */
  async #write(call: Call) {
    try {
      return await this.#run(call);
    } catch (failure) {
      const refusal = refusalOf(failure);
      throw refusal?.sqlstate === "23505" ? new Taken(refusal.constraint) : failure;
    }
  }

  #run({ statement, values }: Call) {
    return this.#parts.reader.run(statement, values);
  }

  async #say(text: string): Promise<void> {
    await this.#parts.reader.run(named(text), []);
  }

  #source(type: string): { readonly build: Build; readonly source: Source } {
    const build = new Build(this.#parts.set, this.#parts.model);
    return { build, source: new Source(build.alias(), build.subject(type)) };
  }

  #subject(type: string) {
    return this.#source(type).source.subject;
  }
}

const REFUSED: Refused = { kind: "refused", field: undefined };

const written = (id: string | null | undefined): Written => ({ kind: "written", id: id ?? "" });

const factsOf = <Name extends string>(columns: readonly Name[], row: readonly (string | null)[]): Facts<Name> =>
  Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null])) as Facts<Name>; // cast: one for each name
