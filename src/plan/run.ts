/** Runs a plan: reads the parameters from the request, runs the statement, and makes the answer's text from its one row. */
import type { AccountId, Revision } from "../caller.ts";
import type { Variables } from "../permission/input.ts";
import { problem } from "../problem.ts";
import type { Reader, Value } from "../storage/database.ts";
import type { Cell, Run } from "./build.ts";
import type { Plan } from "./compile.ts";
import { openCursor, sealCursor, type Binding } from "./cursor.ts";

export interface Asker {
  readonly account: AccountId;
  /** The caller's member id, or nobody's. */
  readonly member: string;
  readonly cursorKey: string;
}

export interface Answered {
  /** Of the snapshot in which the rows were read. */
  readonly revision: Revision;
  /** JSON of each root that was read, by response key. */
  readonly json: ReadonlyMap<string, string>;
  /** Cells that the caller may not see, by field; only fields that have any. */
  readonly masked: readonly Masked[];
}

export interface Masked extends Cell {
  readonly count: number;
}

/** Throws the problems of arguments (before anything is read), and ACCOUNT_FORBIDDEN when the account is not there. */
export async function runPlan(
  plan: Plan,
  asker: Asker,
  how: { reader: Reader; variables: Variables },
): Promise<Answered> {
  const bindings = plan.lists.map((list): Binding => ({
    key: asker.cursorKey,
    account: asker.account,
    list: list.name,
    filter: JSON.stringify(list.filter(how.variables) ?? null),
  }));
  const [row] = await how.reader.run(plan.statement, valuesOf(plan, asker, { bindings, variables: how.variables }));
  if (row === undefined) throw problem("ACCOUNT_FORBIDDEN");
  if (row[1] !== asker.account)
    throw problem("ACCESS_UNAVAILABLE", { log: "an answer came back from another account" });
  const json = new Map<string, string>();
  const counts = plan.cells.map(() => 0);
  for (const root of plan.roots) {
    if (root.kind === "read") json.set(root.key, withoutMarks(row[root.column] ?? "null", bindings, counts));
  }
  const masked = plan.cells.map((cell, index) => ({ ...cell, count: counts[index] ?? 0 }));
  // cast: read from its column
  return { revision: Number(row[0]) as Revision, json, masked: masked.filter(({ count }) => count > 0) };
}

function valuesOf(
  plan: Plan,
  asker: Asker,
  with_: { readonly bindings: readonly Binding[]; readonly variables: Variables },
): readonly Value[] {
  const opened = new Map<number, readonly (string | null)[]>();
  const run: Run = {
    account: asker.account,
    member: asker.member,
    variables: with_.variables,
    cursors: (index) => {
      const known = opened.get(index);
      if (known !== undefined) return known;
      const [list, binding] = [plan.lists[index], with_.bindings[index]];
      if (list?.given === undefined || binding === undefined) throw problem("CURSOR_INVALID");
      const values = openCursor(binding, list.given(with_.variables));
      if (values.length !== list.width) throw problem("CURSOR_INVALID");
      opened.set(index, values);
      return values;
    },
  };
  return plan.parameters.map((parameter) => parameter(run));
}

/**
 * A mark is a string that begins with an escaped NUL. PostgreSQL's text cannot hold that character, and a backslash in
 * data is escaped itself, so no value of anybody's can look like a mark.
 */
const START = '"\\u0000';
const MARK = /"\\u0000(?:m\d+|\d+:[0-9a-f]*)"/g;

/** Cursors for the places of rows; null, and one more to the count, for a cell that does not show. */
function withoutMarks(json: string, bindings: readonly Binding[], counts: number[]): string {
  if (!json.includes(START)) return json;
  return json.replaceAll(MARK, (mark) => {
    const said = mark.slice(START.length, -1);
    if (!said.startsWith("m")) return cursorOf(said, bindings);
    const cell = Number(said.slice(1));
    counts[cell] = (counts[cell] ?? 0) + 1;
    return "null";
  });
}

function cursorOf(said: string, bindings: readonly Binding[]): string {
  const [list, place] = said.split(":");
  const binding = bindings[Number(list)];
  if (binding === undefined || place === undefined) throw new Error("A cursor of no list.");
  return `"${sealCursor(binding, Buffer.from(place, "hex").toString())}"`;
}
