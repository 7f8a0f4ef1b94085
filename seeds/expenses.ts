/** What a person spent in their year, and how far each receipt has come. */
import { currencies, type Person } from "./company.ts";
import { addDays, localClock, zones, type Day, type LocalClock } from "./calendar.ts";
import { isRunning, type Directory } from "./directory.ts";
import { workingDays, type Span } from "./presence.ts";
import type { Random } from "./random.ts";
import { money, type SeedRow, type SeedRows } from "./rows.ts";
import type { EntryStatus } from "./sheet.ts";
import { purchases } from "./trade.ts";

interface Receipt {
  readonly person: Person;
  readonly day: Day;
  readonly clock: LocalClock;
}

export function expensesOf(directory: Directory, person: Person, span: Span): SeedRows {
  const days = workingDays(person, span, directory.random.fork(`work ${person.id}`));
  const random = directory.random.fork(`expenses ${person.id}`);
  const clock = localClock(zones[person.region]);
  return {
    expense: days
      .filter(() => random.chance(0.022))
      .map((day) => expenseRow(directory, { person, day, clock }, random)),
  };
}

function expenseRow(directory: Directory, { person, day, clock }: Receipt, random: Random): SeedRow {
  const [words, least, most, forCustomer] = random.pick(purchases);
  const projects = directory
    .projectsOf(person)
    .filter((project) => project.customer !== null && isRunning(project, day));
  const project = forCustomer && projects.length > 0 ? random.pick(projects) : undefined;
  const billable = project !== undefined && random.chance(0.85);
  const amount = random.integer(least * 100, most * 100) / 100;
  const written = clock.instant(day, 12 * 60 + random.integer(0, 400));
  return {
    account_id: directory.account,
    id: random.uuid(new Date(written.getTime() + random.integer(0, 59_999))),
    member_id: directory.id("member", person.id),
    project_id: project === undefined ? null : directory.id("project", project.id),
    date: day,
    description: words,
    ...money("amount", amount, currencies[person.region]),
    billable,
    status: statusOf(day, billable, random),
  };
}

function statusOf(day: Day, billable: boolean, random: Random): EntryStatus {
  if (random.chance(0.04)) return "REJECTED";
  if (day >= "2026-10-19") return "OPEN";
  if (day >= addDays("2026-10-19", -21)) return "SUBMITTED";
  return billable && day < "2026-09-01" ? "INVOICED" : "APPROVED";
}
