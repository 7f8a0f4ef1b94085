/**
 * How much one operation may ask for, whoever asks: laws on the document and its variables alone, looked at before they
 * are validated. Fragments make a short text long (each of 25 may name the next one twice), and what is deeply nested in
 * the request is deeply nested in the statement: both would end a process that only looks at the length of the text.
 * Depth is refused on the way down, before it is deeper than the stack of whoever walks it, here or in validation. So a
 * fragment is a level too, and one that nobody names is looked at like the others.
 * And no text may hold what the database cannot: it would be refused halfway there, or kept as something else.
 */
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { problem } from "../problem.ts";

/** A person's longest operation has a tenth of each. */
export const LIMITS = { depth: 40, fields: 1_000, roots: 200, conditions: 1_000 } as const;
type Limit = keyof typeof LIMITS;

interface Size {
  readonly depth: number;
  /** After fragments were put in where they are named. */
  readonly fields: number;
  /** Input objects: each is a condition of a filter, or a thing to write. */
  readonly conditions: number;
  /** Fields of the uppermost level: of an operation each is a column of the statement, of which the database takes 1,664. */
  readonly roots: number;
}

const NOTHING: Size = { depth: 0, fields: 0, conditions: 0, roots: 0 };

/** Throws OPERATION_TOO_LARGE, and BAD_USER_INPUT for a text that cannot be kept. */
export function limitDocument(document: DocumentNode): void {
  const measured = new Measured(document);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) measured.fragment(definition.name.value, 0);
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = together(measured.set(definition.selectionSet, 0), defaultsOf(definition));
    demand("depth", size.depth);
    demand("fields", size.fields);
    demand("conditions", size.conditions);
    demand("roots", size.roots);
  }
}

/** Throws the same. Without recursion: what JSON could be read may be deeper than the stack. */
export function limitVariables(variables: Readonly<Record<string, unknown>>): void {
  let conditions = 0;
  let level: readonly unknown[] = Object.values(variables);
  for (let depth = 0; level.length > 0; depth += 1) {
    demand("depth", depth);
    for (const value of level) if (typeof value === "string") demandText(value);
    const objects = level.filter((value) => typeof value === "object" && value !== null);
    conditions += objects.filter((value) => !Array.isArray(value)).length;
    demand("conditions", conditions);
    level = objects.flatMap((value): readonly unknown[] => Object.values(value));
  }
}

function demand(limit: Limit, found: number): void {
  if (found > LIMITS[limit]) throw problem("OPERATION_TOO_LARGE", { extensions: { limit, most: LIMITS[limit] } });
}

/** PostgreSQL's text has no NUL, and UTF-8 no half of a pair: sent all the same it would arrive as U+FFFD. */
function demandText(text: string): void {
  if (text.includes("\0") || !text.isWellFormed()) {
    throw problem("BAD_USER_INPUT", { extensions: { because: "a text holds a NUL, or half of a surrogate pair" } });
  }
}

const deeper = (size: Size): Size => ({ ...size, depth: size.depth + 1 });

class Measured {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Undefined while it is measured: a fragment inside itself is refused by validation, and must not go on for ever here. */
  readonly #sizes = new Map<string, Size | undefined>();

  constructor({ definitions }: DocumentNode) {
    const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  /** `level`: how many levels there are above it. */
  set({ selections }: SelectionSetNode, level: number): Size {
    demand("depth", level + 1);
    return selections
      .map((selection): Size => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return deeper(this.fragment(selection.name.value, level + 1));
        if (selection.kind === Kind.INLINE_FRAGMENT) return deeper(this.set(selection.selectionSet, level + 1));
        const below = selection.selectionSet === undefined ? NOTHING : this.set(selection.selectionSet, level + 1);
        const given = (selection.arguments ?? [])
          .map(({ value }) => sizeOf(value, level + 1))
          .reduce(together, NOTHING);
        const depth = 1 + Math.max(below.depth, given.depth);
        return { depth, fields: below.fields + 1, conditions: below.conditions + given.conditions, roots: 1 };
      })
      .reduce(together, NOTHING);
  }

  /** Measured once: it may be named again further down, so what it adds there is looked at when all is added up. */
  fragment(name: string, level: number): Size {
    const fragment = this.#fragments.get(name);
    if (fragment === undefined || this.#sizes.has(name)) return this.#sizes.get(name) ?? NOTHING;
    this.#sizes.set(name, undefined);
    const size = this.set(fragment.selectionSet, level);
    demand("depth", size.depth);
    this.#sizes.set(name, size);
    return size;
  }
}

/** A default is as good as a value in a document: it reaches the statement where the request leaves the variable out. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Size =>
  variableDefinitions
    .flatMap(({ defaultValue }) => (defaultValue === undefined ? [] : [sizeOf(defaultValue, 0)]))
    .reduce(together, NOTHING);

const together = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  fields: one.fields + other.fields,
  conditions: one.conditions + other.conditions,
  roots: one.roots + other.roots,
});

function sizeOf(value: ValueNode, level: number): Size {
  if (value.kind === Kind.STRING) demandText(value.value);
  if (value.kind === Kind.LIST) return inside(value.values, level);
  if (value.kind !== Kind.OBJECT) return NOTHING;
  const fields = value.fields.map((field) => field.value);
  const size = inside(fields, level);
  return { ...size, conditions: size.conditions + 1 };
}

function inside(values: readonly ValueNode[], level: number): Size {
  demand("depth", level + 1);
  return deeper(values.map((value) => sizeOf(value, level + 1)).reduce(together, NOTHING));
}
