// A change of a switch is in force everywhere with its commit: two gateway processes, one writer, 10,000 reads.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { systemClock } from "../../src/clock.ts";
import { developmentIssuer } from "../../src/identity/issuer.ts";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor } from "../database.ts";
import { post, startServer, type Reply, type Server } from "./server.ts";

const READS = 10_000;
const READERS = 8;

const database = databaseFor("postgresql");
const servers: Server[] = [];
let admin = "";
let finance = "";

beforeAll(async () => {
  const open = database();
  await seedSmall(open);
  if (!("url" in open)) throw new Error("two processes need a database server");
  servers.push(await startServer(open.url), await startServer(open.url));
  const issuer = developmentIssuer(open, systemClock);
  const token = (role: "ADMIN" | "FINANCE") => issuer.sign({ kind: "role", account: "harbour", role }, 3600);
  [admin, finance] = [await token("ADMIN"), await token("FINANCE")];
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const FLIP = `mutation ($enabled: Boolean!) { setToggles(changes: [{ coordinate: "TimeEntry.costRate", enabled: $enabled }]) { revision } }`;
const READ = `{ timeEntries(filter: { externalId: { eq: "e01" } }) { nodes { costRate { minor } } } }`;
const FILTERED = `{ timeEntries(filter: { costRate: { gt: 1 } }) { totalCount } }`;

it("no answer of either process is older than the last commit before its question, nor mixes two", async () => {
  const [writing, reading] = servers;
  if (writing === undefined || reading === undefined) throw new Error("two servers were started");
  const flip = async (enabled: boolean): Promise<number> =>
    (await post({ server: writing, token: admin }, FLIP, { enabled })).revision;
  // Off with every even step from here on, on with every odd one.
  const start = await flip(false);
  const isOpen = (revision: number): boolean => (revision - start) % 2 === 1;
  let committed = start;
  const todo = { left: READS };
  let flips = 0;
  const wrong: string[] = [];
  const seen = { open: 0, closed: 0, moved: 0, again: 0 };

  const judge = (reply: Reply, floor: number, shown: boolean): void => {
    if (reply.revision < floor)
      wrong.push(`revision ${reply.revision}, and ${floor} was committed before: ${reply.body}`);
    if (shown !== isOpen(reply.revision))
      wrong.push(`of revision ${reply.revision}, and not as it says: ${reply.body}`);
    seen[shown ? "open" : "closed"] += 1;
    if (reply.revision > floor) seen.moved += 1;
  };
  const read = async (reader: number): Promise<void> => {
    for (; todo.left > 0 && wrong.length < 5;) {
      todo.left -= 1;
      const server = reader % 4 === 0 ? writing : reading;
      const floor = committed;
      const filters = todo.left % 5 === 0;
      const reply = await post({ server, token: finance }, filters ? FILTERED : READ);
      // "Try again" is no stale answer: the switch moved during each of three tries.
      if (reply.body.includes("ACCESS_UNAVAILABLE")) seen.again += 1;
      else judge(reply, floor, filters ? reply.data !== null : reply.body.includes("4350"));
    }
  };
  const write = async (): Promise<void> => {
    for (; todo.left > 0 && wrong.length < 5; flips += 1) {
      const next = await flip(!isOpen(committed));
      expect(next).toBe(committed + 1);
      committed = next;
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  await Promise.all([write(), ...Array.from({ length: READERS }, (_, reader) => read(reader))]);
  expect(wrong).toEqual([]);
  // Otherwise there was no race.
  expect(flips).toBeGreaterThan(100);
  expect(Math.min(seen.open, seen.closed)).toBeGreaterThan(READS / 10);
  expect(seen.moved).toBeGreaterThan(10);
  expect(seen.again).toBeLessThan(READS / 100);
}, 120_000);
