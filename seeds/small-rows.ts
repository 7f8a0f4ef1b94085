/** The rows of the small seed, each from the few words in which it differs from the others. */
import { addDays } from "./calendar.ts";
import { addressOf } from "./directory.ts";
import { money, type Cell, type SeedRow, type SeedRows } from "./rows.ts";

export type SmallAccount = "harbour" | "kestrel";

/** In the order in which the rows were made. Names are external ids where the table has them. */
const names: Readonly<Record<string, readonly string[]>> = {
  account: ["account"],
  member: ["m01", "m02", "m03", "m04", "m05"],
  team: ["t1", "t2"],
  customer: ["c1"],
  project: ["p01", "p02"],
  task: ["p01-1", "p01-1a"],
  activity: ["a1"],
  tag: ["urgent"],
  timesheet: ["s1", "s2", "s3", "s4"],
  time_entry: ["e01", "e02", "e03", "e04", "e05", "e06", "e07"],
  expense: ["x1", "x2"],
};

export const smallAccounts: readonly SmallAccount[] = ["harbour", "kestrel"];
const OPENED = Date.parse("2026-03-01T09:00:00.000Z");

/** The id of a row: `smallId("harbour", "member", "m04")`. It ends in account, table and number, so that one can read it. */
export function smallId(account: SmallAccount, table: string, name: string): string {
  const tables = Object.keys(names);
  const number = (names[table] ?? []).indexOf(name) + 1;
  if (number === 0) throw new Error(`The small seed has no ${table} called ${name}.`);
  const at = OPENED + tables.indexOf(table) * 1000 + number;
  const time = at.toString(16).padStart(12, "0");
  const tail = `${tables.indexOf(table) + 1}`.padStart(2, "0") + `${number}`.padStart(10, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-800${smallAccounts.indexOf(account) + 1}-${tail}`;
}

interface MemberWords {
  /** External id and name. */
  readonly name: string;
  readonly manager: string | null;
  readonly timezone: string;
  readonly weekly_hours: number;
  readonly rate: number | null;
  readonly cost: number | null;
  readonly salary: number;
}

interface SheetWords {
  readonly name: string;
  readonly member: string;
  /** The day of March 2026 on which the week begins. */
  readonly monday: string;
  readonly status: "OPEN" | "SUBMITTED" | "APPROVED" | "REJECTED";
  readonly by?: string;
  readonly comment?: string;
}

interface EntryWords {
  readonly member: string;
  readonly team?: string;
  readonly project?: string;
  readonly sheet?: string;
  readonly rate?: number;
  readonly cost?: number;
  readonly note?: string;
}

interface ExpenseWords {
  readonly name: string;
  readonly member: string;
  readonly project: string | null;
  readonly description: string;
  readonly amount: number;
}

export interface SmallRows {
  readonly account: (words: { name: string; timezone: string }) => SeedRow;
  readonly member: (words: MemberWords) => SeedRow;
  readonly role: (member: string, role: string) => SeedRow;
  /** A row that has a name and nothing else. */
  readonly named: (table: string, externalId: string, name: string) => SeedRow;
  /** A row of a table that only joins others. */
  readonly joins: (between: Readonly<Record<string, string>>) => SeedRow;
  readonly plans: (customer: string, project: string) => SeedRows;
  readonly tag: SeedRow;
  readonly sheet: (words: SheetWords) => SeedRow;
  /** `e05 SUBMITTED 2026-03-25T08:30 435 30`: name, status, day and UTC time if known, minutes worked, minutes of break. */
  readonly entry: (line: string, words: EntryWords) => SeedRow;
  readonly expense: (words: ExpenseWords) => SeedRow;
}

/** What every row of an account needs: its key, and how to point at other rows. */
interface Desk {
  readonly account: SmallAccount;
  readonly currency: string;
  readonly row: (table: string, name: string) => SeedRow;
  readonly pointer: (table: string, name: string | null | undefined) => Cell;
}

export function rowsOf(account: SmallAccount, currency: string): SmallRows {
  const id = (table: string, name: string): string => smallId(account, table, name);
  const account_id = id("account", "account");
  const desk: Desk = {
    account,
    currency,
    row: (table, name) => ({ account_id, id: id(table, name) }),
    pointer: (table, name) => (name ? id(table, name) : null),
  };
  const opened = { id: account_id, slug: account, revision: 1, currency, created_at: new Date(OPENED).toISOString() };
  const pointers = (between: Readonly<Record<string, string>>): SeedRow =>
    Object.fromEntries(Object.entries(between).map(([table, name]) => [`${table}_id`, id(table, name)]));
  return {
    account: (words) => ({ ...opened, ...words }),
    member: (words) => memberOf(desk, words),
    role: (member, role) => ({ account_id, member_id: id("member", member), role }),
    named: (table, external_id, name) => ({ ...desk.row(table, external_id), external_id, name }),
    joins: (between) => ({ account_id, ...pointers(between) }),
    plans: (customer, project) => plansOf(desk, customer, project),
    tag: { ...desk.row("tag", "urgent"), name: "urgent" },
    sheet: (words) => sheetOf(desk, words),
    entry: (line, words) => entryOf(desk, line, words),
    expense: (words) => expenseOf(desk, words),
  };
}

function memberOf({ account, currency, row, pointer }: Desk, words: MemberWords): SeedRow {
  const [external_id, name] = [words.name.slice(0, 3), words.name.slice(4)];
  return {
    ...row("member", external_id),
    external_id,
    name,
    email: `${addressOf(name)}@${account}.example`,
    staff_number: `${account.slice(0, 1).toUpperCase()}-10${external_id.slice(1)}`,
    manager_id: pointer("member", words.manager),
    weekly_hours: words.weekly_hours,
    timezone: words.timezone,
    ...money("billable_rate", words.rate, currency),
    ...money("cost_rate", words.cost, currency),
    ...money("salary", words.salary, currency),
  };
}

/** A customer with a project, a task and one below it; in harbour also a project of its own. */
function plansOf({ account, currency, row, pointer }: Desk, customer: string, name: string): SeedRows {
  const project = {
    customer_id: null,
    archived: false,
    ...money("budget", null, ""),
    ...money("billable_rate", null, ""),
  };
  const rate = account === "harbour" ? money("billable_rate", 120, currency) : {};
  const paid = { customer_id: pointer("customer", "c1"), ...money("budget", 2500, currency), ...rate };
  const own = { ...row("project", "p02"), ...project, external_id: "p02", name: "Own website" };
  const task = { project_id: pointer("project", "p01"), done: false };
  return {
    customer: [
      { ...row("customer", "c1"), external_id: "c1", name: customer, ...money("billable_rate", 118, currency) },
    ],
    project: [
      { ...row("project", "p01"), ...project, ...paid, external_id: "p01", name },
      ...(account === "harbour" ? [own] : []),
    ],
    task: [
      {
        ...row("task", "p01-1"),
        ...task,
        external_id: "p01-1",
        name: "Build it",
        parent_id: null,
        estimate_seconds: null,
      },
      {
        ...row("task", "p01-1a"),
        ...task,
        external_id: "p01-1a",
        name: "Server",
        parent_id: pointer("task", "p01-1"),
        estimate_seconds: 72_000,
      },
    ],
  };
}

function sheetOf({ row, pointer }: Desk, { name, member, monday, status, by, comment }: SheetWords): SeedRow {
  const first = `2026-03-${monday}`;
  return {
    ...row("timesheet", name),
    member_id: pointer("member", member),
    period_start: first,
    period_end: addDays(first, 6),
    status,
    submitted_at: status === "OPEN" ? null : `${addDays(first, 7)}T09:30:00.000Z`,
    decided_by_id: pointer("member", by),
    decided_at: by === undefined ? null : `${addDays(first, 8)}T14:00:00.000Z`,
    comment: comment ?? null,
  };
}

function entryOf({ currency, row, pointer }: Desk, line: string, words: EntryWords): SeedRow {
  const [name = "", status = "", when = "", worked = "", pause = "0"] = line.split(" ");
  const [date = "", time] = when.split("T");
  const start = time === undefined ? null : new Date(`${when}:00.000Z`);
  const end = start === null ? null : new Date(start.getTime() + (Number(worked) + Number(pause)) * 60_000);
  const written = (end ?? new Date(`${date}T17:00:00.000Z`)).toISOString();
  const busy = words.project === "p01";
  return {
    ...row("time_entry", name),
    external_id: name,
    member_id: pointer("member", words.member),
    team_id: pointer("team", words.team),
    project_id: pointer("project", words.project),
    task_id: busy ? pointer("task", "p01-1a") : null,
    activity_id: busy ? pointer("activity", "a1") : null,
    timesheet_id: pointer("timesheet", words.sheet),
    date,
    started_at: start?.toISOString() ?? null,
    ended_at: end?.toISOString() ?? null,
    timezone: "Europe/London",
    duration_seconds: Number(worked) * 60,
    break_seconds: Number(pause) * 60,
    description: "Rules for the booking form",
    internal_note: words.note ?? null,
    billable: busy,
    ...money("billable_rate", words.rate ?? null, currency),
    ...money("cost_rate", words.cost ?? null, currency),
    status,
    created_at: written,
    updated_at: written,
  };
}

function expenseOf({ currency, row, pointer }: Desk, words: ExpenseWords): SeedRow {
  return {
    ...row("expense", words.name),
    member_id: pointer("member", words.member),
    project_id: pointer("project", words.project),
    date: "2026-03-24",
    description: words.description,
    ...money("amount", words.amount, currency),
    billable: words.project !== null,
    status: words.project === null ? "REJECTED" : "SUBMITTED",
  };
}
