/** The report on time: totals over exactly those entries that a list would show the same caller. */
import { declared, fixedPart, type Declared, type Sensitivity, type Subject } from "../permission/declare.ts";
import { enumerationOf, fixedEnumeration, type ValueSaid } from "../permission/enumeration.ts";
import type { Dimension } from "../plan/report.ts";
import { timeReport } from "../timesheet/report.ts";
import { makeEnum, makeInput, makeObject, type Part, type Workshop } from "./workshop.ts";

const fixed = (type: string, description: string): Part => ({ type, description, declared: fixedPart });
/** A total, which everyone can add up who sees the rows. */
const madeFrom = (sensitivity: Sensitivity, ...reads: readonly string[]): Declared =>
  declared({ sensitivity, reads, madeFrom: reads, determinedBy: [{ from: reads, how: "the rows added up" }] });

/** What a dimension groups by, and so reads: said by the report itself, so that nothing is read which is not closed with it. */
function readsOf(dimension: Dimension, subjects: readonly Subject[]): readonly string[] {
  const { type, date } = timeReport;
  switch (dimension.kind) {
    case "date":
      return [`${type}.${date}`];
    case "row":
      return alongPath(type, dimension.path, subjects);
    case "each":
    case "value":
      return [`${type}.${dimension.field}`];
    default:
      return dimension satisfies never;
  }
}

/** Each field of a path of to-one fields, on the type that it is reached on. */
function alongPath(type: string, [field, ...rest]: readonly string[], subjects: readonly Subject[]): readonly string[] {
  if (field === undefined) return [];
  const source = subjects.find(({ name }) => name === type)?.fields[field]?.source;
  if (source?.kind !== "one") throw new Error(`${type}.${field} does not point at a row.`);
  return [`${type}.${field}`, ...alongPath(source.type, rest, subjects)];
}

const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

export function makeReport(shop: Workshop, subjects: readonly Subject[]): void {
  makeReportInputs(shop, subjects);
  makeTotals(shop);
  makeObject(shop, {
    name: "ReportKey",
    description: "What the entries of a row have in common, in one dimension.",
    declared: fixedPart,
    fields: {
      dimension: fixed("ReportDimension!", "Which dimension."),
      value: fixed("String", "A day, a value, or a global id; null for entries that have none."),
      label: fixed("String", "The name to it, where the caller may read it."),
    },
  });
  makeObject(shop, {
    name: "TimeReportRow",
    description: "Entries that have their keys in common.",
    declared: fixedPart,
    fields: {
      key: fixed("[ReportKey!]!", "One for each dimension, in the order asked for."),
      totals: fixed("TimeTotals!", "Their totals."),
    },
  });
  makeObject(shop, {
    name: "TimeReport",
    description: "Totals by group, and of everything.",
    declared: fixedPart,
    fields: {
      rows: fixed("[TimeReportRow!]!", "The groups."),
      totals: fixed("TimeTotals!", "Of everything; an entry with several tags counts once."),
    },
  });
}

function makeTotals(shop: Workshop): void {
  makeObject(shop, {
    name: "TimeTotals",
    description: "Sums over those entries that the caller may see.",
    declared: fixedPart,
    fields: {
      seconds: {
        type: "SafeInt",
        description: "Time worked.",
        declared: madeFrom("INTERNAL", "TimeEntry.durationSeconds"),
      },
      billableSeconds: {
        type: "SafeInt",
        description: "Time that somebody pays for.",
        declared: madeFrom("INTERNAL", "TimeEntry.durationSeconds", "TimeEntry.billable"),
      },
      entryCount: {
        type: "Int",
        description: "How many entries.",
        declared: declared({
          sensitivity: "INTERNAL",
          determinedBy: [{ from: [`${timeReport.type}.id`], how: "the rows counted" }],
        }),
      },
      billableAmount: {
        type: "[Money!]",
        description: "What they are sold for, one sum for each currency.",
        declared: madeFrom("MONEY", "TimeEntry.billableAmount"),
      },
      costAmount: {
        type: "[Money!]",
        description: "What they cost, one sum for each currency.",
        declared: madeFrom("MONEY", "TimeEntry.costAmount"),
      },
    },
  });
}

function makeReportInputs(shop: Workshop, subjects: readonly Subject[]): void {
  const dimensions = Object.entries(timeReport.dimensions).map(([name, dimension]): [string, ValueSaid] => [
    name,
    { declared: declared({ sensitivity: "INTERNAL", reads: readsOf(dimension, subjects) }) },
  ]);
  makeEnum(
    shop,
    enumerationOf("ReportDimension", "By what a report can be grouped.", Object.fromEntries(dimensions)),
    fixedPart,
  );
  const directions = fixedEnumeration("RoundingDirection", "Which way to round.", ["UP", "DOWN", "NEAREST"]);
  makeEnum(shop, directions, fixedPart);
  makeEnum(shop, fixedEnumeration("Weekday", "A day of the week.", DAYS), fixedPart);
  makeInput(shop, {
    name: "Rounding",
    description: "How the duration of each entry is rounded before it is added.",
    declared: fixedPart,
    fields: {
      to: fixed("Int!", "To so many minutes."),
      direction: fixed("RoundingDirection!", "Which way."),
    },
  });
}

export function reportQuery(): Part {
  const open = declared({ sensitivity: "INTERNAL" });
  return {
    type: "TimeReport",
    description: "Totals of time and money over those entries that the caller may see.",
    declared: open,
    arguments: {
      filter: { type: "TimeEntryFilter", description: "Only entries like this.", declared: open },
      groupBy: fixed("[ReportDimension!]!", "By what; an empty list for the totals alone."),
      rounding: { type: "Rounding", description: "Round the duration of each entry.", declared: open },
      timezone: {
        type: "TimeZone",
        description: "In whose days to count entries that have a start; their own day where it is left out.",
        // Which day an entry falls on in a zone of one's choice tells when it began.
        declared: declared({ sensitivity: "INTERNAL", reads: ["TimeEntry.start"] }),
      },
      weekStart: { type: "Weekday", description: "On which day a week begins; Monday where left out.", declared: open },
    },
  };
}
