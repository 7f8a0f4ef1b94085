/** What roles can work out since a change of toggles: of what it closed to them, or through what it opened to them. */
import { ROLES, type Role } from "../caller.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Coordinate } from "./coordinate.ts";
import type { Standings } from "./current.ts";
import type { Inference as Answer } from "./inference-type.ts";
import { inferences, type Inference } from "./inference.ts";
import type { Settings } from "./settings.ts";

export interface Change {
  readonly before: Settings;
  readonly after: Settings;
}

interface Asked {
  readonly catalogue: Catalogue;
  readonly standings: Standings;
}

/** Each once, with the roles that can. What a role could work out before is not told again. */
export function newInferences({ catalogue, standings }: Asked, { before, after }: Change): readonly Answer[] {
  const found = new Map<string, Inference & { readonly roles: Role[] }>();
  const { hidden: unknown } = standings.setOf(["ADMIN"], after);
  // An admin is not told of the vendor's own workings either, not even that they are there.
  const isInternal = (coordinate: Coordinate): boolean =>
    catalogue.entries.get(coordinate)?.declared.internal === true && unknown.has(coordinate);
  for (const role of ROLES) {
    const under = (settings: Settings): readonly Inference[] =>
      inferences(standings.setOf([role], settings), catalogue);
    const known = new Set(under(before).map(({ hidden }) => hidden));
    for (const inference of under(after)) {
      if (known.has(inference.hidden) || [inference.hidden, ...inference.from].some(isInternal)) continue;
      const key = JSON.stringify(inference);
      const same = found.get(key);
      if (same === undefined) found.set(key, { ...inference, roles: [role] });
      else same.roles.push(role);
    }
  }
  return [...found.values()].toSorted((one, other) =>
    one.hidden < other.hidden ? -1 : Number(one.hidden > other.hidden),
  );
}
