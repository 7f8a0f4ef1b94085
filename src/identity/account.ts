/** An account: a company whose data we keep. */
import { ALL } from "../permission/condition.ts";
import { id, scalar, type Subject } from "../permission/declare.ts";
import { revisionNow } from "../permission/revision.ts";
import { DENIED_AS, ON_DENIED } from "../permission/settings.ts";
import { integer, instant, optional, table, text } from "../storage/table.ts";

/** `account_id` is generated from `id`, so that one rule finds the rows of an account in every table. */
export const accountTable = table("account", {
  slug: text(),
  name: text(),
  revision: integer({ now: revisionNow }),
  /** When the next change of toggles takes effect that was scheduled; null where none waits. */
  waiting_from: optional(instant()),
  timezone: text(),
  currency: text(),
  denied_as: text({ oneOf: DENIED_AS }),
  on_denied: text({ oneOf: ON_DENIED }),
  created_at: instant(),
});

export const Account: Subject = {
  name: "Account",
  description: "A company whose timesheet data is kept here.",
  tag: 1,
  table: accountTable,
  rows: { EMPLOYEE: ALL, MANAGER: ALL, FINANCE: ALL, ADMIN: ALL, INTEGRATION: ALL },
  fields: {
    id: id(),
    slug: scalar("String", "slug", {
      description: "The account's short name, as in tokens and commands.",
      fixed: true,
    }),
    name: scalar("String", "name", { description: "What the company is called.", fixed: true }),
    revision: scalar("Int", "revision", {
      description: "Counts changes of toggles and of members' roles.",
      fixed: true,
    }),
    timezone: scalar("TimeZone", "timezone", {
      description: "The zone in which the account's days begin.",
      fixed: true,
    }),
  },
  defaultOrder: [],
};
