/**
 * Roots that a person wrote by hand: what was cleared of them runs in graphql-js, and rows in their answers are read by
 * plans of their own, in the same transaction and under the same set.
 */
import {
  execute,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
} from "graphql";
import type { Picked } from "../permission/check.ts";
import { compileRow, ROW } from "../plan/compile.ts";
import { readId } from "../plan/id.ts";
import { runPlan, type Masked } from "../plan/run.ts";
import { Problem } from "../problem.ts";
import { contextOf, type Resolving } from "./context.ts";
import type { Cleared } from "./judgement.ts";

export interface Resolved {
  readonly json: ReadonlyMap<string, string>;
  /** Cells of rows in the answers that the caller may not see. */
  readonly masked: readonly Masked[];
}

const NOTHING: Resolved = { json: new Map(), masked: [] };

/** Throws the Problem that a resolver threw: nothing of the operation is answered then. */
export async function resolveRoots(judgement: Cleared, resolving: Resolving): Promise<Resolved> {
  const roots = judgement.plan.roots.flatMap((root) => (root.kind === "resolved" ? [root.picked] : []));
  if (roots.length === 0) return NOTHING;
  // One mutation after the other: what one answers with is read before the next one runs.
  const groups = judgement.clearance.kind === "mutation" ? roots.map((root) => [root]) : [roots];
  const json = new Map<string, string>();
  const masked: Masked[] = [];
  for (const group of groups) {
    const how = { resolving, masked };
    for (const [key, value] of await resolveTogether(group, how)) json.set(key, value);
  }
  return { json, masked };
}

async function resolveTogether(roots: readonly Picked[], how: Completing): Promise<ReadonlyMap<string, string>> {
  const { resolving } = how;
  const { schema } = resolving.known;
  const result = await execute({
    schema,
    document: pruned(roots, resolving),
    variableValues: resolving.request.variables,
    contextValue: contextOf(resolving),
    hideSuggestions: true,
  });
  const thrown = result.errors
    ?.map((error) => error.originalError)
    .find((error) => error !== undefined && error !== null);
  if (thrown instanceof Problem) throw thrown;
  const [failure] = result.errors ?? [];
  if (failure !== undefined) throw thrown ?? failure;
  const json = new Map<string, string>();
  for (const picked of roots) json.set(picked.key, await complete(result.data?.[picked.key], picked, how));
  return json;
}

/** The operation with nothing in it but the cleared parts of these roots. */
function pruned(roots: readonly Picked[], { known, catalogue }: Resolving): DocumentNode {
  const { operation, document } = known;
  const isRow = (type: string): boolean => catalogue.subjects.has(type);
  const fragments = document.definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const introspects = roots.some((picked) => picked.field.startsWith("__"));
  const selections = roots.flatMap((picked) => fieldOf(picked, isRow));
  const kept = { ...operation, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  return { kind: Kind.DOCUMENT, definitions: introspects ? [kept, ...fragments] : [kept] };
}

/** Introspection keeps its own words: it shows the schema as its caller knows it, of which nothing is ever pruned. */
function fieldOf(picked: Picked, isRow: (type: string) => boolean): readonly SelectionNode[] {
  const [first] = picked.nodes;
  if (picked.denied || first === undefined) return [];
  if (picked.field.startsWith("__") && picked.field !== "__typename") return picked.nodes;
  const selections = [...picked.picks].flatMap(([type, picks]) =>
    isRow(type) ? [name("id")] : picks.flatMap((inner) => fieldOf(inner, isRow)),
  );
  const set = selections.length > 0 ? selections : picked.picks.size > 0 ? [name("__typename")] : undefined;
  const field: FieldNode = {
    kind: Kind.FIELD,
    name: first.name,
    alias: { kind: Kind.NAME, value: picked.key },
    ...(first.arguments === undefined ? {} : { arguments: first.arguments }),
    ...(set === undefined ? {} : { selectionSet: { kind: Kind.SELECTION_SET, selections: set } }),
  };
  return [field];
}

const name = (value: string): FieldNode => ({ kind: Kind.FIELD, name: { kind: Kind.NAME, value } });

interface Completing {
  readonly resolving: Resolving;
  /** Gathers what rows in the answer do not show. */
  readonly masked: Masked[];
}

/** The JSON of one resolved value, in the order that was asked, with nulls where something was pruned. */
async function complete(value: unknown, picked: Picked, how: Completing): Promise<string> {
  if (value === null || value === undefined) return "null";
  if (picked.picks.size === 0) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items: string[] = [];
    for (const item of value) items.push(await complete(item, picked, how));
    return `[${items.join(",")}]`;
  }
  const [type] = picked.picks.keys();
  const isRow = type !== undefined && how.resolving.catalogue.subjects.has(type);
  if (isRow) return readRow(Reflect.get(Object(value), "id"), picked, how);
  const members: string[] = [];
  for (const inner of picked.picks.get(type ?? "") ?? []) {
    const json = inner.denied ? "null" : await complete(Reflect.get(Object(value), inner.key), inner, how);
    members.push(`${JSON.stringify(inner.key)}:${json}`);
  }
  return `{${members.join(",")}}`;
}

async function readRow(id: unknown, picked: Picked, { resolving, masked }: Completing): Promise<string> {
  const { standing, catalogue, report, asker, reader, variables } = resolving;
  const plan = compileRow(standing.set, { subjects: catalogue.subjects, report }, picked);
  const given = { ...variables, [ROW]: readId(id).uuid };
  const answered = await runPlan(plan, asker, { reader, variables: given });
  masked.push(...answered.masked);
  return answered.json.get(picked.key) ?? "null";
}
