/** For whom an account works. */
import { ALL, among, any, some, type FactSet } from "../permission/condition.ts";
import { computed, id, moneyField, scalar, type Subject } from "../permission/declare.ts";
import { money, optional, table, text } from "../storage/table.ts";
import { ledProjects, ownProjects } from "./project.ts";

export const customerTable = table("customer", {
  external_id: optional(text()),
  name: text(),
  ...money("billable_rate"),
});

const ownCustomers: FactSet = {
  name: "ownCustomers",
  table: "project",
  pick: "customer_id",
  where: among("id", ownProjects),
};
const ledCustomers: FactSet = {
  name: "ledCustomers",
  table: "project",
  pick: "customer_id",
  where: among("id", ledProjects),
};

export const Customer: Subject = {
  name: "Customer",
  description: "A company or person for whom the account works.",
  tag: 4,
  table: customerTable,
  rows: {
    EMPLOYEE: some(among("id", ownCustomers)),
    MANAGER: some(any(among("id", ownCustomers), among("id", ledCustomers))),
    FINANCE: ALL,
    ADMIN: ALL,
    INTEGRATION: ALL,
  },
  fields: {
    id: id(),
    externalId: scalar("String", "external_id", "The id it had where it was imported from."),
    name: scalar("String", "name", "What the customer is called."),
    projects: computed(
      { kind: "connection", type: "Project", column: "customer_id", ordered: false },
      { description: "Projects done for the customer.", madeFrom: ["Project.customer"] },
    ),
    billableRate: moneyField("billable_rate", {
      description: "What an hour is sold for, where the project does not say.",
      determinedBy: [
        { from: ["TimeEntry.project", "Project.customer", "TimeEntry.billableRate"], how: "new entries take it over" },
      ],
    }),
  },
  root: { name: "customers", filter: true, order: true },
  defaultOrder: [{ field: "name", direction: "ASC" }],
};
