// What the gate's bench asks: from next to nothing to a page of everything, all of them valid for whoever knows all fields.
import { parse, type DocumentNode } from "graphql";
import { DOCUMENTS, LIST_SIZE, NESTED_SIZE, YEAR } from "./operations.ts";

export interface KnownDocument {
  readonly name: string;
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const known = (name: string, text: string, variables: KnownDocument["variables"] = {}): KnownDocument => ({
  name,
  text,
  document: parse(text),
  variables,
});

/** An id of the right form that is nobody's. */
const SOMEBODY = Buffer.from(`0009${"ab".repeat(16)}`, "hex").toString("base64url");

export const knownDocuments: readonly KnownDocument[] = [
  known("list", DOCUMENTS.list, { first: LIST_SIZE }),
  known("nested", DOCUMENTS.nested, { first: NESTED_SIZE, recent: NESTED_SIZE }),
  known("one", DOCUMENTS.one, { id: SOMEBODY }),
  known("report", DOCUMENTS.report, YEAR),
  known("hours", "{ timeEntries(first: 20) { nodes { id date durationSeconds } totalCount } }"),
  known(
    "filtered",
    `query Filtered($filter: TimeEntryFilter, $orderBy: [TimeEntryOrder!]) {
      timeEntries(first: 20, filter: $filter, orderBy: $orderBy) { nodes { id date description } totalCount } }`,
    {
      filter: { date: { gte: YEAR.first }, project: { name: { startsWith: "A" } }, or: [{ billable: { eq: true } }] },
      orderBy: [{ field: "DATE", direction: "DESC" }, { field: "DURATION_SECONDS" }],
    },
  ),
  known("maybe", "query Maybe($with: Boolean!) { members { nodes { id name email @include(if: $with) } } }", {
    with: true,
  }),
  known(
    "create",
    `mutation Create($input: CreateTimeEntryInput!) {
      createTimeEntry(input: $input) { timeEntry { id durationSeconds costRate { minor } } userErrors { code } } }`,
    { input: { date: YEAR.first, durationSeconds: 3600, description: "what was done" } },
  ),
];
