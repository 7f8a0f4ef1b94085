/** How a week is handed in, agreed to, sent back and opened again. The sheet is held first, then its entries follow. */
import { NOW, type Cells, type Door, type Facts, type Written } from "../plan/door.ts";
import { idOf } from "../plan/id.ts";
import { ENTRY_STATUSES, timeEntryTable } from "./entry.ts";
import { isText } from "./entry-value.ts";
import { refusal } from "./refusal.ts";
import { Timesheet } from "./sheet.ts";
import type { ApproveTimesheetArguments, RejectTimesheetArguments, SubmitTimesheetArguments } from "./sheet-type.ts";

type Sheet = Facts<"member_id" | "status">;

export async function submit(door: Door, { id: globalId }: SubmitTimesheetArguments): Promise<string> {
  const { id, sheet } = await hold(door, globalId);
  // Whoever decides on weeks may see them, but each hands in their own.
  if (sheet.member_id !== door.member) throw refusal("FORBIDDEN", "id");
  if (sheet.status !== "OPEN" && sheet.status !== "REJECTED") throw refusal("WRONG_STATE", "id");
  const cells: Cells = { submitted_at: NOW, decided_by_id: null, decided_at: null, comment: null };
  return moveOn(door, { id, mutation: "submitTimesheet", status: "SUBMITTED", cells });
}

const DECISIONS = { approveTimesheet: "APPROVED", rejectTimesheet: "REJECTED" } as const;

export async function decide(
  door: Door,
  mutation: keyof typeof DECISIONS,
  { id: globalId, comment }: ApproveTimesheetArguments,
): Promise<string> {
  const { id, sheet } = await holdAnothers(door, mutation, globalId);
  if (!isText(comment)) throw refusal("TEXT_INVALID", "comment");
  if (mutation === "rejectTimesheet" && isBlank(comment)) throw refusal("COMMENT_NEEDED", "comment");
  if (sheet.status !== "SUBMITTED") throw refusal("WRONG_STATE", "id");
  const cells: Cells = { decided_by_id: door.member ?? null, decided_at: NOW, comment: comment ?? null };
  return moveOn(door, { id, mutation, status: DECISIONS[mutation], cells });
}

export async function reopen(door: Door, { id: globalId, comment }: RejectTimesheetArguments): Promise<string> {
  const { id, sheet } = await holdAnothers(door, "reopenTimesheet", globalId);
  if (!isText(comment)) throw refusal("TEXT_INVALID", "comment");
  if (isBlank(comment)) throw refusal("COMMENT_NEEDED", "comment");
  if (sheet.status !== "APPROVED") throw refusal("WRONG_STATE", "id");
  const where = [ofSheet(id), { column: "status", is: "=", value: "INVOICED" }] as const;
  const invoiced = await door.facts(timeEntryTable, { columns: ["id"], where });
  if (invoiced.length > 0) throw refusal("CLOSED_FOR_GOOD", "id");
  const cells: Cells = { submitted_at: null, decided_by_id: null, decided_at: null, comment };
  return moveOn(door, { id, mutation: "reopenTimesheet", status: "OPEN", cells });
}

interface Held {
  readonly id: string;
  readonly sheet: Sheet;
}

async function hold(door: Door, globalId: string): Promise<Held> {
  const id = idOf(globalId, Timesheet.tag);
  const sheet = await door.consultLocked(Timesheet.name, ["member_id", "status"], id);
  if (sheet === undefined) throw refusal("NOT_FOUND", "id");
  return { id, sheet };
}

/** Nobody decides on their own week, whatever their roles; nor on one that none of their deciding roles reaches. */
async function holdAnothers(door: Door, mutation: string, globalId: string): Promise<Held> {
  const held = await hold(door, globalId);
  if (held.sheet.member_id === door.member) throw refusal("OWN_APPROVAL", "id");
  refuseUnlessAllowed(await door.judge(Timesheet.name, {}, { id: held.id, right: { mutation } }));
  return held;
}

interface Move {
  readonly id: string;
  readonly mutation: string;
  readonly status: "OPEN" | "SUBMITTED" | "APPROVED" | "REJECTED";
  readonly cells: Cells;
}

/** Entries follow their week, also those that the decider does not see; what is invoiced stays so. */
async function moveOn(door: Door, { id, mutation, status, cells }: Move): Promise<string> {
  refuseUnlessAllowed(await door.update(Timesheet.name, { ...cells, status }, { id, right: { mutation } }));
  const value = ENTRY_STATUSES.filter((one) => one !== "INVOICED");
  await door.follow(timeEntryTable, { status }, [ofSheet(id), { column: "status", is: "among", value }]);
  return id;
}

function refuseUnlessAllowed(written: Written | undefined): void {
  if (written?.kind === "refused") throw refusal("FORBIDDEN", "id");
}

const ofSheet = (id: string) => ({ column: "timesheet_id", is: "=", value: id }) as const;
const isBlank = (comment: string | null | undefined): boolean => (comment ?? "").trim() === "";
