/** How time entries and timesheets are written: each mutation whole or not at all, and why not as `userErrors`. */
import { Taken, type Door } from "../plan/door.ts";
import { writeId } from "../plan/id.ts";
import { problem } from "../problem.ts";
import { createEntry, deleteEntry, updateEntry } from "./entry-change.ts";
import { TimeEntry } from "./entry.ts";
import type {
  CreateTimeEntryArguments,
  DeleteTimeEntryArguments,
  StartTimerArguments,
  StopTimerArguments,
  UpdateTimeEntryArguments,
} from "./entry-type.ts";
import { Refusal, refusal } from "./refusal.ts";
import { decide, reopen, submit } from "./sheet-change.ts";
import { Timesheet } from "./sheet.ts";
import type { ApproveTimesheetArguments, RejectTimesheetArguments, SubmitTimesheetArguments } from "./sheet-type.ts";
import { startTimer, stopTimer } from "./timer.ts";

export interface Writing {
  readonly mutation: string;
  /** As coerced by the schema for that mutation. */
  readonly args: object;
  /** Opened for the caller on the transaction in which the mutation runs. */
  readonly door: Door;
}

interface Change {
  /** Answers the uuid of the row. */
  readonly run: (door: Door, args: object) => Promise<string>;
  readonly payload: (uuid: string | undefined) => object;
}

const entryPayload = (uuid: string | undefined): object => ({
  timeEntry: uuid === undefined ? null : { id: writeId(TimeEntry.tag, uuid) },
});
const sheetPayload = (uuid: string | undefined): object => ({
  timesheet: uuid === undefined ? null : { id: writeId(Timesheet.tag, uuid) },
});
const deletedPayload = (uuid: string | undefined): object => ({
  deletedId: uuid === undefined ? null : writeId(TimeEntry.tag, uuid),
});

// casts in the table: the schema has coerced the arguments of the mutation of that name into that class
const CHANGES: Readonly<Record<string, Change>> = {
  createTimeEntry: {
    run: (door, args) => createEntry(door, args as CreateTimeEntryArguments), // cast: see above
    payload: entryPayload,
  },
  startTimer: {
    run: (door, args) => startTimer(door, args as StartTimerArguments), // cast: see above
    payload: entryPayload,
  },
  stopTimer: {
    run: (door, args) => stopTimer(door, args as StopTimerArguments), // cast: see above
    payload: entryPayload,
  },
  updateTimeEntry: {
    run: (door, args) => updateEntry(door, args as UpdateTimeEntryArguments), // cast: see above
    payload: entryPayload,
  },
  deleteTimeEntry: {
    run: (door, args) => deleteEntry(door, args as DeleteTimeEntryArguments), // cast: see above
    payload: deletedPayload,
  },
  submitTimesheet: {
    run: (door, args) => submit(door, args as SubmitTimesheetArguments), // cast: see above
    payload: sheetPayload,
  },
  approveTimesheet: {
    run: (door, args) => decide(door, "approveTimesheet", args as ApproveTimesheetArguments), // cast: see above
    payload: sheetPayload,
  },
  rejectTimesheet: {
    run: (door, args) => decide(door, "rejectTimesheet", args as RejectTimesheetArguments), // cast: see above
    payload: sheetPayload,
  },
  reopenTimesheet: {
    run: (door, args) => reopen(door, args as RejectTimesheetArguments), // cast: see above
    payload: sheetPayload,
  },
};

export async function changeRows({ mutation, args, door }: Writing): Promise<object> {
  const change = CHANGES[mutation];
  if (change === undefined) throw problem("INTERNAL", { log: `nobody has written how to ${mutation}` });
  try {
    const uuid = await door.attempt(() => change.run(door, args));
    return { ...change.payload(uuid), userErrors: [] };
  } catch (thrown) {
    return { ...change.payload(undefined), userErrors: refusalOf(thrown).errors };
  }
}

/** Who took the external id between our look and our writing was faster; any other failure is nobody's expectation. */
function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  const isTaken = thrown instanceof Taken && thrown.constraint === "time_entry_external_id_key";
  if (isTaken) return refusal("EXTERNAL_ID_TAKEN", "input", "externalId");
  throw thrown;
}
