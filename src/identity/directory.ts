/** Finds accounts and people by the names that tokens and commands call them. Says that they exist, never what they may. */
import type { AccountId, MemberId, Role } from "../caller.ts";
import type { Clock } from "../clock.ts";
import type { Reader } from "../storage/database.ts";
import { remembered } from "./remembered.ts";

export interface Directory {
  account(slug: string): Promise<AccountId | undefined>;
  /** By external id, or by uuid. */
  member(account: AccountId, name: string): Promise<MemberId | undefined>;
}

const MOST = 10_000;
const SECONDS = 30;

/**
 * Remembers only who was found, and not for long. An id is never given twice, so a name that is remembered too long can
 * only lead to somebody who is gone; the gate asks again, in the statement that reads the rows, whether they still exist.
 * The limit is for names: a slug or an external id that was given to somebody else leads to them after that time.
 */
export function makeDirectory(database: Reader, clock: Clock): Directory {
  const known = remembered<string>(MOST, clock);
  const remember = async <T extends string>(
    key: string,
    find: () => Promise<T | undefined>,
  ): Promise<T | undefined> => {
    const before = known.get(key) as T | undefined; // cast: what was kept under this key came from the same `find`
    if (before !== undefined) return before;
    const found = await find();
    if (found !== undefined) known.set(key, found, new Date(clock.now().getTime() + SECONDS * 1000));
    return found;
  };
  return {
    account: (slug) => remember(`account\0${slug}`, () => findAccount(database, slug)),
    member: (account, name) => remember(`${account}\0${name}`, () => findMember(database, { account, name })),
  };
}

export async function findAccount(database: Reader, slug: string): Promise<AccountId | undefined> {
  const [row] = await database.run(ACCOUNT_BY_SLUG, [slug]);
  return (row?.[0] ?? undefined) as AccountId | undefined; // cast: the column is the account's key
}

export interface AccountDetails {
  readonly id: AccountId;
  readonly timezone: string;
  readonly currency: string;
}

/** What a command needs of an account whose slug it was given. */
export async function readAccount(database: Reader, slug: string): Promise<AccountDetails | undefined> {
  const [row] = await database.run(ACCOUNT_DETAILS, [slug]);
  if (row === undefined) return undefined;
  const [id, timezone, currency] = row;
  return { id: id as AccountId, timezone: timezone ?? "", currency: currency ?? "" }; // cast: the column is the account's key
}

/** The first by slug; undefined where there is no account at all. */
export async function firstAccount(database: Reader): Promise<string | undefined> {
  const [row] = await database.run(FIRST_ACCOUNT, []);
  return row?.[0] ?? undefined;
}

/** An external id stands before a uuid: it is the name that the account itself gave. */
export async function findMember(
  database: Reader,
  { account, name }: { readonly account: AccountId; readonly name: string },
): Promise<MemberId | undefined> {
  const [row] = await database.run(MEMBER_BY_NAME, [account, name, UUID.test(name) ? name : null]);
  return (row?.[0] ?? undefined) as MemberId | undefined; // cast: the column is the member's key
}

/**
 * The first by external id who has the role; those who may more by another role come last, or whoever tries out a role
 * would see what it does not give.
 */
export async function findMemberWithRole(
  database: Reader,
  { account, role }: { readonly account: AccountId; readonly role: Role },
): Promise<MemberId | undefined> {
  const [row] = await database.run(MEMBER_BY_ROLE, [account, role]);
  return (row?.[0] ?? undefined) as MemberId | undefined; // cast: the column is the member's key
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const ACCOUNT_BY_SLUG = { name: "directory-account", text: "select id from account where slug = $1" };
const ACCOUNT_DETAILS = {
  name: "directory-account-details",
  text: "select id, timezone, currency from account where slug = $1",
};
const FIRST_ACCOUNT = { name: "directory-first-account", text: "select slug from account order by slug limit 1" };
const MEMBER_BY_NAME = {
  name: "directory-member",
  text: `select id from member where account_id = $1 and (external_id = $2 or id = $3::uuid)
    order by coalesce(external_id = $2, false) desc limit 1`,
};
const MEMBER_BY_ROLE = {
  name: "directory-member-with-role",
  text: `select m.id from member m join member_role r on r.account_id = m.account_id and r.member_id = m.id
    where m.account_id = $1 and r.role = $2
    order by (select count(*) from member_role more where more.account_id = m.account_id and more.member_id = m.id
        and more.role not in ($2, 'EMPLOYEE')), m.external_id nulls last, m.id limit 1`,
};
