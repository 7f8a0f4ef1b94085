// What was asked is counted, without its values, and off the way of who asks.
import { describe, expect, it } from "@jest/globals";
import { parse } from "graphql";
import type { MemberId, Revision } from "../../src/caller.ts";
import { Documents, type KnownOperation } from "../../src/gateway/document.ts";
import type { Coordinate } from "../../src/permission/coordinate.ts";
import { Standings, type Standing } from "../../src/permission/current.ts";
import { NO_SETTINGS } from "../../src/permission/settings.ts";
import { ROOT, type Use } from "../../src/permission/use.ts";
import { openDatabase } from "../../src/storage/open.ts";
import type { Reader, Value } from "../../src/storage/database.ts";
import { onEachDatabase, sql } from "../database.ts";
import { catalogue } from "../gateway.ts";
import { people, setToggles } from "./asking.ts";
import { counted, DURATIONS, impact, record, recordingFor, whole } from "./recording.ts";

const isHarbours = ([accounts]: readonly Value[]): boolean =>
  Array.isArray(accounts) && accounts.includes(people.EMPLOYEE.account);

type Work<T> = (transaction: Reader) => Promise<T>;

const STANDING: Standing = {
  revision: 1 as Revision, // cast: of no account
  roles: ["EMPLOYEE"],
  settings: NO_SETTINGS,
  onDenied: "NULL",
  set: new Standings(catalogue).setOf(["EMPLOYEE"], NO_SETTINGS),
};
const USES: readonly Use[] = [{ coordinate: "Query.viewer" as Coordinate, beneath: ROOT }]; // cast: it is in the schema

function knownOperation(): KnownOperation {
  const text = "{ viewer { name } }";
  return new Documents().operation({ text, document: parse(text), operationName: undefined }, catalogue.schema);
}

onEachDatabase("recorded usage", (database, kind) => {
  const recording = recordingFor(database);

  it("who asked with which values is nowhere in the database", async () => {
    const text = `query Planted($v: String = "planted-default", $f: TimeEntryFilter) {
      planted_alias: timeEntries(first: 7, filter: { breakSeconds: { ne: 741852963 }, or: [{ externalId: { in: ["planted-one", $v] } }, { project: { name: { contains: """planted
      block""" } } }] }) { nodes { id @include(if: true) } }
      given: timeEntries(filter: $f) { totalCount } # planted comment
    }`;
    const variables = { v: "planted-variable", f: { project: { name: { contains: "planted-deep" } } } };
    const answer = await recording().ask(people.ADMIN, text, variables);
    expect(answer.codes).toEqual([]);
    await recording().usage.flush();
    expect(await counted(database())).toBe(1);
    const everything = await whole(database());
    expect(everything).toContain("query Planted");
    expect(everything).not.toMatch(/planted/);
    expect(everything).not.toMatch(/741852963/);
  });

  it("two processes add up, also when they write at the same time", async () => {
    const open = database();
    const own = "url" in open ? await openDatabase({ url: open.url }) : open;
    const both = [recording(), record(own)];
    for (let round = 0; round < 5; round += 1) {
      for (const who of [people.EMPLOYEE, people.MANAGER, people.FINANCE]) {
        for (const one of both) await one.ask(who, DURATIONS);
      }
      await Promise.all(both.map(({ usage }) => usage.flush()));
    }
    expect(both.flatMap(({ signals }) => signals)).toEqual([]);
    expect(await counted(database())).toBe(30);
    expect(await impact(recording().gateway, "TimeEntry.durationSeconds off")).toMatchObject({
      requests: 30,
      people: 3,
    });
    await both[1]?.usage.stop();
    if (own !== open) await own.close();
  });

  it("a stop loses nothing", async () => {
    for (let asked = 0; asked < 7; asked += 1) await recording().ask(people.EMPLOYEE, DURATIONS);
    expect(await counted(database())).toBe(0);
    await recording().usage.stop();
    expect(await counted(database())).toBe(7);
    await recording().usage.flush();
    expect(await counted(database())).toBe(7);
  });

  describe("while the database does not take it", () => {
    it("no answer waits for it", async () => {
      const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
      const hanging = { ...database(), write: <T>(work: Work<T>) => held.then(() => database().write(work)) };
      const { ask, usage } = record(database(), hanging);
      await ask(people.EMPLOYEE, DURATIONS);
      let isWritten = false;
      const flushed = usage.flush().then(() => (isWritten = true));
      for (let asked = 0; asked < 3; asked += 1) await ask(people.EMPLOYEE, DURATIONS);
      expect(isWritten).toBe(false);
      expect(await counted(database())).toBe(0);
      release(undefined);
      await flushed;
      await usage.stop();
      expect(await counted(database())).toBe(4);
    });

    it("nothing fails, it is told, and nothing is lost", async () => {
      let isDown = true;
      const failing = {
        ...database(),
        write: <T>(work: Work<T>) => (isDown ? Promise.reject<T>(new Error("secret words")) : database().write(work)),
      };
      const { ask, usage, signals } = record(database(), failing);
      for (let asked = 0; asked < 3; asked += 1) {
        await ask(people.EMPLOYEE, DURATIONS);
        await usage.flush();
      }
      expect(signals).toEqual([1, 2, 3].map((requests) => ({ kind: "unrecorded", requests, what: "Error" })));
      isDown = false;
      await usage.stop();
      expect(await counted(database())).toBe(3);
      expect(signals).toHaveLength(3);
    });
  });

  it("an account that cannot be written keeps back no other", async () => {
    const picky = {
      ...database(),
      write: <T>(work: Work<T>) =>
        database().write((transaction) =>
          work({
            run: (statement, values) =>
              isHarbours(values) ? Promise.reject(new Error()) : transaction.run(statement, values),
          }),
        ),
    };
    const { ask, usage, signals } = record(database(), picky);
    await ask(people.EMPLOYEE, DURATIONS);
    await ask(people.STRANGER, DURATIONS);
    await usage.flush();
    expect(signals).toEqual([{ kind: "unrecorded", requests: 1, what: "Error" }]);
    expect(await sql(database(), "select distinct account_id from operation_use")).toEqual([[people.STRANGER.account]]);
    await usage.stop();
  });

  it("a change of toggles does not wait for the sums of others", async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
    const slow = {
      ...database(),
      write: <T>(work: Work<T>) =>
        database().write(async (transaction) => {
          const result = await work(transaction);
          begin(undefined);
          await held;
          return result;
        }),
    };
    const { usage, gateway, ask } = record(database(), slow);
    await ask(people.STRANGER, DURATIONS);
    const flushed = usage.flush();
    await begun;
    // One connection is all that an embedded database has.
    if (kind === "pglite") release(undefined);
    await setToggles(gateway, "TimeEntry.durationSeconds off");
    await setToggles(gateway, "TimeEntry.durationSeconds on");
    release(undefined);
    await flushed;
    await usage.stop();
    expect(await counted(database())).toBe(3);
  });

  it("whoever is gone by then keeps back nobody else", async () => {
    const stays = { ...people.EMPLOYEE };
    const gone = { ...stays, member: "00000000-0000-7000-8000-0000000000ff" as MemberId }; // cast: of nobody
    const { usage, signals } = recording();
    const [known, standing] = [knownOperation(), { ...STANDING }];
    usage.count({ caller: gone, standing, known, uses: USES });
    usage.count({ caller: stays, standing: { ...STANDING }, known, uses: USES });
    await usage.flush();
    expect(signals).toEqual([]);
    expect(await counted(database())).toBe(1);
  });

  it("more than memory should hold is counted by who asked, and no longer by what", async () => {
    const { usage, signals } = recording();
    const known = knownOperation();
    for (let form = 0; form < 10_005; form += 1) {
      const uses = [{ coordinate: `Query.made${form}` as Coordinate, beneath: ROOT }]; // cast: made up
      usage.count({ caller: people.EMPLOYEE, standing: STANDING, known, uses });
    }
    await usage.flush();
    expect(signals).toEqual([]);
    expect(await counted(database())).toBe(10_005);
    expect(await sql(database(), "select count(*), sum(requests) filter (where hash = '') from operation_use")).toEqual(
      [["10001", "5"]],
    );
  });

  it("what is older than 30 days is gone, with the operations that nobody has sent since", async () => {
    await recording().ask(people.EMPLOYEE, DURATIONS);
    await recording().ask(people.EMPLOYEE, "query Old { viewer { name } }");
    await recording().usage.flush();
    await sql(database(), "update operation_use set day = day - 29");
    await recording().usage.flush();
    expect(await counted(database())).toBe(2);
    expect(await impact(recording().gateway, "TimeEntry.durationSeconds off")).toMatchObject({ requests: 1 });
    await sql(database(), "update operation_use set day = day - 1");
    expect(await impact(recording().gateway, "TimeEntry.durationSeconds off")).toMatchObject({
      requests: 0,
      since: null,
    });
    await recording().ask(people.EMPLOYEE, DURATIONS);
    await recording().usage.flush();
    expect(await counted(database())).toBe(1 + 2); // and the two questions above
    expect(await sql(database(), "select name from operation where name in ('Old', 'Durations')")).toEqual([
      ["Durations"],
    ]);
  });

  it("beyond the most operations of an account requests are still counted, and said to be unknown", async () => {
    await sql(
      database(),
      `insert into operation select id, 'made' || n, null, '', '{}', '{}' from account, generate_series(1, 10000) n where slug = 'harbour'`,
    );
    await recording().ask(people.EMPLOYEE, DURATIONS);
    await recording().ask(people.STRANGER, DURATIONS);
    await recording().usage.flush();
    expect(recording().signals).toEqual([]);
    expect(await counted(database())).toBe(2);
    expect(await impact(recording().gateway, "TimeEntry.durationSeconds off")).toMatchObject({
      operationCount: 0,
      unknown: 1,
    });
  });
});
