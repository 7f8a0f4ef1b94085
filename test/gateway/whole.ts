// Rows with all their fields, and switches as an administrator could have set them: what tests of every cell begin with.
import { ROLES, type Caller } from "../../src/caller.ts";
import type { Field } from "../../src/permission/declare.ts";
import { AUDIENCES } from "../../src/permission/settings.ts";
import type { Database } from "../../src/storage/database.ts";
import { subjects } from "../../src/tables.ts";
import { sql } from "../database.ts";
import { catalogue } from "../gateway.ts";
import type { Random } from "../oracle/random.ts";
import { openGate, people, type Answer } from "./asking.ts";

export type Row = Readonly<Record<string, unknown>>;

export interface Root {
  readonly name: string;
  readonly root: string;
  readonly fields: Readonly<Record<string, Field>>;
}

export const roots: readonly Root[] = subjects.flatMap(({ name, root, fields }) =>
  root === undefined ? [] : [{ name, root: root.name, fields }],
);

export const switchable = [...catalogue.entries.values()].filter(({ declared }) => !declared.fixed);

export function part(name: string, kind: string): string {
  if (kind === "money" || kind === "amount" || kind === "sum") return `${name} { minor currency }`;
  if (kind === "one" || kind === "many") return `${name} { id }`;
  if (kind === "connection") return `${name} { totalCount }`;
  return kind === "totals" ? `${name} { seconds }` : name;
}

export function selecting({ root, fields }: Root): string {
  const parts = Object.entries(fields).map(([name, { source }]) => part(name, source.kind));
  return `{ ${root}(first: 500) { nodes { ${parts.join(" ")} } } }`;
}

export function rowsOf(answer: Answer, root: string): readonly Row[] {
  const nodes: unknown = answer.at(`${root}.nodes`);
  return Array.isArray(nodes) ? nodes.map((node: Row) => node) : [];
}

/** By type and id, as an administrator sees them for whom nothing is switched off. */
export async function wholeRows(database: Database): Promise<ReadonlyMap<string, ReadonlyMap<unknown, Row>>> {
  const gate = openGate(database);
  const known = new Map<string, ReadonlyMap<unknown, Row>>();
  for (const root of roots) {
    const answer = await gate.ask(people.ADMIN, selecting(root));
    if (answer.errors.length > 0) throw new Error(answer.body);
    known.set(root.name, new Map(rowsOf(answer, root.root).map((row) => [row["id"], row])));
  }
  return known;
}

/** For `setToggles`; `on`: how many of a hundred are switched on, where that may be. */
export function someToggles(random: Random, most: number, on: number): readonly string[] {
  return Array.from({ length: random.below(most) }, () => {
    const { coordinate, declared } = random.pick(switchable);
    const audience = random.pick(AUDIENCES);
    const mayOpen = !ROLES.some((role) => role === audience && declared.access[role] === "never");
    return `${coordinate} ${mayOpen && random.chance(on / 100) ? "on" : "off"} ${audience}`;
  });
}

export async function secondRole(account: Database, who: Caller, role: string): Promise<void> {
  if (who.kind !== "member") return;
  const text = "insert into member_role (account_id, member_id, role) values ($1, $2, $3) on conflict do nothing";
  await sql(account, text, [who.account, who.member, role]);
}
