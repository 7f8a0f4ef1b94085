// What the gate costs: the memory of all that it knows of ten thousand accounts, and the time of what it does. It says what
// it measured beside what we aim at.
//
//   npm run bench:gate -- [--accounts N] [--url DATABASE_URL] [--json FILE] [--write]
import "reflect-metadata";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { buildCatalogue } from "../../src/permission/catalogue.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { openDatabase } from "../../src/storage/open.ts";
import { subjects } from "../../src/tables.ts";
import { knownDocuments } from "./gate-documents.ts";
import { setsOf, timeCompiling, timeCutting, timeJudging, timeTurns } from "./gate-judging.ts";
import { measureKnowing, type World } from "./gate-knowing.ts";
import { gateJson, gateTable, type Figure } from "./gate-results.ts";
import { AUDIENCES, DISTINCT, distinctSettings } from "./gate-settings.ts";
import { startPostgresql } from "./machine.ts";
import { writeBetweenMarks } from "./results.ts";

const { values: given } = parseArgs({
  options: {
    accounts: { type: "string", default: "10000" },
    url: { type: "string" },
    json: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const say = (words: string): void => void process.stderr.write(`${words}\n`);
const MEGABYTE = 1024 * 1024;

const { schema, declarations } = await buildGatewaySchema({ subjects });
const catalogue = buildCatalogue({ schema, declarations, subjects });
const world = { catalogue, switched: distinctSettings(catalogue), accounts: Number(given.accounts), say };
const run = {
  accounts: world.accounts,
  settings: DISTINCT,
  audiences: AUDIENCES.length,
  classes: setsOf(catalogue, world.switched).length,
  coordinates: catalogue.entries.size,
  documents: knownDocuments.length,
  // Memory first: what the others leave behind would stand in its way.
  figures: [...(await memory(world)), ...time(world)],
};
process.stdout.write(`${gateTable(run)}\n`);
if (given.json !== undefined) writeFileSync(given.json, gateJson(run));
if (given.write && !writeBetweenMarks("README.md", gateTable(run), "bench:gate")) {
  say("README.md has no <!-- bench:gate --> … <!-- /bench:gate -->; it was left as it is.");
}

async function memory(world: World): Promise<readonly Figure[]> {
  const server = given.url === undefined ? await startPostgresql() : undefined;
  const database = await openDatabase({ url: given.url ?? server?.url ?? "" });
  try {
    await migrate(database);
    const { callers, documents, forgotten } = await measureKnowing(database, world);
    return [
      { name: "memory: all callers known", value: callers.objects / MEGABYTE, unit: "MB", aim: 300 },
      { name: "memory: and every document judged", value: documents.objects / MEGABYTE, unit: "MB", aim: 300 },
      { name: "the same, as the process grew", value: documents.resident / MEGABYTE, unit: "MB", aim: 300 },
      { name: "callers forgotten meanwhile", value: forgotten * 100, unit: "%", aim: 1 },
    ];
  } finally {
    await database.close();
    await server?.stop();
  }
}

function time({ catalogue, switched }: World): readonly Figure[] {
  const sets = setsOf(catalogue, switched);
  const compiling = timeCompiling(catalogue, switched);
  const cutting = timeCutting(catalogue, sets);
  const known = timeJudging(catalogue, sets);
  const turns = timeTurns(catalogue, sets);
  return [
    {
      name: "compiling a permission set",
      value: compiling.median / 1000,
      p99: compiling.p99 / 1000,
      unit: "ms",
      aim: 5,
    },
    { name: "judging a known document", value: known.median, p99: known.p99, unit: "µs", aim: 20 },
    { name: "the same, callers of all classes by turns", value: turns.median, p99: turns.p99, unit: "µs", aim: 20 },
    { name: "cutting a viewer schema", value: cutting.median / 1000, p99: cutting.p99 / 1000, unit: "ms" },
    { name: "memory of a viewer schema", value: cutting.bytes / MEGABYTE, unit: "MB" },
  ];
}
