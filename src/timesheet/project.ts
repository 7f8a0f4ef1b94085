/** On what people work. */
import { ledPeople } from "../identity/team.ts";
import { ALL, among, any, own, some, type FactSet } from "../permission/condition.ts";
import { computed, id, many, moneyField, one, scalar, type Subject } from "../permission/declare.ts";
import { boolean, joinTable, money, optional, reference, table, text } from "../storage/table.ts";

export const projectTable = table("project", {
  external_id: optional(text()),
  name: text(),
  customer_id: optional(reference("customer")),
  archived: boolean(),
  ...money("budget"),
  ...money("billable_rate"),
});
export const projectMemberTable = joinTable("project_member", {
  project_id: reference("project"),
  member_id: reference("member"),
});

export const ownProjects: FactSet = {
  name: "ownProjects",
  table: "project_member",
  pick: "project_id",
  where: own("member_id"),
};
export const ledProjects: FactSet = {
  name: "ledProjects",
  table: "project_member",
  pick: "project_id",
  where: among("member_id", ledPeople),
};

export const Project: Subject = {
  name: "Project",
  description: "Work with a name, for a customer or for the account itself.",
  tag: 5,
  table: projectTable,
  rows: {
    EMPLOYEE: some(among("id", ownProjects)),
    MANAGER: some(any(among("id", ownProjects), among("id", ledProjects))),
    FINANCE: ALL,
    ADMIN: ALL,
    INTEGRATION: ALL,
  },
  fields: {
    id: id(),
    externalId: scalar("String", "external_id", "The id it had where it was imported from."),
    name: scalar("String", "name", "What the project is called."),
    customer: one("Customer", "customer_id", "For whom."),
    archived: scalar("Boolean", "archived", "Nobody books on it any more."),
    members: many("Member", { table: "project_member", from: "project_id", to: "member_id" }, "Who is on the project."),
    timeEntries: computed(
      { kind: "connection", type: "TimeEntry", column: "project_id", ordered: true },
      { description: "Time booked on the project.", madeFrom: ["TimeEntry.project"] },
    ),
    budget: moneyField("budget", "What may be spent."),
    budgetUsed: computed(
      { kind: "sum", type: "TimeEntry", field: "billableAmount", column: "project_id", currency: "budget_currency" },
      {
        description: "The billable amounts of those entries that the caller may see, in the budget's currency.",
        sensitivity: "MONEY",
        madeFrom: ["TimeEntry.billableAmount", "TimeEntry.project", "Project.budget"],
      },
    ),
    billableRate: moneyField("billable_rate", {
      description: "What an hour on the project is sold for.",
      determinedBy: [{ from: ["TimeEntry.project", "TimeEntry.billableRate"], how: "new entries take it over" }],
    }),
  },
  root: { name: "projects", filter: true, order: true },
  defaultOrder: [{ field: "name", direction: "ASC" }],
};
