/** How an invisible row is deleted: what points at it goes first, or points at nothing from then on. */
import type { Table } from "../storage/table.ts";
import type { Cells, Step } from "./change.ts";
import type { Hiding } from "./hiding.ts";
import { decidesWrites, decidesWritesByBeing } from "./reading.ts";

/** More rows than this do not go with one: that would be another world, not a change of it. */
const MOST = 60;

/** Children first. Undefined where something that is visible would have to go, or would show it. */
export function deletionOf(hiding: Hiding, table: Table, row: Cells): readonly Step[] | undefined {
  const steps: Step[] = [];
  const gone = new Set<string>();
  return collect({ hiding, steps, gone }, table, row) ? steps : undefined;
}

interface Removal {
  readonly hiding: Hiding;
  readonly steps: Step[];
  readonly gone: Set<string>;
}

function collect(removal: Removal, table: Table, row: Cells): boolean {
  const { hiding, steps, gone } = removal;
  const key = keyOf(table, row);
  const name = JSON.stringify([table.name, key]);
  if (gone.has(name)) return true;
  gone.add(name);
  if (gone.size > MOST || !mayGo(hiding, table, row)) return false;
  for (const child of hiding.tables) {
    for (const [column, { references, nullable }] of Object.entries(child.columns)) {
      if (references !== table.name) continue;
      const pointing = (hiding.sight.rows.get(child.name) ?? []).filter((other) => other[column] === row["id"]);
      for (const other of pointing) {
        const done = nullable ? letGo(removal, { child, other, column }) : collect(removal, child, other);
        if (!done) return false;
      }
    }
  }
  steps.push({ kind: "delete", table: table.name, key });
  return true;
}

/** Rows that only join go with the row that is gone, whatever they join it with; but for roles, whose changes are counted. */
function mayGo(hiding: Hiding, table: Table, row: Cells): boolean {
  if (table.name === "member_role") return false;
  if (hiding.writes && decidesWritesByBeing(hiding, table.name, row)) return false;
  const subject = [...hiding.sight.law.subjects.values()].find((other) => other.table.name === table.name);
  return subject === undefined || !hiding.sight.sees(subject.name, row);
}

interface Pointing {
  readonly child: Table;
  readonly other: Cells;
  readonly column: string;
}

function letGo({ hiding, steps }: Removal, { child, other, column }: Pointing): boolean {
  const after = { ...other, [column]: null };
  const subject = [...hiding.sight.law.subjects.values()].find(({ table }) => table.name === child.name);
  if (subject === undefined) return false;
  if (hiding.sight.standing(subject.name, other) !== hiding.sight.standing(subject.name, after)) return false;
  if (hiding.writes && decidesWrites(hiding, { table: child.name, row: other, column })) return false;
  steps.push({ kind: "update", table: child.name, key: keyOf(child, other), cells: { [column]: null } });
  return true;
}

/** What names the row: its account and id, or all that it joins. */
export function keyOf(table: Table, row: Cells): Cells {
  const isKey = (column: string): boolean =>
    column === "account_id" ||
    ("id" in table.columns
      ? column === "id"
      : table.columns[column]?.references !== undefined || table.columns[column]?.oneOf !== undefined);
  return Object.fromEntries(
    Object.keys(table.columns)
      .filter(isKey)
      .map((column) => [column, row[column] ?? null]),
  );
}
