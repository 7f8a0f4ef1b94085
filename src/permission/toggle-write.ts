/** Toggles changed under the account's lock: what is accepted, what was before, and one more revision with its history. */
import { ROLES, type AccountId, type Revision } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import type { Catalogue } from "./catalogue.ts";
import { parseCoordinate } from "./coordinate.ts";
import { settle } from "./revision.ts";
import { readToggles, settingsAfter, type Settings, type ToggleChange } from "./settings.ts";

export interface Locked {
  readonly account: AccountId;
  readonly revision: Revision;
  readonly before: Settings;
}

/** The account's row stays locked until the transaction ends, and what is due is written. Throws ACCOUNT_FORBIDDEN. */
export async function lockToggles(transaction: Reader, account: AccountId): Promise<Locked> {
  const revision = await settle(transaction, account);
  const [row] = await transaction.run(TOGGLES, [account]);
  return { account, revision, before: readToggles(row?.[0] ?? "[]", row?.[1]) };
}

/** Throws TOGGLE_UNKNOWN, TOGGLE_FIXED, TOGGLE_NEVER. */
export function demandChangeable(changes: readonly ToggleChange[], catalogue: Catalogue): void {
  for (const [at, change] of changes.entries()) accept(change, at, catalogue);
}

/** `at` says which of the changes it is: what is not a coordinate of ours is not repeated. */
function accept(change: ToggleChange, at: number, catalogue: Catalogue): void {
  const coordinate = parseCoordinate(change.coordinate);
  const entry = coordinate === undefined ? undefined : catalogue.entries.get(coordinate);
  // To forget what was once set of a coordinate that is gone, or that nobody can set any more, harms nobody.
  if (change.enabled === null) return;
  if (entry === undefined) throw problem("TOGGLE_UNKNOWN", { extensions: { change: at } });
  const extensions = { coordinate: entry.coordinate };
  if (entry.declared.fixed) throw problem("TOGGLE_FIXED", { extensions });
  const role = ROLES.find((one) => one === change.audience);
  if (change.enabled && role !== undefined && entry.declared.access[role] === "never") {
    throw problem("TOGGLE_NEVER", { extensions: { ...extensions, audience: change.audience } });
  }
}

export interface Written {
  readonly revision: Revision;
  readonly after: Settings;
}

/** All of the changes, each of which has to change something, as one revision. */
export async function writeChanges(
  transaction: Reader,
  { account, revision, before }: Locked,
  of: { readonly changed: readonly ToggleChange[]; readonly reason: string | undefined; readonly by: string },
): Promise<Written> {
  const next = revision + 1;
  const values = [account, ...columnsOf(of.changed), of.reason ?? null, of.by, next];
  await transaction.run(HISTORY, values);
  await transaction.run(WRITE, values);
  const [row] = await transaction.run(COUNTED, [account]);
  // What came due since the lock was taken has that number, and the history above would say that we had it.
  if (Number(row?.[0]) !== next) throw problem("COLLIDED");
  // cast: the database has just said so
  return { revision: next as Revision, after: settingsAfter(before, of.changed) };
}

/** As three arrays, for the database. */
export const columnsOf = (
  changes: readonly ToggleChange[],
): readonly [readonly string[], readonly string[], readonly (boolean | null)[]] => [
  changes.map((to) => to.coordinate),
  changes.map((to) => to.audience),
  changes.map((to) => to.enabled),
];

const TOGGLES = {
  name: "toggles-of",
  text: `select (select coalesce(json_agg(json_build_array(coordinate, audience, enabled)), '[]')::text from toggle
    where account_id = a.id), a.denied_as from account a where a.id = $1::uuid`,
};
const COUNTED = { name: "toggles-counted", text: "select revision::text from account where id = $1::uuid" };
const HISTORY = {
  name: "write-toggle-change",
  text: `insert into toggle_change (account_id, revision, coordinate, audience, enabled, was, reason, changed_by, changed_at)
    select $1::uuid, $7::int, c.coordinate, c.audience, c.enabled, t.enabled, $5::text, $6::text, clock_timestamp()
    from unnest($2::text[], $3::text[], $4::boolean[]) c(coordinate, audience, enabled)
    left join toggle t on t.account_id = $1::uuid and t.coordinate = c.coordinate and t.audience = c.audience`,
};
/** One statement, so that it counts once, whatever of it goes back to a default. */
const WRITE = {
  name: "write-toggle",
  text: `with wanted as (select * from unnest($2::text[], $3::text[], $4::boolean[]) c(coordinate, audience, enabled)),
    gone as (delete from toggle t using wanted w where t.account_id = $1::uuid and t.coordinate = w.coordinate
      and t.audience = w.audience and w.enabled is null)
    insert into toggle (account_id, coordinate, audience, enabled, reason, changed_by, changed_at, revision)
    select $1::uuid, w.coordinate, w.audience, w.enabled, $5::text, $6::text, clock_timestamp(), $7::int
    from wanted w where w.enabled is not null
    on conflict (account_id, coordinate, audience) do update set enabled = excluded.enabled, reason = excluded.reason,
      changed_by = excluded.changed_by, changed_at = excluded.changed_at, revision = excluded.revision`,
};
