/** A timesheet: one member's week, handed in and decided on as a whole. */
import { ledPeople } from "../identity/team.ts";
import { ALL, among, any, own, some } from "../permission/condition.ts";
import { computed, enumeration, id, one, scalar, type Subject } from "../permission/declare.ts";
import { date, instant, optional, reference, sealed, table, text } from "../storage/table.ts";

export const TIMESHEET_STATUSES = ["OPEN", "SUBMITTED", "APPROVED", "REJECTED"] as const;

export const timesheetTable = table("timesheet", {
  member_id: reference("member"),
  period_start: date(),
  period_end: date(),
  status: text({ oneOf: TIMESHEET_STATUSES }),
  submitted_at: optional(instant()),
  decided_by_id: optional(reference("member")),
  decided_at: optional(instant()),
  comment: sealed(),
});

export const Timesheet: Subject = {
  name: "Timesheet",
  description: "One member's week.",
  tag: 10,
  table: timesheetTable,
  rows: {
    EMPLOYEE: some(own("member_id")),
    MANAGER: some(any(own("member_id"), among("member_id", ledPeople))),
    FINANCE: ALL,
    ADMIN: ALL,
    INTEGRATION: ALL,
  },
  fields: {
    id: id(),
    member: one("Member", "member_id", {
      description: "Whose week.",
      determinedBy: [
        { from: ["TimeEntry.timesheet", "TimeEntry.member"], how: "a week has the entries of one person" },
      ],
    }),
    periodStart: scalar("Date", "period_start", {
      description: "Its first day.",
      determinedBy: [
        { from: ["Timesheet.periodEnd"], how: "the Monday of that week" },
        { from: ["TimeEntry.timesheet", "TimeEntry.date"], how: "the Monday of the week of its entries" },
      ],
    }),
    periodEnd: scalar("Date", "period_end", {
      description: "Its last day.",
      determinedBy: [{ from: ["Timesheet.periodStart"], how: "the Sunday of that week" }],
    }),
    status: enumeration("TimesheetStatus", "status", {
      description: "How far it has come.",
      determinedBy: [
        { from: ["TimeEntry.timesheet", "TimeEntry.status"], how: "that of its entries, until they are invoiced" },
      ],
    }),
    entries: computed(
      { kind: "connection", type: "TimeEntry", column: "timesheet_id", ordered: false },
      { description: "Those of its entries that the caller may see.", madeFrom: ["TimeEntry.timesheet"] },
    ),
    totals: computed(
      { kind: "totals", type: "TimeEntry", column: "timesheet_id" },
      { description: "Totals of those of its entries that the caller may see.", madeFrom: ["TimeEntry.timesheet"] },
    ),
    submittedAt: scalar("DateTime", "submitted_at", "When it was handed in."),
    decidedBy: one("Member", "decided_by_id", "Who approved or rejected it."),
    decidedAt: scalar("DateTime", "decided_at", "When that was."),
    comment: scalar("String", "comment", {
      description: "What they said about it.",
      sensitivity: "PERSONAL",
      sealed: true,
    }),
  },
  root: { name: "timesheets", filter: true, order: true },
  defaultOrder: [{ field: "periodStart", direction: "DESC" }],
};
