/**
 * Operations that an account's callers sent in the last days, as they are kept: the document without values, what it
 * touches, and sums of requests. Written in the background; read when somebody asks what a change would take from whom.
 */
import type { AccountId, MemberId, Role } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Database, Reader, Statement } from "../storage/database.ts";
import type { Coordinate } from "./coordinate.ts";
import { readRoles } from "./settings.ts";
import type { Use } from "./use.ts";

/** For so many days a use is kept, and counts. */
export const DAYS = 30;
/** An account has no more operations than this: those who send ever new ones fill no disk. */
export const MOST_OPERATIONS = 10_000;

/** A document with what it touched: two requests of one document may touch different things, by their variables. */
export interface Form {
  readonly hash: string;
  readonly name: string | null;
  readonly document: string;
  readonly uses: readonly Use[];
}

/** Stands for every form beyond the most that are kept: its requests are counted, and nothing else of it. */
export const BEYOND: Form = { hash: "", name: null, document: "", uses: [] };

export interface Sum {
  readonly account: AccountId;
  readonly form: Form;
  readonly roles: readonly Role[];
  /** Undefined where nobody in particular asked. */
  readonly member: MemberId | undefined;
  readonly requests: number;
}

/** Adds to what is there already, whoever else adds at the same time. */
export async function writeUsage(database: Database, sums: readonly Sum[]): Promise<void> {
  const forms = new Map(sums.map(({ account, form }) => [`${account} ${form.hash}`, { account, form }]));
  const whose = [...forms.values()].filter(({ form }) => form !== BEYOND);
  const column = (of: (form: Form) => string | null): (string | null)[] => whose.map(({ form }) => of(form));
  await database.write(async (transaction) => {
    await transaction.run(KEEP, [
      whose.map(({ account }) => account),
      column(({ hash }) => hash),
      column(({ name }) => name),
      column(({ document }) => document),
      column(({ uses }) => uses.map(({ coordinate }) => coordinate).join(" ")),
      column(({ uses }) => uses.map(({ beneath }) => beneath).join(" ")),
    ]);
    const accounts = sums.map(({ account }) => account);
    const hashes = sums.map(({ form }) => form.hash);
    await transaction.run(KEEP_BEYOND, [accounts, hashes]);
    await transaction.run(ADD, [
      accounts,
      hashes,
      sums.map(({ roles }) => roles.join(" ")),
      sums.map(({ member }) => member ?? null),
      sums.map(({ requests }) => requests),
    ]);
  });
}

/** What nobody has used for so many days is gone, by the database's clock. */
export async function forgetUsage(reader: Reader): Promise<void> {
  await reader.run(FORGET, []);
}

const statement = (name: string, text: string): Statement => ({ name: `usage-${name}`, text });

const TODAY = "(statement_timestamp() at time zone 'UTC')::date";
const IS_KNOWN = "exists (select from account a where a.id = g.account_id)";
const IS_NEW = "not exists (select from operation o where o.account_id = g.account_id and o.hash = g.hash)";

/** All in one order: two processes that write the same wait for each other, and do not kill each other. */
const KEEP = statement(
  "keep",
  `insert into operation (account_id, hash, name, document, coordinates, beneath)
    select f.account_id, f.hash, f.name, f.document, string_to_array(f.coordinates, ' '), string_to_array(f.beneath, ' ')::int[]
    from (select g.*, row_number() over (partition by g.account_id order by g.hash)
        + (select count(*) from operation o where o.account_id = g.account_id) as place
      from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
        as g(account_id, hash, name, document, coordinates, beneath)
      where ${IS_KNOWN} and ${IS_NEW}) f
    where f.place <= ${MOST_OPERATIONS} order by f.account_id, f.hash on conflict do nothing`,
);
const KEEP_BEYOND = statement(
  "keep-beyond",
  `insert into operation (account_id, hash, name, document, coordinates, beneath)
    select distinct g.account_id, '', null, '', '{}'::text[], '{}'::int[] from unnest($1::uuid[], $2::text[]) as g(account_id, hash)
    where ${IS_KNOWN} and ${IS_NEW} order by g.account_id on conflict do nothing`,
);
/** Whoever is no more, a person or an account, is not written: one sum that cannot be must not keep back the others. */
const ADD = statement(
  "add",
  `insert into operation_use as present (account_id, hash, day, roles, member_id, requests)
    select g.account_id, coalesce(o.hash, ''), ${TODAY}, string_to_array(g.roles, ' '), g.member_id, sum(g.requests)
    from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::bigint[]) as g(account_id, hash, roles, member_id, requests)
    left join operation o on o.account_id = g.account_id and o.hash = g.hash
    where ${IS_KNOWN} and (g.member_id is null
      or exists (select from member m where m.account_id = g.account_id and m.id = g.member_id))
    group by 1, 2, 3, 4, 5 order by 1, 2, 4, 5
    on conflict on constraint operation_use_key do update set requests = present.requests + excluded.requests`,
);
const FORGET = statement(
  "forget",
  `with gone as (delete from operation_use where day <= ${TODAY} - ${DAYS} returning account_id, hash)
    delete from operation o using (select distinct account_id, hash from gone) g
    where o.account_id = g.account_id and o.hash = g.hash and not exists (select from operation_use u
      where u.account_id = o.account_id and u.hash = o.hash and u.day > ${TODAY} - ${DAYS})`,
);

/** One form with who sent it in the last days. */
export interface Recorded {
  readonly hash: string;
  /** The same for forms of one name and document. Stands for them: documents are long, and few of them are shown. */
  readonly text: string;
  readonly uses: readonly Use[];
  readonly by: readonly Senders[];
}

/** One person, or all who are nobody in particular, with the roles that they had. */
export interface Senders {
  readonly roles: readonly Role[];
  /** Undefined where nobody in particular asked. */
  readonly member: string | undefined;
  readonly requests: number;
  readonly lastUsedOn: string;
}

export interface Usage {
  /** Only what touches one of the coordinates that were asked about. */
  readonly operations: readonly Recorded[];
  /** The first day of which anything is known; undefined where nothing is. */
  readonly since: string | undefined;
  /** Requests that were counted without saying of what. */
  readonly beyond: number;
}

export async function readUsage(
  reader: Reader,
  account: AccountId,
  coordinates: readonly Coordinate[],
): Promise<Usage> {
  const rows = coordinates.length === 0 ? [] : await reader.run(TOUCHING, [account, coordinates]);
  const [known] = await reader.run(KNOWN, [account]);
  return {
    operations: rows.map(([hash, text, touched, beneath, by]) => ({
      hash: hash ?? "",
      text: text ?? "",
      uses: usesOf(touched ?? "", beneath ?? ""),
      by: listOf(by).map(sendersOf),
    })),
    since: known?.[0] ?? undefined,
    beyond: Number(known?.[1] ?? 0),
  };
}

export type Text = Pick<Form, "name" | "document">;

/** Of some forms, by their hash. */
export async function readTexts(
  reader: Reader,
  account: AccountId,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, Text>> {
  const rows = hashes.length === 0 ? [] : await reader.run(TEXTS, [account, hashes]);
  return new Map(rows.map(([hash, name, document]) => [hash ?? "", { name: name ?? null, document: document ?? "" }]));
}

const TEXTS = statement(
  "texts",
  "select hash, name, document from operation where account_id = $1::uuid and hash = any($2::text[])",
);
const TOUCHING = statement(
  "touching",
  `select o.hash, encode(sha256(convert_to(coalesce(o.name, '') || chr(10) || o.document, 'UTF8')), 'base64'), array_to_string(o.coordinates, ' '), array_to_string(o.beneath, ' '), u.senders
    from operation o cross join lateral (
      select json_agg(json_build_array(s.roles, s.member_id, s.requests, s.last))::text as senders from (
        select array_to_json(roles)::text as roles, member_id, sum(requests) as requests, max(day) as last from operation_use
        where account_id = o.account_id and hash = o.hash and day > ${TODAY} - ${DAYS} group by operation_use.roles, member_id) s) u
    where o.account_id = $1::uuid and o.coordinates && $2::text[] and u.senders is not null order by o.hash`,
);
const KNOWN = statement(
  "known",
  `select (select day from operation_use where account_id = $1::uuid and day > ${TODAY} - ${DAYS} order by day limit 1)::text,
    (select sum(requests) from operation_use where account_id = $1::uuid and hash = '' and day > ${TODAY} - ${DAYS})::text`,
);

/** From the database's JSON. What cannot be read is not passed over: an administrator would be told of too little. */
function listOf(json: string | null | undefined): readonly unknown[] {
  const list: unknown = JSON.parse(json ?? "");
  if (!Array.isArray(list)) throw unreadable();
  return list as readonly unknown[]; // cast: only narrows any[]
}

function usesOf(coordinates: string, beneath: string): readonly Use[] {
  const places = beneath.split(" ");
  return coordinates.split(" ").map((coordinate, at) => ({
    coordinate: coordinate as Coordinate, // cast: as it was recorded; what is none is in no set
    beneath: Number(places[at]),
  }));
}

function sendersOf(read: unknown): Senders {
  if (!Array.isArray(read)) throw unreadable();
  const [roles, member, requests, last] = read as readonly unknown[]; // cast: only narrows any[]
  if (typeof roles !== "string" || typeof last !== "string") throw unreadable();
  const who = typeof member === "string" ? member : undefined;
  return { roles: readRoles(roles), member: who, requests: Number(requests), lastUsedOn: last };
}

const unreadable = (): Error => problem("ACCESS_UNAVAILABLE", { log: "the recorded usage cannot be read" });
