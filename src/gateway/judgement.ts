/** Judged and planned once: what is known of (document, operation, permission class) and of the variables that decide. */
import type { GraphQLSchema } from "graphql";
import type { Catalogue } from "../permission/catalogue.ts";
import { check, type Clearance, type Denial } from "../permission/check.ts";
import type { PermissionSet } from "../permission/compile.ts";
import type { Guard, Variables } from "../permission/input.ts";
import type { Use } from "../permission/use.ts";
import type { Model } from "../plan/build.ts";
import { compilePlan, type Plan } from "../plan/compile.ts";
import type { Masked } from "../plan/run.ts";
import { digest } from "../storage/digest.ts";
import { rowsOf, type Counting, type Rows } from "./cost.ts";
import type { KnownOperation } from "./document.ts";
import { pricesOf } from "./price.ts";

export type Judgement = Cleared | Refused;

/** An error of the answer that names a coordinate; more of it is for the caller alone. */
export interface DenialError {
  readonly message: string;
  readonly extensions: { readonly coordinate: string };
}

export interface Cleared {
  readonly kind: "cleared";
  readonly clearance: Clearance;
  readonly plan: Plan;
  /** How many rows it asks for, with the variables of one request. */
  readonly rows: Rows;
  readonly decisionId: string;
  /** What was pruned, as errors of the answer; empty where nothing was. */
  readonly errors: readonly DenialError[];
  readonly guards: readonly Guard[];
  /** One list for each judgement: it stands for the judgement where requests are counted. */
  readonly uses: readonly Use[];
}

export interface Refused {
  readonly kind: "refused";
  readonly decisionId: string;
  readonly errors: readonly DenialError[];
  readonly guards: readonly Guard[];
  /** One list for each judgement: it stands for the judgement where requests are counted. */
  readonly uses: readonly Use[];
}

/** Variables that decide in ever new ways are judged each time, above this many ways. */
const WAYS = 32;
/** Permission classes of one operation, above which the oldest is judged anew. */
const CLASSES = 256;
/** Above so many all are forgotten: each holds a statement. */
const REMEMBERED = 20_000;

export class Judgements {
  readonly #schema: GraphQLSchema;
  readonly #model: Model;
  readonly #counting: Counting;
  /** Weak: an operation that `document.ts` forgets takes its judgements with it. */
  #known = new WeakMap<KnownOperation, Map<string, Judgement[]>>();
  #size = 0;

  constructor(catalogue: Catalogue, report: Model["report"]) {
    const { schema, subjects } = catalogue;
    this.#schema = schema;
    this.#model = { subjects, report };
    this.#counting = { subjects, price: pricesOf(catalogue) };
  }

  /** Throws the problems of arguments that no set of rights could make good. */
  of(known: KnownOperation, set: PermissionSet, variables: Variables): Judgement {
    const ways = this.#known.get(known)?.get(set.class);
    return ways?.find((way) => way.guards.every((guard) => guard(variables))) ?? this.#judge(known, set, variables);
  }

  #judge(known: KnownOperation, set: PermissionSet, variables: Variables): Judgement {
    const { document, operation } = known;
    const verdict = check({ schema: this.#schema, document, operation, variables, set });
    const decisionId = digest(JSON.stringify([set.class, known.text, operation.name?.value ?? ""])).slice(0, 22);
    const judgement: Judgement =
      verdict.kind === "refused"
        ? { ...verdict, decisionId, errors: errorsOf(verdict.refusals, decisionId) }
        : this.#plan(verdict.clearance, variables, decisionId);
    this.#remember(known, set, judgement);
    return judgement;
  }

  #plan(clearance: Clearance, variables: Variables, decisionId: string): Cleared {
    const plan = compilePlan(clearance, this.#model, variables);
    const errors = errorsOf(clearance.denials, decisionId);
    const rows = rowsOf(clearance.roots, this.#counting);
    return { kind: "cleared", clearance, plan, rows, decisionId, errors, guards: plan.guards, uses: clearance.uses };
  }

  #remember(known: KnownOperation, set: PermissionSet, judgement: Judgement): void {
    if (this.#size >= REMEMBERED) {
      this.#known = new WeakMap();
      this.#size = 0;
    }
    const classes = this.#known.get(known) ?? new Map<string, Judgement[]>();
    const ways = classes.get(set.class) ?? [];
    if (ways.length >= WAYS) ways.shift();
    else this.#size += 1;
    ways.push(judgement);
    classes.set(set.class, ways);
    const oldest = classes.keys().next();
    if (classes.size > CLASSES && oldest.done !== true) classes.delete(oldest.value);
    this.#known.set(known, classes);
  }
}

/** One error for each field of which cells were left out, with their number. */
export function errorsOfMasked(masked: readonly Masked[], decisionId: string): readonly DenialError[] {
  const byField = new Map<string, Masked>();
  for (const cell of masked) {
    const known = byField.get(cell.coordinate);
    byField.set(cell.coordinate, known === undefined ? cell : { ...known, count: known.count + cell.count });
  }
  const reason = "ROW_CONDITION";
  const denials = [...byField.values()].map(({ coordinate, path: affectedPath, count }) => {
    return { coordinate, usage: "SELECT" as const, reason, affectedPath, count };
  });
  return errorsOf(denials, decisionId);
}

type Said = Omit<Denial, "reason"> & { readonly reason: string };

const errorsOf = (denials: readonly Said[], decisionId: string): readonly DenialError[] =>
  denials.map(({ coordinate, usage, reason, affectedPath, count }) => ({
    message: "Unauthorized field or type",
    ...(/[@(]/.test(affectedPath) ? {} : { path: affectedPath.split(".") }),
    extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", coordinate, usage, reason, affectedPath, count, decisionId },
  }));
