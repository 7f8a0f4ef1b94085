/** Small random worlds: two accounts with everything that a declaration allows, ties and oddities first. */
import { ROLES, type Role } from "../../src/caller.ts";
import type { Declared } from "../../src/permission/declare.ts";
import type { Column, Table } from "../../src/storage/table.ts";
import { tables } from "../../src/tables.ts";
import type { Random } from "./random.ts";
import { CURRENCIES, DATES, INSTANTS, WORDS, ZONES } from "./words.ts";

export type Cell = string | number | boolean | null;
/** A row as the declarations name its columns: instants and dates as text, money as minor units. */
export type PlainRow = Readonly<Record<string, Cell>>;

export const AUDIENCES = ["EVERYONE", ...ROLES] as const;
export type Audience = (typeof AUDIENCES)[number];

export interface ToggleRow {
  readonly account: string;
  readonly coordinate: string;
  readonly audience: Audience;
  readonly enabled: boolean;
}

export interface World {
  readonly accounts: readonly string[];
  readonly tables: Readonly<Record<string, readonly PlainRow[]>>;
  readonly toggles: readonly ToggleRow[];
}

/** Who asks in a test: a member with the roles of the account's rows, or a role and nobody in particular. */
export interface Asker {
  readonly account: string;
  readonly member: string | null;
  readonly roles: readonly Role[];
}

const COUNTS: Readonly<Record<string, number>> = {
  member: 12,
  team: 4,
  team_member: 20,
  customer: 4,
  project: 7,
  project_member: 22,
  task: 10,
  activity: 4,
  tag: 5,
  timesheet: 12,
  time_entry: 80,
  time_entry_tag: 70,
  expense: 14,
};

export function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export function world(random: Random, coordinates: readonly string[]): World {
  const accounts = [uuid(random), uuid(random)];
  const rows: Record<string, PlainRow[]> = Object.fromEntries(tables.map(({ name }) => [name, []]));
  for (const account of accounts) for (const table of tables) fill({ random, account, table, rows });
  const toggles = accounts.flatMap((account) => togglesOf(random, account, coordinates));
  return { accounts, tables: rows, toggles };
}

export const rowsOf = (world: World, table: string, account: string): readonly PlainRow[] =>
  (world.tables[table] ?? []).filter((row) => row["account_id"] === account);

interface Filling {
  readonly random: Random;
  readonly account: string;
  readonly table: Table;
  readonly rows: Record<string, PlainRow[]>;
}

function fill(filling: Filling): void {
  const { random, account, table, rows } = filling;
  if (table.name === "account") return put(filling, accountRow(random, account));
  if (table.name === "member_role") return roles(filling);
  const seen = new Set<string>();
  for (let count = COUNTS[table.name] ?? 0; count > 0; count -= 1) {
    const row = randomRow(filling);
    // The key of a join table is what it joins, and a tag is its name: drawn twice, it is kept once.
    const key = table.name === "tag" ? String(row["name"]) : references(table, row);
    if (!seen.has(key) && !overlaps(row, rows[table.name] ?? [])) put(filling, row);
    seen.add(key);
  }
}

function put({ table, rows }: Filling, row: PlainRow): void {
  rows[table.name]?.push(row);
}

const references = (table: Table, row: PlainRow): string =>
  JSON.stringify(
    Object.entries(table.columns).flatMap(([name, { references }]) => (references || name === "id" ? [row[name]] : [])),
  );

const accountRow = (random: Random, account: string): PlainRow => ({
  account_id: account,
  id: account,
  slug: `account-${account}`,
  name: random.pick(WORDS.filter((word) => word.trim() !== "")),
  // More than the database counts while a world is written into it.
  revision: 1000 + random.below(9),
  timezone: random.pick(ZONES),
  currency: random.pick(CURRENCIES),
  denied_as: random.chance(0.35) ? "HIDDEN" : "DENIED",
  on_denied: "NULL",
  created_at: random.pick(INSTANTS),
});

/** Every role has somebody, and some people have several. */
function roles(filling: Filling): void {
  const { random, account, rows } = filling;
  const members = (rows["member"] ?? []).filter((row) => row["account_id"] === account);
  members.forEach(({ id = null }, at) => {
    const first = ROLES[at % (ROLES.length + 2)] ?? (at % 2 === 0 ? "EMPLOYEE" : "MANAGER");
    const more = random.chance(0.35) ? random.some(ROLES, 2) : [];
    for (const role of new Set([first, ...more])) put(filling, { account_id: account, member_id: id, role });
  });
}

function randomRow(filling: Filling): PlainRow {
  const { random, account, table } = filling;
  const row: Record<string, Cell> = { account_id: account };
  for (const [name, column] of Object.entries(table.columns)) {
    if (name === "account_id") continue;
    row[name] = name === "id" ? uuid(random) : cell(filling, name, column);
  }
  return settled(random, table, row);
}

function cell({ random, account, table, rows }: Filling, name: string, column: Column): Cell {
  if (column.nullable && random.chance(0.22)) return null;
  if (column.references !== undefined) {
    const targets = (rows[column.references] ?? []).filter((row) => row["account_id"] === account);
    return targets.length === 0 ? null : (random.pick(targets)["id"] ?? null);
  }
  if (column.oneOf !== undefined) return random.pick(column.oneOf);
  if (name === "timezone") return random.pick(ZONES);
  if (name === "external_id") return `${table.name}-${uuid(random).slice(0, 8)}`;
  if (name.endsWith("_currency")) return random.pick(CURRENCIES);
  return plain(random, name, column);
}

function plain(random: Random, name: string, column: Column): Cell {
  switch (column.type) {
    case "uuid":
      return uuid(random);
    case "text":
      return random.pick(WORDS);
    case "integer":
      return name.endsWith("_seconds")
        ? random.pick([0, 1, 59, 60, 449, 450, 451, 899, 900, 901, 3600, 5400, 7199, 27000, random.below(36000)])
        : random.below(100);
    case "bigint":
      return random.pick([0, 1, 7, 9999, 10000, 12345, 8050, -50, -12345, random.below(1000000), 900000000001]);
    case "double precision":
      return random.pick([0, 20, 37.5, 38.5, 40, 0.1]);
    case "boolean":
      return random.chance(0.5);
    case "date":
      return random.pick(DATES);
    case "timestamp with time zone":
      return random.pick(INSTANTS);
    default:
      return column.type satisfies never;
  }
}

/** Puts right what the database holds against a row drawn column by column. */
function settled(random: Random, table: Table, row: Record<string, Cell>): PlainRow {
  for (const name of Object.keys(table.columns)) {
    if (!name.endsWith("_minor")) continue;
    const currency = name.replace(/_minor$/, "_currency");
    row[currency] = row[name] === null ? null : (row[currency] ?? random.pick(CURRENCIES));
  }
  inOrder(row, "started_at", "ended_at");
  // Short periods, so that a member can have several that do not overlap.
  if (row["period_start"] !== undefined) row["period_end"] = daysAfter(row["period_start"], random.below(7));
  return row;
}

function daysAfter(day: Cell, days: number): string {
  const date = new Date(`${String(day)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Two sheets of one member never share a day. */
const overlaps = (row: PlainRow, others: readonly PlainRow[]): boolean =>
  row["period_start"] !== undefined &&
  others.some(
    (other) =>
      other["member_id"] === row["member_id"] &&
      String(other["period_start"]) <= String(row["period_end"]) &&
      String(row["period_start"]) <= String(other["period_end"]),
  );

function inOrder(row: Record<string, Cell>, from: string, to: string): void {
  const [start, end] = [row[from], row[to]];
  if (typeof start !== "string" || typeof end !== "string" || start <= end) return;
  row[from] = end;
  row[to] = start;
}

/** Coordinates whose toggles a read can meet. */
export const switchableOf = (declarations: ReadonlyMap<string, Declared>): readonly string[] =>
  [...declarations].flatMap(([name, { fixed }]) =>
    fixed || /^(Mutation|Create|Update|Toggle)/.test(name) ? [] : [name],
  );

/** Mostly few, so that most of an account stays open; now and then none at all, and now and then very many. */
function togglesOf(random: Random, account: string, coordinates: readonly string[]): readonly ToggleRow[] {
  if (coordinates.length === 0) return [];
  const seen = new Set<string>();
  // What is shown more often than what is asked with: most else follows from it.
  const shown = coordinates.filter((coordinate) => !/[(]|Filter|Order|Dimension|Status/.test(coordinate));
  // What stands in rows, so that closing it leaves holes in them.
  const stored = coordinates.filter((coordinate) => /Status\./.test(coordinate));
  return Array.from({ length: random.pick([0, 2, 4, 6, 10, 16, 60]) }, () => {
    const audience = random.chance(0.3) ? "EVERYONE" : random.pick(AUDIENCES);
    const coordinate = random.pick(random.chance(0.15) ? stored : random.chance(0.5) ? shown : coordinates);
    return { account, coordinate, audience, enabled: random.chance(0.35) };
  }).filter(({ coordinate, audience }) => {
    const key = `${coordinate} ${audience}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

/**
 * Everybody who can ask in a world: each member with their roles, and each role as nobody in particular. Who has several
 * roles is in it twice: what one role shows beside what another hides is the hardest part of the law.
 */
export function askers(world: World): readonly Asker[] {
  return world.accounts.flatMap((account) => {
    const given = rowsOf(world, "member_role", account);
    const members = rowsOf(world, "member", account).map(({ id = null }) => ({
      account,
      member: id === null ? null : String(id),
      roles: ROLES.filter((role) => given.some((row) => row["member_id"] === id && row["role"] === role)),
    }));
    return [
      ...members,
      ...members.filter(({ roles }) => roles.length > 1),
      ...ROLES.map((role) => ({ account, member: null, roles: [role] })),
    ];
  });
}
