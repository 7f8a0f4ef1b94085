/** A time entry: one piece of work, by one person, on one day. */
import { ledTeams } from "../identity/team.ts";
import { ALL, among, any, own, some } from "../permission/condition.ts";
import { computed, enumeration, id, many, moneyField, one, scalar, type Subject } from "../permission/declare.ts";
import { boolean, date, instant, integer, money, optional, reference, sealed, table, text } from "../storage/table.ts";

export const ENTRY_STATUSES = ["OPEN", "SUBMITTED", "APPROVED", "REJECTED", "INVOICED"] as const;

export const timeEntryTable = table("time_entry", {
  external_id: optional(text()),
  member_id: reference("member"),
  team_id: optional(reference("team")),
  project_id: optional(reference("project")),
  task_id: optional(reference("task")),
  activity_id: optional(reference("activity")),
  timesheet_id: optional(reference("timesheet")),
  date: date(),
  started_at: optional(instant()),
  ended_at: optional(instant()),
  timezone: text(),
  duration_seconds: integer(),
  break_seconds: integer(),
  description: sealed(),
  internal_note: sealed(),
  billable: boolean(),
  ...money("billable_rate"),
  ...money("cost_rate"),
  status: text({ oneOf: ENTRY_STATUSES }),
  created_at: instant(),
  updated_at: instant(),
});

const ofMyTeams = among("team_id", ledTeams);

export const TimeEntry: Subject = {
  name: "TimeEntry",
  description: "One piece of work. It counts on the local day on which it began.",
  tag: 9,
  table: timeEntryTable,
  rows: {
    EMPLOYEE: some(own("member_id")),
    MANAGER: some(any(own("member_id"), ofMyTeams)),
    FINANCE: ALL,
    ADMIN: ALL,
    INTEGRATION: ALL,
  },
  fields: {
    id: id(),
    externalId: scalar("String", "external_id", "The id it had where it was imported from."),
    member: one("Member", "member_id", {
      description: "Who worked.",
      determinedBy: [
        { from: ["TimeEntry.timesheet", "Timesheet.member"], how: "a week has the entries of one person" },
      ],
    }),
    team: one("Team", "team_id", "Under which team it was booked."),
    project: one("Project", "project_id", {
      description: "On what.",
      determinedBy: [{ from: ["TimeEntry.task", "Task.project"], how: "a task belongs to one project" }],
    }),
    task: one("Task", "task_id", "On which part of it."),
    activity: one("Activity", "activity_id", "What kind of work."),
    tags: many("Tag", { table: "time_entry_tag", from: "time_entry_id", to: "tag_id" }, "Words put on it."),
    date: scalar("Date", "date", {
      description: "The local day on which it began.",
      determinedBy: [{ from: ["TimeEntry.start"], how: "the day of the start, but for the zone" }],
    }),
    start: scalar("DateTime", "started_at", {
      description: "When it began; null where only a duration was noted.",
      determinedBy: [
        { from: ["TimeEntry.end", "TimeEntry.durationSeconds"], how: "the end less the duration, but for breaks" },
      ],
    }),
    end: scalar("DateTime", "ended_at", {
      description: "When it ended; null while it runs, or where only a duration was noted.",
      determinedBy: [
        { from: ["TimeEntry.start", "TimeEntry.durationSeconds"], how: "the start and the duration, but for breaks" },
      ],
    }),
    timezone: scalar("TimeZone", "timezone", {
      description: "The zone of its day.",
      determinedBy: [
        { from: ["TimeEntry.member", "Member.timezone"], how: "that of the person, where nobody gave another" },
      ],
    }),
    durationSeconds: scalar("Int", "duration_seconds", {
      description: "Time worked, without breaks.",
      determinedBy: [
        { from: ["TimeEntry.start", "TimeEntry.end"], how: "from start to end, but for breaks" },
        { from: ["TimeTotals.seconds"], how: "the total over one entry" },
      ],
    }),
    breakSeconds: scalar("Int", "break_seconds", {
      description: "Breaks between start and end.",
      determinedBy: [
        {
          from: ["TimeEntry.start", "TimeEntry.end", "TimeEntry.durationSeconds"],
          how: "from start to end less the duration",
        },
      ],
    }),
    description: scalar("String", "description", {
      description: "What was done.",
      sensitivity: "PERSONAL",
      sealed: true,
    }),
    internalNote: scalar("String", "internal_note", {
      description: "Never leaves the team.",
      sensitivity: "PERSONAL",
      sealed: true,
      access: { EMPLOYEE: "never", MANAGER: { on: ofMyTeams, beyond: "never" }, FINANCE: "off" },
    }),
    billable: scalar("Boolean", "billable", {
      description: "Whether somebody pays for it.",
      determinedBy: [{ from: ["TimeTotals.billableSeconds"], how: "whether the total over one entry has it" }],
    }),
    billableRate: moneyField("billable_rate", {
      description: "What an hour of it is sold for.",
      determinedBy: [
        { from: ["TimeEntry.project", "Project.billableRate"], how: "taken over from the project" },
        {
          from: ["TimeEntry.project", "Project.customer", "Customer.billableRate"],
          how: "taken over from the customer",
        },
        { from: ["TimeEntry.member", "Member.billableRate"], how: "taken over from the person" },
      ],
    }),
    billableAmount: computed(
      { kind: "amount", seconds: "duration_seconds", rate: "billable_rate", when: "billable" },
      {
        description: "Hours times the billable rate, rounded half away from zero; null where it is not billable.",
        sensitivity: "MONEY",
        madeFrom: ["TimeEntry.durationSeconds", "TimeEntry.billableRate", "TimeEntry.billable"],
        determinedBy: [{ from: ["TimeTotals.billableAmount"], how: "the total over one entry" }],
      },
    ),
    costRate: moneyField("cost_rate", {
      description: "What an hour of it costs.",
      access: { EMPLOYEE: "never", MANAGER: "off" },
      determinedBy: [{ from: ["TimeEntry.member", "Member.costRate"], how: "taken over from the person" }],
    }),
    costAmount: computed(
      { kind: "amount", seconds: "duration_seconds", rate: "cost_rate" },
      {
        description: "Hours times the cost rate, rounded half away from zero.",
        sensitivity: "MONEY",
        madeFrom: ["TimeEntry.durationSeconds", "TimeEntry.costRate"],
        determinedBy: [{ from: ["TimeTotals.costAmount"], how: "the total over one entry" }],
        access: { EMPLOYEE: "never", MANAGER: "off" },
      },
    ),
    status: enumeration("EntryStatus", "status", {
      description: "How far it has come.",
      determinedBy: [
        { from: ["TimeEntry.timesheet", "Timesheet.status"], how: "that of its week, until it is invoiced" },
      ],
    }),
    timesheet: one("Timesheet", "timesheet_id", {
      description: "The week that it is handed in with.",
      determinedBy: [
        {
          from: ["TimeEntry.member", "TimeEntry.date", "Timesheet.member", "Timesheet.periodStart"],
          how: "the person's week that the day lies in",
        },
      ],
    }),
    locked: computed(
      { kind: "isOneOf", column: "status", values: ["APPROVED", "INVOICED"] },
      { description: "It can no longer be changed.", madeFrom: ["TimeEntry.status"] },
    ),
    createdAt: scalar("DateTime", "created_at", {
      description: "When it was written down.",
      determinedBy: [{ from: ["TimeEntry.id"], how: "ids hold the time at which they were made" }],
    }),
    updatedAt: scalar("DateTime", "updated_at", "When it was last changed."),
  },
  root: { name: "timeEntries", filter: true, order: true },
  defaultOrder: [{ field: "date", direction: "DESC" }],
};
