// A gate whose recorder is at hand, and what it tells of a change: for tests of what is recorded, and of what comes of it.
import { beforeAll, beforeEach, expect } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Caller } from "../../src/caller.ts";
import { recordUsage, type UsageRecorder } from "../../src/gateway/usage.ts";
import { makeSignals, type Signal } from "../../src/signal.ts";
import type { Database } from "../../src/storage/database.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";
import { sql } from "../database.ts";
import { openGate, people, type Answer, type Gateway } from "./asking.ts";

export const IMPACT = `mutation ($changes: [ToggleChangeInput!]!, $dryRun: Boolean) { setToggles(changes: $changes, dryRun: $dryRun) {
  impact { operationCount requests people roles unknown since operations {
    name document coordinates narrowed refused requests people roles lastUsedOn } } } }`;

export interface Told {
  readonly operationCount: number;
  readonly requests: number;
  readonly people: number;
  readonly roles: readonly string[];
  readonly unknown: number;
  readonly since: string | null;
  readonly operations: readonly Readonly<Record<string, unknown>>[];
}

export async function impact(gateway: Gateway, change: string, dryRun = true): Promise<Told> {
  const [coordinate, state, audience = "EVERYONE"] = change.split(" ");
  const changes = [{ coordinate, audience, enabled: state === "on" }];
  const answer = await gateway.ask(people.ADMIN, IMPACT, { variables: { changes, dryRun } });
  expect([answer.codes, answer.failed]).toEqual([[], []]);
  return answer.at("setToggles.impact") as Told; // cast: as asked above
}

/** The day of the database, on which all that is counted now is counted. */
export async function today(database: Database): Promise<string> {
  const [row] = await sql(database, "select (statement_timestamp() at time zone 'UTC')::date::text");
  return row?.[0] ?? "";
}

/** Every text of every table, to look for what should be nowhere. */
export async function whole(database: Database): Promise<string> {
  const tables = await sql(database, "select quote_ident(tablename) from pg_tables where schemaname = 'public'");
  const texts: string[] = [];
  for (const [name] of tables) {
    const rows = await sql(database, `select t::text from ${String(name)} t`);
    texts.push(...rows.map(([text]) => text ?? ""));
  }
  return texts.join("\n");
}

export const DURATIONS = `query Durations($id: String) { timeEntries(filter: { externalId: { eq: $id } }) { nodes { durationSeconds } } }`;

export async function counted(database: Database): Promise<number> {
  return Number((await sql(database, "select coalesce(sum(requests), 0)::text from operation_use"))[0]?.[0]);
}

export interface Recording {
  readonly usage: UsageRecorder;
  readonly gateway: Gateway;
  /** What the log was told. */
  readonly signals: readonly Signal[];
  /** Asks, and demands that nothing of ours fails. */
  readonly ask: (who: Caller, text: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;
}

/** The recorder may write to another database than the gate reads, or to one that does not take it. */
export function record(database: Database, written: Database = database): Recording {
  const channel = makeSignals();
  const signals: Signal[] = [];
  channel.listen((signal) => signals.push(signal));
  const usage = recordUsage({ database: written, signals: channel });
  const gateway = openGate(database, usage);
  const ask: Recording["ask"] = async (who, text, variables = {}) => {
    const answer = await gateway.ask(who, text, { variables });
    expect(answer.failed).toEqual([]);
    return answer;
  };
  return { usage, gateway, signals, ask };
}

/** For each test of the describe block one that knows nothing yet, on a database that does neither. */
export function recordingFor(database: () => OpenDatabase): () => Recording {
  let recording: Recording | undefined;
  beforeAll(async () => {
    await seedSmall(database());
  });
  beforeEach(async () => {
    await recording?.usage.stop();
    for (const table of ["operation_use", "operation"]) await sql(database(), `delete from ${table}`);
    recording = record(database());
  });
  return () => {
    if (recording === undefined) throw new Error("ask for the recording inside a test");
    return recording;
  };
}
