// Of whatever the gate denies, the explanation names all that decided: turning exactly that lets it through, and less does not.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { ROLES, type MemberCaller } from "../../src/caller.ts";
import { compileSet } from "../../src/permission/compile.ts";
import type { Coordinate } from "../../src/permission/coordinate.ts";
import { AUDIENCES, settingsOf } from "../../src/permission/settings.ts";
import type { Database } from "../../src/storage/database.ts";
import { subjects } from "../../src/tables.ts";
import { databaseFor, sql } from "../database.ts";
import { catalogue, undone } from "../gateway.ts";
import { random as choices, type Random } from "../oracle/random.ts";
import { openGate, people, setToggles, type Answer } from "./asking.ts";

const DENIALS = 100;
const database = databaseFor("pglite");
const callers = [
  people.EMPLOYEE,
  people.MANAGER,
  people.FINANCE,
  people.OTHER_MANAGER,
  people.EMPLOYEE,
  people.MANAGER,
  people.ADMIN,
];
const roots = subjects.filter(({ root }) => root !== undefined);
const everything = [...catalogue.entries.keys()];
const switchable = [...catalogue.entries.values()].filter(({ declared }) => !declared.fixed);

/** Values of an administrator for whom nothing is switched off: what a row holds, by id and field. */
let truth: ReadonlyMap<string, unknown>;

beforeAll(async () => {
  await seedSmall(database());
  const gate = openGate(database());
  const known = new Map<string, unknown>();
  for (const { name } of roots) {
    const answer = await gate.ask(people.ADMIN, selecting(name));
    expect(answer.errors).toEqual([]);
    for (const [key, value] of cellsOf(answer)) known.set(key, value);
  }
  truth = known;
});

const part = (kind: string, name: string): string => {
  if (kind === "money" || kind === "amount" || kind === "sum") return `${name} { minor currency }`;
  if (kind === "one" || kind === "many") return `${name} { id }`;
  if (kind === "connection") return `${name} { totalCount }`;
  return kind === "totals" ? `${name} { seconds }` : name;
};

const fieldsOf = (type: string): string =>
  Object.entries(subjects.find(({ name }) => name === type)?.fields ?? {})
    .map(([name, { source }]) => part(source.kind, name))
    .join(" ");

const rootOf = (type: string): string => roots.find(({ name }) => name === type)?.root?.name ?? "";
const selecting = (type: string): string => `{ ${rootOf(type)}(first: 500) { nodes { ${fieldsOf(type)} } } }`;

/** Plain values alone: what a relation shows depends on the rows that are seen. */
function cellsOf(answer: Answer): readonly (readonly [string, unknown])[] {
  const lists = Object.values(Object(answer.data));
  const nodes = lists.flatMap((list): readonly unknown[] => Object(list)["nodes"] ?? []);
  return nodes.flatMap((node) => {
    const row: Readonly<Record<string, unknown>> = Object(node);
    return Object.entries(row).map(([name, value]) => [`${String(row["id"])} ${name}`, value] as const);
  });
}

/** One question of any kind: what shows, a filter, an order, a report. */
function question(random: Random): string {
  const { name, fields } = random.pick(roots);
  const root = rootOf(name);
  const [field] = random.pick(Object.entries(fields).filter(([, one]) => one.order));
  const upper = field.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();
  return random.pick([
    selecting(name),
    selecting("TimeEntry"),
    selecting("Timesheet"),
    `{ ${root}(first: 3) { edges { node { id ${part(fields[field]?.source.kind ?? "", field)} } } } }`,
    name === "Team" ? selecting(name) : `{ ${root}(orderBy: [{ field: ${upper}, direction: ASC }]) { totalCount } }`,
    name === "Team" ? selecting(name) : `{ ${root}(filter: { ${field}: { isNull: true } }) { totalCount } }`,
    "{ timeReport(groupBy: [PROJECT, STATUS]) { rows { totals { costAmount { minor } seconds } } } }",
  ]);
}

const statuses = switchable
  .filter(({ kind }) => kind === "value")
  .filter(({ coordinate }) => /Status\./.test(coordinate));

/** Toggles as an administrator could have set them. */
function toggles(random: Random): readonly string[] {
  const some = Array.from({ length: random.below(14) }, () => {
    const { coordinate, declared } = random.pick(switchable);
    const audience = random.pick(AUDIENCES);
    const mayOpen = !ROLES.some((role) => role === audience && declared.access[role] === "never");
    return `${coordinate} ${mayOpen && random.chance(0.3) ? "on" : "off"} ${audience}`;
  });
  return random.chance(0.5) ? some : [...some, `${random.pick(statuses).coordinate} off`];
}

async function secondRole(inner: Database, who: MemberCaller, role: string): Promise<void> {
  const values = [who.account, who.member, role];
  const text = "insert into member_role (account_id, member_id, role) values ($1, $2, $3) on conflict do nothing";
  await sql(inner, text, values);
}

interface Change {
  readonly coordinate: string;
  readonly audience: string;
}

/** One denial of one question, asked by one caller of one account. */
interface Case {
  readonly account: Database;
  readonly who: MemberCaller;
  readonly text: string;
  readonly coordinate: string;
  readonly usage: string;
  readonly reason: string;
}

const turn = (account: Database, changes: readonly Change[]): Promise<Answer> =>
  setToggles(openGate(account), ...changes.map(({ coordinate, audience }) => `${coordinate} on ${audience}`));

/** Something denied, in an account where anything may be switched; undefined where nothing was. */
async function deniedSomewhere(account: Database, random: Random): Promise<Case | undefined> {
  const who = random.pick(callers);
  if (random.chance(0.25)) await secondRole(account, who, random.pick(["EMPLOYEE", "MANAGER", "FINANCE"]));
  const text = question(random);
  await setToggles(openGate(account), ...toggles(random));
  const { errors } = await openGate(account).ask(who, text);
  if (errors.length === 0) return undefined;
  const { coordinate, usage, reason } = random.pick(errors).extensions;
  return { account, who, text, coordinate: String(coordinate), usage: String(usage), reason: String(reason) };
}

const isOf = ({ coordinate, usage }: Case, { extensions }: Answer["errors"][number]): boolean =>
  extensions["coordinate"] === coordinate && extensions["usage"] === usage;

/** No switch there is would open it. */
async function expectCeiling({ account, who, coordinate }: Case): Promise<void> {
  const rows = await sql(account, "select role from member_role where member_id = $1::uuid", [who.member]);
  const roles = ROLES.filter((role) => rows.some(([one]) => one === role));
  const all = AUDIENCES.flatMap((audience) => everything.map((one) => ({ coordinate: one, audience, enabled: true })));
  const set = compileSet(roles, settingsOf(all), catalogue);
  const asked = coordinate as Coordinate; // cast: named by an error
  expect([coordinate, set.open.has(asked) && !set.masks.has(asked)]).toEqual([coordinate, false]);
}

async function expectOpened(one: Case, account: Database): Promise<void> {
  const again = await openGate(account).ask(one.who, one.text);
  const left = again.errors.filter((error) => isOf(one, error));
  // A field that was closed may still show on some rows only.
  const closed = left.filter(
    ({ extensions }) => one.reason === "ROW_CONDITION" || extensions["reason"] !== "ROW_CONDITION",
  );
  expect([one.coordinate, closed]).toEqual([one.coordinate, []]);
  if (one.usage !== "SELECT" || left.length > 0) return;
  const name = one.coordinate.slice(one.coordinate.indexOf(".") + 1);
  for (const [key, value] of cellsOf(again)) {
    if (key.endsWith(` ${name}`) && typeof truth.get(key) !== "object")
      expect([key, value]).toEqual([key, truth.get(key)]);
  }
}

async function expectShut({ who, coordinate }: Case, account: Database): Promise<void> {
  const asked = `{ explainAccess(coordinate: "${coordinate}") { state } }`;
  const again = await openGate(account).ask(who, asked);
  expect([coordinate, again.at("explainAccess.state")]).not.toEqual([coordinate, "OPEN"]);
}

it(`explains ${DENIALS} denials so that turning exactly what is named lets the field through`, async () => {
  const random = choices(20261123);
  const seen = { denials: 0, opened: 0, several: 0, ceilings: 0, masked: 0 };
  for (let round = 0; seen.denials < DENIALS; round += 1) {
    expect(round).toBeLessThan(1_000);
    await undone(database(), async (account) => {
      const one = await deniedSomewhere(account, random);
      if (one === undefined) return;
      const asked = `{ explainAccess(coordinate: "${one.coordinate}") { reason fix { coordinate audience } } }`;
      const explained = await openGate(account).ask(one.who, asked);
      expect([one.coordinate, explained.at("explainAccess.reason")]).toEqual([one.coordinate, one.reason]);
      const fix = explained.at("explainAccess.fix") as readonly Change[] | null; // cast: asked for with these fields
      seen.denials += 1;
      seen.masked += one.reason === "ROW_CONDITION" ? 1 : 0;
      seen.ceilings += fix === null ? 1 : 0;
      seen.opened += fix === null ? 0 : 1;
      seen.several += fix !== null && fix.length > 1 ? 1 : 0;
      if (fix === null) return expectCeiling(one);
      await undone(account, async (after) => {
        await turn(after, fix);
        await expectOpened(one, after);
      });
      if (fix.length < 2) return;
      const left = random.pick(fix);
      await undone(account, async (after) => {
        await turn(
          after,
          fix.filter((change) => change !== left),
        );
        if (one.reason !== "ROW_CONDITION") await expectShut(one, after);
      });
    });
  }
  for (const [kind, count] of Object.entries(seen)) expect([kind, count > 2]).toEqual([kind, true]);
});
