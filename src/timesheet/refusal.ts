/** Why a time entry or a timesheet is not written: expected outcomes, told to people as `userErrors`. Nothing is written then. */
import type { UserError } from "../permission/user-error-type.ts";

/** Every code there is. The room's README lists them too, and a test compares the two. */
export const REFUSALS = {
  NOT_FOUND: "There is nothing with that id that you may see.",
  FORBIDDEN: "You may see it, but not write it like this.",
  LOCKED: "It can no longer be changed: have its week sent back or opened again first.",
  MEMBER_NEEDED: "Say whose entry it is: an entry always has a member.",
  MEMBER_NOT_IN_TEAM: "That member is not in that team.",
  PROJECT_ARCHIVED: "That project is archived: nobody books on it any more.",
  TASK_NOT_OF_PROJECT: "That task is not a part of that project.",
  TIMES_INCOMPLETE: "Say when it began and ended, or how long it took.",
  DATE_NEEDED: "Say the day: a duration alone does not tell it.",
  DATE_DIFFERS: "The day is another one than that on which it began, in its time zone: leave one of them out.",
  DATE_OUT_OF_RANGE: "Days are counted from the year 1900 to the year 2999.",
  END_BEFORE_START: "It ends before it begins.",
  DURATION_OUT_OF_RANGE: "An entry takes from 0 seconds to 7 days.",
  DURATION_TOO_LONG: "That is longer than from start to end without the breaks.",
  BREAK_OUT_OF_RANGE: "Breaks take from 0 seconds to no longer than from start to end.",
  MONEY_INVALID: "A rate is from 0 to 10^12 minor units of an ISO 4217 currency.",
  TEXT_INVALID: "An external id has 1 to 255 letters, any other text 100000 at most.",
  STATUS_INVALID: "That status cannot be set: it follows from what becomes of the timesheet.",
  EXTERNAL_ID_TAKEN: "Another entry of the account has that external id.",
  TIMER_RUNNING: "A timer of yours runs already: stop that first.",
  NOT_RUNNING: "It does not run: it has an end, or a duration already.",
  OWN_APPROVAL: "Nobody decides on their own week: ask another lead or an admin.",
  WRONG_STATE: "The week or the entry is not in a state from which that can be done: read it again.",
  COMMENT_NEEDED: "Say why, so that they know.",
  CLOSED_FOR_GOOD: "Something in the week can never be changed again, so it stays closed.",
} as const satisfies Readonly<Record<string, string>>;

export type RefusalCode = keyof typeof REFUSALS;

/** Thrown inside an attempt, so that whatever was written before it is undone. */
export class Refusal extends Error {
  readonly errors: readonly UserError[];

  constructor(errors: readonly UserError[]) {
    super(errors.map(({ code }) => code).join(" "));
    this.name = "Refusal";
    this.errors = errors;
  }
}

export const userError = (code: RefusalCode, ...field: readonly string[]): UserError => ({
  field: field.length === 0 ? null : [...field],
  code,
  message: REFUSALS[code],
});

/** `field`: the path of the argument that it is about. */
export const refusal = (code: RefusalCode, ...field: readonly string[]): Refusal =>
  new Refusal([userError(code, ...field)]);

/** Throws them all, if there are any. */
export function refuseAll(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new Refusal(errors);
}
