// A timer: begun now and ended now, by the database's clock, and never two of one person.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Database } from "../../src/storage/database.ts";
import { databaseFor, onEachDatabase, sql } from "../database.ts";
import { ask, everything, idOf, undone, type Answer, type Who } from "../gateway.ts";
import { harbour, pointing, type Input } from "./writing.ts";

const [admin, finance, lead, aisha] = ["m01", "m02", "m03", "m04"].map(harbour) as [Who, Who, Who, Who]; // cast: four in, four out
const SHOWN = "timeEntry { id start end date durationSeconds status locked project { name } member { name } }";
const START = `mutation ($input: StartTimerInput!) { done: startTimer(input: $input) { ${SHOWN} userErrors { field code } } }`;
const STOP = `mutation ($id: ID!) { done: stopTimer(id: $id) { ${SHOWN} userErrors { field code } } }`;

interface Done {
  readonly timeEntry: {
    readonly id: string;
    readonly start: string;
    readonly end: string | null;
    readonly date: string;
    readonly durationSeconds: number;
  } | null;
  readonly userErrors: readonly { readonly field: readonly string[] | null; readonly code: string }[];
}
const done = ({ data }: Answer): Done => data?.["done"] as Done; // cast: both documents ask for it
const codes = (answer: Answer): readonly string[] => done(answer).userErrors.map(({ code }) => code);

const start = (database: Database, who: Who, input: Input = {}): Promise<Answer> =>
  ask(database, who, { text: START, variables: { input } });
const stop = (database: Database, who: Who, id: string): Promise<Answer> =>
  ask(database, who, { text: STOP, variables: { id } });
const started = async (database: Database, who: Who): Promise<string> =>
  done(await start(database, who)).timeEntry?.id ?? "none";

/** As if it had been started so long ago. */
const began = (database: Database, ago: string): Promise<unknown> =>
  sql(
    database,
    `update time_entry set started_at = clock_timestamp() - $1::interval where ended_at is null and duration_seconds = 0`,
    [ago],
  );

onEachDatabase("a timer", (database) => {
  beforeAll(() => seedSmall(database()));
  const begin = (work: (inner: Database) => Promise<void>) => undone(database(), work);

  it("begins now, and counts on today's local day", async () => {
    await begin(async (inner) => {
      const answer = await start(inner, aisha, { ...pointing({ project: "p01" }), description: "Berths" });
      expect(answer.errors).toEqual([]);
      const { timeEntry: entry } = done(answer);
      expect(entry).toMatchObject({
        end: null,
        durationSeconds: 0,
        status: "OPEN",
        project: { name: "Berth booking" },
      });
      expect(entry).toMatchObject({ member: { name: "Aisha Rahman" }, locked: false });
      const [row] = await sql(
        inner,
        `select abs(extract(epoch from clock_timestamp() - $1::timestamptz)) < 60, ($1::timestamptz at time zone 'Europe/London')::date::text`,
        [entry?.start ?? null],
      );
      expect(row).toEqual(["t", entry?.date]);
    });
  });

  it("ends now, and counts what lies between", async () => {
    await begin(async (inner) => {
      const id = await started(inner, aisha);
      await began(inner, "90 minutes");
      const { timeEntry: entry } = done(await stop(inner, aisha, id));
      expect(entry?.durationSeconds).toBeGreaterThanOrEqual(5400);
      expect(entry?.durationSeconds).toBeLessThan(5460);
      const between = Date.parse(entry?.end ?? "") - Date.parse(entry?.start ?? "");
      expect(entry?.durationSeconds).toBe(Math.floor(between / 1000));
    });
  });

  it("is one for each person: another of theirs is refused while it runs, and nothing is written", async () => {
    await begin(async (inner) => {
      await start(inner, aisha);
      const before = await everything(inner);
      expect(codes(await start(inner, aisha))).toEqual(["TIMER_RUNNING"]);
      expect(await everything(inner)).toBe(before);
      expect(codes(await start(inner, lead))).toEqual([]);
    });
  });

  it("can be started again when it was stopped", async () => {
    await begin(async (inner) => {
      const id = await started(inner, aisha);
      await began(inner, "1 hour");
      expect(codes(await stop(inner, aisha, id))).toEqual([]);
      expect(codes(await start(inner, aisha))).toEqual([]);
    });
  });

  it.each([
    ["an entry that has ended", "e01", "NOT_RUNNING"],
    ["an entry that is not there", "none", "NOT_FOUND"],
  ])("is not stopped twice, nor what is none: %s", async (_words, name, code) => {
    await begin(async (inner) => {
      const before = await everything(inner);
      const id = name === "none" ? idOf("TimeEntry", "e01", "kestrel") : idOf("TimeEntry", name);
      expect(codes(await stop(inner, admin, id))).toEqual([code]);
      expect(await everything(inner)).toBe(before);
    });
  });

  it("of somebody else is not there for a colleague, and can be stopped by an administrator", async () => {
    await begin(async (inner) => {
      const id = await started(inner, lead);
      await began(inner, "1 hour");
      expect(codes(await stop(inner, aisha, id))).toEqual(["NOT_FOUND"]);
      expect(codes(await stop(inner, admin, id))).toEqual([]);
    });
  });

  it("that was forgotten for more than a week is ended by hand", async () => {
    await begin(async (inner) => {
      const id = await started(inner, aisha);
      await began(inner, "8 days");
      expect(codes(await stop(inner, aisha, id))).toEqual(["DURATION_OUT_OF_RANGE"]);
    });
  });

  it.each([
    ["finance, who write no work", finance],
    ["a program, which is nobody", { account: "harbour", role: "INTEGRATION" } as const],
  ])("is not for %s", async (_words, who) => {
    await begin(async (inner) => {
      const before = await everything(inner);
      const answer = await start(inner, who);
      expect(answer.errors.map(({ extensions }) => extensions["coordinate"])).toContain("Mutation.startTimer");
      expect(await everything(inner)).toBe(before);
    });
  });

  it("needs a person: an administrator who is only a role has no work of their own", async () => {
    await begin(async (inner) => {
      expect(codes(await start(inner, { account: "harbour", role: "ADMIN" }))).toEqual(["MEMBER_NEEDED"]);
    });
  });

  it("is closed with the times that it would write", async () => {
    await begin(async (inner) => {
      const off = `mutation { setToggles(changes: [{coordinate: "TimeEntry.start", audience: EMPLOYEE, enabled: false}]) { revision } }`;
      await ask(inner, admin, off);
      const before = await everything(inner);
      const answer = await start(inner, aisha);
      expect(answer.errors.map(({ extensions }) => extensions["coordinate"])).toContain("Mutation.startTimer");
      expect(await everything(inner)).toBe(before);
    });
  });
});

describe("timers that are started at once", () => {
  const database = databaseFor("postgresql");
  beforeAll(() => seedSmall(database()));

  it("are one for each person, and the others are refused", async () => {
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([1, 2, 3, 4].map(() => start(database(), aisha)));
      expect(answers.flatMap(codes)).toEqual(["TIMER_RUNNING", "TIMER_RUNNING", "TIMER_RUNNING"]);
      await sql(database(), "delete from time_entry where ended_at is null and duration_seconds = 0");
    }
  });
});
