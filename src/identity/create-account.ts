/** Makes an account on an operator's order. */
import { isTimeZone } from "../permission/scalar.ts";
import { founding, type Transaction } from "../plan/bulk.ts";
import { problem } from "../problem.ts";
import { accountTable } from "./account.ts";
import { isCurrency } from "./currency.ts";

export interface NewAccount {
  /** The account's short name, in tokens and commands. */
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  readonly currency: string;
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const found = founding(accountTable, "slug");

/** Answers the id of the account that was made. */
export async function createAccount(transaction: Transaction, account: NewAccount): Promise<string> {
  const wrong = wrongOf(account);
  if (wrong !== undefined) throw problem("ACCOUNT_INVALID", { extensions: { because: [wrong] } });
  const { slug, name, timezone, currency } = account;
  const id = await found(transaction, { slug, name, timezone, currency });
  if (id === undefined) throw problem("ACCOUNT_EXISTS", { extensions: { slug } });
  return id;
}

function wrongOf({ slug, name, timezone, currency }: NewAccount): string | undefined {
  if (!SLUG.test(slug)) return "the slug is not of small letters, digits and inner hyphens, at most 63 of them";
  if (name.trim() === "") return "the name is empty";
  if (!isTimeZone(timezone)) return "the time zone is not an IANA name";
  return isCurrency(currency) ? undefined : "the currency is not an ISO 4217 code";
}
