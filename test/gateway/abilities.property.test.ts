// A frontend that unpacks `viewer.abilities` hides what the gate does not show, and nothing else.
import { createMongoAbility, subject, type MongoAbility } from "@casl/ability";
import { unpackRules } from "@casl/ability/extra";
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Caller } from "../../src/caller.ts";
import type { Database } from "../../src/storage/database.ts";
import { databaseFor } from "../database.ts";
import { undone } from "../gateway.ts";
import { random as choices } from "../oracle/random.ts";
import { openGate, people, setToggles, type Answer } from "./asking.ts";
import { roots, rowsOf, secondRole, selecting, someToggles, wholeRows, type Root, type Row } from "./whole.ts";

const database = databaseFor("pglite");
const callers = [
  people.EMPLOYEE,
  people.MANAGER,
  people.FINANCE,
  people.OTHER_MANAGER,
  people.ADMIN,
  people.INTEGRATION,
];

let truth: Awaited<ReturnType<typeof wholeRows>>;

beforeAll(async () => {
  await seedSmall(database());
  truth = await wholeRows(database());
});

async function abilityOf(account: Database, who: Caller): Promise<MongoAbility> {
  const answer = await openGate(account).ask(who, "{ viewer { abilities } }");
  expect(answer.errors).toEqual([]);
  const packed = answer.at("viewer.abilities") as Parameters<typeof unpackRules>[0]; // cast: what the schema promises
  return createMongoAbility(unpackRules(packed) as Parameters<typeof createMongoAbility>[0]); // cast: as above
}

/** Nothing where the row itself tells nothing: the cell is empty anyway, or shows what is a row of its own. */
function shows(row: Row, whole: Row | undefined, field: string): boolean | undefined {
  const value = row[field];
  if (value !== null) return true;
  return whole?.[field] === null || typeof whole?.[field] === "object" ? undefined : false;
}

interface Seen {
  shown: number;
  unshown: number;
  masked: number;
  absent: number;
}

interface Comparing {
  readonly ability: MongoAbility;
  readonly answer: Answer;
  readonly seen: Seen;
}

/** Every cell of every row of one type. */
function compare({ name, root, fields }: Root, { ability, answer, seen }: Comparing): readonly string[] {
  const denied = new Set(
    answer.errors
      .filter(({ extensions }) => extensions["reason"] !== "ROW_CONDITION")
      .map(({ extensions }) => extensions["coordinate"]),
  );
  const wrong: string[] = [];
  const rows = rowsOf(answer, root);
  for (const row of rows) {
    for (const field of Object.keys(fields)) {
      const found = ability.can("read", subject(name, { ...row }), field);
      const expected = denied.has(`${name}.${field}`) ? false : shows(row, truth.get(name)?.get(row["id"]), field);
      if (expected !== undefined && expected !== found)
        wrong.push(`${name}.${field} ${String(row["id"])} is ${found ? "not " : ""}shown`);
      if (expected === true) seen.shown += 1;
      if (expected === false) seen.unshown += 1;
      if (expected === false && !denied.has(`${name}.${field}`)) seen.masked += 1;
    }
  }
  // Rows that are not shown at all. A rule that speaks of a closed field is left out: then nothing can be said of them.
  const shown = new Set(rows.map((row) => row["id"]));
  for (const [id, row] of denied.size === 0 ? (truth.get(name) ?? []) : []) {
    if (shown.has(id)) continue;
    seen.absent += 1;
    const readable = Object.keys(fields).filter((field) => ability.can("read", subject(name, { ...row }), field));
    if (readable.length > 0) wrong.push(`${name} ${String(id)} is not there, and ${readable.join()} of it readable`);
  }
  return wrong;
}

it("gives the same answer as the gate, of every cell of every row, whatever is switched and whoever asks", async () => {
  const random = choices(77);
  const seen: Seen = { shown: 0, unshown: 0, masked: 0, absent: 0 };
  for (let round = 0; round < 30; round += 1) {
    await undone(database(), async (account) => {
      const who = random.pick(callers);
      if (random.chance(0.4)) await secondRole(account, who, random.pick(["EMPLOYEE", "MANAGER", "FINANCE"]));
      const some = someToggles(random, 30, 60);
      await setToggles(openGate(account), ...some, "Team on MANAGER");
      const ability = await abilityOf(account, who);
      for (const root of roots) {
        const answer = await openGate(account).ask(who, selecting(root));
        expect([some, who, compare(root, { ability, answer, seen })]).toEqual([some, who, []]);
      }
    });
  }
  expect(seen.shown).toBeGreaterThan(500);
  expect(seen.unshown).toBeGreaterThan(500);
  expect(seen.masked).toBeGreaterThan(10);
  expect(seen.absent).toBeGreaterThan(10);
});
