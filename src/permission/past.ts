/**
 * What an account had set at a moment of the past, who had set it, and the roles that somebody had then: rebuilt from what
 * is only ever added to. Where nothing was written down before a change, the change itself says what was there.
 */
import type { AccountId, Role } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader, Row } from "../storage/database.ts";
import { ON_DENIED, readRoles, readToggles, type Audience, type OnDenied, type Settings } from "./settings.ts";

export interface SetBy {
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

export interface Past {
  readonly revision: number;
  readonly settings: Settings;
  readonly onDenied: OnDenied;
  /** By `audience coordinate`. */
  readonly setBy: ReadonlyMap<string, SetBy>;
  /** Of the member that was asked for; none where nobody was. */
  readonly roles: readonly Role[];
}

export interface Moment {
  readonly account: AccountId;
  /** Now, where it is left out. */
  readonly at: string | undefined;
  /** A uuid. */
  readonly member?: string | undefined;
}

export const setByOf = (setBy: ReadonlyMap<string, SetBy>, coordinate: string, audience: Audience): SetBy | undefined =>
  setBy.get(`${audience} ${coordinate}`);

/**
 * Throws MOMENT_UNKNOWN for a moment before the account began, before its roles were written down, or still to come, and
 * MEMBER_UNKNOWN for somebody who never was one.
 */
export async function readPast(reader: Reader, { account, at, member }: Moment): Promise<Past> {
  const [row] = await reader.run(PAST, [account, at ?? null, member ?? null]);
  if (row === undefined) throw problem("ACCOUNT_FORBIDDEN");
  const [began, isPast, known, revision, toggles, deniedAs, said, roles, isMember] = row;
  if (isMember !== "true") throw problem("MEMBER_UNKNOWN");
  if (began !== "true") throw problem("MOMENT_UNKNOWN", { extensions: { because: "the account did not exist then" } });
  if (isPast !== "true") throw problem("MOMENT_UNKNOWN", { extensions: { because: "it is still to come" } });
  if (known !== "true") {
    throw problem("MOMENT_UNKNOWN", { extensions: { because: "who had which role was not written down then" } });
  }
  const onDenied = ON_DENIED.find((one) => one === said);
  if (onDenied === undefined) throw problem("ACCESS_UNAVAILABLE");
  return {
    revision: Number(revision),
    settings: readToggles(toggles ?? "[]", deniedAs),
    onDenied,
    setBy: await readSetBy(reader, account, at),
    roles: readRoles(roles ?? "[]"),
  };
}

async function readSetBy(
  reader: Reader,
  account: AccountId,
  at: string | undefined,
): Promise<ReadonlyMap<string, SetBy>> {
  const rows = await reader.run(SET_BY, [account, at ?? null]);
  return new Map(rows.map(toSetBy));
}

const toSetBy = ([coordinate, audience, by, at, reason]: Row): readonly [string, SetBy] => [
  `${audience ?? ""} ${coordinate ?? ""}`,
  { by: by ?? "", at: at ?? "", reason: reason ?? null },
];

const MOMENT = "coalesce($2::timestamptz, statement_timestamp())";
/** Now is whatever is written: a clock that was read a moment ago must not leave out what was written since. */
const UNTIL = (column: string): string => `($2::timestamptz is null or ${column} <= $2::timestamptz)`;

/** Batches that were due at the moment and are still to be written: they hold all the same, after all that is written. */
const DUE = `toggle_schedule waiting where waiting.account_id = $1::uuid and waiting.settled_revision is null
  and waiting.cancelled_at is null and waiting.effective_at <= ${MOMENT}`;

/** The last change up to the moment; a switch without any written change is as it stands, from when it was set. */
const LAST = `select distinct on (coordinate, audience) coordinate, audience, enabled, changed_by, changed_at, reason
  from (
    select coordinate, audience, enabled, changed_by, changed_at, reason, revision, null::uuid batch from toggle_change
      where account_id = $1::uuid and ${UNTIL("changed_at")}
    union all
    select coordinate, audience, enabled, changed_by, changed_at, reason, 0, null from toggle t
      where account_id = $1::uuid and ${UNTIL("changed_at")} and not exists (select from toggle_change c
        where c.account_id = t.account_id and c.coordinate = t.coordinate and c.audience = t.audience)
    union all
    select c.coordinate, c.audience, c.enabled, due.created_by, due.effective_at, due.reason, 2147483647, due.id
      from (select * from ${DUE}) due, unnest(due.coordinates, due.audiences, due.enabled) c(coordinate, audience, enabled)
  ) written order by coordinate, audience, revision desc, changed_at desc, batch desc`;

/** What was there before the first change after the moment, for switches whose earlier changes are not written down. */
const BEFORE_NEXT = `select distinct on (coordinate, audience) coordinate, audience, was from toggle_change
  where account_id = $1::uuid and not ${UNTIL("changed_at")} order by coordinate, audience, revision`;

const SET_BY = {
  name: "past-set-by",
  text: `select coordinate, audience, changed_by, to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), reason
    from (${LAST}) last where enabled is not null`,
};

const WRITTEN = (table: string): string =>
  `(select max(revision) from ${table} where account_id = a.id and ${UNTIL("changed_at")})`;

const DENIAL = (column: string): string => `coalesce(
  (select ${column} from denial_change where account_id = a.id and ${UNTIL("changed_at")} order by revision desc limit 1),
  (select was_${column} from denial_change where account_id = a.id and not ${UNTIL("changed_at")} order by revision limit 1),
  a.${column})`;

const PAST = {
  name: "past",
  text: `select
    (a.created_at <= ${MOMENT})::text,
    ($2::timestamptz is null or $2::timestamptz <= clock_timestamp())::text,
    (not exists (select from member_role_change c where c.account_id = a.id and c.member_id = $3::uuid and c.found
      and not ${UNTIL("c.changed_at")}))::text,
    ((case when $2::timestamptz is null then a.revision else greatest(1, ${WRITTEN("toggle_change")},
      ${WRITTEN("denial_change")}, ${WRITTEN("member_role_change")}) end) + (select count(*) from ${DUE}))::text,
    (select coalesce(json_agg(json_build_array(coordinate, audience, enabled)), '[]')::text from (
      select coordinate, audience, enabled from (${LAST}) last
      union all
      select coordinate, audience, was from (${BEFORE_NEXT}) next where (coordinate, audience) not in
        (select coordinate, audience from (${LAST}) last)
    ) then_set where enabled is not null),
    ${DENIAL("denied_as")},
    ${DENIAL("on_denied")},
    (select coalesce(json_agg(role), '[]')::text from (
      select distinct on (role) role, given from member_role_change
      where account_id = a.id and member_id = $3::uuid and ${UNTIL("changed_at")} order by role, id desc) had where given),
    ($3::uuid is null or exists (select from member where account_id = a.id and id = $3::uuid)
      or exists (select from member_role_change where account_id = a.id and member_id = $3::uuid))::text
  from account a where a.id = $1::uuid`,
};
