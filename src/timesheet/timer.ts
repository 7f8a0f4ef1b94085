/** An entry that runs: begun now, ended now, by the database's clock. One at a time for each member. */
import { memberTable } from "../identity/member.ts";
import type { Door } from "../plan/door.ts";
import { idOf } from "../plan/id.ts";
import { allowed, refuseLocked, timeCells, timesOf, withEntryHeld, writeEntry } from "./entry-change.ts";
import { settleTimes, type Times } from "./entry-times.ts";
import { TimeEntry, timeEntryTable } from "./entry.ts";
import type { StartTimerArguments, StopTimerArguments } from "./entry-type.ts";
import { dayOf, zoneNamed } from "./period.ts";
import { Refusal, refusal, userError, type RefusalCode } from "./refusal.ts";

export async function startTimer(door: Door, { input }: StartTimerArguments): Promise<string> {
  const { member } = door;
  if (member === undefined) throw refusal("MEMBER_NEEDED", "input");
  // Held first: of two timers that are started at once, one waits for the other and finds it running.
  const own = [{ column: "id", is: "=", value: member }] as const;
  await door.facts(memberTable, { columns: ["id"], where: own, lock: "update" });
  if (await hasRunning(door, member)) throw refusal("TIMER_RUNNING");
  const start = Date.parse(await door.now());
  return writeEntry(door, input, {
    mutation: "startTimer",
    input: "StartTimerInput",
    timesIn: (zone) => startedAt(start, input.timezone ?? zone),
  });
}

const startedAt = (start: number, zone: string): Times => ({
  start,
  end: null,
  zone,
  date: dayOf(zoneNamed(zone).wallAt(start)),
  duration: 0,
  pause: 0,
});

/** Imported entries may have a start, a duration and no end: those do not run. */
const isRunning = ({ start, end, duration }: Times): boolean => start !== null && end === null && duration === 0;

async function hasRunning(door: Door, member: string): Promise<boolean> {
  const where = [
    { column: "member_id", is: "=", value: member },
    { column: "duration_seconds", is: "=", value: 0 },
  ] as const;
  const entries = await door.facts(timeEntryTable, { columns: ["started_at", "ended_at"], where });
  return entries.some((entry) => entry.started_at !== null && entry.ended_at === null);
}

export async function stopTimer(door: Door, { id: globalId }: StopTimerArguments): Promise<string> {
  const id = idOf(globalId, TimeEntry.tag);
  return withEntryHeld(door, id, async (before) => {
    const then = timesOf(before);
    if (!isRunning(then)) throw refusal("NOT_RUNNING", "id");
    await refuseLocked(door, before, false);
    return async () => {
      const times = settleTimes({ end: await door.now() }, then, then.zone);
      if (times.kind === "wrong")
        throw new Refusal(times.errors.map(({ code }) => userError(code as RefusalCode, "id"))); // cast: only codes of ours are made
      const right = { mutation: "stopTimer" };
      return allowed(await door.update(TimeEntry.name, timeCells(times.times), { id, right }), "id");
    };
  });
}
