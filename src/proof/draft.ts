/** An operation while it is being written: its variables, its fragments, and what may still be added. */
import { getNamedType, isNonNullType, type GraphQLInputType, type GraphQLSchema } from "graphql";
import { typeCoordinate, type Coordinate } from "../permission/coordinate.ts";
import type { Pool } from "./pool.ts";
import type { Random } from "./random.ts";
import type { Law } from "./sight.ts";

export interface Asking {
  readonly schema: GraphQLSchema;
  readonly law: Law;
  readonly pool: Pool;
  /** Coordinates to ask about, where an operation may. */
  readonly coordinates: readonly Coordinate[];
}

/** A value twice: as it stands in a document, and as it travels in variables. */
export interface Given {
  readonly text: string;
  readonly json: unknown;
}

export interface Draft extends Asking {
  readonly random: Random;
  /** Whether arguments and fields keep to what the caller may use, so that not every operation is refused. */
  readonly careful: boolean;
  /** One closed coordinate that is used all the same: an operation that is refused for ten reasons shows none of them. */
  readonly tempted: Coordinate | undefined;
  /** A mutation: ids and times that are made while it runs are not asked for, as they differ each time. */
  readonly writing: boolean;
  readonly definitions: { readonly name: string; readonly type: string; readonly text: string }[];
  readonly values: Record<string, unknown>;
  readonly fragments: { readonly name: string; readonly type: string; readonly text: string }[];
  /** What a response key stands for on a type, so that two fields never claim one. */
  readonly heads: Map<string, string>;
  /** Variables that take a cursor: the answer shows its cursors under that name. */
  readonly hooks: string[];
  budget: number;
  names: number;
  /** True while a value is written that will travel as a variable, and so can hold no variable. */
  lifting: boolean;
}

export const newDraft = (asking: Asking, random: Random, writing: boolean): Draft => ({
  ...asking,
  random,
  writing,
  careful: random.chance(0.92),
  tempted: random.chance(0.5) ? temptation(asking, random, writing) : undefined,
  definitions: [],
  values: {},
  fragments: [],
  heads: new Map(),
  hooks: [],
  budget: 3 + random.below(random.pick([3, 6, 20])),
  names: 0,
  lifting: false,
});

/** Mostly a way of asking about rows that can be seen, or a part of what was written; of a type that is closed nothing can be asked anyway. */
function temptation({ law }: Asking, random: Random, writing: boolean): Coordinate | undefined {
  const closed = [...law.set.closed.keys()];
  const ways = closed.filter((coordinate) => {
    if (writing) return /^(TimeEntry|Timesheet)\./.test(coordinate);
    const [, type, kind] = /^(\w+?)(Filter|OrderField|Dimension)\./.exec(coordinate) ?? [];
    return type !== undefined && (kind === "Dimension" || law.set.open.has(typeCoordinate(type)));
  });
  const among = ways.length > 0 && random.chance(0.7) ? ways : closed;
  return among.length === 0 ? undefined : random.pick(among);
}

export function newName(draft: Draft, prefix: string): string {
  draft.names += 1;
  return `${prefix}${draft.names}`;
}

/** Whether an argument of this type may hold what the operation is tempted to use. */
export function tempts({ tempted }: Draft, type: GraphQLInputType): boolean {
  const { name } = getNamedType(type);
  return tempted !== undefined && (tempted.startsWith(`${name}.`) || tempted.startsWith(`${name}Field.`));
}

/** Those that the caller may use; a careless one uses what it finds. */
export function usable<T>(draft: Draft, all: readonly T[], coordinate: (one: T) => Coordinate): readonly T[] {
  if (!draft.careful) return all;
  const tempting = all.filter((one) => coordinate(one) === draft.tempted);
  if (tempting.length > 0 && draft.random.chance(0.75)) return tempting;
  const open = all.filter((one) => draft.law.set.open.has(coordinate(one)));
  return open.length === 0 ? all : open;
}

/** Now and then a variable instead of a literal: given or by default. */
export function lifted(draft: Draft, type: GraphQLInputType, make: () => Given): Given {
  const { random } = draft;
  if (draft.lifting || !random.chance(0.2)) return make();
  draft.lifting = true;
  const value = make();
  draft.lifting = false;
  const name = newName(draft, "v");
  if (random.chance(0.25) && value.json !== null) {
    const nullable = String(type).replace(/!$/, "");
    draft.definitions.push({ name, type: String(type), text: `$${name}: ${nullable} = ${value.text}` });
  } else {
    const strict = value.json !== null && !isNonNullType(type) && random.chance(0.3) ? "!" : "";
    draft.definitions.push({ name, type: String(type), text: `$${name}: ${String(type)}${strict}` });
    draft.values[name] = value.json;
  }
  return { text: `$${name}`, json: undefined };
}

export const json = (value: unknown): Given => ({ text: JSON.stringify(value), json: value });
export const list = (parts: readonly Given[]): Given => ({
  text: `[${parts.map(({ text }) => text).join(", ")}]`,
  json: parts.map((part) => part.json),
});
export const object = (parts: readonly (readonly [string, Given])[]): Given => ({
  text: `{${parts.map(([name, { text }]) => `${name}: ${text}`).join(", ")}}`,
  json: Object.fromEntries(parts.map(([name, part]) => [name, part.json])),
});
