/** A person of an account, and the roles they have there. */
import { ROLES } from "../caller.ts";
import { ALL, among, any, own, some } from "../permission/condition.ts";
import { id, many, moneyField, one, scalar, type Subject } from "../permission/declare.ts";
import { double, joinTable, money, optional, reference, sealed, table, text } from "../storage/table.ts";
import { ledPeople, teamMates } from "./team.ts";

export const memberTable = table("member", {
  external_id: optional(text()),
  name: text(),
  email: sealed(),
  staff_number: sealed(),
  manager_id: optional(reference("member")),
  weekly_hours: optional(double()),
  timezone: text(),
  ...money("billable_rate"),
  ...money("cost_rate"),
  ...money("salary"),
});
export const memberRoleTable = joinTable("member_role", {
  member_id: reference("member"),
  role: text({ oneOf: ROLES }),
});

const self = own("id");

export const Member: Subject = {
  name: "Member",
  description: "A person of the account.",
  tag: 2,
  table: memberTable,
  rows: {
    EMPLOYEE: some(any(self, among("id", teamMates))),
    MANAGER: some(any(self, among("id", teamMates), among("id", ledPeople))),
    FINANCE: ALL,
    ADMIN: ALL,
    INTEGRATION: ALL,
  },
  fields: {
    id: id(),
    externalId: scalar("String", "external_id", "The id it had where it was imported from."),
    name: scalar("String", "name", { description: "The person's name.", sensitivity: "PERSONAL" }),
    email: scalar("String", "email", {
      description: "Their address; everyone may see their own.",
      sensitivity: "PERSONAL",
      sealed: true,
      equality: true,
      access: { EMPLOYEE: { on: self, beyond: "off" } },
    }),
    staffNumber: scalar("String", "staff_number", {
      description: "Their number in the account's books; everyone may see their own.",
      sensitivity: "PERSONAL",
      sealed: true,
      equality: true,
      access: { EMPLOYEE: { on: self, beyond: "never" }, MANAGER: { on: self, beyond: "off" } },
    }),
    teams: many("Team", { table: "team_member", from: "member_id", to: "team_id" }, "Teams the person is in."),
    manager: one("Member", "manager_id", "To whom the person answers."),
    weeklyHours: scalar("Float", "weekly_hours", "Hours agreed for a week."),
    timezone: scalar("TimeZone", "timezone", {
      description: "Where the person's days begin.",
      determinedBy: [{ from: ["TimeEntry.member", "TimeEntry.timezone"], how: "new entries take it over" }],
    }),
    billableRate: moneyField("billable_rate", {
      description: "What an hour of the person is sold for.",
      determinedBy: [{ from: ["TimeEntry.member", "TimeEntry.billableRate"], how: "new entries take it over" }],
    }),
    costRate: moneyField("cost_rate", {
      description: "What an hour of the person costs.",
      access: { EMPLOYEE: "never", MANAGER: "off" },
      determinedBy: [{ from: ["TimeEntry.member", "TimeEntry.costRate"], how: "new entries take it over" }],
    }),
    salary: moneyField("salary", { description: "What the person earns in a year.", sensitivity: "SECRET" }),
  },
  root: { name: "members", filter: true, order: true },
  defaultOrder: [{ field: "name", direction: "ASC" }],
};
