/** A person's year as rows: entries, the words put on them, and the weeks that they are handed in with. */
import { localClock, mondayOf, zones, type Day, type LocalClock } from "./calendar.ts";
import type { Person, Project } from "./company.ts";
import { piecesOf, type Piece } from "./day.ts";
import { isRunning, type Directory, type Leaf } from "./directory.ts";
import { billingOf, costOf } from "./pay.ts";
import { workingDays, type Span } from "./presence.ts";
import type { Random } from "./random.ts";
import type { SeedRow, SeedRows } from "./rows.ts";
import { entryStatus, sheetRow, weekOf, type Week } from "./sheet.ts";
import { internalNotes, tags, tradeOf } from "./trade.ts";

interface Desk {
  readonly directory: Directory;
  readonly person: Person;
  readonly clock: LocalClock;
  readonly random: Random;
}

/** Where one piece of work lies: its day, its week, and what the person is mostly busy with then. */
interface Place {
  readonly day: Day;
  readonly week: Week;
  readonly sheet: string | null;
  readonly focus: readonly Project[];
}

export function workOf(directory: Directory, person: Person, span: Span): SeedRows {
  const random = directory.random.fork(`work ${person.id}`);
  const desk = { directory, person, random, clock: localClock(zones[person.region]) };
  const weeks = Map.groupBy(workingDays(person, span, random), mondayOf);
  const entries: SeedRow[] = [];
  const words: SeedRow[] = [];
  const sheets: SeedRow[] = [];
  for (const [monday, days] of weeks) {
    const week = weekOf(monday, desk.clock, random);
    const created = desk.clock.instant(days[0] ?? monday, 7 + random.fraction());
    const sheet = person.sheets ? sheetRow({ directory, person, week }, created, random) : undefined;
    if (sheet !== undefined) sheets.push(sheet);
    const focus = random.shuffled(directory.projectsOf(person)).slice(0, 4);
    for (const day of days) {
      const place = { day, week, focus, sheet: sheet === undefined ? null : String(sheet["id"]) };
      for (const piece of piecesOf(person, day, random)) {
        const row = entryRow(desk, place, piece);
        entries.push(row);
        words.push(...tagRows(desk, piece, String(row["id"])));
      }
    }
  }
  return { timesheet: sheets, time_entry: entries.map((row, at) => imported(row, person, at)), time_entry_tag: words };
}

/** The first two months were brought over from the tracker used before, and kept the ids they had there. */
function imported(row: SeedRow, person: Person, at: number): SeedRow {
  const old = String(row["date"]) < "2026-01-01";
  return { ...row, external_id: old ? `${person.id}-${String(at + 1).padStart(4, "0")}` : null };
}

function entryRow(desk: Desk, place: Place, piece: Piece): SeedRow {
  const { directory, person, clock, random } = desk;
  const project = projectFor(desk, place);
  const leaf = project === undefined || random.chance(0.03) ? undefined : leafFor(directory, project, desk);
  const job = { company: directory.company, person, project, day: place.day, hour: piece.hour };
  const billing = billingOf(job, random);
  const start = piece.start === null ? null : clock.instant(place.day, piece.start);
  const spent = Math.round((piece.worked + piece.pause) * 60) * 1000;
  const end = start === null ? null : new Date(start.getTime() + spent);
  const written = clock.instant(place.day, 17 * 60 + random.integer(0, 90));
  const created = new Date((end ?? written).getTime() + random.integer(2_000, 900_000));
  const { week } = place;
  const status = entryStatus(week, billing.billable);
  const touched = (status === "INVOICED" ? week.invoiced : null) ?? week.decided ?? week.submitted ?? created;
  const note = project?.customer && random.chance(0.05) ? random.pick(internalNotes) : null;
  return {
    account_id: directory.account,
    id: random.uuid(created),
    member_id: directory.id("member", person.id),
    team_id: teamFor(desk, project),
    project_id: project === undefined ? null : directory.id("project", project.id),
    task_id: leaf?.id ?? null,
    activity_id: leaf === undefined ? null : directory.id("activity", leaf.part.activity),
    timesheet_id: place.sheet,
    date: place.day,
    started_at: start?.toISOString() ?? null,
    ended_at: end?.toISOString() ?? null,
    timezone: zones[person.region],
    duration_seconds: Math.round(piece.worked * 60),
    break_seconds: start === null ? 0 : piece.pause * 60,
    description: descriptionFor(desk, project, leaf),
    internal_note: note,
    billable: billing.billable,
    ...billing.rate,
    ...costOf(job),
    status,
    created_at: created.toISOString(),
    updated_at: touched.toISOString(),
  };
}

/** Mostly one project a week, sometimes the company's own, seldom none at all. */
function projectFor({ directory, person, random }: Desk, { day, focus }: Place): Project | undefined {
  const running = directory.projectsOf(person).filter((project) => isRunning(project, day));
  const own = running.filter(({ customer }) => customer === null);
  const paid = running.filter(({ customer }) => customer !== null);
  if (random.chance(0.008)) return undefined;
  const [least, most] = person.leads.length > 0 ? [0.3, own.length] : [0.09, own.length];
  if (paid.length === 0 || (most > 0 && random.chance(least))) return random.pick(own);
  const busy = focus.filter((project) => paid.includes(project));
  const [first] = busy;
  if (first === undefined || random.chance(0.1)) return random.pick(paid);
  return random.chance(0.55) ? first : random.pick(busy);
}

/** People keep to a few tasks of a project, each to their own. */
function leafFor(directory: Directory, project: Project, { person, random }: Desk): Leaf {
  const leaves = directory.leavesOf(project);
  const shift = Number(person.id.slice(1)) % leaves.length;
  const turned = [...leaves.slice(shift), ...leaves.slice(0, shift)];
  return random.weighted(turned.map((leaf, at) => [leaf, 1 / (at + 1)] as const));
}

/** The team of theirs that does the project; their own first team otherwise. */
function teamFor({ directory, person, random }: Desk, project: Project | undefined): string | null {
  const shared = person.teams.filter((team) => project?.teams.includes(team));
  const team = shared.length > 0 ? random.pick(shared) : person.teams[0];
  return team === undefined ? null : directory.id("team", team);
}

function descriptionFor({ random }: Desk, project: Project | undefined, leaf: Leaf | undefined): string | null {
  if (random.chance(0.06)) return null;
  if (project === undefined)
    return random.pick(["Not sure where this belongs", "Call, no project yet", "Odds and ends"]);
  const { parts, subjects } = tradeOf(project.kind);
  const { phrases } = leaf?.part ?? random.pick(parts);
  return random.pick(phrases).replace("{what}", random.pick(subjects));
}

function tagRows({ directory, random }: Desk, piece: Piece, entry: string): readonly SeedRow[] {
  const free = tags.filter((tag) => tag !== "night" && tag !== "overtime");
  const chosen = random.chance(0.15) ? random.sample(free, random.integer(1, 2)) : [];
  const due = piece.hour === "day" ? [] : [piece.hour === "night" ? "night" : "overtime"];
  return [...due, ...chosen].map((tag) => ({
    account_id: directory.account,
    time_entry_id: entry,
    tag_id: directory.id("tag", tag),
  }));
}
