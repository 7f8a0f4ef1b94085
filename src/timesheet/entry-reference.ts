/** What an entry points at: visible to whoever writes it, and fitting together. */
import { Member } from "../identity/member.ts";
import { Team, teamMemberTable } from "../identity/team.ts";
import type { Subject } from "../permission/declare.ts";
import type { UserError } from "../permission/user-error-type.ts";
import type { Door } from "../plan/door.ts";
import { idOf } from "../plan/id.ts";
import type { TimeEntryInput } from "./entry-type.ts";
import { Activity, Tag } from "./label.ts";
import { Project } from "./project.ts";
import { refuseAll, userError } from "./refusal.ts";
import { Task } from "./task.ts";

/** Uuids of what an entry points at. */
export interface References {
  readonly member: string;
  readonly team: string | null;
  readonly project: string | null;
  readonly task: string | null;
  readonly activity: string | null;
}

const POINTED = { member: Member, team: Team, project: Project, task: Task, activity: Activity } as const;
type Pointer = keyof typeof POINTED;
const POINTERS = Object.keys(POINTED) as readonly Pointer[]; // cast: the keys of the literal above

/** The ids that were given: undefined where left out, null where emptied. Throws ID_INVALID for an id of something else. */
export function pointersOf(input: TimeEntryInput): Readonly<Partial<Record<Pointer, string | null>>> {
  return Object.fromEntries(
    POINTERS.flatMap((name) => {
      const id = input[name];
      return id === undefined ? [] : [[name, id === null ? null : idOf(id, POINTED[name].tag)]];
    }),
  );
}

export const tagsOf = (input: TimeEntryInput): readonly string[] => [
  ...new Set((input.tags ?? []).map((id) => idOf(id, Tag.tag))),
];

export interface Pointing {
  /** What the entry will point at. */
  readonly after: References;
  /** Which of it is new. */
  readonly given: Readonly<Partial<Record<Pointer, string | null>>>;
  readonly tags: readonly string[];
}

/**
 * Throws a Refusal with everything that may not be seen; then what `judge` throws, of an entry that points so; then with
 * everything that does not fit. In this order, as what fits is told to nobody who may not write it.
 */
export async function checkReferences(door: Door, pointing: Pointing, judge: () => Promise<unknown>): Promise<void> {
  refuseAll(await invisible(door, pointing));
  await judge();
  refuseAll(await unfitting(door, pointing));
}

async function invisible(door: Door, { given, tags }: Pointing): Promise<readonly UserError[]> {
  const asked = POINTERS.flatMap((name) => {
    const id = given[name];
    return id === undefined || id === null ? [] : [{ name, subject: POINTED[name], ids: [id] }];
  });
  const all: readonly { readonly name: string; readonly subject: Subject; readonly ids: readonly string[] }[] =
    tags.length === 0 ? asked : [...asked, { name: "tags", subject: Tag, ids: tags }];
  const errors: UserError[] = [];
  // One after the other: the transaction has one connection, and it answers one statement at a time.
  for (const { name, subject, ids } of all) {
    const seen = await door.load(subject.name, ["id"], ids);
    if (seen.includes(undefined)) errors.push(userError("NOT_FOUND", "input", name));
  }
  return errors;
}

async function unfitting(door: Door, { after, given }: Pointing): Promise<readonly UserError[]> {
  const errors: UserError[] = [];
  const { member, team, project, task } = after;
  if (team !== null && (given.team !== undefined || given.member !== undefined)) {
    const where = [
      { column: "team_id", is: "=", value: team },
      { column: "member_id", is: "=", value: member },
    ] as const;
    const [found] = await door.facts(teamMemberTable, { columns: ["member_id"], where });
    if (found === undefined) errors.push(userError("MEMBER_NOT_IN_TEAM", "input", "team"));
  }
  if (given.project !== undefined && project !== null) {
    const [found] = await door.consult("Project", ["archived"], [project]);
    if (found?.archived !== "false") errors.push(userError("PROJECT_ARCHIVED", "input", "project"));
  }
  if (task !== null && (given.task !== undefined || given.project !== undefined)) {
    const where = [{ column: "id", is: "=", value: task }] as const;
    const [found] = await door.facts(Task.table, { columns: ["project_id"], where });
    if (found?.project_id !== project) errors.push(userError("TASK_NOT_OF_PROJECT", "input", "task"));
  }
  return errors;
}
