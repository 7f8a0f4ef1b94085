/** Writes bookings, and what they name, into an account: the same bookings a second time change nothing. */
import { memberRoleTable } from "../../identity/member.ts";
import { teamMemberTable } from "../../identity/team.ts";
import { joining, relinking, touching, upserting } from "../../plan/bulk.ts";
import type { Batch, BulkRow, Upserted } from "../../plan/bulk.ts";
import type { Table } from "../../storage/table.ts";
import { timeEntryTable } from "../entry.ts";
import { timeEntryTagTable } from "../label.ts";
import { projectMemberTable } from "../project.ts";
import type { Booking } from "./booking.ts";
import { directory, type Directory, type DirectoryForm } from "./directory.ts";

/** What a source may leave unsaid. What it does not say stays as it is in entries that are there already. */
const COLUMNS = {
  team: ["team_id"],
  project: ["project_id"],
  task: ["task_id"],
  activity: ["activity_id"],
  start: ["started_at"],
  end: ["ended_at"],
  break: ["break_seconds"],
  description: ["description"],
  tags: [],
  billable: ["billable"],
  billableRate: ["billable_rate_minor", "billable_rate_currency"],
  costRate: ["cost_rate_minor", "cost_rate_currency"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Said = keyof typeof COLUMNS;
export const SAID = Object.keys(COLUMNS) as readonly Said[]; // the keys of a constant are those of its type

export interface WriteForm extends DirectoryForm {
  readonly said: ReadonlySet<Said>;
}

/** A booking under the id by which it is known again. */
export interface Numbered {
  readonly line: number;
  readonly id: string;
  readonly booking: Booking;
}

export interface BookingWriter {
  write(batch: readonly Numbered[]): Promise<void>;
  /** Gives new members their role: all at once, as each time counts the account's revision up and locks its row. */
  finish(): Promise<void>;
}

export function bookingWriter(form: WriteForm): BookingWriter {
  const names = directory(form);
  const upsertEntries = entryUpsert(form.said);
  const joinTeams = newPairs(teamMemberTable, ["team_id", "member_id"]);
  const joinProjects = newPairs(projectMemberTable, ["project_id", "member_id"]);
  return {
    async write(batch) {
      await names.learn(batch.map(({ booking }) => booking));
      const rows = batch.map((item) => entryRow(item, { names, timezone: form.timezone }));
      const entries = await upsertEntries({ ...form, rows });
      const retagged = form.said.has("tags") ? await retag({ form, names, batch, entries }) : new Set<string>();
      await joinTeams({ ...form, rows });
      await joinProjects({ ...form, rows });
      for (const [at, { id = "", fate } = { fate: "unchanged" as const }] of entries.entries()) {
        if (fate === "held") form.record.leaveOut({ line: batch[at]?.line ?? 0, reason: "ENTRY_LOCKED" });
        else form.record.count(fate === "unchanged" && retagged.has(id) ? "updated" : fate);
      }
    },
    async finish() {
      const rows = names.newMembers().map((id) => ({ member_id: id, role: "EMPLOYEE" }));
      await joining(memberRoleTable)({ ...form, rows });
    },
  };
}

function entryUpsert(said: ReadonlySet<Said>): (batch: Batch<BulkRow>) => Promise<readonly Upserted[]> {
  const update = ["member_id", "date", "timezone", "duration_seconds", ...[...said].flatMap((name) => COLUMNS[name])];
  const needed = ["break_seconds", "billable", "status"];
  return upserting({
    table: timeEntryTable,
    key: "external_id",
    update,
    create: needed.filter((name) => !update.includes(name)),
    anew: [
      // A note never leaves its team.
      { when: ["team_id"], columns: ["internal_note"] },
      // It is no longer of the week that it was put into, nor of the person; what was sent back there is open elsewhere.
      { when: ["member_id", "date"], columns: ["timesheet_id", "status"] },
    ],
    // What is handed in, agreed on or billed is not changed behind the back of those who did.
    held: { column: "status", values: ["SUBMITTED", "APPROVED", "INVOICED"] },
  });
}

interface Naming {
  readonly names: Directory;
  readonly timezone: string;
}

function entryRow({ id, booking }: Numbered, { names, timezone }: Naming): BulkRow {
  return {
    external_id: id,
    member_id: names.idOf("members", booking.member),
    team_id: names.idOf("teams", booking.team),
    project_id: names.idOf("projects", booking.project),
    task_id: names.idOf("tasks", booking.task),
    activity_id: names.idOf("activities", booking.activity),
    date: booking.date,
    started_at: booking.startedAt,
    ended_at: booking.endedAt,
    timezone,
    duration_seconds: booking.durationSeconds,
    break_seconds: booking.breakSeconds,
    description: booking.description,
    billable: booking.billable,
    billable_rate_minor: booking.billableRate?.minor ?? null,
    billable_rate_currency: booking.billableRate?.currency ?? null,
    cost_rate_minor: booking.costRate?.minor ?? null,
    cost_rate_currency: booking.costRate?.currency ?? null,
    status: "OPEN",
  };
}

/** Who books under a team or on a project belongs to it. Each pair is written once an import; one that is there stays. */
function newPairs(table: Table, [one, other]: readonly [string, string]): (batch: Batch<BulkRow>) => Promise<void> {
  const met = new Set<string>();
  const join = joining(table);
  return async (batch) => {
    const rows = batch.rows.flatMap((row) => {
      const pair = `${row[one]} ${row[other]}`;
      if (typeof row[one] !== "string" || met.has(pair)) return [];
      met.add(pair);
      return [{ [one]: row[one], [other]: row[other] ?? null, ...("lead" in table.columns ? { lead: false } : {}) }];
    });
    await join({ ...batch, rows });
  };
}

const relinkTags = relinking(timeEntryTagTable, ["time_entry_id", "tag_id"]);
const touchEntries = touching(timeEntryTable);

interface Tagging {
  readonly form: WriteForm;
  readonly names: Directory;
  readonly batch: readonly Numbered[];
  readonly entries: readonly Upserted[];
}

/** Entries whose tags are now others than before. An entry whose tags alone have changed has changed. */
async function retag({ form, names, batch, entries }: Tagging): Promise<ReadonlySet<string>> {
  const links = batch.flatMap(({ booking }, at) => {
    const entry = entries[at];
    if (entry === undefined || entry.fate === "held") return [];
    return [{ owner: entry.id, others: booking.tags.flatMap((tag) => names.idOf("tags", tag) ?? []) }];
  });
  const retagged = new Set(await relinkTags({ ...form, rows: links }));
  const onlyRetagged = entries.filter(({ id, fate }) => fate === "unchanged" && retagged.has(id)).map(({ id }) => id);
  await touchEntries({ ...form, rows: onlyRetagged });
  return retagged;
}
