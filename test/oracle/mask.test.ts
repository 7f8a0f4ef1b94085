// Each field and each type, closed for one of a caller's two roles: what is left is what the other role may see.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "graphql";
import type { Role } from "../../src/caller.ts";
import { createGate } from "../../src/gateway/gate.ts";
import type { Gate } from "../../src/gateway/operation.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { buildCatalogue } from "../../src/permission/catalogue.ts";
import { constantCase, type Field, type Subject } from "../../src/permission/declare.ts";
import { subjects } from "../../src/tables.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { databaseFor, sql } from "../database.ts";
import { askGate } from "./ask.ts";
import { difference } from "./compare.ts";
import { load } from "./load.ts";
import { bareSchema, naiveAnswer } from "./naive-execute.ts";
import { sightOf } from "./naive-sight.ts";
import { random } from "./random.ts";
import { rowsOf, world as makeWorld, type Asker, type World } from "./world.ts";

const { schema, declarations } = await buildGatewaySchema({ subjects });
const bare = bareSchema(schema);
const catalogue = buildCatalogue({ schema, declarations, subjects });

/** A world in which one who leads a team is MANAGER and INTEGRATION, and somebody else EMPLOYEE and FINANCE. */
function worldOfTwo(): { readonly world: World; readonly askers: readonly Asker[] } {
  const drawn = makeWorld(random(7), []);
  const [account = ""] = drawn.accounts;
  const lead = rowsOf(drawn, "team_member", account).find((row) => row["lead"] === true)?.["member_id"];
  const other = rowsOf(drawn, "time_entry", account).find((row) => row["member_id"] !== lead)?.["member_id"];
  const asker = (member: unknown, ...roles: readonly Role[]): Asker => ({ account, member: String(member), roles });
  const askers = [asker(lead, "MANAGER", "INTEGRATION"), asker(other, "EMPLOYEE", "FINANCE")];
  const roles = askers.flatMap(({ member, roles }) =>
    roles.map((role) => ({ account_id: account, member_id: member, role })),
  );
  return { world: { ...drawn, tables: { ...drawn.tables, member_role: roles } }, askers };
}

const { world, askers } = worldOfTwo();

const selected = (name: string, { source }: Field): string => {
  if (source.kind === "money" || source.kind === "amount" || source.kind === "sum") return `${name} { minor currency }`;
  if (source.kind === "one" || source.kind === "many") return `${name} { id }`;
  if (source.kind === "totals") return `${name} { seconds entryCount }`;
  return source.kind === "connection" ? `${name} { totalCount nodes { id } }` : name;
};

/** The field in every use that it has: shown, asked for, ordered by, and in the reports that it is part of. */
function questions(subject: Subject, name: string, field: Field): readonly string[] {
  const { root } = subject;
  if (root === undefined) {
    const path = subject.name === "Tag" ? "tags" : "activity";
    return [`{ timeEntries { nodes { id ${path} { ${selected(name, field)} } } } }`];
  }
  const list = [`{ ${root.name} { totalCount nodes { id ${selected(name, field)} } } }`];
  const test = field.source.kind === "one" ? "{}" : field.source.kind === "many" ? "{ none: {} }" : "{ isNull: true }";
  if (root.filter && field.filter) list.push(`{ ${root.name}(filter: { ${name}: ${test} }) { nodes { id } } }`);
  if (root.order && field.order) {
    list.push(`{ ${root.name}(orderBy: [{ field: ${constantCase(name)} }]) { edges { cursor node { id } } } }`);
  }
  const totals = "totals { seconds billableSeconds entryCount billableAmount { minor } costAmount { minor } }";
  const reported = ["TimeEntry", "Project", "Customer", "Member"].includes(subject.name);
  return reported
    ? [...list, `{ timeReport(groupBy: [WEEK, PROJECT, MEMBER]) { rows { key { value label } ${totals} } } }`]
    : list;
}

const cases = subjects.flatMap((subject) => {
  const fields = Object.entries(subject.fields);
  const closable = fields.filter(([, { fixed }]) => !fixed);
  const all = fields.flatMap(([name, field]) => questions(subject, name, field));
  const ofType = closable.length === 0 ? [] : [[subject.name, all] as const];
  return [
    ...ofType,
    ...closable.map(([name, field]) => [`${subject.name}.${name}`, questions(subject, name, field)] as const),
  ];
});

const CLOSE = `insert into toggle (account_id, coordinate, audience, enabled, changed_by, revision)
               values ($1, $2, $3, false, 'a test', 1)`;
const OPEN = "delete from toggle where account_id = $1 and coordinate = $2 and audience = $3";

describe("a caller of two roles", () => {
  const database = databaseFor("pglite");
  let gate: Gate;

  beforeAll(async () => {
    await load(database(), world);
    gate = createGate({ catalogue, report: timeReport, database: database(), cursorKey: "a key of tests" });
  });

  async function parted(asker: Asker, coordinate: string, texts: readonly string[]): Promise<readonly string[]> {
    const [, closed] = asker.roles;
    if (closed === undefined) throw new Error("who is asked for has two roles");
    const key = [asker.account, coordinate, closed];
    await sql(database(), CLOSE, key);
    const toggles = [{ account: asker.account, coordinate, audience: closed, enabled: false }];
    const sight = sightOf({ law: { schema, declarations }, subjects, world: { ...world, toggles } }, asker);
    const found: string[] = [];
    for (const text of texts) {
      const asked = { document: parse(text), variables: {} };
      const naive = naiveAnswer({ schema: bare, ...asked }, sight);
      const words = difference(naive, await askGate(gate, asker, asked), new Map());
      if (words !== undefined) found.push(`${asker.roles.join("+")} ${text}: ${words}`);
    }
    await sql(database(), OPEN, key);
    return found;
  }

  it.each(cases)("sees of %s what the role sees for which it stays open", async (coordinate, texts) => {
    for (const asker of askers) expect(await parted(asker, coordinate, texts)).toEqual([]);
  });
});
