// What accounts of the gate's bench have switched: fifty different settings, the same ones every time.
import { Random } from "../../seeds/random.ts";
import { ROLES, type Role } from "../../src/caller.ts";
import type { Catalogue } from "../../src/permission/catalogue.ts";
import { settingsOf, type DeniedAs, type Settings, type ToggleSetting } from "../../src/permission/settings.ts";

export const DISTINCT = 50;
const FEWEST = 3;
const MOST = 30;

/** The five roles, and people who have two of them. */
export const AUDIENCES: readonly (readonly Role[])[] = [
  ...ROLES.map((role) => [role]),
  ["EMPLOYEE", "FINANCE"],
  ["MANAGER", "FINANCE"],
];

export interface Switched {
  readonly toggles: readonly ToggleSetting[];
  readonly deniedAs: DeniedAs;
  readonly settings: Settings;
}

/** Half of the accounts hide what is denied, so that each of their classes has a schema of its own. */
export function distinctSettings(catalogue: Catalogue): readonly Switched[] {
  const chance = new Random("settings of the gate's bench");
  const movable = [...catalogue.entries.values()].filter(({ declared, kind }) => !declared.fixed && kind !== "type");
  return Array.from({ length: DISTINCT }, (_, at) => {
    const toggles = new Map<string, ToggleSetting>();
    for (let left = chance.integer(FEWEST, MOST); left > 0; left -= 1) {
      const { coordinate } = chance.pick(movable);
      const audience = chance.chance(0.4) ? "EVERYONE" : chance.pick(ROLES);
      toggles.set(`${coordinate} ${audience}`, { coordinate, audience, enabled: chance.chance(0.3) });
    }
    const deniedAs = at % 2 === 0 ? "DENIED" : "HIDDEN";
    const list = [...toggles.values()];
    return { toggles: list, deniedAs, settings: settingsOf(list, deniedAs) };
  });
}
