/**
 * What a caller of some roles gets of a coordinate under some settings, what decided it, and the fewest switches that would
 * open it. Pure: the same question has the same answer, for now and for a moment of the past.
 */
import { ROLES, type Role } from "../caller.ts";
import type { Catalogue } from "./catalogue.ts";
import { isClosed, whatCloses, whatMasks, whatStandsInIt, type Change, type Decider, type Judging } from "./cause.ts";
import { compileSet, type PermissionSet } from "./compile.ts";
import { NONE, type Rows } from "./condition.ts";
import { splitCoordinate, type Coordinate } from "./coordinate.ts";
import type { Reason } from "./rules.ts";
import type { Settings } from "./settings.ts";

export type State = "OPEN" | "MASKED" | "DENIED" | "HIDDEN";

/** As the errors of an answer name it. */
export type Why = Reason | "ROW_CONDITION";

export interface RoleVerdict {
  readonly role: Role;
  readonly state: "OPEN" | "MASKED" | "DENIED";
  readonly reason: Why | undefined;
  /** All that stands in the way of this role, the nearest first. */
  readonly deciders: readonly Decider[];
}

export interface Verdict {
  readonly coordinate: Coordinate;
  readonly state: State;
  /** The one that the gate gives. */
  readonly reason: Why | undefined;
  /** What decided it, of the role whose reason it is. Empty where it is open, or closed with something hidden. */
  readonly deciders: readonly Decider[];
  /** Turned on together they open it, and no fewer of them do; undefined where no switch can, or nothing has to be opened. */
  readonly fix: readonly Change[] | undefined;
  readonly roles: readonly RoleVerdict[];
  /** Of the type that it belongs to; undefined where that has no rows. */
  readonly rows: Rows | undefined;
}

export interface Inquiry {
  readonly roles: readonly Role[];
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  /** What was compiled of the three. */
  readonly set: PermissionSet;
  /** Told of each set that has to be compiled on the way: it is what an explanation costs. */
  readonly compiled?: () => void;
}

export function explain(coordinate: Coordinate, inquiry: Inquiry): Verdict {
  const { set, settings, catalogue } = inquiry;
  const state = stateIn(set, coordinate);
  const roles = ROLES.filter((role) => inquiry.roles.includes(role)).map((role) =>
    verdictOf(coordinate, { role, settings, catalogue, hidden: set.hidden }),
  );
  const type = splitCoordinate(coordinate).type;
  return {
    coordinate,
    state,
    reason:
      state === "OPEN" ? undefined : state === "MASKED" ? "ROW_CONDITION" : (set.closed.get(coordinate) ?? "ROLE"),
    deciders: state === "OPEN" ? [] : decisive(roles, set.closed.get(coordinate)),
    fix: state === "OPEN" ? undefined : fixOf(coordinate, roles, inquiry),
    roles,
    rows: catalogue.subjects.has(type) ? (set.rows.get(type) ?? NONE) : undefined,
  };
}

function stateIn(set: PermissionSet, coordinate: Coordinate): State {
  if (set.hidden.has(coordinate)) return "HIDDEN";
  if (!set.open.has(coordinate)) return "DENIED";
  return set.masks.has(coordinate) ? "MASKED" : "OPEN";
}

function verdictOf(coordinate: Coordinate, judging: Judging): RoleVerdict {
  const { role } = judging;
  const closing = whatCloses(coordinate, judging);
  const [first] = closing;
  if (first !== undefined) {
    const reason = first.kind === "TOGGLE" ? "SWITCHED_OFF_BY_ACCOUNT" : "ROLE";
    return { role, state: "DENIED", reason, deciders: closing };
  }
  const masking = whatMasks(coordinate, judging);
  if (masking.length > 0) return { role, state: "MASKED", reason: "ROW_CONDITION", deciders: masking };
  return { role, state: "OPEN", reason: undefined, deciders: [] };
}

/** Of several roles the one that would need the fewest switches, among those whose reason is the one that is told. */
function decisive(roles: readonly RoleVerdict[], reason: Reason | undefined): readonly Decider[] {
  const shut = roles.filter(({ deciders }) => deciders.length > 0);
  const told = shut.filter((verdict) => verdict.reason === reason);
  const size = ({ deciders }: RoleVerdict): number => changesOf(deciders)?.length ?? Number.POSITIVE_INFINITY;
  const [nearest] = (told.length > 0 ? told : shut).toSorted((one, other) => size(one) - size(other) || 0);
  return nearest?.deciders ?? [];
}

/** Undefined where something among them is beyond every switch. */
function changesOf(deciders: readonly Decider[]): readonly Change[] | undefined {
  const changes = deciders.map(({ change }) => change);
  return changes.includes(undefined) ? undefined : unique(changes.filter((change) => change !== undefined));
}

const unique = (changes: readonly Change[]): readonly Change[] => [
  ...new Map(changes.map((change) => [`${change.audience} ${change.coordinate}`, change])).values(),
];

function fixOf(coordinate: Coordinate, roles: readonly RoleVerdict[], inquiry: Inquiry): readonly Change[] | undefined {
  const { set } = inquiry;
  const opens = goalOf(coordinate, inquiry);
  const each = roles.flatMap(({ deciders }) => {
    const changes = changesOf(deciders);
    return changes === undefined || changes.length === 0 ? [] : [changes];
  });
  // Where roles differ in their rows, one alone may not be enough for every row.
  const all = unique(roles.flatMap(({ deciders }) => deciders.flatMap(({ change }) => change ?? [])));
  const bundles = [...each.toSorted((one, other) => one.length - other.length), all];
  // Nothing of its own closes it: it is gone because nothing leads to it any more, or because nothing of it is left.
  if (set.hidden.has(coordinate)) bundles.push(switchesOf(set.hidden, inquiry));
  const enough = bundles.find((changes) => changes.length > 0 && opens(changes));
  return enough === undefined ? undefined : fewest([], enough, opens);
}

/**
 * Whether some switches are enough. Where a whole set has to be compiled for it, it is: what is hidden hangs together, and
 * several roles mask each other. Else a look at what stands in the way is a hundred times cheaper, and as good.
 */
function goalOf(coordinate: Coordinate, inquiry: Inquiry): (changes: readonly Change[]) => boolean {
  const { set, settings, catalogue, roles } = inquiry;
  const wasMasked = set.open.has(coordinate);
  if (set.hidden.size > 0 || (wasMasked && roles.length > 1)) {
    return (changes) => {
      inquiry.compiled?.();
      const after = compileSet(roles, withChanges(settings, changes), catalogue);
      return after.open.has(coordinate) && !(wasMasked && after.masks.has(coordinate));
    };
  }
  return (changes) => {
    const after = withChanges(settings, changes);
    return roles.some((role) => {
      const judging = { role, settings: after, catalogue, hidden: set.hidden };
      return !isClosed(coordinate, judging) && !(wasMasked && whatMasks(coordinate, judging).length > 0);
    });
  };
}

/** Everything that could be switched on of some coordinates, for one of the roles. */
function switchesOf(coordinates: Iterable<Coordinate>, inquiry: Inquiry): readonly Change[] {
  const { settings, catalogue, set } = inquiry;
  return unique(
    [...coordinates].flatMap((coordinate) =>
      inquiry.roles.flatMap((role) =>
        whatStandsInIt(coordinate, { role, settings, catalogue, hidden: set.hidden }).flatMap(
          ({ change }) => change ?? [],
        ),
      ),
    ),
  );
}

/**
 * Those of the candidates without which the others, with what is taken as given, are not enough. Halves are tried first,
 * as few of many are needed. Turning on more never closes, so what none of them can do without, nothing can do without.
 */
function fewest(
  given: readonly Change[],
  candidates: readonly Change[],
  opens: (changes: readonly Change[]) => boolean,
): readonly Change[] {
  if (candidates.length === 0 || opens(given)) return [];
  if (candidates.length === 1) return candidates;
  const middle = Math.ceil(candidates.length / 2);
  const [first, second] = [candidates.slice(0, middle), candidates.slice(middle)];
  const ofSecond = fewest([...given, ...first], second, opens);
  return [...fewest([...given, ...ofSecond], first, opens), ...ofSecond];
}

export function withChanges(settings: Settings, changes: readonly Change[]): Settings {
  const toggles = new Map(settings.toggles);
  for (const { coordinate, audience } of changes) toggles.set(`${audience} ${coordinate}`, true);
  // Only ever compiled and thrown away, so it has no name under which it could be kept.
  return { ...settings, key: "", toggles };
}
