/**
 * Whether a change of toggles could let the vendor's staff see more, now or at any later moment: that takes two
 * administrators of the account. Judged by what could open, and not by what is closed today for other reasons: those go.
 */
import type { Catalogue } from "./catalogue.ts";
import type { Coordinate } from "./coordinate.ts";
import { settingsAfter, switchesOf, toggleOf, type Settings, type ToggleChange } from "./settings.ts";
import { closedWith } from "./toggle-answer.ts";

/** All that an account has set, and all that will be. */
export interface World {
  readonly before: Settings;
  /** In the order in which they take effect. */
  readonly waiting: readonly Batch[];
  readonly catalogue: Catalogue;
}

export interface Batch {
  readonly effectiveAt: string;
  readonly changes: readonly ToggleChange[];
}

export interface Step {
  readonly changes: readonly ToggleChange[];
  /** At once where it is undefined. */
  readonly at: string | undefined;
}

export function widensSupport(world: World, { changes, at }: Step): boolean {
  const on = everOn(world, changes);
  return changes.some((change) => {
    if (change.audience === "SUPPORT") return change.enabled === true;
    if (change.audience !== "EVERYONE" || change.enabled === false) return false;
    const coordinate = change.coordinate as Coordinate; // cast: it is only looked up
    // What is not off opens nothing at once; what will be off by a later moment is not known.
    if (at === undefined && toggleOf(world.before, coordinate, "EVERYONE") !== false) return false;
    return touches(coordinate, on, world.catalogue);
  });
}

/** To take back what would close something is to leave it open. */
export function widensSupportWhenCancelled(world: World, { changes }: Pick<Batch, "changes">): boolean {
  const on = everOn(world, []);
  return changes.some(({ coordinate, audience, enabled }) => {
    const closes = audience === "SUPPORT" ? enabled !== true : audience === "EVERYONE" && enabled === false;
    return closes && touches(coordinate as Coordinate, on, world.catalogue); // cast: it is only looked up
  });
}

/** What staff could see by the step and not without it, moment by moment, as text to be compared. */
export function openedBy({ before, waiting, catalogue }: World, step: Step): string {
  const own = { moment: "proposed", time: step.at === undefined ? -Infinity : Date.parse(step.at), ...step };
  const others = waiting.map(({ effectiveAt, changes }) => {
    return { moment: effectiveAt, time: Date.parse(effectiveAt), changes };
  });
  let [without, withIt] = [before, before];
  const opened: (readonly [string, string])[] = [];
  // At the same moment what was written down last wins, and what is proposed will be the last.
  for (const next of [...others, own].toSorted((one, other) =>
    one.time < other.time ? -1 : one.time > other.time ? 1 : 0,
  )) {
    withIt = settingsAfter(withIt, next.changes);
    if (next !== own) without = settingsAfter(without, next.changes);
    const seen = supportSight(without, catalogue);
    const more = [...supportSight(withIt, catalogue)]
      .filter((coordinate) => !seen.has(coordinate))
      .toSorted()
      .join(" ");
    if (more !== (opened.at(-1)?.[1] ?? "")) opened.push([next.moment, more]);
  }
  return JSON.stringify(opened);
}

/** All that is on for staff, or will be. */
function everOn({ before, waiting }: World, changes: readonly ToggleChange[]): ReadonlySet<string> {
  const all = [...switchesOf(before), ...waiting.flatMap((batch) => batch.changes), ...changes];
  const on = all.filter(({ audience, enabled }) => audience === "SUPPORT" && enabled === true);
  return new Set(on.map(({ coordinate }) => coordinate));
}

const touches = (coordinate: Coordinate, on: ReadonlySet<string>, catalogue: Catalogue): boolean =>
  on.has(coordinate) || closedWith(catalogue, coordinate).some((one) => on.has(one));

/** All that is on for staff and closed by nobody for everyone: the most that a grant could open to them. */
function supportSight(settings: Settings, catalogue: Catalogue): ReadonlySet<string> {
  const closed = new Set<string>();
  const open = new Set<string>();
  for (const { coordinate, audience, enabled } of switchesOf(settings)) {
    if (audience === "SUPPORT" && enabled) open.add(coordinate);
    if (audience !== "EVERYONE" || enabled) continue;
    closed.add(coordinate);
    for (const one of closedWith(catalogue, coordinate as Coordinate)) closed.add(one); // cast: it is only looked up
  }
  return new Set([...open].filter((coordinate) => !closed.has(coordinate)));
}
