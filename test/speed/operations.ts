// What is asked, of the gateway and of the limit: the same four questions, as each wants to hear them.

export const OPERATIONS = ["list", "nested", "one", "report"] as const;
export type Operation = (typeof OPERATIONS)[number];

export const ROLES = ["EMPLOYEE", "MANAGER", "FINANCE", "ADMIN"] as const;
export type BenchRole = (typeof ROLES)[number];

export interface BenchCaller {
  readonly account: string;
  readonly role: BenchRole;
  readonly member: string;
  readonly token: string;
  /** Global ids of entries that this caller may see. */
  readonly entries: readonly string[];
}

export interface BenchRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const YEAR = { first: "2025-11-01", last: "2026-10-31" };
export const LIST_SIZE = 100;
export const NESTED_SIZE = 20;

/** All roles ask for the cost rate; for employees and managers it is cut out, and the answer carries an error. */
export const DOCUMENTS: Readonly<Record<Operation, string>> = {
  list: `query List($first: Int!) { timeEntries(first: $first) { nodes {
    id date start durationSeconds description billable costRate { minor currency }
    member { id name } project { id name customer { id name } } task { id name } } } }`,
  nested: `query Nested($first: Int!, $recent: Int!) { projects(first: $first) { nodes {
    id name customer { name } members { id name }
    timeEntries(first: $recent) { nodes { id durationSeconds description costRate { minor currency } member { name } } } } } }`,
  one: `query One($id: ID!) { node(id: $id) { ... on TimeEntry {
    id durationSeconds description costRate { minor currency } member { name } } } }`,
  report: `query Report($first: Date!, $last: Date!) {
    timeReport(groupBy: [PROJECT, MONTH], filter: { date: { gte: $first, lte: $last } }) { rows {
      key { dimension value label } totals { seconds billableAmount { minor currency } } } } }`,
};

function variablesOf(operation: Operation, id: string): object {
  switch (operation) {
    case "list":
      return { first: LIST_SIZE };
    case "nested":
      return { first: NESTED_SIZE, recent: NESTED_SIZE };
    case "one":
      return { id };
    case "report":
      return YEAR;
    default:
      return operation satisfies never;
  }
}

export function askGateway(operation: Operation, caller: BenchCaller, id: string): BenchRequest {
  return {
    method: "POST",
    path: "/graphql",
    headers: { authorization: `Bearer ${caller.token}`, "content-type": "application/json" },
    body: JSON.stringify({ query: DOCUMENTS[operation], variables: variablesOf(operation, id) }),
  };
}

/** The limit believes a header: who asks costs it nothing. */
export function askLimit(operation: Operation, caller: BenchCaller, id: string): BenchRequest {
  return {
    method: "GET",
    path: operation === "one" ? `/one/${id}` : `/${operation}`,
    headers: { "x-caller": `${caller.account}/${caller.role}/${caller.member}` },
    body: "",
  };
}

export type Ask = typeof askGateway;

/** All requests of one operation, the callers by turns. */
export function requestsOf(ask: Ask, operation: Operation, callers: readonly BenchCaller[]): readonly BenchRequest[] {
  const most = operation === "one" ? Math.max(...callers.map(({ entries }) => entries.length)) : 1;
  return Array.from({ length: most }).flatMap((_, turn) =>
    callers.map((caller) => ask(operation, caller, caller.entries[turn % caller.entries.length] ?? "")),
  );
}
