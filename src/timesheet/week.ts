/** The timesheet of a member's week: found or made, and held still while an entry of it is written. */
import type { Door, Facts } from "../plan/door.ts";
import { DAY, dayOf } from "./period.ts";
import { timesheetTable } from "./sheet.ts";

export type Sheet = Facts<"id" | "status">;

/** From Monday to Sunday. */
export function weekOf(date: string): { readonly first: string; readonly last: string } {
  const day = Date.parse(`${date}T00:00:00Z`);
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return { first: dayOf(day - sinceMonday * DAY), last: dayOf(day + (6 - sinceMonday) * DAY) };
}

export interface MembersDay {
  readonly member: string;
  readonly date: string;
}

/**
 * The sheet that covers the day, held for sharing: entries of one week may be written side by side, but not while the week
 * is handed in or decided on. Undefined where other sheets lie in the week and none covers the day.
 */
export async function sheetOf(door: Door, { member, date }: MembersDay): Promise<Sheet | undefined> {
  const find = (): Promise<readonly Sheet[]> =>
    door.facts(timesheetTable, {
      columns: ["id", "status"],
      where: [
        { column: "member_id", is: "=", value: member },
        { column: "period_start", is: "<=", value: date },
        { column: "period_end", is: ">=", value: date },
      ],
      lock: "share",
    });
  const [found] = await find();
  if (found !== undefined) return found;
  const { first, last } = weekOf(date);
  await door.ensure(timesheetTable, { member_id: member, period_start: first, period_end: last, status: "OPEN" });
  const [made] = await find();
  return made;
}

/** The same by its id. */
export async function sheetNamed(door: Door, id: string | null): Promise<Sheet | undefined> {
  if (id === null) return undefined;
  const where = [{ column: "id", is: "=", value: id }] as const;
  const [sheet] = await door.facts(timesheetTable, { columns: ["id", "status"], where, lock: "share" });
  return sheet;
}

/** Handed in or agreed to: nothing in it may change, and nothing may come in or go out. */
export const isClosed = (sheet: Sheet | undefined): boolean =>
  sheet?.status === "SUBMITTED" || sheet?.status === "APPROVED";
