/** Random valid operations: every way in which the same fields can be asked for. */
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
  VariablesInAllowedPositionRule,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { draft as newDraft, newName, type Draft, type PageHook } from "./draft.ts";
import { writeArguments } from "./generate-argument.ts";
import { knownSchema } from "./naive-execute.ts";
import type { Sight } from "./naive-sight.ts";
import type { Random } from "./random.ts";
import { weight } from "./weight.ts";

/** More than this one operation may not ask for; what that means is for tests of the gate. */
const MOST_ROWS = 100_000;

export interface Generated {
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly hooks: readonly PageHook[];
}

/** An operation that is valid against the schema; what two random fields cannot share is drawn again. */
export function generate(random: Random, schema: GraphQLSchema, sight: Sight): Generated {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const stream = random.fork(attempt);
    const careful = stream.chance(0.8);
    // Who is careful writes down nothing that for him does not exist.
    const draft = newDraft({ random: stream, schema: careful ? knownSchema(schema, sight) : schema, sight }, careful);
    const text = write(draft);
    const document = parse(text);
    // The rest of the rules hold by the way an operation is written, and the gate validates with all of them.
    const errors = validate(schema, document, [OverlappingFieldsCanBeMergedRule, VariablesInAllowedPositionRule]);
    const fits = errors.length === 0 && weight(schema, document, draft.values) <= MOST_ROWS;
    if (fits) return { text, document, variables: draft.values, hooks: draft.hooks };
  }
  throw new Error("no valid operation in 60 attempts");
}

function write(draft: Draft): string {
  const query = draft.schema.getQueryType();
  if (!query) throw new Error("the schema has no queries");
  const roots = Array.from({ length: draft.random.pick([1, 1, 1, 2, 3]) }, () => {
    const names = rootNames(draft, query);
    if (names.length === 0) return "__typename";
    const name = draft.random.pick(names);
    return fieldText(draft, { type: query, field: fieldNamed(query, name), at: { depth: 5, path: [] } });
  });
  const definitions = draft.definitions.map(({ text }) => text).join(", ");
  const head =
    definitions === "" && draft.random.chance(0.3) ? "" : `query Q${definitions === "" ? "" : `(${definitions})`} `;
  const fragments = draft.fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`);
  return [`${head}{ ${roots.join(" ")} }`, ...draft.random.shuffle(fragments)].join("\n");
}

/** Those roots that the plan answers; time entries and reports more often than the rest. */
function rootNames({ sight }: Draft, query: GraphQLObjectType): readonly string[] {
  const known = Object.keys(query.getFields()).filter(
    (name) => ["account", "node", "nodes", "timeReport"].includes(name) || sight.rootSubject(name) !== undefined,
  );
  const often = ["timeEntries", "timeEntries", "timeReport"].filter((name) => known.includes(name));
  return [...known, ...known.filter((name) => name !== "account"), ...often];
}

type Fielded = GraphQLObjectType | GraphQLInterfaceType;

function fieldNamed(type: Fielded, name: string): GraphQLField<unknown, unknown> {
  const field = type.getFields()[name];
  if (field === undefined) throw new Error(`${type.name} has no ${name}`);
  return field;
}

interface At {
  readonly depth: number;
  readonly path: readonly string[];
}

interface FieldAt {
  readonly type: Fielded;
  readonly field: GraphQLField<unknown, unknown>;
  readonly at: At;
}

function fieldText(draft: Draft, { type, field, at }: FieldAt): string {
  draft.budget -= 1;
  const { random } = draft;
  const target = getNamedType(field.type);
  const alias = random.chance(0.15) ? strangeAlias(draft, type) : undefined;
  const isList = String(field.type).startsWith("[");
  const subject = /^(\w+)Connection$/.exec(target.name)?.[1];
  const provisional = alias ?? (field.args.length > 0 && random.chance(0.8) ? newName(draft, "a") : field.name);
  const { text, hook } = writeArguments(draft, { parent: type.name, field, subject, path: at.path });
  const key = claim(draft, { type: type.name, wanted: provisional, head: `${field.name}${text}` });
  const path = [...at.path, key, ...(isList ? ["@"] : [])];
  if (hook !== undefined && subject !== undefined) draft.hooks.push({ variable: hook, subject, path });
  const head = `${key === field.name ? "" : `${key}: `}${field.name}${text}`;
  const marked = `${head}${directives(draft)}`;
  if (!isCompositeType(target)) return random.chance(0.05) ? `${marked} ${head}` : marked;
  const inner = { depth: at.depth - 1, path };
  const cursors = hook !== undefined ? ` xEdges: edges { xCursor: cursor }` : "";
  const first = `${marked} ${selectionSet(draft, target, { ...inner, more: cursors })}`;
  if (!random.chance(0.08) || draft.budget < 1) return first;
  // The same field once more: both selections belong to one answer.
  return `${first} ${head} ${selectionSet(draft, target, inner)}`;
}

/** A key that no other field of the type has taken, and the same key for the same field with the same arguments. */
function claim(draft: Draft, of: { readonly type: string; readonly wanted: string; readonly head: string }): string {
  const place = `${of.type} ${of.wanted}`;
  const taken = draft.heads.get(place);
  if (taken !== undefined && taken !== of.head) return newName(draft, "b");
  draft.heads.set(place, of.head);
  return of.wanted;
}

/** Sometimes the name of another field: a reader who goes by keys is led astray. */
function strangeAlias(draft: Draft, type: Fielded): string {
  const names = Object.keys(type.getFields());
  return draft.random.chance(0.25) ? draft.random.pick(names) : newName(draft, "a");
}

function directives(draft: Draft): string {
  const { random } = draft;
  if (!random.chance(0.07)) return "";
  const name = random.pick(["skip", "include"]);
  const condition = random.pick(["true", "false", "variable", "default"]);
  if (condition === "true" || condition === "false") return ` @${name}(if: ${condition})`;
  const variable = newName(draft, "if");
  const value = random.chance(0.5);
  if (condition === "default") {
    draft.definitions.push({ name: variable, type: "Boolean!", text: `$${variable}: Boolean! = ${value}` });
  } else {
    draft.definitions.push({ name: variable, type: "Boolean!", text: `$${variable}: Boolean!` });
    draft.values[variable] = value;
  }
  return ` @${name}(if: $${variable})`;
}

function selectionSet(
  draft: Draft,
  type: GraphQLCompositeType,
  { more = "", ...at }: At & { readonly more?: string },
): string {
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error("unions are not in this schema");
  const small = isConnection(type) || ["Money", "PageInfo"].includes(type.name);
  const drawn = Array.from({ length: 1 + draft.random.below(small ? 3 : 4) }, () => selection(draft, type, at));
  // The same leaf twice is worth a try, but not worth its place each time.
  const parts = draft.random.chance(0.1) ? drawn : [...new Set(drawn)];
  if (isInterfaceType(type)) parts.push(...onTypes(draft, type, at));
  return `{ ${parts.join(" ")}${more} }`;
}

const isConnection = ({ name }: Fielded): boolean => /(Connection|Edge)$/.test(name);

function selection(draft: Draft, type: Fielded, at: At): string {
  const { random } = draft;
  const chance = random.below(100);
  if (chance < 6) return random.chance(0.3) ? `${newName(draft, "t")}: __typename` : "__typename";
  if (chance < 12 && draft.budget > 0) return inlineFragment(draft, type, at);
  if (chance < 20 && draft.budget > 0) return namedFragment(draft, type, at);
  const fields = Object.values(type.getFields()).filter((field) => isKnown(draft, type, field));
  const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)) || isFlat(field));
  const deep = at.depth > 0 && draft.budget > 0;
  if (!deep && leaves.length === 0) return shallow(draft, type, at);
  return fieldText(draft, { type, field: random.pick(deep ? weighted(type, fields) : leaves), at });
}

/** What leads to rows and keys more often than what surrounds them. */
function weighted(type: Fielded, fields: readonly GraphQLField<unknown, unknown>[]): typeof fields {
  const often =
    isConnection(type) || type.name.startsWith("TimeReport") ? ["nodes", "edges", "node", "rows", "key"] : [];
  return [...fields, ...fields.filter(({ name }) => often.includes(name)).flatMap((field) => [field, field, field])];
}

/** Money and page flags hold nothing that leads further. */
const isFlat = (field: GraphQLField<unknown, unknown>): boolean =>
  ["Money", "PageInfo"].includes(getNamedType(field.type).name);

/** What of a type leads nowhere deeper. */
function shallow(draft: Draft, type: Fielded, at: At): string {
  const simple = Object.values(type.getFields()).find((field) => getNamedType(field.type).name === "TimeTotals");
  return simple === undefined ? "__typename" : fieldText(draft, { type, field: simple, at });
}

/** Subjects may have fields that were written by hand; those are no part of the plan. */
function isKnown({ sight }: Draft, type: Fielded, field: GraphQLField<unknown, unknown>): boolean {
  const subject = sight.subjectNamed(type.name);
  return subject === undefined || field.name in subject.fields;
}

function inlineFragment(draft: Draft, type: Fielded, at: At): string {
  const { random, schema } = draft;
  const node = schema.getType("Node");
  const widened = isObjectType(type) && isInterfaceType(node) && type.getInterfaces().includes(node);
  if (widened && random.chance(0.35)) return `... on Node${directives(draft)} ${selectionSet(draft, node, at)}`;
  const condition = random.chance(0.5) ? ` on ${type.name}` : "";
  return `...${condition}${directives(draft)} ${selectionSet(draft, type, at)}`;
}

function namedFragment(draft: Draft, type: Fielded, at: At): string {
  const known = draft.fragments.filter((fragment) => fragment.type === type.name);
  if (known.length > 0 && draft.random.chance(0.4)) {
    return `...${draft.random.pick(known).name}${directives(draft)}`;
  }
  const text = selectionSet(draft, type, at);
  const name = newName(draft, "F");
  draft.fragments.push({ name, type: type.name, text });
  return `...${name}${directives(draft)}`;
}

/** Fragments on some of the types that an interface may turn out to be. */
function onTypes(draft: Draft, type: GraphQLInterfaceType, at: At): readonly string[] {
  if (draft.budget < 1) return [];
  const possible = [...draft.schema.getPossibleTypes(type)].filter(({ name }) => draft.sight.subjectNamed(name));
  return draft.random
    .some(possible, 4)
    .map((object) => `... on ${object.name}${directives(draft)} ${selectionSet(draft, object, at)}`);
}
