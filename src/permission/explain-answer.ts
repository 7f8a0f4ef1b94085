/** Explanations as they are told: in words, with who set what for those who may know it, and without what the asker may not know of. */
import type { Decider } from "./cause.ts";
import type { Denial } from "./check.ts";
import type { Coordinate } from "./coordinate.ts";
import { explain, type Inquiry, type Verdict } from "./explain.ts";
import type { AccessDecision, AccessExplanation, AccessFault, AccessStep } from "./explain-type.ts";
import {
  askWords,
  deciderWords,
  endWords,
  linkWords,
  rowsWords,
  ruleWords,
  toggleWords,
  verdictWords,
  whyNoFix,
} from "./explain-words.ts";
import { setByOf, type SetBy } from "./past.ts";
import { problem } from "../problem.ts";

export interface Telling {
  readonly inquiry: Inquiry;
  readonly revision: number;
  readonly at: string | undefined;
  /** Whether the asker may know that it is there. */
  readonly knows: (coordinate: Coordinate) => boolean;
  /** Who set which toggle; undefined where that is not the asker's to know. */
  readonly setBy: ReadonlyMap<string, SetBy> | undefined;
}

const PLAIN = { usage: null, affectedPath: null, refused: null, denials: [], masked: [], faults: [] } as const;

/** Throws COORDINATE_UNKNOWN, for what is hidden from the asker as for what there is not. */
export function tellCoordinate(coordinate: Coordinate, telling: Telling): AccessExplanation {
  const { catalogue } = telling.inquiry;
  if (!catalogue.entries.has(coordinate) || !telling.knows(coordinate)) throw problem("COORDINATE_UNKNOWN");
  return tell(explain(coordinate, telling.inquiry), telling);
}

function tell(verdict: Verdict, telling: Telling): AccessExplanation {
  const { inquiry, revision } = telling;
  const speaking = { catalogue: inquiry.catalogue, knows: telling.knows };
  const shown = tellable(verdict.deciders, telling);
  // Half of the switches would open nothing, and the other half may not be named.
  const fix = verdict.fix?.every(({ coordinate }) => telling.knows(coordinate)) === true ? verdict.fix : undefined;
  const told = { ...verdict, fix };
  return {
    ...PLAIN,
    coordinate: verdict.coordinate,
    roles: inquiry.roles,
    revision,
    at: telling.at ?? null,
    state: verdict.state,
    reason: verdict.reason ?? null,
    words: verdictWords(verdict, shown, speaking),
    ask: askWords(told),
    rows: rowsWords(verdict, speaking) ?? null,
    decidedBy: shown.map((decider) => toDecision(decider, telling)),
    chain: chainOf(verdict, shown, telling),
    fix: fix?.map((change) => ({ ...change, enabled: true })) ?? null,
    whyNoFix: whyNoFix(told, shown),
    verdicts: verdict.roles.map(({ role, state, reason, deciders }) => {
      const decidedBy = tellable(deciders, telling).map((decider) => toDecision(decider, telling));
      return { role, state, reason: reason ?? null, decidedBy };
    }),
  };
}

const tellable = (deciders: readonly Decider[], { knows }: Telling): readonly Decider[] =>
  deciders.filter(({ path }) => path.every((step) => knows(step.coordinate)));

function toDecision(decider: Decider, { inquiry, knows, setBy }: Telling): AccessDecision {
  const { kind, coordinate, role, change } = decider;
  const audience = kind === "TOGGLE" ? (change?.audience ?? null) : null;
  const known = setBy === undefined || audience === null ? undefined : setByOf(setBy, coordinate, audience);
  return {
    kind,
    coordinate,
    role,
    audience,
    words: deciderWords(decider, { catalogue: inquiry.catalogue, knows }),
    changedBy: known?.by ?? null,
    changedAt: known?.at ?? null,
    why: known?.reason ?? null,
  };
}

/** What a decider was reached by is told once, however many are reached by it. */
function chainOf(verdict: Verdict, shown: readonly Decider[], { inquiry, knows }: Telling): readonly AccessStep[] {
  const speaking = { catalogue: inquiry.catalogue, knows };
  const steps = shown.flatMap((decider): AccessStep[] => {
    const { coordinate, path, kind } = decider;
    const passed = [verdict.coordinate, ...path.map((step) => step.coordinate)];
    const needs = path.map((step, at): AccessStep => {
      const from = passed[at] ?? verdict.coordinate;
      return { kind: "NEEDS", coordinate: step.coordinate, words: linkWords(from, step) };
    });
    const rule: AccessStep = { kind: "RULE", coordinate, words: ruleWords(decider, speaking) };
    const end: AccessStep =
      kind === "CONDITION"
        ? { kind: "CONDITION", coordinate, words: deciderWords(decider, speaking) }
        : { kind: "TOGGLE", coordinate, words: toggleWords(decider) };
    return kind === "CONDITION" ? [...needs, rule, end] : [...needs, end, rule];
  });
  const unique = [...new Map(steps.map((step) => [`${step.kind} ${step.words}`, step])).values()];
  return [...unique, { kind: "VERDICT", coordinate: verdict.coordinate, words: endWords(verdict) }];
}

export interface Judged {
  readonly denials: readonly Denial[];
  /** Fields that are asked for and show on some rows only. */
  readonly masked: readonly Coordinate[];
  readonly refused: boolean;
  readonly faults: readonly AccessFault[];
}

export function tellDocument(judged: Judged, telling: Telling): AccessExplanation {
  const { denials, masked, refused, faults } = judged;
  const { inquiry, revision } = telling;
  const state = denials.length + faults.length > 0 ? "DENIED" : masked.length > 0 ? "MASKED" : "OPEN";
  return {
    ...PLAIN,
    coordinate: null,
    roles: inquiry.roles,
    revision,
    at: telling.at ?? null,
    state,
    reason: denials[0]?.reason ?? (state === "MASKED" ? "ROW_CONDITION" : null),
    words: documentWords(judged),
    ask: state === "OPEN" || faults.length > 0 ? null : "An administrator of the account: see each of the parts.",
    rows: null,
    decidedBy: [],
    chain: [],
    fix: null,
    whyNoFix: null,
    verdicts: [],
    refused,
    faults,
    masked: masked.map((coordinate) => tell(explain(coordinate, inquiry), telling)),
    denials: denials.map(({ coordinate, usage, affectedPath, reason }) => {
      return Object.assign(tell(explain(coordinate, inquiry), telling), { reason, usage, affectedPath });
    }),
  };
}

function documentWords({ denials, masked, refused, faults }: Judged): string {
  if (faults.length > 0) return "It would not be judged at all: see faults.";
  if (denials.length === 0) {
    return masked.length === 0
      ? "Nothing in it is denied."
      : "Nothing in it is denied: some of it shows on some rows only.";
  }
  const number = denials.length === 1 ? "One coordinate is denied" : `${denials.length} coordinates are denied`;
  return refused
    ? `${number}, and the operation would be refused as a whole: nothing of it would run.`
    : `${number}: null in the answer, with one error for each. The rest would be answered.`;
}

/** The roles, for those who print them. */
export const rolesWords = (roles: readonly string[]): string => (roles.length === 0 ? "no role" : roles.join(", "));
