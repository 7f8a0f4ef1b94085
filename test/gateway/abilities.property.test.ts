// A frontend that unpacks `viewer.abilities` hides what the gate does not show, and nothing else.
import { createMongoAbility, subject, type MongoAbility } from "@casl/ability";
import { unpackRules } from "@casl/ability/extra";
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { ROLES, type Caller } from "../../src/caller.ts";
import { AUDIENCES } from "../../src/permission/settings.ts";
import type { Database } from "../../src/storage/database.ts";
import { subjects } from "../../src/tables.ts";
import { databaseFor, sql } from "../database.ts";
import { catalogue, undone } from "../gateway.ts";
import { random as choices, type Random } from "../oracle/random.ts";
import { openGate, people, setToggles, type Answer } from "./asking.ts";

type Row = Readonly<Record<string, unknown>>;

const database = databaseFor("pglite");
const roots = subjects.flatMap(({ name, root, fields }) =>
  root === undefined ? [] : [{ name, root: root.name, fields }],
);
const switchable = [...catalogue.entries.values()].filter(({ declared }) => !declared.fixed);
const callers = [
  people.EMPLOYEE,
  people.MANAGER,
  people.FINANCE,
  people.OTHER_MANAGER,
  people.ADMIN,
  people.INTEGRATION,
];

const part = (kind: string, name: string): string => {
  if (kind === "money" || kind === "amount" || kind === "sum") return `${name} { minor currency }`;
  if (kind === "one" || kind === "many") return `${name} { id }`;
  if (kind === "connection") return `${name} { totalCount }`;
  return kind === "totals" ? `${name} { seconds }` : name;
};

const selecting = ({ root, fields }: (typeof roots)[number]): string =>
  `{ ${root}(first: 500) { nodes { ${Object.entries(fields)
    .map(([name, { source }]) => part(source.kind, name))
    .join(" ")} } } }`;

const rowsOf = (answer: Answer, root: string): readonly Row[] => {
  const nodes = answer.at(`${root}.nodes`);
  return Array.isArray(nodes) ? nodes : [];
};

/** All rows with all values, as an administrator sees them for whom nothing is switched off. */
let truth: ReadonlyMap<string, ReadonlyMap<unknown, Row>>;

beforeAll(async () => {
  await seedSmall(database());
  const gate = openGate(database());
  const known = new Map<string, ReadonlyMap<unknown, Row>>();
  for (const root of roots) {
    const rows = rowsOf(await gate.ask(people.ADMIN, selecting(root)), root.root);
    known.set(root.name, new Map(rows.map((row) => [row["id"], row])));
  }
  truth = known;
});

function toggles(random: Random): readonly string[] {
  return Array.from({ length: random.below(30) }, () => {
    const { coordinate, declared } = random.pick(switchable);
    const audience = random.pick(AUDIENCES);
    const mayOpen = !ROLES.some((role) => role === audience && declared.access[role] === "never");
    return `${coordinate} ${mayOpen && random.chance(0.6) ? "on" : "off"} ${audience}`;
  });
}

async function secondRole(account: Database, who: Caller, role: string): Promise<void> {
  if (who.kind !== "member") return;
  const text = "insert into member_role (account_id, member_id, role) values ($1, $2, $3) on conflict do nothing";
  await sql(account, text, [who.account, who.member, role]);
}

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

/** Every cell of every row of one type. */
function compare(
  ability: MongoAbility,
  answer: Answer,
  { name, root, fields }: (typeof roots)[number],
  seen: Seen,
): readonly string[] {
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
  for (let round = 0; round < 60; round += 1) {
    await undone(database(), async (account) => {
      const who = random.pick(callers);
      if (random.chance(0.4)) await secondRole(account, who, random.pick(["EMPLOYEE", "MANAGER", "FINANCE"]));
      const some = toggles(random);
      await setToggles(openGate(account), ...some, "Team on MANAGER");
      const ability = await abilityOf(account, who);
      for (const root of roots) {
        const answer = await openGate(account).ask(who, selecting(root));
        expect([some, who, compare(ability, answer, root, seen)]).toEqual([some, who, []]);
      }
    });
  }
  expect(seen.shown).toBeGreaterThan(1_000);
  expect(seen.unshown).toBeGreaterThan(1_000);
  expect(seen.masked).toBeGreaterThan(20);
  expect(seen.absent).toBeGreaterThan(20);
});
