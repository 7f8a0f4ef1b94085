/**
 * Rules that read what they may not tell. A field that shows on some rows only tells, by where it is null, what its rule
 * reads; a row rule tells it by which rows are there. So a cell is closed with what its rule reads, and a rule of rows may
 * read only what the caller knows of themselves.
 */
import type { Role } from "../caller.ts";
import type { Catalogue } from "./catalogue.ts";
import { fieldsOn } from "./column.ts";
import type { Condition, FactSet } from "./condition.ts";
import { memberCoordinate, splitCoordinate, type Coordinate } from "./coordinate.ts";
import type { Subject } from "./declare.ts";
import type { Reason } from "./rules.ts";

export interface Cells {
  /** The rule of each field that shows on some rows only. */
  readonly masks: ReadonlyMap<Coordinate, Condition>;
  readonly closed: ReadonlyMap<Coordinate, Reason>;
}

/** Fields that are open although the column that says where they show is hidden: to be closed, for the same reason. */
export function closedByCells({ masks, closed }: Cells, catalogue: Catalogue): ReadonlyMap<Coordinate, Reason> {
  const more = new Map<Coordinate, Reason>();
  for (const [coordinate, condition] of masks) {
    const subject = catalogue.subjects.get(splitCoordinate(coordinate).type);
    if (subject === undefined || closed.has(coordinate)) continue;
    const hidden = readBy(condition, subject).find((field) => closed.has(field));
    const reason = hidden === undefined ? undefined : closed.get(hidden);
    if (reason !== undefined) more.set(coordinate, reason);
  }
  return more;
}

/** Fields of the row itself: what a set of facts reads elsewhere is the caller's own (see `strangeSets`). */
export const readBy = (condition: Condition, subject: Subject): readonly Coordinate[] =>
  columnsOf(condition).flatMap((column) => fieldsOn(subject, column));

function columnsOf(condition: Condition): readonly string[] {
  return "of" in condition ? condition.of.flatMap(columnsOf) : [condition.column];
}

/** Names each cell rule of the role that reads a column which by default is hidden from the role. */
export function cellRuleFaults(
  role: Role,
  closed: ReadonlyMap<Coordinate, Reason>,
  catalogue: Catalogue,
): readonly string[] {
  return [...catalogue.subjects.values()].flatMap((subject) =>
    Object.keys(subject.fields).flatMap((name) => {
      const coordinate = memberCoordinate(subject.name, name);
      const access = catalogue.entries.get(coordinate)?.declared.access[role];
      if (access === undefined || typeof access === "string") return [];
      const hidden = columnsOf(access.on).flatMap((column) =>
        fieldsOn(subject, column)
          .filter((field) => closed.has(field))
          .map((field) => `the column ${column} of ${field}, which is closed to them`),
      );
      return [
        ...hidden.map((words) => `the rule on which rows ${role} sees ${coordinate} reads ${words}`),
        ...strangeSets(access.on).map(
          (set) => `the rule on which rows ${role} sees ${coordinate} uses ${set}, which is not about the caller`,
        ),
      ];
    }),
  );
}

/** Names each row rule of the role that tells more than what the caller knows of themselves. */
export function rowRuleFaults(role: Role, catalogue: Catalogue): readonly string[] {
  return [...catalogue.subjects.values()].flatMap((subject) => {
    const rows = subject.rows[role];
    if (rows.kind !== "some") return [];
    const rule = `the rule on which ${subject.name} rows ${role} sees`;
    return [
      ...valueColumns(rows.where).flatMap((column) =>
        fieldsOn(subject, column)
          .filter((field) => catalogue.entries.get(field)?.declared.fixed !== true)
          .map((field) => `${rule} reads the column ${column} of ${field}, which each row then tells`),
      ),
      ...strangeSets(rows.where).map((set) => `${rule} uses ${set}, which is not about the caller`),
    ];
  });
}

/** Columns of which a rule demands a value, instead of comparing them with what the caller is. */
function valueColumns(condition: Condition): readonly string[] {
  if ("of" in condition) return condition.of.flatMap(valueColumns);
  return condition.kind === "own" || condition.kind === "among" ? [] : [condition.column];
}

function strangeSets(condition: Condition): readonly string[] {
  if ("of" in condition) return condition.of.flatMap(strangeSets);
  return condition.kind === "among" && !isOfCaller(condition.set) ? [condition.set.name] : [];
}

/** Picked by who the caller is, at its end: own rows, rows of own teams, people in them. */
const isOfCaller = ({ where }: FactSet): boolean => startsFromCaller(where);

function startsFromCaller(condition: Condition): boolean {
  switch (condition.kind) {
    case "own":
      return true;
    case "among":
      return isOfCaller(condition.set);
    case "any":
      return condition.of.every(startsFromCaller);
    case "every":
      return condition.of.some(startsFromCaller);
    case "flag":
    case "noneOf":
      return false; // a value of the row says nothing about who asks
    default:
      return condition satisfies never;
  }
}
