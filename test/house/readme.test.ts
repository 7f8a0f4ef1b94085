// The README's first query answers as printed there, and its map of rooms and list of libraries are whole.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { seedDemo } from "../../seeds/seeding.ts";
import { parse } from "graphql";
import type { AccountId, Caller, MemberId } from "../../src/caller.ts";
import { databaseFor, sql } from "../database.ts";
import { gateOf } from "../gateway.ts";
import { paths } from "./source.ts";

const readme = readFileSync("README.md", "utf8");
const [, firstQuery = ""] = readme.split(/<!-- \/?first-query -->/);

const named = (library: string): boolean =>
  readme.includes(`\`${library}\``) || readme.includes(`\`${library.split("/", 1)[0] ?? ""}/*\``);

const between = (text: string, start: string, end: string): string => text.split(start)[1]?.split(end)[0] ?? "";

describe("the README's first query", () => {
  const database = databaseFor("pglite");
  beforeAll(async () => {
    await seedDemo(database());
  });

  it("answers as it is printed, with one denied field explained", async () => {
    const request: unknown = JSON.parse(between(firstQuery, "-d '", "'\n"));
    const { query } = request as { readonly query: string };
    const answer = await gateOf(database()).execute({
      caller: await callerOf("harbour", "m12"),
      text: query,
      document: parse(query),
      operationName: undefined,
      variables: {},
      onDenied: "null",
      requestId: "readme",
    });
    expect(JSON.parse(answer.body)).toEqual(JSON.parse(between(firstQuery, "```json\n", "```")));
  });

  async function callerOf(slug: string, externalId: string): Promise<Caller> {
    const people = `select m.account_id, m.id from member m join account a on a.id = m.account_id
      where a.slug = $1 and m.external_id = $2`;
    const [row] = await sql(database(), people, [slug, externalId]);
    return { kind: "member", account: row?.[0] as AccountId, member: row?.[1] as MemberId };
  }
});

/** Files of a room that its page does not name in full: whoever reads in its order would never come to them. */
function unnamed(room: string, page: string): readonly string[] {
  const isNamed = (name: string): boolean => new RegExp(`(?<![\\w/-])${name.replace(".", "\\.")}\\b`).test(page);
  return paths(room).filter((path) => /\.(ts|mjs)$/.test(path) && !isNamed(basename(path)));
}

describe("a room's README", () => {
  const rooms = readdirSync("src", { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`src/${entry.name}`] : [],
  );

  it.each([...rooms, "seeds"])("names every file of %s", (room) => {
    expect(unnamed(room, readFileSync(`${room}/README.md`, "utf8"))).toEqual([]);
  });

  it("that leaves a file out is noticed", () => {
    const page = readFileSync("src/plan/README.md", "utf8");
    expect(unnamed("src/plan", page.replace("`demand.ts`", "demand"))).toEqual(["src/plan/demand.ts"]);
  });
});

describe("the README", () => {
  it("has a row for every room", () => {
    const rooms = readdirSync("src", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const missing = rooms.filter(({ name }) => !readme.includes(`(src/${name}/README.md)`)).map(({ name }) => name);
    expect(missing).toEqual([]);
  });

  it("says of every library what it is for", () => {
    const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
    const { dependencies } = manifest as { readonly dependencies: Readonly<Record<string, string>> };
    expect(Object.keys(dependencies).filter((library) => !named(library))).toEqual([]);
  });
});
