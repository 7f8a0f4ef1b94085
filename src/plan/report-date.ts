/** Days of a report: as noted or in another zone, and the weeks, months and years that they lie in. */
import type { Picked } from "../permission/check.ts";
import { problem } from "../problem.ts";
import type { Build, Source } from "./build.ts";
import { valueOf } from "./expression.ts";
import type { DateUnit } from "./report.ts";

/** The local day of a row: as noted, or where a zone is asked for, that of its beginning there. */
export function dayOf(build: Build, rows: Source, picked: Picked): string {
  const day = valueOf(build, rows, build.report.date);
  if (day.kind !== "scalar") throw new Error("A day is one value.");
  const zone = picked.arguments.get("timezone");
  if (zone === undefined || zone.kind === "null") return day.sql;
  if (zone.kind !== "leaf") throw problem("BAD_USER_INPUT");
  const instant = valueOf(build, rows, build.report.instant);
  if (instant.kind !== "scalar") throw new Error("An instant is one value.");
  const name = build.parameter((run) => zoneOf(zone.read(run.variables)), "text");
  return `coalesce((${instant.sql} at time zone ${name})::date, ${day.sql})`;
}

/** An IANA name. Offsets are refused: PostgreSQL reads their sign the other way round. */
function zoneOf(zone: unknown): string {
  if (typeof zone !== "string" || !/^[A-Za-z]/.test(zone)) throw problem("TIME_ZONE_UNKNOWN");
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw problem("TIME_ZONE_UNKNOWN", { cause });
  }
}

const WEEKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

/** The first day of the unit. A day is no instant: as one, it would be turned to the connection's zone and back. */
export function unitSql(unit: DateUnit, day: string, picked: Picked): string {
  switch (unit) {
    case "DAY":
      return day;
    case "WEEK": {
      const start = picked.arguments.get("weekStart");
      const first = start?.kind === "value" ? WEEKDAYS.indexOf(start.name) + 1 : 1;
      return `(${day}) - ((extract(isodow from ${day})::int - ${String(first)} + 7) % 7)`;
    }
    case "MONTH":
      return `date_trunc('month', (${day})::timestamp)::date`;
    case "YEAR":
      return `date_trunc('year', (${day})::timestamp)::date`;
    default:
      return unit satisfies never;
  }
}

const FORMATS: Readonly<Record<DateUnit, string>> = {
  DAY: "YYYY-MM-DD",
  WEEK: "YYYY-MM-DD",
  MONTH: "YYYY-MM",
  YEAR: "YYYY",
};
export const unitText = (unit: DateUnit, column: string): string => `to_char(${column}, '${FORMATS[unit]}')`;
