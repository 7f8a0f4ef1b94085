/**
 * The revision and the toggles that hold now. What was scheduled takes effect by the clock of the statement that asks, with no
 * job to run: what is due counts as done, though it is still to be *settled*, that is written, under the number it has already.
 */
import type { AccountId, Revision } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";

const due = (account: string): string =>
  `waiting.account_id = ${account} and waiting.settled_revision is null and waiting.cancelled_at is null
    and waiting.effective_at <= statement_timestamp()`;

/** SQL: the revision of a row of `account`, by its alias, in the statement's snapshot and by its clock. */
export const revisionNow = (row: string): string =>
  `(${row}.revision + case when ${row}.waiting_from <= statement_timestamp() then toggles_due(${row}.id) else 0 end)`;

/** SQL: coordinate, audience, enabled, changed_by, changed_at, reason of each switch that was ever set, as it stands now. */
export const togglesNow = (account: string): string =>
  `select distinct on (coordinate, audience) coordinate, audience, enabled, changed_by, changed_at, reason from (
    select coordinate, audience, enabled, changed_by, changed_at, reason, null::timestamptz since, null::uuid batch, 0 place
      from toggle where account_id = ${account}
    union all
    select c.coordinate, c.audience, c.enabled, waiting.created_by, waiting.effective_at, waiting.reason, waiting.effective_at,
        waiting.id, c.place
      from toggle_schedule waiting, unnest(waiting.coordinates, waiting.audiences, waiting.enabled)
        with ordinality c(coordinate, audience, enabled, place)
      where ${due(account)}
    ) present order by coordinate, audience, since desc nulls last, batch desc, place desc`;

/**
 * Locks the account's row and writes down what is due: its numbers do not change by it. Answers the revision that is then
 * written, to which a change adds one. Throws ACCOUNT_FORBIDDEN where there is no such account.
 */
export async function settle(reader: Reader, account: AccountId): Promise<Revision> {
  const [row] = await reader.run(SETTLE, [account]);
  if (row?.[0] === undefined || row[0] === null) throw problem("ACCOUNT_FORBIDDEN");
  return Number(row[0]) as Revision; // cast: read from its column
}

const SETTLE = { name: "settle-toggles", text: "select settle_toggles($1::uuid)::text" };
