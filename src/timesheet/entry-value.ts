/** Values of an entry that could never be kept, whoever writes them. */
import { isCurrency } from "../identity/currency.ts";
import type { UserError } from "../permission/user-error-type.ts";
import { HIGHEST_RATE } from "./amount.ts";
import type { MoneyInput, TimeEntryInput } from "./entry-type.ts";
import { userError } from "./refusal.ts";

const MOST_LETTERS = 100_000;
/** It is in an index, whose pages hold no longer keys. */
const MOST_LETTERS_OF_A_KEY = 255;

export function checkValues(input: TimeEntryInput & { readonly status?: string | null }): readonly UserError[] {
  const { externalId, description, internalNote, billableRate, costRate, status } = input;
  const errors: UserError[] = [];
  const check = (isWrong: boolean, code: "TEXT_INVALID" | "MONEY_INVALID" | "STATUS_INVALID", field: string): void => {
    if (isWrong) errors.push(userError(code, "input", field));
  };
  const isKey = isText(externalId, MOST_LETTERS_OF_A_KEY) && externalId?.trim() !== "";
  check(!isKey, "TEXT_INVALID", "externalId");
  check(!isText(description, MOST_LETTERS), "TEXT_INVALID", "description");
  check(!isText(internalNote, MOST_LETTERS), "TEXT_INVALID", "internalNote");
  check(!isRate(billableRate), "MONEY_INVALID", "billableRate");
  check(!isRate(costRate), "MONEY_INVALID", "costRate");
  check(status !== undefined && status !== "INVOICED", "STATUS_INVALID", "status");
  return errors;
}

/** What no text of PostgreSQL holds has been refused with the request. */
export const isText = (text: string | null | undefined, most = MOST_LETTERS): boolean => (text ?? "").length <= most;

const isRate = (rate: MoneyInput | null | undefined): boolean =>
  rate === null || rate === undefined || (rate.minor >= 0 && rate.minor <= HIGHEST_RATE && isCurrency(rate.currency));
