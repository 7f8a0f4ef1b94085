/**
 * A document against a permission set: a clearance, with what was pruned, or every refusal. Runs once for each document,
 * operation and permission class (and for variables that decide), before anything else runs. Nothing else makes clearances.
 */
import type { PermissionSet } from "./compile.ts";
import type { Guard } from "./input.ts";
import { ROOT, type Use } from "./use.ts";
import { Walk, type Denial, type Picked, type Question } from "./walk.ts";

export type { Denial, Picked, Question, Usage } from "./walk.ts";

declare const made: unique symbol;

/** Permission to run one operation. Who has none has nothing to hand to the plan. */
export interface Clearance {
  readonly [made]: "by check.ts";
  readonly set: PermissionSet;
  readonly kind: "query" | "mutation" | "subscription";
  readonly roots: readonly Picked[];
  readonly rootType: string;
  readonly denials: readonly Denial[];
  /** All that the operation touches, also what was pruned. */
  readonly uses: readonly Use[];
  /** Holds for the variables of every request to which this clearance applies. */
  readonly guards: readonly Guard[];
}

export type Verdict = { readonly kind: "cleared"; readonly clearance: Clearance } | Refusal;

interface Refusal {
  readonly kind: "refused";
  readonly refusals: readonly Denial[];
  readonly guards: readonly Guard[];
  readonly uses: readonly Use[];
}

/** The document is valid for the schema. Pure. */
export function check(question: Question): Verdict {
  const { schema, operation, set } = question;
  const rootType = schema.getRootType(operation.operation);
  if (rootType === undefined || rootType === null) throw new Error(`The schema has no ${operation.operation}.`);
  const walk = new Walk(question);
  const roots = walk.pick(rootType, [operation.selectionSet], { path: "", use: ROOT });
  const refusals = [...walk.refusals.values()];
  const uses = walk.uses.list;
  if (refusals.length > 0) return { kind: "refused", refusals, guards: walk.guards, uses };
  const clearance = {
    set,
    kind: operation.operation,
    roots,
    rootType: rootType.name,
    denials: [...walk.denials.values()],
    uses,
    guards: walk.guards,
  } as unknown as Clearance; // cast: the only place that may put the mark of a clearance on anything
  return { kind: "cleared", clearance };
}
