/** Draws changes of what a caller may not see: cells that are closed to them, and rows that are invisible. */
import type { Subject } from "../permission/declare.ts";
import type { Table } from "../storage/table.ts";
import type { Cells, Change, Step } from "./change.ts";
import { decidesWrites, decidesWritesByBeing, type Decisions } from "./reading.ts";
import type { Hiding } from "./hiding.ts";
import { deletionOf, keyOf } from "./remove.ts";
import { freshId, otherCells, unitsOf } from "./value.ts";

/** About so many changes of different rows; fewer where little is hidden. Other accounts are hidden from everybody. */
export function drawChanges(hiding: Hiding, count: number): readonly Change[] {
  const { random } = hiding;
  const changes: Change[] = [];
  const touched = new Set<string>();
  if (random.chance(0.3)) changes.push(anotherAccount(hiding));
  for (let attempt = 0; attempt < count * 8 && changes.length < count; attempt += 1) {
    const change = random.pick(WAYS)(hiding);
    if (change === undefined) continue;
    // Two changes of one row could each be hidden, and both together not.
    const rows = change.steps.flatMap((step) => (step.kind === "account" ? [] : [rowOf(step)]));
    if (rows.some((row) => touched.has(row))) continue;
    for (const row of rows) touched.add(row);
    changes.push(change);
  }
  return changes.length > 0 ? changes : [anotherAccount(hiding)];
}

const rowOf = (step: Exclude<Step, { kind: "account" }>): string =>
  JSON.stringify([step.table, step.kind === "insert" ? step.cells : step.key]);

const changeCell = (hiding: Hiding): Change | undefined => changeSeen(hiding, closedCells);
const changePointer = (hiding: Hiding): Change | undefined => changeSeen(hiding, pointerToHidden);

const WAYS: readonly ((hiding: Hiding) => Change | undefined)[] = [
  changeCell,
  changeCell,
  changeCell,
  changeCell,
  changePointer,
  changeInvisible,
  changeInvisible,
  changeInvisible,
  removeInvisible,
  insertInvisible,
  insertInvisible,
  removeJoin,
  insertJoin,
];

const anotherAccount = ({ account, random }: Hiding): Change => ({
  because: "another account",
  steps: [{ kind: "account", from: account, to: freshId(random) }],
});

interface Picked {
  readonly subject: Subject;
  readonly row: Cells;
}

/** A row of any subject but the account itself: every caller sees that. */
function pickRow({ sight, random }: Hiding, wanted: (picked: Picked) => boolean): Picked | undefined {
  const subjects = [...sight.law.subjects.values()].filter(({ table }) => table.name !== "account");
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const subject = random.pick(subjects);
    const rows = sight.rows.get(subject.table.name) ?? [];
    const row = rows.length === 0 ? undefined : random.pick(rows);
    if (row !== undefined && wanted({ subject, row })) return { subject, row };
  }
  return undefined;
}

type Cell = Picked & { readonly unit: readonly string[] };

/** Units of which a cell may be closed on some row of the table: what is read on every row is not drawn in vain. */
export function closableUnits({ sight, readings }: Decisions): Hiding["closable"] {
  const subjects = [...sight.law.subjects.values()].filter(({ table }) => table.name !== "account");
  return subjects.flatMap((subject) =>
    unitsOf(subject.table)
      .filter((unit) =>
        unit
          .flatMap((column) => readings.get(`${subject.table.name}.${column}`) ?? [])
          .every(({ mask, points }) => points || mask !== undefined),
      )
      .map((unit) => ({ subject, unit })),
  );
}

/** Other cells of a visible row, such that no rule sees a difference. */
function changeSeen(hiding: Hiding, other: (hiding: Hiding, cell: Cell) => Change | undefined): Change | undefined {
  const { sight, random, closable } = hiding;
  if (closable.length === 0) return undefined;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const { subject, unit } = random.pick(closable);
    const rows = sight.rows.get(subject.table.name) ?? [];
    const row = rows.length === 0 ? undefined : random.pick(rows);
    if (row === undefined || !sight.sees(subject.name, row) || isHeld(hiding, { subject, row }, unit)) continue;
    const change = other(hiding, { subject, row, unit });
    if (change?.steps[0].kind !== "update") continue;
    const after = { ...row, ...change.steps[0].cells };
    if (sight.standing(subject.name, after) === sight.standing(subject.name, row)) return change;
  }
  return undefined;
}

/** What a refusal would tell, and the name that everybody is greeted with. */
function isHeld(hiding: Hiding, { subject, row }: Picked, unit: readonly string[]): boolean {
  const isOwnName = subject.name === "Member" && row["id"] === hiding.sight.law.member && unit.includes("name");
  const { name } = subject.table;
  return isOwnName || (hiding.writes && unit.some((column) => decidesWrites(hiding, { table: name, row, column })));
}

function closedCells(hiding: Hiding, { subject, row, unit }: Cell): Change | undefined {
  const { sight, readings, random } = hiding;
  const { table } = subject;
  const isRead = unit.some((column) =>
    (readings.get(`${table.name}.${column}`) ?? []).some(({ mask }) => mask === undefined || sight.holds(mask, row)),
  );
  if (isRead) return undefined;
  const cells = otherCells({ table, rows: sight.rows, random }, unit, row);
  return cells && updating({ table, row, cells }, "the cell is closed");
}

/** Nobody is where it points, as far as the caller can tell: then nobody else may be there too. */
function pointerToHidden(hiding: Hiding, { subject, row, unit }: Cell): Change | undefined {
  const { sight, readings, random } = hiding;
  const { table } = subject;
  const [column = ""] = unit;
  const target = table.columns[column]?.references;
  const type = [...sight.law.subjects.values()].find((other) => other.table.name === target);
  if (type === undefined || isSeen(hiding, type, row[column])) return undefined;
  if (!(readings.get(`${table.name}.${column}`) ?? []).every(({ points }) => points)) return undefined;
  const cells = otherCells({ table, rows: sight.rows, random }, unit, row);
  if (cells === undefined || isSeen(hiding, type, cells[column])) return undefined;
  return updating({ table, row, cells }, "what it points at is invisible");
}

const isSeen = ({ sight }: Hiding, type: Subject, id: string | null | undefined): boolean =>
  typeof id === "string" && sight.seesId(type.name, id);

interface Updating {
  readonly table: Table;
  readonly row: Cells;
  readonly cells: Cells;
}

const updating = ({ table, row, cells }: Updating, because: Change["because"]): Change => ({
  because,
  steps: [{ kind: "update", table: table.name, key: keyOf(table, row), cells }],
});

interface Drawing {
  readonly table: Table;
  readonly units: readonly (readonly string[])[];
  readonly row: Cells;
}

function drawn({ sight, random }: Hiding, { table, units, row }: Drawing): Cells {
  const parts = units.map((unit) => Object.entries(otherCells({ table, rows: sight.rows, random }, unit, row) ?? {}));
  return Object.fromEntries(parts.flat());
}

function changeInvisible(hiding: Hiding): Change | undefined {
  const { sight, random } = hiding;
  const picked = pickRow(hiding, ({ subject, row }) => !sight.sees(subject.name, row));
  if (picked === undefined) return undefined;
  const { subject, row } = picked;
  const { table } = subject;
  const units = random.some(unitsOf(table), 1 + random.below(4)).filter((unit) => !isHeld(hiding, picked, unit));
  const cells = drawn(hiding, { table, units, row });
  const after = { ...row, ...cells };
  if (Object.keys(cells).length === 0 || sight.sees(subject.name, after)) return undefined;
  if (hiding.writes && decidesWritesByBeing(hiding, table.name, after)) return undefined;
  return updating({ table, row, cells }, "the row is invisible");
}

function removeInvisible(hiding: Hiding): Change | undefined {
  const { sight } = hiding;
  const picked = pickRow(hiding, ({ subject, row }) => !sight.sees(subject.name, row));
  const steps = picked && deletionOf(hiding, picked.subject.table, picked.row);
  const [first, ...rest] = steps ?? [];
  return first && { because: "the row is invisible", steps: [first, ...rest] };
}

/** Like a row that is there, but for some cells: those that the rules read among them, until it is invisible. */
function insertInvisible(hiding: Hiding): Change | undefined {
  const { sight, random } = hiding;
  const like = pickRow(hiding, () => true);
  if (like === undefined) return undefined;
  const { table } = like.subject;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const units = random.some(unitsOf(table), 1 + random.below(6));
    const alone = "external_id" in table.columns ? { external_id: `hidden-${freshId(random)}` } : {};
    const cells = { ...like.row, ...drawn(hiding, { table, units, row: like.row }), ...alone, id: freshId(random) };
    if (sight.sees(like.subject.name, cells)) continue;
    if (hiding.writes && decidesWritesByBeing(hiding, table.name, cells)) continue;
    return { because: "the row is invisible", steps: [{ kind: "insert", table: table.name, cells }] };
  }
  return undefined;
}

/** Tables that only join; roles are the rules' own, and their changes are counted. */
const joins = ({ tables }: Hiding): readonly Table[] =>
  tables.filter(({ name, columns }) => !("id" in columns) && name !== "member_role");

/** Whether one of the rows that it joins is invisible. */
function isHiddenJoin(hiding: Hiding, table: Table, row: Cells): boolean {
  if (hiding.writes && decidesWritesByBeing(hiding, table.name, row)) return false;
  return Object.entries(table.columns).some(([column, { references }]) => {
    const type = [...hiding.sight.law.subjects.values()].find((other) => other.table.name === references);
    return type !== undefined && !hiding.sight.seesId(type.name, row[column]);
  });
}

function removeJoin(hiding: Hiding): Change | undefined {
  const { sight, random } = hiding;
  const table = random.pick(joins(hiding));
  const rows = sight.rows.get(table.name) ?? [];
  if (rows.length === 0) return undefined;
  const row = random.pick(rows);
  if (!isHiddenJoin(hiding, table, row)) return undefined;
  return { because: "the row is invisible", steps: [{ kind: "delete", table: table.name, key: keyOf(table, row) }] };
}

function insertJoin(hiding: Hiding): Change | undefined {
  const { random, account } = hiding;
  const table = random.pick(joins(hiding));
  const units = unitsOf(table);
  const cells = { account_id: account, ...drawn(hiding, { table, units, row: {} }) };
  if (Object.keys(cells).length <= units.length || !isHiddenJoin(hiding, table, cells)) return undefined;
  return { because: "the row is invisible", steps: [{ kind: "insert", table: table.name, cells }] };
}
