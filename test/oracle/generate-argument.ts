/** The arguments of a field: pages, filters, orders, ids and what a report is asked. */
import type { GraphQLArgument, GraphQLField } from "graphql";
import { getNamedType, isEnumType } from "graphql";
import { json, lifted, list, newName, omitted, type Draft, type Given } from "./draft.ts";
import { enumValue, given, id, usable } from "./generate-value.ts";
import { ZONES } from "./words.ts";

export interface Asked {
  readonly parent: string;
  readonly field: GraphQLField<unknown, unknown>;
  /** The subject whose rows are listed, where it is a list. */
  readonly subject: string | undefined;
  /** That of the object on which the field lies. */
  readonly path: readonly string[];
}

export interface Arguments {
  readonly text: string;
  /** The variable by which the list can be paged on: the answer must then show its cursors. */
  readonly hook: string | undefined;
}

type Named = readonly [string, Given];

export function writeArguments(draft: Draft, asked: Asked): Arguments {
  const { field, parent, subject } = asked;
  const parts: Named[] = [];
  const has = (name: string): GraphQLArgument | undefined => field.args.find((argument) => argument.name === name);
  const page = has("first") ? pageArguments(draft, asked) : { parts: [] };
  parts.push(...page.parts);
  if (subject !== undefined) {
    for (const name of ["filter", "orderBy"]) parts.push(...optional(draft, asked, { argument: has(name), subject }));
  }
  if (parent === "Query" && field.name === "node") parts.push(["id", nodeId(draft, has("id"))]);
  if (parent === "Query" && field.name === "nodes") parts.push(["ids", nodeIds(draft, has("ids"))]);
  if (parent === "Query" && field.name === "timeReport") parts.push(...reportArguments(draft, asked));
  const text = draft.random
    .shuffle(parts)
    .map(([name, value]) => `${name}: ${value.text}`)
    .join(", ");
  return { text: text === "" ? "" : `(${text})`, hook: page.hook };
}

function optional(
  draft: Draft,
  { parent, field }: Asked,
  at: { readonly argument: GraphQLArgument | undefined; readonly subject: string },
): readonly Named[] {
  const { random } = draft;
  const { argument, subject } = at;
  if (argument === undefined || !random.chance(0.55)) return [];
  if (usable(draft, [argument.name], (name) => `${parent}.${field.name}(${name}:)`).length === 0) return [];
  if (random.chance(0.02)) return [[argument.name, json(null)]];
  if (random.chance(0.02)) return [[argument.name, omitted(draft, String(argument.type))]];
  return [[argument.name, given(draft, argument.type, { subject, depth: 2 })]];
}

interface Page {
  readonly parts: readonly Named[];
  readonly hook?: string;
}

function pageArguments(draft: Draft, { path, field }: Asked): Page {
  const { random } = draft;
  const type = field.args.find(({ name }) => name === "first")?.type;
  if (type === undefined) return { parts: [] };
  const count = (): Given => lifted(draft, type, () => json(random.pick([0, 1, 2, 2, 3, 3, 4, 5, 7])));
  const paged = (end: "after" | "before", ...parts: readonly Named[]): Page => {
    const hook = newName(draft, "c");
    draft.definitions.push({ name: hook, type: "String", text: `$${hook}: String` });
    return { parts: [...parts, [end, { text: `$${hook}`, json: undefined }]], hook };
  };
  switch (random.below(path.length > 0 ? 8 : 10)) {
    case 0:
    case 1:
      return { parts: [["last", count()]] };
    case 2:
    case 3:
      return paged("after", ["first", count()]);
    case 4:
      return paged("before", ["last", count()]);
    case 5:
      return { parts: random.chance(0.12) ? wrongPage(draft) : [["first", count()]] };
    case 8:
      return random.chance(0.5) ? { parts: [] } : paged("after");
    case 9:
      return { parts: [...numbered("first", random.pick([50, 100, 500])), ...numbered("last", null)] };
    default:
      return { parts: [["first", count()]] };
  }
}

const numbered = (name: string, value: number | null): readonly Named[] => [[name, json(value)]];

const wrongPage = ({ random }: Draft): readonly Named[] =>
  random.pick<readonly Named[]>([
    [["first", json(-1)]],
    [["first", json(501)]],
    [["last", json(-2)]],
    [["last", json(501)]],
    [["first", json(1)], ["last", json(1)]], // prettier-ignore
    [["last", json(1)], ["after", json("cursor:no")]], // prettier-ignore
    [["first", json(1)], ["before", json("cursor:no")]], // prettier-ignore
  ]);

const NODE_SUBJECTS = ["TimeEntry", "Member", "Project", "Team", "Customer", "Task", "Tag", "Timesheet", "Expense"];

const nodeId = (draft: Draft, argument: GraphQLArgument | undefined): Given =>
  argument === undefined
    ? json("")
    : lifted(draft, argument.type, () => json(id(draft, draft.random.pick(NODE_SUBJECTS), 0.04)));

const nodeIds = (draft: Draft, argument: GraphQLArgument | undefined): Given =>
  argument === undefined
    ? json([])
    : lifted(draft, argument.type, () =>
        list(
          Array.from({ length: draft.random.below(5) }, () => json(id(draft, draft.random.pick(NODE_SUBJECTS), 0.01))),
        ),
      );

function reportArguments(draft: Draft, asked: Asked): readonly Named[] {
  const { random } = draft;
  const argument = (name: string): GraphQLArgument | undefined =>
    asked.field.args.find((other) => other.name === name && !closedFor(draft, asked, name));
  const parts: Named[] = [...optional(draft, asked, { argument: argument("filter"), subject: "TimeEntry" })];
  const [groupBy, rounding, timezone, weekStart] = ["groupBy", "rounding", "timezone", "weekStart"].map(argument);
  const dimensions = asked.field.args.find(({ name }) => name === "groupBy");
  if (dimensions !== undefined)
    parts.push(["groupBy", lifted(draft, dimensions.type, () => groups(draft, dimensions))]);
  if (groupBy === undefined) return parts;
  if (rounding !== undefined && random.chance(0.35)) {
    const direction = random.pick(["UP", "DOWN", "NEAREST"]);
    const to = random.chance(0.03) ? random.pick([0, 1441]) : random.pick([1, 6, 15, 30, 60, 1440]);
    const value = { text: `{to: ${to}, direction: ${direction}}`, json: { to, direction } };
    parts.push(["rounding", lifted(draft, rounding.type, () => value)]);
  }
  if (timezone !== undefined && random.chance(0.4)) {
    parts.push(["timezone", lifted(draft, timezone.type, () => json(random.pick(ZONES)))]);
  }
  if (weekStart !== undefined && random.chance(0.4))
    parts.push(["weekStart", given(draft, weekStart.type, { subject: "TimeEntry", depth: 0 })]);
  return parts;
}

const closedFor = (draft: Draft, { parent, field }: Asked, name: string): boolean =>
  usable(draft, [name], () => `${parent}.${field.name}(${name}:)`).length === 0;

function groups(draft: Draft, argument: GraphQLArgument): Given {
  const { random } = draft;
  const type = getNamedType(argument.type);
  if (!isEnumType(type)) throw new Error("dimensions are an enum");
  const count = random.chance(0.03) ? 0 : random.pick([1, 1, 1, 2, 2, 3]);
  const values = Array.from({ length: count }, () => enumValue(draft, type));
  const distinct = new Map(values.map((value) => [value.text, value]));
  return list(random.chance(0.03) ? values : [...distinct.values()]);
}
