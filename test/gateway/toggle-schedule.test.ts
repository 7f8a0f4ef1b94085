// What was scheduled holds from its moment on, by the database's clock: nothing has to run, and nobody has to be told.
import { beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { setTimeout as wait } from "node:timers/promises";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase, sql } from "../database.ts";
import { contentOf, openGate, people, setToggles, type Answer, type Gateway } from "./asking.ts";

const SALARY = "{ account { revision } members(first: 1) { nodes { salary { minor } } } }";
const SET = `mutation ($at: DateTime, $enabled: Boolean!, $coordinate: Coordinate = "Member.salary") {
  setToggles(at: $at, reason: "as planned", changes: [{ coordinate: $coordinate, enabled: $enabled }]) {
    revision changed { coordinate } scheduled { id effectiveAt scheduledBy reason changes { coordinate audience enabled } } } }`;
const WAITING = "{ scheduledToggles { id effectiveAt changes { coordinate enabled } } }";
const HISTORY = "{ toggleHistory(first: 1) { nodes { revision coordinate enabled was changedAt reason } } }";
const CANCEL = "mutation ($id: ID!) { cancelScheduledToggles(id: $id) { revision scheduled { id } } }";

const asFinance = (gateway: Gateway): Promise<Answer> => gateway.ask(people.FINANCE, SALARY);
const isDenied = ({ denied }: Answer): boolean => denied.includes("Member.salary SELECT SWITCHED_OFF_BY_ACCOUNT");

onEachDatabase("a scheduled change", (database, kind) => {
  let gateway: Gateway;
  beforeAll(() => seedSmall(database()));
  beforeEach(() => {
    gateway = openGate(database());
  });
  const now = async (): Promise<number> =>
    Number((await sql(database(), "select extract(epoch from clock_timestamp()) * 1000"))[0]?.[0]);
  const soon = async (milliseconds: number): Promise<string> =>
    new Date(Math.ceil((await now()) + milliseconds)).toISOString();
  const until = async (at: string): Promise<void> => {
    while ((await now()) < Date.parse(at)) await wait(5);
  };
  const schedule = (at: string | null, enabled: boolean, coordinate = "Member.salary"): Promise<Answer> =>
    gateway.ask(people.ADMIN, SET, { variables: { at, enabled, coordinate } });

  /** For a moment that is still ahead when it is written down, however busy the machine is. */
  const plan = async (enabled: boolean, ahead = 500): Promise<{ readonly at: string; readonly answer: Answer }> => {
    const at = await soon(ahead);
    const answer = await schedule(at, enabled);
    return answer.codes.length === 0 ? { at, answer } : plan(enabled, ahead * 2);
  };

  it("holds from its moment on for every gate, with no write in between, under the number that it keeps", async () => {
    const other = openGate(database());
    const { revision } = await asFinance(other);
    const { at, answer: ordered } = await plan(false, 1500);
    expect(ordered.at("setToggles.changed")).toEqual([]);
    expect(ordered.at("setToggles.scheduled")).toMatchObject({
      effectiveAt: at,
      reason: "as planned",
      changes: [{ coordinate: "Member.salary", audience: "EVERYONE", enabled: false }],
    });
    expect(ordered.revision).toBe(revision);
    const before = await contentOf(database());
    for (const gate of [gateway, other]) {
      const early = await asFinance(gate);
      expect([isDenied(early), early.revision]).toEqual([false, revision]);
    }
    await until(at);
    for (const gate of [gateway, other, openGate(database())]) {
      const late = await asFinance(gate);
      expect([isDenied(late), late.revision, late.at("account.revision")]).toEqual([true, revision + 1, revision + 1]);
      expect(late.headers["fieldgate-revision"]).toBe(String(revision + 1));
    }
    expect(await contentOf(database())).toBe(before);
    expect((await gateway.ask(people.ADMIN, WAITING)).at("scheduledToggles")).toEqual([]);
    const shown = await gateway.ask(
      people.ADMIN,
      `{ toggles(type: "Member", audience: EVERYONE, enabled: false) {
      coordinate changedAt reason } }`,
    );
    const salary = { coordinate: "Member.salary", changedAt: at, reason: "as planned" };
    expect(shown.at("toggles")).toContainEqual(salary);
    // The next change settles it.
    const next = await setToggles(gateway, "Task.done off");
    expect(next.at("setToggles.revision")).toBe(revision + 2);
    expect(await sql(database(), "select settled_revision from toggle_schedule")).toEqual([[String(revision + 1)]]);
    const told = await gateway.ask(
      people.ADMIN,
      `{ toggleHistory { nodes { revision coordinate changedAt reason } } }`,
    );
    expect(told.at("toggleHistory.nodes")).toContainEqual({ revision: revision + 1, ...salary });
  });

  it("is settled by whoever reads the history, and no number moves", async () => {
    const { revision } = await asFinance(gateway);
    const { at } = await plan(true);
    await until(at);
    expect((await asFinance(gateway)).revision).toBe(revision + 1);
    const history = await gateway.ask(people.ADMIN, HISTORY);
    expect(history.revision).toBe(revision + 1);
    expect(history.at("toggleHistory.nodes")).toEqual([
      {
        revision: revision + 1,
        coordinate: "Member.salary",
        enabled: true,
        was: false,
        changedAt: at,
        reason: "as planned",
      },
    ]);
    expect((await asFinance(gateway)).revision).toBe(revision + 1);
  });

  it("is counted although it changes nothing, and two that are due have two numbers, in their order", async () => {
    const { revision } = await asFinance(gateway);
    const [first, second] = [await soon(1000), await soon(1800)];
    await schedule(second, true);
    await schedule(first, false);
    expect((await gateway.ask(people.ADMIN, WAITING)).at("scheduledToggles.@.effectiveAt")).toEqual([first, second]);
    await until(first);
    const between = await asFinance(gateway);
    await until(second);
    const late = await asFinance(gateway);
    expect([isDenied(between), between.revision]).toEqual([true, revision + 1]);
    expect([isDenied(late), late.revision]).toEqual([false, revision + 2]);
    const { at: same } = await plan(true);
    await until(same);
    expect((await asFinance(gateway)).revision).toBe(revision + 3);
    await gateway.ask(people.ADMIN, HISTORY);
    expect((await asFinance(gateway)).revision).toBe(revision + 3);
  });

  it("has its number before that of a role that is given after its moment", async () => {
    const { revision } = await asFinance(gateway);
    const { at } = await plan(false);
    await until(at);
    const give = `insert into member_role (account_id, member_id, role) select account_id, id, 'FINANCE' from member
      where account_id = $1 and external_id = 'm04'`;
    await sql(database(), give, [people.ADMIN.account]);
    expect((await asFinance(gateway)).revision).toBe(revision + 2);
    const told = await gateway.ask(people.ADMIN, HISTORY);
    expect(told.at("toggleHistory.nodes.@.revision")).toEqual([revision + 1]);
    await setToggles(gateway, "Member.salary on");
  });

  it("is asked about only, with dryRun: nothing is written", async () => {
    const before = await contentOf(database());
    const text = SET.replace("setToggles(", "setToggles(dryRun: true, ");
    const variables = { at: await soon(400), enabled: false };
    const answer = await gateway.ask(people.ADMIN, text, { variables });
    expect(answer.at("setToggles.changed")).toEqual([{ coordinate: "Member.salary" }]);
    expect(answer.at("setToggles.scheduled")).toBeNull();
    expect(await contentOf(database())).toBe(before);
  });

  describe("is refused", () => {
    it("for a moment that is not ahead", async () => {
      const before = await contentOf(database());
      for (const at of ["2020-01-01T00:00:00Z", await soon(-1), await soon(0)]) {
        expect((await schedule(at, false)).codes).toEqual(["AT_PAST"]);
      }
      expect(await contentOf(database())).toBe(before);
    });

    it("for what cannot be switched, now or then", async () => {
      const before = await contentOf(database());
      const at = await soon(60_000);
      expect((await schedule(at, false, "Member.id")).codes).toEqual(["TOGGLE_FIXED"]);
      expect((await schedule(at, false, "Member.nothing")).codes).toEqual(["TOGGLE_UNKNOWN"]);
      expect(await contentOf(database())).toBe(before);
    });

    it("for whoever is no administrator", async () => {
      const before = await contentOf(database());
      const at = await soon(60_000);
      for (const who of [people.FINANCE, people.MANAGER]) {
        const answers = [
          await gateway.ask(who, SET, { variables: { at, enabled: false } }),
          await gateway.ask(who, WAITING),
          await gateway.ask(who, CANCEL, { variables: { id: "AGQAAAAAAAAAAAAAAAAAAAAA" } }),
        ];
        for (const answer of answers) expect(new Set(answer.codes)).toEqual(new Set(["UNAUTHORIZED_FIELD_OR_TYPE"]));
      }
      expect(await contentOf(database())).toBe(before);
    });
  });

  it("does not wait beside a hundred others, and does again when one of them is taken back", async () => {
    const at = await soon(3_600_000);
    const waiting = async () => (await gateway.ask(people.ADMIN, WAITING)).at("scheduledToggles.@.id") as unknown[]; // cast: as asked
    for (let count = (await waiting()).length; count < 100; count += 1)
      expect((await schedule(at, false)).codes).toEqual([]);
    const before = await contentOf(database());
    const answer = await schedule(at, false);
    expect([answer.codes, answer.failed]).toEqual([["SCHEDULE_FULL"], []]);
    expect(await contentOf(database())).toBe(before);
    const [first] = await waiting();
    expect((await gateway.ask(people.ADMIN, CANCEL, { variables: { id: first } })).codes).toEqual([]);
    expect((await schedule(at, false)).codes).toEqual([]);
    for (const id of await waiting()) await gateway.ask(people.ADMIN, CANCEL, { variables: { id } });
  });

  describe("is taken back", () => {
    it("before its moment, and once", async () => {
      const { revision } = await asFinance(gateway);
      const { at, answer } = await plan(false, 1500);
      const id = answer.at("setToggles.scheduled.id");
      const cancelled = await gateway.ask(people.ADMIN, CANCEL, { variables: { id } });
      expect(cancelled.at("cancelScheduledToggles")).toEqual({ revision, scheduled: { id } });
      const before = await contentOf(database());
      expect((await gateway.ask(people.ADMIN, CANCEL, { variables: { id } })).codes).toEqual(["SCHEDULE_ENDED"]);
      await until(at);
      expect((await asFinance(gateway)).revision).toBe(revision);
      expect(await contentOf(database())).toBe(before);
    });

    it("not any more when it has taken effect, and not by another account", async () => {
      const { revision } = await asFinance(gateway);
      const { at, answer } = await plan(true, 1000);
      const id = answer.at("setToggles.scheduled.id");
      const before = await contentOf(database());
      expect((await gateway.ask(people.STRANGER, CANCEL, { variables: { id } })).codes).toEqual(["SCHEDULE_ENDED"]);
      await until(at);
      await asFinance(gateway);
      expect((await gateway.ask(people.ADMIN, CANCEL, { variables: { id } })).codes).toEqual(["SCHEDULE_ENDED"]);
      expect(await contentOf(database())).toBe(before);
      expect((await asFinance(gateway)).revision).toBe(revision + 1);
    });
  });

  describe("is kept by the database", () => {
    it("as it was written down, whoever asks", async () => {
      await schedule(await soon(60_000), false);
      const before = await contentOf(database());
      const attempts = [
        ["toggle_schedule_only_ends", "update toggle_schedule set enabled = '{t}' where settled_revision is null"],
        [
          "toggle_schedule_only_ends",
          "update toggle_schedule set effective_at = clock_timestamp() where settled_revision is null",
        ],
        [
          "toggle_schedule_only_ends",
          "update toggle_schedule set settled_revision = 99 where settled_revision is null",
        ],
        ["toggle_schedule_only_ends", "update toggle_schedule set settled_revision = null"],
        ["toggle_schedule_kept", "delete from toggle_schedule"],
        ["toggle_schedule_kept", "truncate toggle_schedule"],
      ];
      for (const [constraint, text = ""] of attempts) {
        await expect(sql(database(), text)).rejects.toMatchObject({ code: "23001", constraint });
      }
      expect(await contentOf(database())).toBe(before);
    });

    it("a change that is under way while it takes effect is undone: its number would have been two things", async () => {
      const { at } = await plan(true, 1200);
      const before = await contentOf(database());
      const across = database().write(async (transaction) => {
        await sql(transaction, "update toggle set enabled = not enabled where account_id = $1", [people.ADMIN.account]);
        const left = "select pg_sleep(greatest(0, extract(epoch from $1::timestamptz - clock_timestamp())))";
        await sql(transaction, left, [at]);
      });
      await expect(across).rejects.toMatchObject({ code: "COLLIDED" });
      expect(await contentOf(database())).toBe(before);
    });
  });

  if (kind === "postgresql") {
    it("no number is ever two things, and none falls, while others change and read at once", async () => {
      await setToggles(gateway, "Member.salary on");
      const start = (await now()) + 1500;
      for (const [index, enabled] of [false, true, false, true, false].entries()) {
        await schedule(new Date(Math.ceil(start + index * 170)).toISOString(), enabled);
      }
      const content = new Map<number, Set<string>>();
      const fell: (readonly number[])[] = [];
      const read = async (gate: Gateway): Promise<void> => {
        let last = 0;
        while ((await now()) < start + 1200) {
          const answer = await gate.ask(people.ADMIN, `${SALARY.slice(0, -1)} teams(first: 1) { nodes { name } } }`);
          if (answer.status === 503) continue; // it moved in each of three tries, and says so
          if (answer.revision < last) fell.push([last, answer.revision]);
          last = answer.revision;
          const seen = content.get(last) ?? new Set();
          content.set(last, seen.add(answer.denied.join()));
        }
      };
      let [made, collided] = [0, 0];
      const change = async (gate: Gateway): Promise<void> => {
        for (let turn = 0; (await now()) < start + 1200; turn += 1) {
          const variables = { enabled: turn % 2 === 0, coordinate: "Team.name" };
          const answer = await gate.ask(people.ADMIN, SET, { variables });
          if (answer.codes.includes("COLLIDED")) collided += 1;
          else if (answer.codes.length === 0) made += 1;
          await wait(10);
        }
      };
      await Promise.all([read(openGate(database())), read(openGate(database())), change(openGate(database()))]);
      expect(fell).toEqual([]);
      expect([...content].filter(([, seen]) => seen.size > 1)).toEqual([]);
      expect([made > 3, content.size > 8, collided < made * 20]).toEqual([true, true, true]);
      const twice = await sql(
        database(),
        `select revision, coordinate, changed_at, changed_by from toggle_change c where exists (select from toggle_change o
          where o.revision = c.revision and o.coordinate <> c.coordinate) order by 1, 2`,
      );
      expect(twice).toEqual([]);
    });
  }
});
