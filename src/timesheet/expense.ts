/** Money that a member spent for a project. */
import { ledPeople } from "../identity/team.ts";
import { ALL, among, any, own, some } from "../permission/condition.ts";
import { enumeration, id, moneyField, one, scalar, type Subject } from "../permission/declare.ts";
import { boolean, date, money, optional, reference, sealed, table, text } from "../storage/table.ts";
import { ENTRY_STATUSES } from "./entry.ts";

export const expenseTable = table("expense", {
  member_id: reference("member"),
  project_id: optional(reference("project")),
  date: date(),
  description: sealed(),
  ...money("amount"),
  billable: boolean(),
  status: text({ oneOf: ENTRY_STATUSES }),
});

export const Expense: Subject = {
  name: "Expense",
  description: "Money that a member spent.",
  tag: 11,
  table: expenseTable,
  rows: {
    EMPLOYEE: some(own("member_id")),
    MANAGER: some(any(own("member_id"), among("member_id", ledPeople))),
    FINANCE: ALL,
    ADMIN: ALL,
    INTEGRATION: ALL,
  },
  fields: {
    id: id(),
    member: one("Member", "member_id", "Who spent it."),
    project: one("Project", "project_id", "For what."),
    date: scalar("Date", "date", "On which day."),
    description: scalar("String", "description", {
      description: "What it was for.",
      sensitivity: "PERSONAL",
      sealed: true,
    }),
    amount: moneyField("amount", "How much."),
    billable: scalar("Boolean", "billable", "Whether the customer pays for it."),
    status: enumeration("EntryStatus", "status", "How far it has come."),
  },
  root: { name: "expenses", filter: true, order: true },
  defaultOrder: [{ field: "date", direction: "DESC" }],
};
