/** Random valid operations: every way in which the same rows can be asked about. */
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  getNullableType,
  isNonNullType,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
  VariablesInAllowedPositionRule,
  type DocumentNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
} from "graphql";
import { memberCoordinate } from "../permission/coordinate.ts";
import { newDraft, newName, tempts, usable, type Asking, type Draft } from "./draft.ts";
import { writeArguments } from "./generate-argument.ts";
import type { Random } from "./random.ts";

export interface Operation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Variables that take a cursor; the answer shows fitting ones under the key `x` and their name. */
  readonly hooks: readonly string[];
  readonly strict: boolean;
}

/** Valid against the schema; what two random fields cannot share is drawn again. */
export function generate(asking: Asking, random: Random, writes: boolean): Operation {
  const strict = random.chance(0.05);
  if (random.chance(0.01)) return introspection(asking, random);
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const draft = newDraft(asking, random, writes && random.chance(0.3));
    const text = write(draft);
    const document = parse(text);
    if (validate(asking.schema, document, RULES).length > 0) continue;
    return { text, document, variables: draft.values, hooks: draft.hooks, strict };
  }
  throw new Error("no valid operation in 60 attempts");
}

/** The other rules hold by the way an operation is written, and the gate looks at all of them. */
const RULES = [OverlappingFieldsCanBeMergedRule, VariablesInAllowedPositionRule];

function introspection({ schema }: Asking, random: Random): Operation {
  const type = random.pick(Object.keys(schema.getTypeMap()));
  const parts = "kind name fields { name args { name } } inputFields { name } enumValues { name }";
  const text = random.pick([`{ __schema { types { ${parts} } } }`, `{ __type(name: "${type}") { ${parts} } }`]);
  return { text, document: parse(text), variables: {}, hooks: [], strict: false };
}

function write(draft: Draft): string {
  const { schema, random, writing } = draft;
  const type = writing ? schema.getMutationType() : schema.getQueryType();
  if (!type) throw new Error("the schema has no such roots");
  const roots = Array.from({ length: random.pick([1, 1, 1, 1, 2]) }, () =>
    fieldText(draft, type, { field: pickRoot(draft, type), depth: 0 }),
  );
  const definitions = draft.definitions.map(({ text }) => text).join(", ");
  const head = `${writing ? "mutation" : "query"} Q${definitions === "" ? "" : `(${definitions})`}`;
  const fragments = draft.fragments.map(({ name, type: on, text }) => `fragment ${name} on ${on} ${text}`);
  return [`${head} { ${roots.join(" ")} }`, ...fragments].join("\n");
}

/** Entries and reports more often than the rest. Toggles are not set: that would open what is hidden. */
function pickRoot(draft: Draft, type: GraphQLObjectType): GraphQLField<unknown, unknown> {
  const fields = Object.values(type.getFields());
  const rows = fields.filter(({ name, type: of }) =>
    draft.writing ? isRepeatable(draft, name, getNamedType(of).name) : isRows(draft, name, of.toString()),
  );
  const often = rows.filter(({ name }) => name === "timeEntries" || name === "timeReport");
  const all = draft.writing ? rows : draft.random.chance(0.05) ? fields : [...rows, ...often, ...often];
  const tempting = all.filter(({ args }) => args.some((argument) => tempts(draft, argument.type)));
  const among = tempting.length > 0 && draft.random.chance(0.9) ? tempting : all;
  return draft.random.pick(usable(draft, among, ({ name }) => memberCoordinate(type.name, name)));
}

/** Writes rows, and the same whenever it is asked: what timers write is the moment. */
const isRepeatable = ({ law }: Draft, mutation: string, payload: string): boolean =>
  law.subjects.has(targetOf(mutation, payload)) && !mutation.endsWith("Timer");

/** What a mutation writes, by the name of its payload: TimeEntryPayload, and the time entry of a DeletePayload. */
const targetOf = (mutation: string, payload: string): string =>
  payload === "DeletePayload" ? mutation.replace(/^[a-z]+/, "") : payload.replace(/Payload$/, "");

const isRows = ({ law }: Draft, name: string, type: string): boolean =>
  ["node", "nodes", "timeReport", "account", "viewer"].includes(name) ||
  (type.endsWith("Connection") && law.subjects.has(type.replace(/Connection$/, "")));

type Fielded = GraphQLObjectType | GraphQLInterfaceType;

interface Fielding {
  readonly field: GraphQLField<unknown, unknown>;
  readonly depth: number;
}

const DEEPEST = 4;

function fieldText(draft: Draft, type: Fielded, { field, depth }: Fielding): string {
  draft.budget -= 1;
  const { random } = draft;
  const target = getNamedType(field.type);
  const subject = /^(\w+)Connection$/.exec(target.name)?.[1];
  const { text, hook } = writeArguments(draft, { parent: type.name, field, subject, depth });
  const alias = random.chance(0.12) || (field.args.length > 0 && random.chance(0.7)) ? newName(draft, "a") : field.name;
  const key = claim(draft, `${type.name} ${alias}`, `${field.name}${text}`) ? alias : newName(draft, "b");
  const head = `${key === field.name ? "" : `${key}: `}${field.name}${text}${directives(draft)}`;
  if (!isCompositeType(target) || (!isObjectType(target) && !isInterfaceType(target))) return head;
  const cursors = hook === undefined ? "" : ` e${hook}: edges { x${hook}: cursor }`;
  return `${head} ${selectionSet(draft, target, { depth: depth + 1, more: cursors })}`;
}

/** False where another field of the type has the key already. */
function claim(draft: Draft, place: string, head: string): boolean {
  const taken = draft.heads.get(place);
  draft.heads.set(place, taken ?? head);
  return taken === undefined || taken === head;
}

function directives(draft: Draft): string {
  const { random } = draft;
  if (!random.chance(0.05)) return "";
  const name = random.pick(["skip", "include"]);
  if (random.chance(0.5)) return ` @${name}(if: ${random.pick(["true", "false"])})`;
  const variable = newName(draft, "if");
  draft.definitions.push({ name: variable, type: "Boolean!", text: `$${variable}: Boolean!` });
  draft.values[variable] = random.chance(0.5);
  return ` @${name}(if: $${variable})`;
}

interface Set {
  readonly depth: number;
  readonly more?: string;
}

function selectionSet(draft: Draft, type: Fielded, { depth, more = "" }: Set): string {
  const small = /(Connection|Edge|Money|PageInfo|Payload)$/.test(type.name);
  const count = 1 + draft.random.below(small ? 3 : 4);
  const parts = [...new Set(Array.from({ length: count }, () => selection(draft, type, depth)))];
  if (isInterfaceType(type)) parts.push(...onTypes(draft, type, depth));
  return `{ ${parts.join(" ")}${more} }`;
}

function selection(draft: Draft, type: Fielded, depth: number): string {
  const { random } = draft;
  const chance = random.below(100);
  if (chance < 4) return "__typename";
  const inside = draft.budget > 0 && depth < DEEPEST;
  if (chance < 9 && inside)
    return `...${random.pick(["", ` on ${type.name}`])}${directives(draft)} ${selectionSet(draft, type, { depth })}`;
  if (chance < 14 && inside) return namedFragment(draft, type, depth);
  const fields = Object.values(type.getFields()).filter((field) => isAskable(draft, type, field));
  const leaves = fields.filter(({ type: of }) => isFlat(getNamedType(of).name) || !isCompositeType(getNamedType(of)));
  const among = inside
    ? [...fields, ...fields.filter(({ name }) => OFTEN.has(name)).flatMap((one) => [one, one])]
    : leaves;
  if (among.length === 0) return "__typename";
  const open = draft.random.chance(0.85)
    ? usable(draft, among, ({ name }) => memberCoordinate(type.name, name))
    : among;
  return fieldText(draft, type, { field: random.pick(open), depth });
}

/** What leads to rows and sums more often than what surrounds them. */
const OFTEN: ReadonlySet<string> = new Set([
  "nodes",
  "edges",
  "node",
  "rows",
  "key",
  "totals",
  "timeEntry",
  "timesheet",
]);
const isFlat = (type: string): boolean => type === "Money" || type === "PageInfo" || type === "TimeTotals";

/** When something was written, and the ids of what is new, differ from world to world without anybody having looked. */
const MADE = /^(createdAt|updatedAt|submittedAt|decidedAt|id|revision)$/;

function isAskable(
  { writing }: Draft,
  type: Fielded,
  { name, type: of, args }: GraphQLField<unknown, unknown>,
): boolean {
  if (args.some((argument) => isNonNullType(argument.type)) && type.name !== "Query") return false;
  return !writing || (!MADE.test(name) && !getNamedType(of).name.endsWith("Connection") && !isListed(of, name));
}

/** Lists within what was written may hold what is new; its tags and errors are as they were given. */
const isListed = (type: GraphQLField<unknown, unknown>["type"], name: string): boolean =>
  isListType(getNullableType(type)) && !["userErrors", "tags", "field", "billableAmount", "costAmount"].includes(name);

function namedFragment(draft: Draft, type: Fielded, depth: number): string {
  const known = draft.fragments.filter((fragment) => fragment.type === type.name);
  if (known.length > 0 && draft.random.chance(0.4)) return `...${draft.random.pick(known).name}${directives(draft)}`;
  const text = selectionSet(draft, type, { depth });
  const name = newName(draft, "F");
  draft.fragments.push({ name, type: type.name, text });
  return `...${name}${directives(draft)}`;
}

/** Fragments on some of the types that an interface may turn out to be. */
function onTypes(draft: Draft, type: GraphQLInterfaceType, depth: number): readonly string[] {
  const possible = draft.schema.getPossibleTypes(type).filter(({ name }) => draft.law.subjects.has(name));
  return draft.random
    .some(possible, 1 + draft.random.below(4))
    .map((object) => `... on ${object.name}${directives(draft)} ${selectionSet(draft, object, { depth })}`);
}
