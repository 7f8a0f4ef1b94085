/** Toggles as they were at a revision, what differs between two, and who changed what: read from what is only added to. */
import type { AccountId, Revision } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader, Row } from "../storage/database.ts";
import { settle } from "./revision.ts";
import { AUDIENCES, type Audience, type ToggleChange } from "./settings.ts";

export interface Difference {
  readonly coordinate: string;
  readonly audience: Audience;
  /** Null is the default. */
  readonly from: boolean | null;
  readonly to: boolean | null;
}

export interface Span {
  readonly account: AccountId;
  readonly from: number;
  /** Where it is left out: as it is now. */
  readonly to?: number | undefined;
}

/** Throws REVISION_UNKNOWN for a number that the account has not had. */
export async function readDifference(reader: Reader, { account, from, to }: Span): Promise<readonly Difference[]> {
  const present = await settle(reader, account);
  return difference(reader, { account, from, to: to ?? present, present });
}

/** The same where what is due is written already. */
export async function difference(
  reader: Reader,
  of: Required<Pick<Span, "account" | "from">> & { readonly to: number; readonly present: Revision },
): Promise<readonly Difference[]> {
  for (const revision of [of.from, of.to]) {
    if (revision < 1 || revision > of.present)
      throw problem("REVISION_UNKNOWN", { extensions: { revision: of.present } });
  }
  const rows = await reader.run(DIFFERENCE, [of.account, of.from, of.to]);
  return rows.map(([coordinate, audience, from, to]) => ({
    ...named(coordinate, audience),
    from: state(from),
    to: state(to),
  }));
}

/** What has to change for all to be as it was. */
export const changesBack = (differences: readonly Difference[]): readonly ToggleChange[] =>
  differences.map(({ coordinate, audience, to }) => ({ coordinate, audience, enabled: to }));

export interface PastChange extends ToggleChange {
  readonly revision: number;
  readonly was: boolean | null;
  readonly changedBy: string;
  readonly changedAt: string;
  readonly reason: string | null;
}

export interface Slice {
  readonly account: AccountId;
  readonly coordinate: string | undefined;
  readonly size: number;
  /** Revision, coordinate and audience of the last one that was shown. */
  readonly after: readonly (string | null)[] | undefined;
}

export interface History {
  /** Newest first; one more than was asked for where there are more. */
  readonly changes: readonly PastChange[];
  readonly total: number;
}

export async function readHistory(reader: Reader, { account, coordinate, size, after = [] }: Slice): Promise<History> {
  await settle(reader, account);
  const [revision = null, at = null, audience = null] = after;
  const which = [account, coordinate ?? null];
  const rows = await reader.run(HISTORY, [...which, revision, at, audience, size + 1]);
  const [count] = await reader.run(COUNT, which);
  return { changes: rows.map(toChange), total: Number(count?.[0]) };
}

function toChange([revision, coordinate, audience, enabled, was, by, at, reason]: Row): PastChange {
  return {
    ...named(coordinate, audience),
    revision: Number(revision),
    enabled: state(enabled),
    was: state(was),
    changedBy: by ?? "",
    changedAt: at ?? "",
    reason: reason ?? null,
  };
}

type Text = string | null | undefined;

function named(coordinate: Text, audience: Text): { readonly coordinate: string; readonly audience: Audience } {
  const known = AUDIENCES.find((one) => one === audience);
  if (known === undefined || typeof coordinate !== "string") throw problem("ACCESS_UNAVAILABLE");
  return { coordinate, audience: known };
}

const state = (text: Text): boolean | null => (text === "true" ? true : text === "false" ? false : null);

/**
 * The last change up to the revision; where there was none, what the first one after it found; and where nothing was ever
 * written down, as it stands.
 */
const asOf = (
  revision: string,
): string => `select distinct on (coordinate, audience) coordinate, audience, enabled from (
    select coordinate, audience, enabled, 0 as later, -revision as place from toggle_change
      where account_id = $1::uuid and revision <= ${revision}
    union all
    select coordinate, audience, was, 1, revision from toggle_change where account_id = $1::uuid and revision > ${revision}
    union all
    select coordinate, audience, enabled, 2, 0 from toggle where account_id = $1::uuid
  ) written order by coordinate, audience, later, place`;

const DIFFERENCE = {
  name: "toggle-difference",
  text: `select coalesce(f.coordinate, t.coordinate), coalesce(f.audience, t.audience), f.enabled::text, t.enabled::text
    from (${asOf("$2::int")}) f full join (${asOf("$3::int")}) t on f.coordinate = t.coordinate and f.audience = t.audience
    where f.enabled is distinct from t.enabled order by 1, 2`,
};
const HISTORY = {
  name: "toggle-history",
  text: `select revision::text, coordinate, audience, enabled::text, was::text, changed_by,
      to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), reason
    from toggle_change where account_id = $1::uuid and ($2::text is null or coordinate = $2::text)
      and ($3::int is null or (revision, coordinate, audience) < ($3::int, $4::text, $5::text))
    order by revision desc, coordinate desc, audience desc limit $6::int`,
};
const COUNT = {
  name: "toggle-history-count",
  text: `select count(*)::text from toggle_change where account_id = $1::uuid and ($2::text is null or coordinate = $2::text)`,
};
