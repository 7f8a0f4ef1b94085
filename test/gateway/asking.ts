// The gate as a caller meets it, without HTTP: status, headers and body of each answer, and what it did to the database.
import { parse } from "graphql";
import { smallId, type SmallAccount } from "../../seeds/small-rows.ts";
import type { AccountId, Caller, MemberCaller, MemberId, Role } from "../../src/caller.ts";
import { answerError } from "../../src/gateway/answer.ts";
import { createGate } from "../../src/gateway/gate.ts";
import type { OnDenied } from "../../src/gateway/operation.ts";
import type { UsageRecorder } from "../../src/gateway/usage.ts";
import { makeSignals } from "../../src/signal.ts";
import type { Database } from "../../src/storage/database.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { sql } from "../database.ts";
import { catalogue } from "../gateway.ts";

export interface Options {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly onDenied?: OnDenied;
  readonly operationName?: string;
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As sent. */
  readonly body: string;
  readonly data: unknown;
  /** What lies at a path of the data: `timeEntries.nodes.@.id`, where `@` is every element. */
  at(path: string): unknown;
  readonly errors: readonly AnswerError[];
  readonly codes: readonly string[];
  /** Coordinates with how they were used: `TimeEntry.costRate SELECT ROLE`. */
  readonly denied: readonly string[];
  readonly revision: number;
  /** What the log was told of a failure of ours: a test that sees one here has found a fault. */
  readonly failed: readonly string[];
}

export interface Gateway {
  ask(who: Caller, text: string, options?: Options): Promise<Answer>;
}

/** A gate of its own: nothing is remembered from another one, and nothing recorded without a recorder. */
export function openGate(database: Database, usage?: UsageRecorder): Gateway {
  const parts = { catalogue, report: timeReport, database, cursorKey: "a key of tests" };
  const gate = createGate(usage === undefined ? parts : { ...parts, usage });
  return {
    ask: async (caller, text, { variables = {}, onDenied, operationName } = {}) => {
      const failed: string[] = [];
      const signals = makeSignals();
      signals.listen((signal) => signal.kind === "failed" && failed.push(`${signal.what} ${signal.where.join(" ")}`));
      const requestId = "a request of tests";
      const request = { caller, text, document: parse(text), operationName, variables, onDenied, requestId };
      const answer = await gate
        .execute(request)
        .catch((thrown: unknown) => answerError(thrown, { requestId, signals }));
      return { ...answer, ...read(answer.body), failed };
    },
  };
}

type Read = Pick<Answer, "data" | "at" | "errors" | "codes" | "denied" | "revision">;

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[];
  readonly extensions?: { readonly access?: { readonly revision: number } };
}

function follow(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (key === "@") return Array.isArray(value) ? value.map((element) => follow(element, rest)) : undefined;
  return typeof value === "object" && value !== null ? follow(Reflect.get(value, key), rest) : undefined;
}

function read(body: string): Read {
  const parsed: Body = JSON.parse(body);
  const errors = parsed.errors ?? [];
  return {
    data: parsed.data,
    at: (path) => follow(parsed.data, path.split(".")),
    errors,
    codes: errors.map(({ extensions }) => extensions.code),
    denied: errors.flatMap(({ extensions: { coordinate, usage, reason } }) =>
      coordinate === undefined ? [] : [[coordinate, usage, reason].join(" ")],
    ),
    revision: parsed.extensions?.access?.revision ?? 0,
  };
}

const account = (slug: SmallAccount): AccountId => smallId(slug, "account", "account") as AccountId; // cast: an id of the seed

export const asMember = (externalId: string, slug: SmallAccount = "harbour"): MemberCaller => ({
  kind: "member",
  account: account(slug),
  member: smallId(slug, "member", externalId) as MemberId, // cast: as above
});
export const asRole = (role: Role, slug: SmallAccount = "harbour"): Caller => ({
  kind: "role",
  account: account(slug),
  role,
});

/** People of the small seed. Two managers, as each leads another team. */
export const people = {
  ADMIN: asMember("m01"),
  FINANCE: asMember("m02"),
  MANAGER: asMember("m03"),
  EMPLOYEE: asMember("m04"),
  OTHER_MANAGER: asMember("m05"),
  INTEGRATION: asRole("INTEGRATION"),
  STRANGER: asMember("m01", "kestrel"),
} as const satisfies Readonly<Record<string, Caller>>;

/** One hash over every row of every table: two that are equal mean that nothing was written in between. */
export async function contentOf(database: Database): Promise<string> {
  const tables = await sql(
    database,
    "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1",
  );
  const each = tables.map(([name]) => `select '${String(name)}' as name, t::text as line from ${String(name)} t`);
  const all = each.join(" union all ");
  const [row] = await sql(
    database,
    `select md5(string_agg(name || ' ' || line, E'\\n' order by name, line collate "C")), count(*)::text from (${all}) a`,
  );
  if (row === undefined || Number(row[1]) < 50) throw new Error("there is nothing in the database that could change");
  return String(row[0]);
}

/** Sets toggles of harbour by the statement a console would send. */
export async function setToggles(gateway: Gateway, ...changes: readonly string[]): Promise<Answer> {
  const answer = await gateway.ask(
    people.ADMIN,
    `mutation ($changes: [ToggleChangeInput!]!) { setToggles(changes: $changes) { revision userErrors { code } } }`,
    {
      variables: {
        changes: changes.map((change) => {
          const [coordinate, state, audience = "EVERYONE"] = change.split(" ");
          return { coordinate, audience, enabled: state === "on" };
        }),
      },
    },
  );
  const refusals = answer.at("setToggles.userErrors");
  if (!Array.isArray(refusals) || refusals.length > 0) throw new Error(answer.body);
  return answer;
}
