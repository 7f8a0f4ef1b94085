/** Changes of toggles that wait for a moment: written down now, in effect by the clock of every later statement. */
import type { AccountId } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader, Row } from "../storage/database.ts";
import { AUDIENCES, type ToggleChange } from "./settings.ts";
import { demandRoom } from "./toggle-room.ts";
import { columnsOf } from "./toggle-write.ts";

export interface Scheduled {
  /** A uuid. */
  readonly id: string;
  readonly effectiveAt: string;
  readonly changes: readonly ToggleChange[];
  readonly reason: string | null;
  readonly scheduledBy: string;
  readonly scheduledAt: string;
}

export interface Scheduling {
  readonly account: AccountId;
  readonly at: string;
  readonly changes: readonly ToggleChange[];
  readonly reason: string | undefined;
  readonly by: string;
}

/** Throws AT_PAST for a moment that is not ahead, by the database's clock. */
export async function demandAhead(transaction: Reader, at: string): Promise<void> {
  const [row] = await transaction.run(AHEAD, [at]);
  if (row?.[0] !== "true") throw problem("AT_PAST");
}

/** Under the account's lock. Throws SCHEDULE_FULL. */
export async function schedule(transaction: Reader, wanted: Scheduling): Promise<Scheduled> {
  const { account, at, changes, reason, by } = wanted;
  await demandRoom(transaction, account, "scheduled");
  const [row] = await transaction.run(INSERT, [account, at, ...columnsOf(changes), reason ?? null, by]);
  return toScheduled(row ?? []);
}

/** What still waits, the next one first. */
export async function readSchedule(reader: Reader, account: AccountId): Promise<readonly Scheduled[]> {
  return (await reader.run(WAITING, [account])).map(toScheduled);
}

/** Under the account's lock: what is not written yet, also where it has come due since the lock was taken. */
export async function readUnsettled(transaction: Reader, account: AccountId): Promise<readonly Scheduled[]> {
  return (await transaction.run(UNSETTLED, [account])).map(toScheduled);
}

/** Throws SCHEDULE_ENDED for what has taken effect, was cancelled, or never was. */
export async function cancelScheduled(
  transaction: Reader,
  of: { readonly account: AccountId; readonly id: string; readonly by: string },
): Promise<Scheduled> {
  const [row] = await transaction.run(CANCEL, [of.account, of.id, of.by]);
  if (row === undefined) throw problem("SCHEDULE_ENDED");
  return toScheduled(row);
}

function toScheduled([id, effectiveAt, changes, reason, by, at]: Row): Scheduled {
  return {
    id: id ?? "",
    effectiveAt: effectiveAt ?? "",
    changes: readChanges(changes),
    reason: reason ?? null,
    scheduledBy: by ?? "",
    scheduledAt: at ?? "",
  };
}

/** From the JSON that `CHANGES` makes. */
export function readChanges(json: string | null | undefined): readonly ToggleChange[] {
  const rows: unknown = JSON.parse(json ?? "[]");
  if (!Array.isArray(rows)) throw problem("ACCESS_UNAVAILABLE");
  return rows.map((row: unknown) => {
    const [coordinate, audience, enabled] = Array.isArray(row) ? (row as readonly unknown[]) : []; // cast: only narrows any[]
    const known = AUDIENCES.find((one) => one === audience);
    if (typeof coordinate !== "string" || known === undefined || (typeof enabled !== "boolean" && enabled !== null)) {
      throw problem("ACCESS_UNAVAILABLE", { log: "a change of toggles in the database cannot be read" });
    }
    return { coordinate, audience: known, enabled };
  });
}

/** SQL over a row that holds changes in three arrays. */
export const CHANGES = `(select json_agg(json_build_array(c.coordinate, c.audience, c.enabled) order by c.place)::text
    from unnest(coordinates, audiences, enabled) with ordinality c(coordinate, audience, enabled, place))`;

/** SQL: an instant as the API writes it. */
export const instant = (sql: string): string => `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const SCHEDULED = `id, ${instant("effective_at")}, ${CHANGES}, reason, created_by, ${instant("created_at")}`;
/** A little ahead at least: until the commit it has to be. */
const AHEAD = {
  name: "toggle-schedule-ahead",
  text: "select ($1::timestamptz > clock_timestamp() + interval '150 milliseconds')::text",
};
const INSERT = {
  name: "toggle-schedule",
  text: `insert into toggle_schedule (account_id, effective_at, coordinates, audiences, enabled, reason, created_by)
    values ($1::uuid, $2::timestamptz, $3::text[], $4::text[], $5::boolean[], $6::text, $7::text) returning ${SCHEDULED}`,
};
const WAITING = {
  name: "toggle-schedule-waiting",
  text: `select ${SCHEDULED} from toggle_schedule where account_id = $1::uuid and settled_revision is null
    and cancelled_at is null and effective_at > statement_timestamp() order by effective_at, id`,
};
const UNSETTLED = {
  name: "toggle-schedule-unsettled",
  text: `select ${SCHEDULED} from toggle_schedule where account_id = $1::uuid and settled_revision is null
    and cancelled_at is null order by effective_at, id`,
};
const CANCEL = {
  name: "toggle-schedule-cancel",
  text: `update toggle_schedule set cancelled_at = clock_timestamp(), cancelled_by = $3::text
    where account_id = $1::uuid and id = $2::uuid and settled_revision is null and cancelled_at is null
      and effective_at > clock_timestamp() + interval '150 milliseconds' returning ${SCHEDULED}`,
};
