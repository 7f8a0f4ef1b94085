/** The arguments of a field: pages, filters, orders, ids, what a report is asked, and whatever else a schema may have. */
import { isNonNullType, type GraphQLField } from "graphql";
import { argumentCoordinate } from "../permission/coordinate.ts";
import { json, lifted, newName, tempts, usable, type Draft, type Given } from "./draft.ts";
import { given, idFor } from "./generate-value.ts";

export interface Asked {
  readonly parent: string;
  readonly field: GraphQLField<unknown, unknown>;
  /** The subject whose rows it lists, where it is a list. */
  readonly subject: string | undefined;
  readonly depth: number;
}

export interface Arguments {
  readonly text: string;
  /** The variable by which the list can be paged on: the answer must then show its cursors. */
  readonly hook: string | undefined;
}

type Named = readonly [string, Given];

export function writeArguments(draft: Draft, asked: Asked): Arguments {
  const { field, parent } = asked;
  const subject = draft.law.subjects.get(asked.subject ?? subjectOfMutation(asked));
  const isPaged = field.args.some(({ name }) => name === "first");
  const page = isPaged ? pageOf(draft, asked) : { parts: [], hook: undefined };
  const others = field.args.filter(({ name }) => !isPaged || !["first", "last", "after", "before"].includes(name));
  const needed = others.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const free = others.filter(
    (argument) => !needed.includes(argument) && draft.random.chance(tempts(draft, argument.type) ? 0.95 : 0.55),
  );
  const open = usable(draft, free, ({ name }) => argumentCoordinate(parent, field.name, name));
  const parts = [...needed, ...open].map(({ name, type }): Named => {
    const isId = name === "id" && subject !== undefined;
    const make = (): Given => json(idFor(draft, { subject }));
    return [name, isId ? lifted(draft, type, make) : given(draft, type, { subject, name, depth: 2 })];
  });
  const text = [...page.parts, ...parts].map(([name, value]) => `${name}: ${value.text}`).join(", ");
  return { text: text === "" ? "" : `(${text})`, hook: page.hook };
}

/** `updateTimeEntry(id:)` means a TimeEntry. */
const subjectOfMutation = ({ parent, field }: Asked): string =>
  parent === "Mutation" ? (/^[a-z]+(\w+)$/.exec(field.name)?.[1] ?? "") : "";

interface Page {
  readonly parts: readonly Named[];
  readonly hook: string | undefined;
}

/** Small pages, so that there is something behind them; at the top sometimes all there is. */
function pageOf(draft: Draft, { field, depth }: Asked): Page {
  const { random } = draft;
  const type = field.args.find(({ name }) => name === "first")?.type;
  if (type === undefined) return { parts: [], hook: undefined };
  const count = (): Given => lifted(draft, type, () => json(random.pick([0, 1, 1, 2, 2, 3, 4, 6])));
  const chance = random.below(depth === 0 ? 12 : 8);
  if (chance >= 10) return { parts: [["first", json(random.pick([20, 100, 500]))]], hook: undefined };
  if (chance >= 8) return { parts: [], hook: undefined };
  if (chance === 7) return { parts: [["first", json(random.pick([-1, 501]))]], hook: undefined };
  if (chance >= 5) return { parts: [[random.pick(["first", "last"]), count()]], hook: undefined };
  const hook = newName(draft, "c");
  draft.definitions.push({ name: hook, type: "String", text: `$${hook}: String` });
  draft.hooks.push(hook);
  const cursor: Given = { text: `$${hook}`, json: undefined };
  const forward = chance < 3;
  return {
    parts: [
      [forward ? "first" : "last", count()],
      [forward ? "after" : "before", cursor],
    ],
    hook,
  };
}
