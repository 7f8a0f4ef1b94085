/** The register of all tables of an account, and of all subjects that GraphQL shows. */
import { Account, accountTable } from "./identity/account.ts";
import { Member, memberRoleTable, memberTable } from "./identity/member.ts";
import { Team, teamMemberTable, teamTable } from "./identity/team.ts";
import type { Subject } from "./permission/declare.ts";
import type { Table } from "./storage/table.ts";
import { Customer, customerTable } from "./timesheet/customer.ts";
import { TimeEntry, timeEntryTable } from "./timesheet/entry.ts";
import { Expense, expenseTable } from "./timesheet/expense.ts";
import { Activity, activityTable, Tag, tagTable, timeEntryTagTable } from "./timesheet/label.ts";
import { Project, projectMemberTable, projectTable } from "./timesheet/project.ts";
import { Timesheet, timesheetTable } from "./timesheet/sheet.ts";
import { Task, taskTable } from "./timesheet/task.ts";

/** In the order in which rows can be written: what is pointed at comes first. */
export const tables: readonly Table[] = [
  accountTable,
  memberTable,
  memberRoleTable,
  teamTable,
  teamMemberTable,
  customerTable,
  projectTable,
  projectMemberTable,
  taskTable,
  activityTable,
  tagTable,
  timesheetTable,
  timeEntryTable,
  timeEntryTagTable,
  expenseTable,
];

export const subjects: readonly Subject[] = [
  Account,
  Member,
  Team,
  Customer,
  Project,
  Task,
  Activity,
  Tag,
  TimeEntry,
  Timesheet,
  Expense,
];
