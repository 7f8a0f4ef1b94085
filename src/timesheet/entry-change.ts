/** How a time entry is created, changed and deleted. Runs inside an attempt: a Refusal undoes what was written before it. */
import { memberTable } from "../identity/member.ts";
import type { Cells, Door, Facts, Refused, Right, Written } from "../plan/door.ts";
import { idOf } from "../plan/id.ts";
import { problem } from "../problem.ts";
import { billableRate, costRate, rateCells } from "./entry-rate.ts";
import { checkReferences, pointersOf, tagsOf, type References } from "./entry-reference.ts";
import { settleTimes, type Settled, type Times } from "./entry-times.ts";
import { TimeEntry } from "./entry.ts";
import type {
  CreateTimeEntryArguments,
  DeleteTimeEntryArguments,
  TimeEntryInput,
  UpdateTimeEntryArguments,
  UpdateTimeEntryInput,
} from "./entry-type.ts";
import { checkValues } from "./entry-value.ts";
import { Refusal, refusal, refuseAll } from "./refusal.ts";
import { isClosed, sheetNamed, sheetOf } from "./week.ts";

const TYPE = TimeEntry.name;
/** What decides, and what tells that somebody else has changed it. */
const COLUMNS: readonly string[] =
  "member_id team_id project_id task_id activity_id timesheet_id date started_at ended_at timezone duration_seconds break_seconds status updated_at".split(
    " ",
  );
export type Entry = Facts<string>;

export const createEntry = (door: Door, { input }: CreateTimeEntryArguments): Promise<string> =>
  writeEntry(door, input, {
    mutation: "createTimeEntry",
    input: "CreateTimeEntryInput",
    timesIn: (zone) => settledOr(settleTimes(input, undefined, zone)),
  });

export interface By {
  readonly mutation: string;
  readonly input: string;
  /** When it is, in the zone of its member. */
  readonly timesIn: (zone: string) => Times;
}

/** A new entry. Throws a Refusal. */
export async function writeEntry(door: Door, input: TimeEntryInput, by: By): Promise<string> {
  refuseAll(checkValues(input));
  const given = pointersOf(input);
  const member = given.member ?? door.member;
  if (member === undefined) throw refusal("MEMBER_NEEDED", "input", "member");
  const after: References = {
    member,
    team: given.team ?? null,
    project: given.project ?? null,
    task: given.task ?? null,
    activity: given.activity ?? null,
  };
  const tags = tagsOf(input);
  const right = {
    mutation: by.mutation,
    input: by.input,
    fields: namesOf(input, (value) => value !== null),
  };
  await checkReferences(door, { after, given, tags }, async () =>
    allowed(await door.judge(TYPE, referenceCells(after), { right })),
  );
  const times = by.timesIn(await zoneOf(door, member));
  const cells: Cells = {
    ...referenceCells(after),
    ...timeCells(times),
    external_id: input.externalId ?? null,
    description: input.description ?? null,
    internal_note: input.internalNote ?? null,
    billable: input.billable ?? false,
    ...rateCells(
      "billable_rate",
      input.billableRate === undefined ? await billableRate(door, after) : input.billableRate,
    ),
    ...rateCells("cost_rate", input.costRate === undefined ? await costRate(door, member) : input.costRate),
    status: "OPEN",
  };
  // Before the week is looked at: whether a colleague's week is closed is not told to everybody.
  allowed(await door.judge(TYPE, cells, { right }));
  const timesheet_id = await openWeek(door, times, member);
  const id = allowed(await door.insert(TYPE, { ...cells, timesheet_id }, right));
  if (tags.length > 0) await door.link(TYPE, "tags", { id, ids: tags });
  return id;
}

export async function updateEntry(door: Door, { id: globalId, input }: UpdateTimeEntryArguments): Promise<string> {
  const id = idOf(globalId, TimeEntry.tag);
  refuseAll(checkValues(input));
  return withEntryHeld(door, id, async (before) => {
    const fields = namesOf(input, () => true);
    const isInvoicing = input.status === "INVOICED";
    refuseUnapproved(before, isInvoicing);
    // That is the one change of an approved entry.
    await refuseLocked(door, before, isInvoicing && fields.length === 1);
    const right = { mutation: "updateTimeEntry", input: "UpdateTimeEntryInput", fields };
    const { cells, moved } = await changesOf(door, input, { before, by: { id, right } });
    allowed(await door.judge(TYPE, cells, { id, right }));
    const week = moved === undefined ? {} : weekCells(before, await openWeek(door, moved.times, moved.member));
    return async () => {
      allowed(await door.update(TYPE, { ...week, ...cells }, { id, right }));
      if (input.tags !== undefined) await door.link(TYPE, "tags", { id, ids: tagsOf(input) });
      return id;
    };
  });
}

export async function deleteEntry(door: Door, { id: globalId }: DeleteTimeEntryArguments): Promise<string> {
  const id = idOf(globalId, TimeEntry.tag);
  return withEntryHeld(door, id, async (before) => {
    await refuseLocked(door, before, false);
    const right = { mutation: "deleteTimeEntry" };
    return async () => {
      allowed(await door.judge(TYPE, {}, { id, right }), "id");
      await door.link(TYPE, "tags", { id, ids: [] });
      return allowed(await door.remove(TYPE, id, right), "id");
    };
  });
}

/** An entry that others keep changing is followed this often. */
const TRIES = 3;

/**
 * Sheets are held before entries, here as where a week is decided on, so that the two never wait for each other. Which
 * sheets an entry needs is only known once it was read: if it has changed by the time it is held, all is done anew.
 */
export async function withEntryHeld(
  door: Door,
  id: string,
  prepare: (before: Entry) => Promise<() => Promise<string>>,
): Promise<string> {
  let [before]: readonly (Entry | undefined)[] = await door.consult(TYPE, COLUMNS, [id]);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (before === undefined) throw refusal("NOT_FOUND", "id");
    const change = await prepare(before);
    const held: Entry | undefined = await door.consultLocked(TYPE, COLUMNS, id);
    if (JSON.stringify(held) === JSON.stringify(before)) return change();
    before = held;
  }
  throw problem("ACCESS_UNAVAILABLE", { log: "an entry was changed by others during each of three tries" });
}

/** Whoever sends invoices would else decide on any work, and on their own. */
function refuseUnapproved({ status }: Entry, isInvoicing: boolean): void {
  if (isInvoicing && status !== "APPROVED" && status !== "INVOICED") throw refusal("WRONG_STATE", "input", "status");
}

export async function refuseLocked(door: Door, entry: Entry, isInvoicing: boolean): Promise<void> {
  const { status } = entry;
  if (status === "INVOICED") throw refusal("LOCKED", "id");
  const sheet = await sheetNamed(door, entry["timesheet_id"] ?? null);
  if (!isInvoicing && (status === "APPROVED" || isClosed(sheet))) throw refusal("LOCKED", "id");
}

/** The sheet that an entry joins. Throws LOCKED where that week takes in nothing. */
async function openWeek(door: Door, { date, start }: Times, member: string): Promise<string | null> {
  const sheet = await sheetOf(door, { member, date });
  if (isClosed(sheet)) throw refusal("LOCKED", "input", start === null ? "date" : "start");
  return sheet?.id ?? null;
}

/** What was sent back with another week is not sent back in this one. */
const weekCells = (before: Entry, sheet: string | null): Cells =>
  sheet === before["timesheet_id"] ? {} : { timesheet_id: sheet, status: "OPEN" };

interface Changes {
  readonly cells: Cells;
  /** Where it joins another week than before. */
  readonly moved: { readonly times: Times; readonly member: string } | undefined;
}

interface Changing {
  readonly before: Entry;
  readonly by: { readonly id: string; readonly right: Right };
}

async function changesOf(door: Door, input: UpdateTimeEntryInput, { before, by }: Changing): Promise<Changes> {
  const given = pointersOf(input);
  if (given.member === null) throw refusal("MEMBER_NEEDED", "input", "member");
  const was = referencesOf(before);
  const after: References = { ...was, ...given, member: given.member ?? was.member };
  const pointers = Object.keys(given).length > 0 ? referenceCells(after) : {};
  await checkReferences(door, { after, given, tags: tagsOf(input) }, async () =>
    allowed(await door.judge(TYPE, pointers, by)),
  );
  const timed = TIME_INPUTS.some((name) => input[name] !== undefined);
  const then = timesOf(before);
  const times = timed ? settledOr(settleTimes(input, then, await zoneOf(door, after.member))) : then;
  const moved = times.date !== then.date || after.member !== was.member || before["timesheet_id"] === null;
  const isWork = namesOf(input, () => true).some((name) => !OF_FINANCE.has(name));
  return {
    cells: {
      ...pointers,
      ...(timed ? timeCells(times) : {}),
      ...plainCells(input),
      ...(await ratesAfter(door, input, { was, after })),
      // A note never leaves its team.
      ...(after.team !== was.team && input.internalNote === undefined ? { internal_note: null } : {}),
    },
    moved: moved && isWork ? { times, member: after.member } : undefined,
  };
}

const TIME_INPUTS = ["date", "start", "end", "timezone", "durationSeconds", "breakSeconds"] as const;
const OF_FINANCE: ReadonlySet<string> = new Set(["status", "billableRate", "costRate"]);

/** Rates follow what they were taken from, unless they are given. */
async function ratesAfter(
  door: Door,
  input: UpdateTimeEntryInput,
  { was, after }: { readonly was: References; readonly after: References },
): Promise<Cells> {
  const person = after.member !== was.member;
  const work = person || after.project !== was.project;
  const sold = input.billableRate === undefined && work ? await billableRate(door, after) : input.billableRate;
  const cost = input.costRate === undefined && person ? await costRate(door, after.member) : input.costRate;
  return {
    ...(sold === undefined ? {} : rateCells("billable_rate", sold)),
    ...(cost === undefined ? {} : rateCells("cost_rate", cost)),
  };
}

function plainCells(input: UpdateTimeEntryInput): Cells {
  return {
    ...(input.externalId === undefined ? {} : { external_id: input.externalId }),
    ...(input.description === undefined ? {} : { description: input.description }),
    ...(input.internalNote === undefined ? {} : { internal_note: input.internalNote }),
    ...(input.billable === undefined ? {} : { billable: input.billable ?? false }),
    ...(input.status === undefined ? {} : { status: input.status }),
  };
}

const referenceCells = ({ member, team, project, task, activity }: References): Cells => ({
  member_id: member,
  team_id: team,
  project_id: project,
  task_id: task,
  activity_id: activity,
});

const referencesOf = (entry: Entry): References => ({
  member: entry["member_id"] ?? "",
  team: entry["team_id"] ?? null,
  project: entry["project_id"] ?? null,
  task: entry["task_id"] ?? null,
  activity: entry["activity_id"] ?? null,
});

export const timeCells = ({ start, end, zone, date, duration, pause }: Times): Cells => ({
  date,
  started_at: start === null ? null : new Date(start).toISOString(),
  ended_at: end === null ? null : new Date(end).toISOString(),
  timezone: zone,
  duration_seconds: duration,
  break_seconds: pause,
});

export const timesOf = (entry: Entry): Times => ({
  start: instantOf(entry["started_at"]),
  end: instantOf(entry["ended_at"]),
  zone: entry["timezone"] ?? "",
  date: entry["date"] ?? "",
  duration: Number(entry["duration_seconds"]),
  pause: Number(entry["break_seconds"]),
});

const instantOf = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Date.parse(text);

function namesOf(input: TimeEntryInput, counts: (value: unknown) => boolean): readonly string[] {
  return Object.entries(input).flatMap(([name, value]: [string, unknown]) =>
    value === undefined || !counts(value) ? [] : [name],
  );
}

async function zoneOf(door: Door, member: string): Promise<string> {
  const where = [{ column: "id", is: "=", value: member }] as const;
  const [row] = await door.facts(memberTable, { columns: ["timezone"], where });
  return row?.timezone ?? "UTC";
}

function settledOr(settled: Settled): Times {
  if (settled.kind === "wrong") throw new Refusal(settled.errors);
  return settled.times;
}

export function allowed(written: Written | Refused | undefined, ...path: readonly string[]): string {
  if (written?.kind !== "refused") return written?.id ?? "";
  const { field } = written;
  throw refusal("FORBIDDEN", ...(path.length > 0 ? path : field === undefined ? ["input"] : ["input", field]));
}
