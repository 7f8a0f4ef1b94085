/** One row by its global id, or several of any types. A row that may not be seen is not there. */
import type { Picked } from "../permission/check.ts";
import { typeCoordinate } from "../permission/coordinate.ts";
import type { Guard, Read, Variables } from "../permission/input.ts";
import { problem } from "../problem.ts";
import { Source, type Build } from "./build.ts";
import { readId } from "./id.ts";
import { concatenate } from "./json.ts";
import { objectPieces } from "./object.ts";
import { visible } from "./where.ts";

const MOST = 500;

interface Asked {
  readonly picked: Picked;
  readonly variables: Variables;
  readonly guards: Guard[];
}

/** The kind of row that an id names is decided now, and guarded: each kind has a statement of its own. */
export function nodeSql(build: Build, asked: Asked): string {
  const read = argumentOf(asked.picked, "id");
  const { tag } = readId(read(asked.variables));
  asked.guards.push((variables) => readId(read(variables)).tag === tag);
  const id = build.parameter((run) => readId(read(run.variables)).uuid, "uuid");
  demandOthers(build, asked.picked, [tag]);
  return rowSql(build, { picked: asked.picked, tag, id });
}

export function nodesSql(build: Build, asked: Asked): string {
  const read = argumentOf(asked.picked, "ids");
  const tags = tagsOf(read(asked.variables));
  asked.guards.push((variables) => tagsOf(read(variables)).join() === tags.join());
  const ids = build.parameter((run) => idsOf(read(run.variables)).map((id) => id.uuid), "uuid[]");
  const kinds = build.parameter((run) => idsOf(read(run.variables)).map((id) => id.tag), "int[]");
  demandOthers(build, asked.picked, tags);
  const each = build.alias();
  const cases = tags.map((tag) => {
    const row = rowSql(build, { picked: asked.picked, tag, id: `${each}.id` });
    return ` when ${String(tag)} then coalesce(${row}, 'null')`;
  });
  const value = cases.length === 0 ? "'null'" : `case ${each}.tag${cases.join("")} else 'null' end`;
  const from = `unnest(${ids}, ${kinds}) with ordinality ${each}(id, tag, place)`;
  return `(select '[' || coalesce(string_agg(${value}, ',' order by ${each}.place), '') || ']' from ${from})`;
}

/** What is asked of other kinds of rows is not read, but has to be askable: the ids do not decide what is an error. */
function demandOthers(build: Build, picked: Picked, tags: readonly number[]): void {
  for (const [type, picks] of picked.picks) {
    const subject = build.subjects.get(type);
    if (subject !== undefined && !tags.includes(subject.tag)) {
      objectPieces(build, new Source(build.alias(), subject), picks);
    }
  }
}

function argumentOf(picked: Picked, name: string): Read {
  const input = picked.arguments.get(name);
  if (input?.kind !== "leaf") throw problem("ID_INVALID");
  return input.read;
}

function idsOf(given: unknown): readonly ReturnType<typeof readId>[] {
  const ids: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (ids.length > MOST) throw problem("PAGE_INVALID");
  return ids.map(readId);
}

const tagsOf = (given: unknown): readonly number[] =>
  [...new Set(idsOf(given).map((id) => id.tag))].toSorted((one, other) => one - other);

/** Null for a kind of row that does not exist, or that is closed for the caller. */
export function rowSql(
  build: Build,
  of: { readonly picked: Picked; readonly tag: number; readonly id: string },
): string {
  const subject = [...build.subjects.values()].find((one) => one.tag === of.tag);
  if (subject === undefined || !build.set.open.has(typeCoordinate(subject.name))) return "null::text";
  const rows = new Source(build.alias(), subject);
  const object = concatenate(objectPieces(build, rows, of.picked.picks.get(subject.name) ?? []));
  const where = [...visible(build, rows), `${rows.column("id")} = ${of.id}`].join(" and ");
  return `(select ${object} from ${[`${subject.table.name} ${rows.alias}`, ...rows.written].join(" ")} where ${where})`;
}
