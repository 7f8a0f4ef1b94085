/** An account's toggles: looked up by coordinate and audience, read with the revision, changed under the account's lock. */
import { ROLES, type AccountId, type Revision, type Role } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Database, Reader } from "../storage/database.ts";
import { digest } from "../storage/digest.ts";
import type { Catalogue } from "./catalogue.ts";
import { parseCoordinate, type Coordinate } from "./coordinate.ts";

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

export function settingsOf(toggles: readonly ToggleSetting[], deniedAs: DeniedAs = "DENIED"): Settings {
  if (toggles.length === 0 && deniedAs === "DENIED") return NO_SETTINGS;
  const entries = toggles.map((toggle) => [keyOf(toggle.coordinate, toggle.audience), toggle.enabled] as const);
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return { key: digest(JSON.stringify([deniedAs, entries])), toggles: new Map(entries), deniedAs };
}

/** True or false where the account has set it, undefined where it has not. */
export const toggleOf = (settings: Settings, coordinate: Coordinate, audience: Audience): boolean | undefined =>
  settings.toggles.get(keyOf(coordinate, audience));

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
  text: "select distinct coordinate from toggle where not enabled order by coordinate",
};

export interface ToggleChanges {
  readonly account: AccountId;
  readonly changes: readonly ToggleSetting[];
  readonly expectedRevision: number | undefined;
  readonly reason: string | undefined;
  readonly dryRun: boolean;
  /** Who it is, in words for the history. */
  readonly by: string;
  readonly catalogue: Catalogue;
}

export interface ToggleOutcome {
  readonly revision: Revision;
  /** Those of the changes that changed anything. */
  readonly changed: readonly ToggleSetting[];
  readonly before: Settings;
  readonly after: Settings;
}

/** All of the changes or none. Throws TOGGLE_UNKNOWN, TOGGLE_FIXED, TOGGLE_NEVER, STALE. */
export const changeToggles = (database: Database, wanted: ToggleChanges): Promise<ToggleOutcome> =>
  database.write((transaction) => writeToggles(transaction, wanted));

/** The same inside a transaction that the caller holds. */
export async function writeToggles(transaction: Reader, wanted: ToggleChanges): Promise<ToggleOutcome> {
  const changes = wanted.changes.map((change, at) => accept(change, at, wanted.catalogue));
  const [row] = await transaction.run(LOCK, [wanted.account]);
  if (row === undefined) throw problem("ACCOUNT_FORBIDDEN");
  const revision = Number(row[0]) as Revision; // cast: read from its column
  if (wanted.expectedRevision !== undefined && wanted.expectedRevision !== revision) {
    throw problem("STALE", { extensions: { revision } });
  }
  const [present] = await transaction.run(TOGGLES, [wanted.account]);
  const before = readToggles(present?.[0] ?? "[]", row[1]);
  const changed = lastOfEach(changes).filter(
    (change) => before.toggles.get(keyOf(change.coordinate, change.audience)) !== change.enabled,
  );
  const after = merge(before, changed);
  if (changed.length === 0 || wanted.dryRun) return { revision, changed, before, after };
  const next = revision + 1;
  const columns = [
    changed.map((to) => to.coordinate),
    changed.map((to) => to.audience),
    changed.map((to) => to.enabled),
  ];
  const who = [wanted.reason ?? null, wanted.by, next];
  await transaction.run(HISTORY, [wanted.account, ...columns, ...who]);
  await transaction.run(WRITE, [wanted.account, ...columns, ...who]);
  return { revision: next as Revision, changed, before, after }; // cast: the database's trigger counts by one
}

const LOCK = {
  name: "lock-account",
  text: "select revision::text, denied_as from account where id = $1::uuid for update",
};
const TOGGLES = {
  name: "toggles-of",
  text: "select coalesce(json_agg(json_build_array(coordinate, audience, enabled)), '[]')::text from toggle where account_id = $1::uuid",
};
const HISTORY = {
  name: "write-toggle-change",
  text: `insert into toggle_change (account_id, revision, coordinate, audience, enabled, was, reason, changed_by, changed_at)
    select $1::uuid, $7::int, c.coordinate, c.audience, c.enabled, t.enabled, $5::text, $6::text, clock_timestamp()
    from unnest($2::text[], $3::text[], $4::boolean[]) c(coordinate, audience, enabled)
    left join toggle t on t.account_id = $1::uuid and t.coordinate = c.coordinate and t.audience = c.audience`,
};
const WRITE = {
  name: "write-toggle",
  text: `insert into toggle (account_id, coordinate, audience, enabled, reason, changed_by, changed_at, revision)
    select $1::uuid, c.coordinate, c.audience, c.enabled, $5::text, $6::text, clock_timestamp(), $7::int
    from unnest($2::text[], $3::text[], $4::boolean[]) c(coordinate, audience, enabled)
    on conflict (account_id, coordinate, audience) do update set enabled = excluded.enabled, reason = excluded.reason,
      changed_by = excluded.changed_by, changed_at = excluded.changed_at, revision = excluded.revision`,
};

/** `at` says which of the changes it is: what is not a coordinate of ours is not repeated. */
function accept(change: ToggleSetting, at: number, catalogue: Catalogue): ToggleSetting {
  const coordinate = parseCoordinate(change.coordinate);
  const entry = coordinate === undefined ? undefined : catalogue.entries.get(coordinate);
  if (entry === undefined) throw problem("TOGGLE_UNKNOWN", { extensions: { change: at } });
  const extensions = { coordinate: entry.coordinate };
  if (entry.declared.fixed) throw problem("TOGGLE_FIXED", { extensions });
  const role = ROLES.find((one) => one === change.audience);
  if (change.enabled && role !== undefined && entry.declared.access[role] === "never") {
    throw problem("TOGGLE_NEVER", { extensions: { ...extensions, audience: change.audience } });
  }
  return change;
}

/** A change that is named twice is what it was named last. */
const lastOfEach = (changes: readonly ToggleSetting[]): readonly ToggleSetting[] => [
  ...new Map(changes.map((change) => [keyOf(change.coordinate, change.audience), change])).values(),
];

function merge(before: Settings, changed: readonly ToggleSetting[]): Settings {
  const toggles = new Map(before.toggles);
  for (const change of changed) toggles.set(keyOf(change.coordinate, change.audience), change.enabled);
  return settingsOf(
    [...toggles].map(([key, enabled]) => {
      const space = key.indexOf(" ");
      return { coordinate: key.slice(space + 1), audience: key.slice(0, space) as Audience, enabled }; // cast: `keyOf` wrote it
    }),
    before.deniedAs,
  );
}
