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
    member: one("Member", "member_id", "Who worked."),
    team: one("Team", "team_id", "Under which team it was booked."),
    project: one("Project", "project_id", "On what."),
    task: one("Task", "task_id", "On which part of it."),
    activity: one("Activity", "activity_id", "What kind of work."),
    tags: many("Tag", { table: "time_entry_tag", from: "time_entry_id", to: "tag_id" }, "Words put on it."),
    date: scalar("Date", "date", "The local day on which it began."),
    start: scalar("DateTime", "started_at", "When it began; null where only a duration was noted."),
    end: scalar("DateTime", "ended_at", "When it ended; null while it runs, or where only a duration was noted."),
    timezone: scalar("TimeZone", "timezone", "The zone of its day."),
    durationSeconds: scalar("Int", "duration_seconds", "Time worked, without breaks."),
    breakSeconds: scalar("Int", "break_seconds", "Breaks between start and end."),
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
    billable: scalar("Boolean", "billable", "Whether somebody pays for it."),
    billableRate: moneyField("billable_rate", "What an hour of it is sold for."),
    billableAmount: computed(
      { kind: "amount", seconds: "duration_seconds", rate: "billable_rate", when: "billable" },
      {
        description: "Hours times the billable rate, rounded half away from zero; null where it is not billable.",
        sensitivity: "MONEY",
        madeFrom: ["TimeEntry.durationSeconds", "TimeEntry.billableRate", "TimeEntry.billable"],
      },
    ),
    costRate: moneyField("cost_rate", {
      description: "What an hour of it costs.",
      access: { EMPLOYEE: "never", MANAGER: "off" },
    }),
    costAmount: computed(
      { kind: "amount", seconds: "duration_seconds", rate: "cost_rate" },
      {
        description: "Hours times the cost rate, rounded half away from zero.",
        sensitivity: "MONEY",
        madeFrom: ["TimeEntry.durationSeconds", "TimeEntry.costRate"],
        access: { EMPLOYEE: "never", MANAGER: "off" },
      },
    ),
    status: enumeration("EntryStatus", "status", "How far it has come."),
    timesheet: one("Timesheet", "timesheet_id", "The week that it is handed in with."),
    locked: computed(
      { kind: "isOneOf", column: "status", values: ["APPROVED", "INVOICED"] },
      { description: "It can no longer be changed.", madeFrom: ["TimeEntry.status"] },
    ),
    createdAt: scalar("DateTime", "created_at", "When it was written down."),
    updatedAt: scalar("DateTime", "updated_at", "When it was last changed."),
  },
  root: { name: "timeEntries", filter: true, order: true },
  defaultOrder: [{ field: "date", direction: "DESC" }],
};
