/** One operation put to both sides, then once more behind a cursor of the answer; and a difference in words. */
import { print, type GraphQLSchema } from "graphql";
import { difference, type Cursors, type GateBody } from "./compare.ts";
import type { PageHook } from "./draft.ts";
import { generate } from "./generate.ts";
import { naiveAnswer, type NaiveAnswer } from "./naive-execute.ts";
import type { Sight } from "./naive-sight.ts";
import type { Random } from "./random.ts";
import { shrink, type Case } from "./shrink.ts";
import type { Asker, World } from "./world.ts";

/** The side that is tried: the real gate, or a naive one with a fault. */
export type Answering = (asker: Asker, of: Case) => Promise<GateBody>;

export interface Trial {
  readonly schema: GraphQLSchema;
  readonly sight: Sight;
  readonly answering: Answering;
  /** How often a case that shows a difference may be made smaller. */
  readonly tries: number;
}

/** How often the two sides did what: a run that only ever refuses proves little. */
export type Tally = Record<"answered" | "denied" | "refused" | "paged", number>;

export async function tryOne(trial: Trial, random: Random, tally: Tally): Promise<string | undefined> {
  const generated = generate(random, trial.schema, trial.sight);
  const first: Case = { document: generated.document, variables: generated.variables };
  const cursors: Cursors = new Map();
  const outcome = await compareOnce(trial, first, cursors);
  if (outcome.difference !== undefined) return explain(trial, first, new Map());
  count(tally, outcome.naive);
  const hook = pageOn(generated.hooks, outcome.body, random);
  if (hook === undefined) return undefined;
  tally.paged += 1;
  const second = { ...first, variables: { ...first.variables, ...hook } };
  const next = await compareOnce(trial, second, cursors);
  return next.difference === undefined ? undefined : explain(trial, second, cursors);
}

function count(tally: Tally, naive: NaiveAnswer): void {
  if (naive.kind === "refused") tally.refused += 1;
  else tally[naive.denied.length > 0 ? "denied" : "answered"] += 1;
}

interface Outcome {
  readonly naive: NaiveAnswer;
  readonly body: GateBody;
  readonly difference: string | undefined;
}

async function compareOnce({ schema, sight, answering }: Trial, of: Case, cursors: Cursors): Promise<Outcome> {
  const words = Object.entries(of.variables).map(([name, value]) => [name, translated(value, cursors)] as const);
  const naive = naiveAnswer({ schema, document: of.document, variables: Object.fromEntries(words) }, sight);
  const body = await answering(sight.asker, of);
  return { naive, body, difference: difference(naive, body, cursors) };
}

const translated = (value: unknown, cursors: Cursors): unknown =>
  typeof value === "string" ? (cursors.get(value) ?? value) : value;

/** A cursor of the answer for one of the lists that can be paged on; now and then one of another list, or none at all. */
function pageOn(
  hooks: readonly PageHook[],
  { data }: GateBody,
  random: Random,
): Readonly<Record<string, unknown>> | undefined {
  if (hooks.length === 0) return undefined;
  const hook = random.pick(hooks);
  if (random.chance(0.02)) return { [hook.variable]: random.pick(["", "x", "cursor:x", "e30"]) };
  const others = hooks.filter(({ subject }) => subject !== hook.subject);
  const from = others.length > 0 && random.chance(0.2) ? random.pick(others) : hook;
  const edges = follow(data, [...from.path, "xEdges"]);
  const cursors = Array.isArray(edges) ? edges.map((edge: unknown) => follow(edge, ["xCursor"])) : [];
  return cursors.length === 0 ? undefined : { [hook.variable]: random.pick(cursors) };
}

function follow(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== "object" || value === null) return path.length === 0 ? value : undefined;
  if (key !== "@") return follow(Object.entries(value).find(([name]) => name === key)?.[1], rest);
  return Array.isArray(value) ? value.map((element: unknown) => follow(element, rest)).find(Array.isArray) : undefined;
}

const LONGEST = 3_000;

async function explain(trial: Trial, found: Case, cursors: Cursors): Promise<string> {
  const { difference: first } = await compareOnce(trial, found, new Map(cursors));
  const again = async (smaller: Case): Promise<boolean> => {
    const { difference } = await compareOnce(trial, smaller, new Map(cursors));
    return difference !== undefined && kindOf(difference) === kindOf(first ?? "");
  };
  const smallest = await shrink({ schema: trial.schema, tries: trial.tries }, found, again);
  const { naive, body, difference } = await compareOnce(trial, smallest, new Map(cursors));
  const { asker, world } = trial.sight;
  return [
    `${difference}`,
    print(smallest.document),
    `variables: ${JSON.stringify(smallest.variables)}`,
    `caller: ${asker.roles.join(" + ")} (member ${asker.member}) of account ${asker.account}`,
    `toggles: ${togglesOf(world, asker)}`,
    `the gate says: ${JSON.stringify({ errors: body.errors, data: body.data }).slice(0, LONGEST)}`,
    `the law says:  ${said(naive).slice(0, LONGEST)}`,
  ].join("\n");
}

/** What a difference is about, without the places and values that it names: smaller must not become another one. */
export const kindOf = (difference: string): string =>
  difference.startsWith(".") ? "another value" : difference.replace(/\[.*/s, "").slice(0, 70);

const togglesOf = (world: World, asker: Asker): string =>
  world.toggles
    .filter(({ account }) => account === asker.account)
    .map(({ coordinate, audience, enabled }) => `${coordinate} ${audience} ${enabled ? "on" : "off"}`)
    .join(", ");

function said(naive: NaiveAnswer): string {
  if (naive.kind === "answered") {
    return JSON.stringify({ data: naive.data, denied: naive.denied.map(({ coordinate }) => coordinate) });
  }
  const { refused, problems } = naive.judgement;
  return JSON.stringify({ refused: refused.map(({ coordinate }) => coordinate), problems });
}
