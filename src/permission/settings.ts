/** An account's toggles: read with the revision, and looked up by coordinate and audience. */
import { digest } from "../storage/digest.ts";
import type { Coordinate } from "./coordinate.ts";

export const AUDIENCES = ["EVERYONE", "EMPLOYEE", "MANAGER", "FINANCE", "ADMIN", "SUPPORT", "INTEGRATION"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Only what was ever set; what is not in here is as declared. */
export interface Settings {
  /** Names the content: accounts with the same toggles share permission sets. */
  readonly key: string;
  readonly toggles: ReadonlyMap<string, boolean>;
}

const keyOf = (coordinate: string, audience: Audience): string => `${audience} ${coordinate}`;

export const NO_SETTINGS: Settings = { key: "", toggles: new Map() };

export function settingsOf(
  toggles: readonly { readonly coordinate: string; readonly audience: Audience; readonly enabled: boolean }[],
): Settings {
  if (toggles.length === 0) return NO_SETTINGS;
  const entries = toggles.map((toggle) => [keyOf(toggle.coordinate, toggle.audience), toggle.enabled] as const);
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return { key: digest(JSON.stringify(entries)), toggles: new Map(entries) };
}

/** True or false where the account has set it, undefined where it has not. */
export const toggleOf = (settings: Settings, coordinate: Coordinate, audience: Audience): boolean | undefined =>
  settings.toggles.get(keyOf(coordinate, audience));
