/** Companies like those of the demo, a thousand times from one number, given out in portions so that memory stays small. */
import { addDays, LAST_DAY } from "./calendar.ts";
import type { Company, Person, Team } from "./company.ts";
import { directoryOf, type Directory } from "./directory.ts";
import { expensesOf } from "./expenses.ts";
import { harbour } from "./harbour.ts";
import { kestrel } from "./kestrel.ts";
import { Random } from "./random.ts";
import { together, type SeedRow, type SeedRows } from "./rows.ts";
import { workOf } from "./work.ts";

export interface LargeSize {
  readonly accounts: number;
  /** In each account; four at least: an administrator, somebody for the books, a lead, and somebody who is led. */
  readonly people: number;
  /** In each account, exactly. */
  readonly entries: number;
}

const TEAM_SIZE = 8;
const PORTION = 5000;

/** `large-0001`: the accounts of a large seed by their number. */
export const largeSlug = (number: number): string => `large-${String(number).padStart(4, "0")}`;

/** The rows of one account, in portions that can be written one after another. */
export function* largeRows(number: number, size: LargeSize): Generator<SeedRows> {
  const directory = largeDirectory(number, size);
  yield directory.rows;
  let portion: SeedRows[] = [];
  let waiting = 0;
  for (const [at, person] of directory.company.people.entries()) {
    const quota = Math.floor(size.entries / size.people) + (at < size.entries % size.people ? 1 : 0);
    portion.push(personRows(directory, person, quota));
    waiting += quota;
    if (waiting < PORTION) continue;
    yield together(portion);
    portion = [];
    waiting = 0;
  }
  if (portion.length > 0) yield together(portion);
}

/** The id that the account gets: one seeded with another size is another account. */
export const largeAccount = (number: number, size: LargeSize): string => largeDirectory(number, size).account;

function largeDirectory(number: number, size: LargeSize): Directory {
  return directoryOf(largeCompany(number, size.people), `large ${size.people} ${size.entries}`);
}

const only = (rows: readonly SeedRow[] | undefined, column: string, ids: ReadonlySet<unknown>): readonly SeedRow[] =>
  (rows ?? []).filter((row) => ids.has(row[column]));

/** The latest so many entries of a person, with the sheets and tags that belong to them. */
function personRows(directory: Directory, person: Person, quota: number): SeedRows {
  // A working year gives some 550 entries; whoever took more leave is asked for more days.
  for (let days = 40 + quota; ; days += quota + 40) {
    const span = { first: addDays(LAST_DAY, -days), last: LAST_DAY };
    const work = workOf(directory, person, span);
    const all = work["time_entry"] ?? [];
    if (all.length < quota) continue;
    const kept = quota === 0 ? [] : all.slice(-quota);
    const entries = new Set(kept.map((row) => row["id"]));
    const sheets = new Set(kept.map((row) => row["timesheet_id"]));
    return {
      timesheet: only(work["timesheet"], "id", sheets),
      time_entry: kept,
      time_entry_tag: only(work["time_entry_tag"], "time_entry_id", entries),
      ...expensesOf(directory, person, span),
    };
  }
}

const GIVEN =
  "Ada Bao Carla Dmitri Esi Farah Goran Hana Ivo Jun Kenji Lotte Mina Noor Otto Paz Quinn Rosa Sanjay Tala".split(" ");
const FAMILY =
  "Abara Bellini Castro Dahl Eze Farrow Grün Hoshi Ibsen Jansen Kaur Lopes Mbeki Novak Okoro Petrov Rao Silva Tran Weiss".split(
    " ",
  );

/** The plans of a demo company, done by as many people as wanted. */
export function largeCompany(number: number, size: number): Company {
  const model = number % 2 === 0 ? kestrel : harbour;
  const random = new Random(`company ${number} ${size}`);
  const teams: Team[] = Array.from({ length: Math.max(1, Math.floor((size - 2) / TEAM_SIZE)) }, (_, at) => ({
    id: `t${at + 1}`,
    name: `Team ${at + 1}`,
  }));
  const projects = model.projects.map((project, at) => {
    if (project.teams.length === 0) return project;
    // Each team has projects, however many teams there are.
    const own = teams.filter((_, of) => of % model.projects.length === at || at % teams.length === of);
    return { ...project, teams: own.map(({ id }) => id) };
  });
  const people = Array.from({ length: size }, (_, at) => personOf({ model, teams, at }, random));
  const slug = largeSlug(number);
  return { ...model, slug, name: `${model.name} ${number}`, teams, people, projects };
}

interface Seat {
  readonly model: Company;
  readonly teams: readonly Team[];
  readonly at: number;
}

/** First an administrator, then somebody for the books, then a lead for each team, then the others by turns. */
function personOf({ model, teams, at }: Seat, random: Random): Person {
  const cost = random.integer(30, 80);
  const team = at < 2 ? undefined : teams[(at - 2) % teams.length];
  const leads = at >= 2 && at < 2 + teams.length;
  return {
    id: memberName(at),
    name: nameOf(at),
    roles: [at === 0 ? "ADMIN" : at === 1 ? "FINANCE" : leads ? "MANAGER" : "EMPLOYEE"],
    region: model.region,
    teams: team === undefined ? [] : [team.id],
    leads: leads && team !== undefined ? [team.id] : [],
    manager: at === 0 ? null : leads || team === undefined ? memberName(0) : memberName(2 + ((at - 2) % teams.length)),
    days: [1, 2, 3, 4, 5],
    habit: random.weighted<Person["habit"]>([
      ["timer", 6],
      ["quarters", 3],
      ["duration", 1],
    ]),
    nights: random.chance(0.1),
    sheets: true,
    joined: null,
    rate: Math.round(cost * 2.6),
    cost,
    salary: cost * 1560,
  };
}

/** Four hundred names, then the same with a letter between them: addresses are made from names and must differ. */
function nameOf(at: number): string {
  const [given, turn] = [at % GIVEN.length, Math.floor(at / GIVEN.length)];
  const letters = String(Math.floor(turn / FAMILY.length) || "").split("");
  const between = letters.map((digit) => "ABCDEFGHIJ"[Number(digit)]).join("");
  return [GIVEN[given], between, FAMILY[(given + turn) % FAMILY.length]].filter(Boolean).join(" ");
}

const memberName = (at: number): string => `m${String(at + 1).padStart(2, "0")}`;
