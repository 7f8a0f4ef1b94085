/** Explanations in words that a person understands: what was decided, by what, and whom to ask. They name nobody. */
import type { Catalogue } from "./catalogue.ts";
import type { Decider, Step } from "./cause.ts";
import type { Condition } from "./condition.ts";
import { memberCoordinate, splitCoordinate, type Coordinate } from "./coordinate.ts";
import type { Subject } from "./declare.ts";
import type { Verdict } from "./explain.ts";
import type { Audience } from "./settings.ts";

/** To whom it is told. */
export interface Speaking {
  readonly catalogue: Catalogue;
  /** Whether they may know that it is there: what they may not is not named. */
  readonly knows: (coordinate: Coordinate) => boolean;
}

const LINKS: Readonly<Record<Step["link"], string>> = {
  MADE_FROM: "is made from",
  READS: "reads",
  BELONGS_TO: "belongs to",
  SHOWS: "shows",
  TAKES: "takes",
  HOLDS: "always holds",
  REQUIRES: "cannot be asked for without",
  HAS_VALUE: "may be",
};

/** `TimeEntry.costAmount is made from TimeEntry.costRate`: one sentence a step. */
export const linkWords = (from: Coordinate, { link, coordinate }: Step): string =>
  `${from} ${LINKS[link]} ${coordinate}.`;

const whom = (audience: Audience): string => (audience === "EVERYONE" ? "everyone" : `the role ${audience}`);

/** Of the coordinate that decided. */
export function deciderWords({ kind, role, change, condition, coordinate }: Decider, speaking: Speaking): string {
  const rows = condition === undefined ? "" : conditionWords(condition, subjectOf(coordinate, speaking), speaking);
  switch (kind) {
    case "TOGGLE":
      return `Switched off by your administrator for ${whom(change?.audience ?? "EVERYONE")}: ${coordinate}.`;
    case "DEFAULT":
      return `Off for the role ${role} until an administrator switches it on: ${coordinate}.`;
    case "CEILING":
      return `Never for the role ${role}, whatever is switched: ${coordinate}.`;
    case "CONDITION":
      return `For the role ${role} ${coordinate} shows only where ${rows}.`;
    default:
      return kind satisfies never;
  }
}

/** The rule as it stands before anybody switches anything. */
export function ruleWords({ coordinate, role }: Decider, speaking: Speaking): string {
  const access = speaking.catalogue.entries.get(coordinate)?.declared.access[role] ?? "on";
  if (typeof access !== "string") {
    const where = conditionWords(access.on, subjectOf(coordinate, speaking), speaking);
    const beyond = access.beyond === "never" ? "never elsewhere" : "elsewhere when it is switched on";
    return `By itself the role ${role} has ${coordinate} where ${where}, and ${beyond}.`;
  }
  if (access === "never") return `The role ${role} may never have ${coordinate}.`;
  return `By itself the role ${role} has ${coordinate} ${access}.`;
}

/** What its switches say: everyone's, then the role's own. */
export function toggleWords({ kind, change, role, coordinate }: Decider): string {
  if (kind === "TOGGLE") return `The toggle ${coordinate} is off for ${whom(change?.audience ?? "EVERYONE")}.`;
  return kind === "CEILING"
    ? `No toggle of ${coordinate} can speak for the role ${role}.`
    : `Nobody has switched ${coordinate} on for the role ${role}.`;
}

export function verdictWords(verdict: Verdict, shown: readonly Decider[], speaking: Speaking): string {
  const { coordinate, state, roles } = verdict;
  if (roles.length === 0) return `${coordinate} is denied, as all is to whoever has no role in the account.`;
  if (state === "OPEN") return `${coordinate} is on for ${roles.map(({ role }) => whom(role)).join(" and ")}.`;
  const [first, ...others] = shown;
  if (first === undefined) return `${coordinate} ${ENDS[state]}. What decided it cannot be told.`;
  const more =
    others.length === 0 || first.kind === "CEILING" ? "" : ` And ${others.length} more in its way: see decidedBy.`;
  const steps = [coordinate, ...first.path.map((step) => step.coordinate)];
  const way = first.path.map((step, at) => linkWords(steps[at] ?? coordinate, step));
  return [...rolesThatShow(verdict), ...way, `${deciderWords(first, speaking)}${more}`].join(" ");
}

/** Of several roles one may have it on its own rows, where another has nothing of it. */
function rolesThatShow({ coordinate, state, roles }: Verdict): readonly string[] {
  const having = roles.filter((one) => one.state !== "DENIED");
  if (state !== "MASKED" || having.length === roles.length) return [];
  return [`${coordinate} shows on the rows of ${having.map(({ role }) => whom(role)).join(" and ")} only.`];
}

const ENDS = {
  MASKED: "shows on some rows only",
  DENIED: "is denied",
  HIDDEN: "does not exist for these roles",
} as const;

export const endWords = ({ coordinate, state, reason }: Verdict): string =>
  state === "OPEN" ? `${coordinate} is on.` : `${coordinate} ${ENDS[state]}: ${reason ?? "ROLE"}.`;

export function askWords({ state, fix }: Verdict): string | null {
  if (state === "OPEN") return null;
  return fix === undefined
    ? "An administrator of the account, for another role: no switch opens this for the roles that you have."
    : "An administrator of the account: the changes under fix would open it.";
}

export const whyNoFix = ({ state, fix }: Verdict, shown: readonly Decider[]): string | null => {
  if (state === "OPEN" || fix !== undefined) return null;
  const ceiling = shown.find(
    ({ kind, change }) => change === undefined && (kind === "CEILING" || kind === "CONDITION"),
  );
  return ceiling === undefined
    ? "No switch opens it."
    : `The role ${ceiling.role} may never have more of ${ceiling.coordinate}: no switch opens it.`;
};

/** Undefined for what has no rows. */
export function rowsWords({ coordinate, rows }: Verdict, speaking: Speaking): string | undefined {
  switch (rows?.kind) {
    case undefined:
      return undefined;
    case "none":
      return "No rows of it.";
    case "all":
      return "All rows of the account.";
    case "some":
      return `Rows where ${conditionWords(rows.where, subjectOf(coordinate, speaking), speaking)}.`;
    default:
      return rows satisfies never;
  }
}

const subjectOf = (coordinate: Coordinate, { catalogue }: Speaking): Subject | undefined =>
  catalogue.subjects.get(splitCoordinate(coordinate).type);

/** Values that do not show are not named: whoever may not know them would learn them here. */
function conditionWords(condition: Condition, subject: Subject | undefined, speaking: Speaking): string {
  if ("of" in condition) {
    const parts = condition.of.map((part) => conditionWords(part, subject, speaking));
    if (parts.length === 0) return condition.kind === "any" ? "nothing is" : "anything is";
    return [...new Set(parts)].join(condition.kind === "any" ? ", or " : ", and ");
  }
  const field = shownBy(condition.column, subject, speaking);
  switch (condition.kind) {
    case "own":
      return field === undefined ? "it is the caller's" : `${field} is the caller`;
    case "among":
      return field === undefined
        ? "it is the caller's"
        : `${field} is one of the caller's ${spaced(condition.set.name)}`;
    case "flag":
      return field === undefined ? "it is marked so" : `${field} is true`;
    case "noneOf":
      return field === undefined ? "a value of it is on" : `${field} is a value that is on`;
    default:
      return condition satisfies never;
  }
}

/** The field that shows the column, if those to whom it is told may know of it. */
function shownBy(column: string, subject: Subject | undefined, { knows }: Speaking): string | undefined {
  if (column === "id") return "it";
  const found = Object.entries(subject?.fields ?? {}).find(
    ([, { source }]) => "column" in source && source.column === column && source.kind !== "isOneOf",
  );
  const name = found?.[0];
  return name !== undefined && knows(memberCoordinate(subject?.name ?? "", name)) ? name : undefined;
}

const spaced = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
