// The seven mutations in few words, and what came of them as one text, so that a case of a table is one line.
import { expect } from "@jest/globals";
import type { Database } from "../../src/storage/database.ts";
import { ask, everything, idOf, type Who } from "../gateway.ts";

export type Input = Readonly<Record<string, unknown>>;

const ENTRY = "timeEntry { id }";
const SHEET = "timesheet { id }";
const TEXTS = {
  create: `mutation ($input: CreateTimeEntryInput!) { done: createTimeEntry(input: $input) { ${ENTRY} userErrors { field code message } } }`,
  update: `mutation ($id: ID!, $input: UpdateTimeEntryInput!) { done: updateTimeEntry(id: $id, input: $input) { ${ENTRY} userErrors { field code message } } }`,
  delete: `mutation ($id: ID!) { done: deleteTimeEntry(id: $id) { deletedId userErrors { field code message } } }`,
  submit: `mutation ($id: ID!) { done: submitTimesheet(id: $id) { ${SHEET} userErrors { field code message } } }`,
  approve: `mutation ($id: ID!, $comment: String) { done: approveTimesheet(id: $id, comment: $comment) { ${SHEET} userErrors { field code message } } }`,
  reject: `mutation ($id: ID!, $comment: String!) { done: rejectTimesheet(id: $id, comment: $comment) { ${SHEET} userErrors { field code message } } }`,
  reopen: `mutation ($id: ID!, $comment: String!) { done: reopenTimesheet(id: $id, comment: $comment) { ${SHEET} userErrors { field code message } } }`,
} as const;

interface Payload {
  readonly userErrors: readonly { readonly field: readonly string[] | null; readonly code: string }[];
}

export type Act = keyof typeof TEXTS;

export const harbour = (member: string): Who => ({ account: "harbour", member });

export interface Wanted {
  readonly act: Act;
  /** The row by its name in the small seed: an entry, or a sheet. */
  readonly row?: string;
  readonly input?: Input;
  readonly comment?: string;
}

/** `written`, or each refusal as its code and the field that it is about, or the coordinates that were denied. */
export async function attempt(database: Database, who: Who, wanted: Wanted): Promise<string> {
  const { errors, data } = await ask(database, who, { text: TEXTS[wanted.act], variables: variablesOf(wanted) });
  if (data === null) return errors.map(({ extensions }) => extensions["coordinate"] ?? extensions["code"]).join(" ");
  const { userErrors: refusals } = data["done"] as Payload; // cast: every text above asks for it
  if (refusals.length === 0) return "written";
  return refusals.map(({ code, field }) => [code, ...(field === null ? [] : [field.join(".")])].join(" ")).join(", ");
}

/** The same, and that whoever was refused has changed nothing at all. */
export async function outcome(database: Database, who: Who, wanted: Wanted): Promise<string> {
  const before = await everything(database);
  const came = await attempt(database, who, wanted);
  if (came === "written") expect(await everything(database)).not.toBe(before);
  else expect(await everything(database)).toBe(before);
  return came;
}

function variablesOf({ act, row, input, comment }: Wanted): Input {
  if (act === "create") return { input };
  const id = idOf(/^s\d/.test(row ?? "") ? "Timesheet" : "TimeEntry", row ?? "");
  return { id, ...(input === undefined ? {} : { input }), ...(comment === undefined ? {} : { comment }) };
}

/** Ids of the small seed by what they stand for: `{ project: "p01", tags: ["urgent"] }`. */
export function pointing(names: Readonly<Record<string, string | readonly string[]>>): Input {
  const types: Readonly<Record<string, string>> = {
    member: "Member",
    team: "Team",
    project: "Project",
    task: "Task",
    activity: "Activity",
    tags: "Tag",
  };
  return Object.fromEntries(
    Object.entries(names).map(([field, name]) => {
      const of = (one: string): string => idOf(types[field] ?? "", one);
      return [field, typeof name === "string" ? of(name) : name.map(of)];
    }),
  );
}
