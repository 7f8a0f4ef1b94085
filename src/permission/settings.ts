/** An account's toggles: read with the revision, looked up by coordinate and audience. */
import { ROLES, type Role } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import { digest } from "../storage/digest.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Coordinate } from "./coordinate.ts";

export const AUDIENCES = ["EVERYONE", "EMPLOYEE", "MANAGER", "FINANCE", "ADMIN", "SUPPORT", "INTEGRATION"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What people are told of what they may not use: that it is denied to them, or nothing, as if it were not there. */
export const DENIED_AS = ["DENIED", "HIDDEN"] as const;
export type DeniedAs = (typeof DENIED_AS)[number];

/** What becomes of an operation that asks for something denied, where the request says nothing about it. */
export const ON_DENIED = ["NULL", "REJECT"] as const;
export type OnDenied = (typeof ON_DENIED)[number];

/** Only what was ever set; what is not in here is as declared. */
export interface Settings {
  /** Names the content: accounts with the same toggles share permission sets. */
  readonly key: string;
  readonly toggles: ReadonlyMap<string, boolean>;
  readonly deniedAs: DeniedAs;
}

const keyOf = (coordinate: string, audience: Audience): string => `${audience} ${coordinate}`;

export const NO_SETTINGS: Settings = { key: "", toggles: new Map(), deniedAs: "DENIED" };

export interface ToggleSetting {
  readonly coordinate: string;
  readonly audience: Audience;
  readonly enabled: boolean;
}

/** What a switch is to become: null is back to its default, as if nobody had ever set it. */
export interface ToggleChange extends Omit<ToggleSetting, "enabled"> {
  readonly enabled: boolean | null;
}

export function settingsOf(toggles: readonly ToggleSetting[], deniedAs: DeniedAs = "DENIED"): Settings {
  if (toggles.length === 0 && deniedAs === "DENIED") return NO_SETTINGS;
  const entries = toggles.map((toggle) => [keyOf(toggle.coordinate, toggle.audience), toggle.enabled] as const);
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return { key: digest(JSON.stringify([deniedAs, entries])), toggles: new Map(entries), deniedAs };
}

/** True or false where the account has set it, undefined where it has not. */
export const toggleOf = (settings: Settings, coordinate: Coordinate, audience: Audience): boolean | undefined =>
  settings.toggles.get(keyOf(coordinate, audience));

/** The settings with these changes made. */
export function settingsAfter(before: Settings, changes: readonly ToggleChange[]): Settings {
  const toggles = new Map(before.toggles);
  for (const { coordinate, audience, enabled } of changes) {
    if (enabled === null) toggles.delete(keyOf(coordinate, audience));
    else toggles.set(keyOf(coordinate, audience), enabled);
  }
  return settingsOf(switchesOf({ ...before, toggles }), before.deniedAs);
}

/** What was ever set, switch by switch. */
export const switchesOf = ({ toggles }: Settings): readonly ToggleSetting[] =>
  [...toggles].map(([key, enabled]) => {
    const space = key.indexOf(" ");
    return { coordinate: key.slice(space + 1), audience: key.slice(0, space) as Audience, enabled }; // cast: `keyOf` wrote it
  });

/** Those of the changes that change anything; of several to one switch the last. */
export function effectOf(before: Settings, changes: readonly ToggleChange[]): readonly ToggleChange[] {
  const last = new Map(changes.map((change) => [keyOf(change.coordinate, change.audience), change]));
  return [...last].filter(([key, { enabled }]) => (before.toggles.get(key) ?? null) !== enabled).map(([, one]) => one);
}

/** From the database's JSON of [coordinate, audience, enabled]. What cannot be read closes the door. */
export function readToggles(json: string, said: string | null | undefined): Settings {
  const deniedAs = DENIED_AS.find((one) => one === said);
  if (deniedAs === undefined) throw problem("ACCESS_UNAVAILABLE");
  const rows: unknown = JSON.parse(json);
  if (!Array.isArray(rows)) throw problem("ACCESS_UNAVAILABLE");
  return settingsOf(
    rows.map((row: unknown) => {
      const [coordinate, audience, enabled] = Array.isArray(row) ? (row as readonly unknown[]) : []; // cast: only narrows any[]
      const known = AUDIENCES.find((one) => one === audience);
      if (typeof coordinate !== "string" || known === undefined || typeof enabled !== "boolean") {
        throw problem("ACCESS_UNAVAILABLE", { log: "a toggle in the database cannot be read" });
      }
      return { coordinate, audience: known, enabled };
    }),
    deniedAs,
  );
}

export function readRoles(json: string): readonly Role[] {
  const found: unknown = JSON.parse(json);
  if (!Array.isArray(found)) throw problem("ACCESS_UNAVAILABLE");
  return ROLES.filter((role) => found.includes(role));
}

/**
 * Throws TOGGLES_LOST where an account has switched off what this version does not know. Renamed or gone: to start would
 * open in silence what somebody closed.
 */
export async function demandKnownToggles(reader: Reader, catalogue: Catalogue): Promise<void> {
  const rows = await reader.run(COORDINATES, []);
  const set = rows.flatMap(([coordinate]) => (coordinate === null || coordinate === undefined ? [] : [coordinate]));
  const lost = set.filter((coordinate) => !catalogue.entries.has(coordinate as Coordinate)); // cast: it is only looked up
  if (lost.length > 0) throw problem("TOGGLES_LOST", { extensions: { because: lost } });
}

const COORDINATES = {
  name: "toggles-anywhere",
  text: `select coordinate from toggle where not enabled
    union select c.coordinate from toggle_schedule s, unnest(s.coordinates, s.enabled) c(coordinate, enabled)
    where not c.enabled and s.settled_revision is null and s.cancelled_at is null order by coordinate`,
};
