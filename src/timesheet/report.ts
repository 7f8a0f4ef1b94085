/** The time report: what entries are added up by, and what is added up. */
import type { Report } from "../plan/report.ts";

export const timeReport: Report = {
  type: "TimeEntry",
  seconds: "durationSeconds",
  date: "date",
  instant: "start",
  dimensions: {
    DAY: { kind: "date", unit: "DAY" },
    WEEK: { kind: "date", unit: "WEEK" },
    MONTH: { kind: "date", unit: "MONTH" },
    YEAR: { kind: "date", unit: "YEAR" },
    MEMBER: { kind: "row", path: ["member"] },
    TEAM: { kind: "row", path: ["team"] },
    CUSTOMER: { kind: "row", path: ["project", "customer"] },
    PROJECT: { kind: "row", path: ["project"] },
    TASK: { kind: "row", path: ["task"] },
    ACTIVITY: { kind: "row", path: ["activity"] },
    TAG: { kind: "each", field: "tags" },
    BILLABLE: { kind: "value", field: "billable" },
    STATUS: { kind: "value", field: "status" },
  },
  measures: {
    seconds: { kind: "seconds" },
    billableSeconds: { kind: "seconds", when: "billable" },
    entryCount: { kind: "count" },
    billableAmount: { kind: "money", field: "billableAmount" },
    costAmount: { kind: "money", field: "costAmount" },
  },
};
