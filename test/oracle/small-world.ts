/** Worlds of a few rows, for expectations that a reader can check by hand. */
import { parse } from "graphql";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import type { Column } from "../../src/storage/table.ts";
import { subjects, tables } from "../../src/tables.ts";
import { bareSchema, naiveAnswer, type NaiveAnswer } from "./naive-execute.ts";
import { sightOf, type Place } from "./naive-sight.ts";
import { globalId } from "./naive-value.ts";
import type { Asker, Audience, Cell, PlainRow, World } from "./world.ts";

/** A uuid that spells a name of at most eight letters and digits, and sorts as it. */
export const named = (name: string): string =>
  `00000000-0000-7000-${Buffer.from(name.slice(0, 2).padEnd(2)).toString("hex")}-${Buffer.from(name.slice(2, 8).padEnd(6)).toString("hex")}`;

export const nodeId = (type: string, name: string): string =>
  globalId(subjects.find((subject) => subject.name === type)?.tag ?? 0, named(name));

export const ACCOUNT = named("account");

type Rows = Readonly<Record<string, readonly PlainRow[]>>;

/** Names in columns that point somewhere become ids; what is not said is null, or the plainest value there is. */
export function smallWorld(rows: Rows): World {
  const account = { id: ACCOUNT, slug: "small", name: "Small", currency: "EUR", timezone: "UTC", revision: 1 };
  const filled = tables.map((table) => {
    const given = table.name === "account" ? [account] : (rows[table.name] ?? []);
    return [table.name, given.map((row) => fill(row, table.columns))] as const;
  });
  return { accounts: [ACCOUNT], tables: Object.fromEntries(filled), toggles: [] };
}

/** The same world with these coordinates switched off. */
export function switchedOff(world: World, audience: Audience, ...coordinates: readonly string[]): World {
  const toggles = coordinates.map((coordinate) => ({ account: ACCOUNT, coordinate, audience, enabled: false }));
  return { ...world, toggles: [...world.toggles, ...toggles] };
}

function fill(row: PlainRow, columns: Readonly<Record<string, Column>>): PlainRow {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const value = row[name];
      if (name === "account_id") return [name, ACCOUNT];
      if (value !== undefined)
        return [name, column.type === "uuid" && value !== null && value !== ACCOUNT ? named(String(value)) : value];
      return [name, column.nullable ? null : plainest(column)];
    }),
  );
}

function plainest({ type, oneOf }: Column): Cell {
  if (type === "boolean") return false;
  if (type === "date") return "2024-01-01";
  if (type === "timestamp with time zone") return "2024-01-01T00:00:00.000Z";
  return type === "text" || type === "uuid" ? (oneOf?.[0] ?? "") : 0;
}

export const asMember = (member: string, ...roles: Asker["roles"]): Asker => ({
  account: ACCOUNT,
  member: named(member),
  roles,
});
export const ADMIN: Asker = { account: ACCOUNT, member: null, roles: ["ADMIN"] };

const built = await buildGatewaySchema({ subjects });
const bare = bareSchema(built.schema);
const placeOf = (world: World): Place => ({ law: built, subjects, world });

const ask = (world: World, asker: Asker, text: string): NaiveAnswer =>
  naiveAnswer({ schema: bare, document: parse(text), variables: {} }, sightOf(placeOf(world), asker));

/** The data of an answer that was given, or what it was refused for. */
export function answer(world: World, asker: Asker, text: string): unknown {
  const answer = ask(world, asker, text);
  if (answer.kind === "answered") return JSON.parse(JSON.stringify(answer.data));
  return { refused: [...answer.judgement.problems, ...answer.judgement.refused.map(({ coordinate }) => coordinate)] };
}

export function denied(world: World, asker: Asker, text: string): readonly string[] {
  const { judgement } = ask(world, asker, text);
  return judgement.denied.map(
    ({ coordinate, reasons, path }) => `${coordinate} ${[...reasons].join("+")} ${path.join(".")}`,
  );
}

/** Time entries of one member. */
export const entries = (...rows: readonly PlainRow[]): World =>
  smallWorld({ member: [{ id: "ann" }], time_entry: rows.map((row) => ({ member_id: "ann", ...row })) });

export const ids = (...names: readonly string[]): unknown => ({
  timeEntries: { nodes: names.map((name) => ({ id: nodeId("TimeEntry", name) })) },
});
/** Asks for the ids of a list of time entries. */
export const list = (argument: string): string => `{ timeEntries(${argument}) { nodes { id } } }`;
