// Logs that nobody here wrote. They lie beside the repository where they are at all, and are no part of the product.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseMap, type GenericMap } from "../../src/timesheet/import/map.ts";

export const data = join(import.meta.dirname, "../../../shared/data");
export const cesaw = join(data, "cesaw/time_fact.BD.csv.gz");
export const sip = join(data, "sip/Sip-task-info.csv");
export const there = existsSync(cesaw) && existsSync(sip);
if (!there) process.stderr.write("SKIPPED: the real logs are not beside the repository, at ../shared/data\n");

/** One organisation of the CESAW log, as an account. */
export const mapOf = (organization: string): GenericMap =>
  parseMap({
    columns: {
      externalId: "time_log_fact_key",
      member: "person_key",
      team: "team_key",
      project: "project_key",
      task: "plan_item_key",
      activity: "phase_short_name",
      start: "time_log_start_date",
      end: "time_log_end_date",
      durationMinutes: "time_log_delta_minutes",
      breakMinutes: "time_log_interrupt_minutes",
    },
    dateTimeFormat: "M/d/yyyy H:mm",
    where: { organization },
    nulls: ["\\N", "NA"],
  });
