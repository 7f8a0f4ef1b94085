/** Whether a change of toggles would let the vendor's staff see more: that takes two administrators of the account. */
import type { Catalogue } from "./catalogue.ts";
import type { Coordinate } from "./coordinate.ts";
import { settingsAfter, switchesOf, type Settings, type ToggleChange } from "./settings.ts";
import { closedWith } from "./toggle-answer.ts";

export interface Widening {
  readonly before: Settings;
  readonly changed: readonly ToggleChange[];
  /** Takes effect at a later moment: what will be set until then is not known. */
  readonly isLater: boolean;
  readonly catalogue: Catalogue;
}

export function widensSupport({ before, changed, isLater, catalogue }: Widening): boolean {
  if (changed.some(({ audience, enabled }) => audience === "SUPPORT" && enabled === true)) return true;
  // Whatever it switches on may be off by then: who switches off today and on for tomorrow opens what was closed.
  const offFirst = isLater ? changed.filter(({ enabled }) => enabled === true).map(toOff) : [];
  const seen = supportSight(settingsAfter(before, offFirst), catalogue);
  return [...supportSight(settingsAfter(before, changed), catalogue)].some((coordinate) => !seen.has(coordinate));
}

const toOff = (change: ToggleChange): ToggleChange => ({ ...change, enabled: false });

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
