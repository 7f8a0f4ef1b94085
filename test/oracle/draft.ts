/** An operation while it is being written: its variables, its fragments, and what may still be added. */
import type { GraphQLInputType, GraphQLSchema } from "graphql";
import { isNonNullType } from "graphql";
import type { Random } from "./random.ts";
import type { Sight } from "./naive-sight.ts";

/** A value twice: as it stands in a document, and as it travels in variables. */
export interface Given {
  readonly text: string;
  readonly json: unknown;
}

/** A list that can be paged on with a cursor of the answer: the variable takes it, the path leads to the list. */
export interface PageHook {
  readonly variable: string;
  /** The type of the listed rows. */
  readonly subject: string;
  readonly path: readonly string[];
}

export interface Draft {
  readonly random: Random;
  readonly schema: GraphQLSchema;
  readonly sight: Sight;
  /** Whether arguments keep to what the caller may use, so that not every operation is refused. */
  readonly careful: boolean;
  readonly definitions: { readonly name: string; readonly type: string; readonly text: string }[];
  readonly values: Record<string, unknown>;
  readonly fragments: { readonly name: string; readonly type: string; readonly text: string }[];
  /** What each response key stands for on a type, so that two fields never claim one. */
  readonly heads: Map<string, string>;
  readonly hooks: PageHook[];
  budget: number;
  names: number;
  /** True while a value is written that will travel as a variable, and so can hold no variable. */
  lifting: boolean;
}

export const draft = (
  { random, schema, sight }: Pick<Draft, "random" | "schema" | "sight">,
  careful: boolean,
): Draft => ({
  random,
  schema,
  sight,
  careful,
  definitions: [],
  values: {},
  fragments: [],
  heads: new Map(),
  hooks: [],
  budget: 8 + random.below(40),
  names: 0,
  lifting: false,
});

export function newName(draft: Draft, prefix: string): string {
  draft.names += 1;
  return `${prefix}${draft.names}`;
}

/** Now and then a variable instead of a literal: required or not, given or by default. */
export function lifted(draft: Draft, type: GraphQLInputType, make: () => Given): Given {
  const { random } = draft;
  if (draft.lifting || !random.chance(0.14)) return make();
  const known = draft.definitions.filter(
    (definition) => definition.type === String(type) && definition.name[0] === "v",
  );
  if (known.length > 0 && random.chance(0.3)) return variable(random.pick(known).name);
  draft.lifting = true;
  const value = make();
  const other = random.chance(0.3) ? make() : value;
  draft.lifting = false;
  const name = newName(draft, "v");
  const shape = random.below(5);
  const declare = (text: string): number =>
    draft.definitions.push({ name, type: String(type), text: `$${name}: ${text}` });
  if (shape === 0 && value.json !== null) {
    declare(`${nullable(type)} = ${value.text}`);
  } else if (shape === 1 && other.json !== null) {
    declare(`${String(type)} = ${other.text}`);
    draft.values[name] = value.json;
  } else {
    declare(shape === 2 && value.json !== null && !isNonNullType(type) ? `${String(type)}!` : String(type));
    draft.values[name] = value.json;
  }
  return variable(name);
}

const variable = (name: string): Given => ({ text: `$${name}`, json: undefined });

/** A variable with a default may stand where null may not. */
const nullable = (type: GraphQLInputType): string => String(type).replace(/!$/, "");

/** A variable that is there in the document and not in the request. */
export function omitted(draft: Draft, type: string): Given {
  const name = newName(draft, "o");
  draft.definitions.push({ name, type, text: `$${name}: ${type}` });
  return variable(name);
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
