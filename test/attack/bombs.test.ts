// Documents made to end the process: each is refused in good time, and the next caller is answered.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor } from "../database.ts";
import { ask, operation, serveOn, type Served } from "../gateway/serving.ts";

const database = databaseFor("pglite");
let served: Served;
let token = "";
beforeAll(async () => {
  await seedSmall(database());
  served = await serveOn(database());
  token = await served.token({ kind: "role", account: "harbour", role: "ADMIN" });
});
afterAll(async () => {
  await served.server.stop(1000);
});

const send = (body: string) =>
  ask(`${served.address}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body,
  });

const fragments = (times: number): string => {
  const each = Array.from(
    { length: times },
    (_, at) => `fragment f${at} on Member { x: manager { ...f${at + 1} } y: manager { ...f${at + 1} } }`,
  );
  return `{ members { nodes { ...f0 } } } ${each.join(" ")} fragment f${times} on Member { id }`;
};
/** A fragment that names the next one, and so on: no field is deeper than another. */
const chain = (times: number, way = "forwards"): string => {
  const each = Array.from({ length: times }, (_, at) => `fragment c${at} on Viewer { ...c${at + 1} }`);
  return (way === "forwards" ? each : each.toReversed()).join(" ");
};
const inline = (times: number): string => `${"...{".repeat(times)}name${"}".repeat(times)}`;
const FILTER = "query ($f: TimeEntryFilter) { timeEntries(filter: $f) { totalCount } }";

it.each([
  ["fragments 1,000 levels deep", operation(`{ viewer { ${inline(1000)} } }`)],
  ["fragments 3,000 levels deep", operation(`{ viewer { ${inline(3000)} } }`)],
  ["fragments 6,000 levels deep", operation(`{ viewer { ${inline(6000)} } }`)],
  [
    "a fragment 3,000 levels deep that nobody names",
    operation(`{ viewer { name } } fragment f on Viewer { ${inline(3000)} }`),
  ],
  ["a chain of 2,000 fragments", operation(`{ viewer { ...c0 } } ${chain(2000)} fragment c2000 on Viewer { name }`)],
  [
    "a chain of 2,000 fragments that nobody names, told from its end",
    operation(`{ viewer { name } } fragment c2000 on Viewer { name } ${chain(2000, "backwards")}`),
  ],
  ["selections 3,000 levels deep", operation(`{${"a{".repeat(3000)}a${"}".repeat(3001)}`)],
  ["lists 3,000 levels deep", operation(`{ nodes(ids: ${"[".repeat(3000)}${"]".repeat(3000)}) { id } }`)],
  ["selections 6,000 levels deep", operation(`{${"a{".repeat(6000)}a${"}".repeat(6001)}`)],
  ["lists 9,000 levels deep", operation(`{ nodes(ids: ${"[".repeat(9000)}${"]".repeat(9000)}) { id } }`)],
  [
    "objects 4,000 levels deep",
    operation(`{ timeEntries(filter: ${"{not:".repeat(4000)}{}${"}".repeat(4000)}) { totalCount } }`),
  ],
  ["a type 9,000 lists deep", operation(`query ($a: ${"[".repeat(9000)}ID${"]".repeat(9000)}) { viewer { name } }`)],
  [
    "variables 100,000 levels deep",
    `{"query":${JSON.stringify(FILTER)},"variables":{"f":${'{"not":'.repeat(100_000)}{}${"}".repeat(100_001)}}`,
  ],
  ["19,000 fields of one name", operation(`{ viewer { ${"name ".repeat(19_000)} } }`)],
  ["100,000 fields", operation(`{ viewer { ${"name ".repeat(100_000)} } }`)],
  [
    "2,400 names of one list",
    operation(`{ ${Array.from({ length: 2_400 }, (_, at) => `a${at}:timeEntries{totalCount}`).join(" ")} }`),
  ],
  ["fragments that double each other 30 times", operation(fragments(30))],
  ["fragments that double each other 500 times", operation(fragments(500))],
  [
    "fragments in a circle",
    operation(
      "{ members { nodes { ...a } } } fragment a on Member { manager { ...b } } fragment b on Member { manager { ...a } }",
    ),
  ],
  ["5,000 directives", operation(`{ viewer { name ${"@include(if: true) ".repeat(2_800)} } }`)],
])("%s", async (_what, body) => {
  const began = performance.now();
  const answer = await send(body);
  expect([200, 400]).toContain(answer.status);
  expect(answer.code).toMatch(/^(OPERATION_TOO_LARGE|GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED|BAD_REQUEST)$/);
  expect(answer.text).not.toMatch(/stack|RangeError/i);
  // Only to tell refusing from working it out: that would take hours.
  expect(performance.now() - began).toBeLessThan(20_000);
  expect((await send(operation("{ viewer { name } }"))).status).toBe(200);
});
