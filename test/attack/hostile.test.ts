// Whatever is sent in whatever place: an answer, or a refusal that says what to do. Never a fault of ours.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "graphql";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Database } from "../../src/storage/database.ts";
import { tables } from "../../src/tables.ts";
import { onEachDatabase, sql } from "../database.ts";
import { contentOf, openGate, people, type Answer, type Gateway } from "../gateway/asking.ts";
import { catalogue } from "../gateway.ts";
import { usesOf } from "../permission/uses.ts";
import { hostileValues, literal, SECRET, targets, type Target } from "./hostile.ts";

const all = targets(catalogue.schema, usesOf(catalogue.schema));
const isWrite = (target: Target): boolean => target.put("null").startsWith("mutation");

/** What a request may be told that holds a bad value. */
const TOLD =
  /^(BAD_USER_INPUT|FILTER_NULL|PAGE_INVALID|CURSOR_INVALID|ID_INVALID|TIME_ZONE_UNKNOWN|GRAPHQL_VALIDATION_FAILED|OPERATION_TOO_LARGE|TOGGLE_\w+|STALE|AT_PAST|\w+_UNKNOWN)$/;

/** Empty, or what is wrong with an answer. */
function fault({ codes, failed, body, data }: Answer): string {
  if (failed.length > 0) return failed.join().slice(0, 200);
  const strange = codes.find((code) => !TOLD.test(code));
  if (strange !== undefined) return strange;
  if (codes.length > 0 && data !== null && data !== undefined) return "refused and answered";
  if (body.includes(SECRET)) return "says what was sent";
  return /violates|syntax error at|input syntax|SQLSTATE|relation "/.test(body) ? "says what the database said" : "";
}

/** Moves with every row that is written or taken away; cheaper than to read them all after each of thousands. */
async function lastWrite(database: Database): Promise<string> {
  const names = [...tables.map(({ name }) => name), "toggle", "toggle_change"];
  const each = names.map((name) => `(select concat(max(xmin::text::bigint), ':', count(*)) from "${name}")`);
  const [row] = await sql(database, `select concat_ws(' ', ${each.join(", ")})`);
  return String(row?.[0]);
}

async function attack(gateway: Gateway, target: Target, database?: Database): Promise<readonly string[]> {
  const wrong: string[] = [];
  const mark = async (): Promise<string> => (database === undefined ? "" : lastWrite(database));
  const put = (inside: string): string => target.put(inside);
  for (const value of hostileValues(target.type)) {
    const said = literal(value);
    const asVariable = put("$value").replace(
      /^(query|mutation)?/,
      (word) => `${word || "query"} ($value: ${String(target.type)})`,
    );
    const told = JSON.stringify(value).slice(0, 60);
    const before = await mark();
    const answer = await gateway.ask(people.ADMIN, asVariable, { variables: { value } });
    const found = fault(answer);
    if (found !== "") wrong.push(`${target.name} = ${told} as a variable: ${found}`);
    if (answer.codes.length > 0 && (await mark()) !== before)
      wrong.push(`${target.name} = ${told}: refused, and written`);
    if (said === undefined || !readable(put(said))) continue;
    const written = fault(await gateway.ask(people.ADMIN, put(said)));
    if (written !== "") wrong.push(`${target.name} = ${told} as a literal: ${written}`);
  }
  return wrong;
}

function readable(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

onEachDatabase("a value that nobody means well", (database) => {
  let gateway: Gateway;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
  });

  it("is answered or refused in every place of a query, and changes nothing", async () => {
    const before = await contentOf(database());
    const wrong: string[] = [];
    for (const target of all.filter((one) => !isWrite(one))) wrong.push(...(await attack(gateway, target)));
    expect(wrong).toEqual([]);
    expect(await contentOf(database())).toBe(before);
  });

  describe("is written whole or not at all", () => {
    it.each(all.filter(isWrite))("as $name", async (target) => {
      expect(await attack(gateway, target, database())).toEqual([]);
    });
  });
});
