/** Toggles as administrators see them: what is on for whom, what it would be by itself, who set it, what closes with it. */
import { ROLES, type AccountId, type Role } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import type { Catalogue, Entry } from "./catalogue.ts";
import { splitCoordinate, type Coordinate } from "./coordinate.ts";
import type { Standings } from "./current.ts";
import { togglesNow } from "./revision.ts";
import { AUDIENCES, toggleOf, type Audience, type Settings, type ToggleChange } from "./settings.ts";
import type { Toggle, TogglesArguments } from "./toggle-type.ts";

interface Change {
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

interface Stored {
  readonly settings: Settings;
  readonly changes: ReadonlyMap<string, Change>;
}

const STORED = {
  name: "toggles-with-history",
  text: `select coordinate, audience, changed_by, to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), reason
    from (${togglesNow("$1::uuid")}) t`,
};

export interface Desk {
  readonly account: AccountId;
  /** In force when the operation began. */
  readonly settings: Settings;
  readonly reader: Reader;
  readonly catalogue: Catalogue;
  readonly standings: Standings;
}

export async function listToggles(desk: Desk, filter: TogglesArguments): Promise<readonly Toggle[]> {
  const stored = await readStored(desk);
  const audiences = filter.audience === null || filter.audience === undefined ? AUDIENCES : [filter.audience];
  const entries = [...desk.catalogue.entries.values()].filter((entry) => {
    return filter.type === null || filter.type === undefined || splitCoordinate(entry.coordinate).type === filter.type;
  });
  const toggles = entries.flatMap((entry) => audiences.map((audience) => toggleFor(desk, stored, { entry, audience })));
  const { enabled } = filter;
  return enabled === null || enabled === undefined ? toggles : toggles.filter((toggle) => toggle.enabled === enabled);
}

/** Some of them as they are under these settings, which need not be stored: a change may only be asked about. */
export async function showToggles(
  desk: Desk,
  which: readonly ToggleChange[],
  settings: Settings,
): Promise<readonly Toggle[]> {
  const stored = { ...(await readStored(desk)), settings };
  return which.flatMap(({ coordinate, audience }) => {
    const entry = desk.catalogue.entries.get(coordinate as Coordinate); // cast: it is only looked up
    return entry === undefined ? [] : [toggleFor(desk, stored, { entry, audience })];
  });
}

async function readStored({ account, reader, settings }: Desk): Promise<Stored> {
  const changes = new Map<string, Change>();
  for (const [coordinate, audience, by, at, reason] of await reader.run(STORED, [account])) {
    const known = AUDIENCES.find((one) => one === audience);
    if (known === undefined || coordinate === null || coordinate === undefined) throw problem("ACCESS_UNAVAILABLE");
    changes.set(`${known} ${coordinate}`, { by: by ?? "", at: at ?? "", reason: reason ?? null });
  }
  return { settings, changes };
}

function toggleFor(desk: Desk, stored: Stored, of: { readonly entry: Entry; readonly audience: Audience }): Toggle {
  const { entry, audience } = of;
  const { coordinate, declared } = entry;
  const change = stored.changes.get(`${audience} ${coordinate}`);
  const state = stateOf(desk, stored.settings, of);
  return {
    coordinate,
    audience,
    ...state,
    sensitivity: declared.sensitivity,
    description: entry.description ?? null,
    madeFrom: declared.madeFrom as readonly Coordinate[], // cast: the catalogue has read them
    // Asked for by few and long for some, so it is only worked out when it is read.
    get closesWith() {
      return closedWith(desk.catalogue, coordinate);
    },
    changedBy: change?.by ?? null,
    changedAt: change?.at ?? null,
    reason: change?.reason ?? null,
  };
}

type State = Pick<Toggle, "enabled" | "default" | "canToggle">;

function stateOf(desk: Desk, settings: Settings, of: { readonly entry: Entry; readonly audience: Audience }): State {
  const { coordinate, declared } = of.entry;
  const set = toggleOf(settings, coordinate, of.audience);
  const isOpenTo = (role: Role): boolean => desk.standings.setOf([role], settings).open.has(coordinate);
  // What is closed with something else is off, whatever its own switch says.
  if (of.audience === "EVERYONE") {
    return { enabled: ROLES.some(isOpenTo), default: true, canToggle: !declared.fixed };
  }
  // Staff have nothing by themselves: what is on for them still needs a grant.
  if (of.audience === "SUPPORT") return { enabled: set === true, default: false, canToggle: !declared.fixed };
  const access = declared.access[of.audience] ?? "on";
  const enabled = isOpenTo(of.audience);
  return { enabled, default: access !== "off" && access !== "never", canToggle: !declared.fixed && access !== "never" };
}

/** All that cannot be open without it, near and far. */
export function closedWith(catalogue: Catalogue, coordinate: Coordinate): readonly Coordinate[] {
  const closed = new Set<Coordinate>([coordinate]);
  for (const one of closed) for (const dependant of catalogue.dependants.get(one) ?? []) closed.add(dependant);
  closed.delete(coordinate);
  return [...closed];
}
