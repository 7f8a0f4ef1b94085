/** What an answer says was denied in it. */
import { CombinedGraphQLErrors, type ErrorLike } from "@apollo/client";

/** Why, by coordinate: one error a coordinate, however many rows it is null on. */
export type Denials = ReadonlyMap<string, string>;

export function denialsOf(error: ErrorLike | undefined): Denials {
  if (!CombinedGraphQLErrors.is(error)) return new Map();
  return new Map(
    error.errors.flatMap(({ extensions: { code, coordinate, reason } = {} }) =>
      code === "UNAUTHORIZED_FIELD_OR_TYPE" ? [[String(coordinate), String(reason)]] : [],
    ),
  );
}

const WORDS: Readonly<Record<string, string>> = {
  SWITCHED_OFF_BY_ACCOUNT: "switched off by your administrator",
  ROLE: "not for your role",
  ROW_CONDITION: "🔒",
};

/** For people: a reason that this frontend does not know must not be shown as a code. */
export const inWords = (reason = ""): string => WORDS[reason] ?? "not available to you";
