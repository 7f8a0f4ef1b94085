// What the gate costs: the memory of all that it knows of ten thousand accounts, and the time of what it does. It says what
// it measured beside what we aim at.
//
//   npm run bench:gate -- [--accounts N] [--url DATABASE_URL] [--json FILE] [--write]
import "reflect-metadata";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parse } from "graphql";
import type { Caller } from "../../src/caller.ts";
import { createGate } from "../../src/gateway/gate.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import type { Gate } from "../../src/gateway/operation.ts";
import { buildCatalogue, type Catalogue } from "../../src/permission/catalogue.ts";
import { Problem } from "../../src/problem.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { openDatabase } from "../../src/storage/open.ts";
import { subjects } from "../../src/tables.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { fillAccounts } from "./gate-accounts.ts";
import { knownDocuments, type KnownDocument } from "./gate-documents.ts";
import { setsOf, timeCompiling, timeCutting, timeJudging } from "./gate-judging.ts";
import { growth, held, type Held } from "./gate-memory.ts";
import { gateJson, gateTable, type Figure } from "./gate-results.ts";
import { AUDIENCES, DISTINCT, distinctSettings, type Switched } from "./gate-settings.ts";
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
const accounts = Number(given.accounts);
const say = (words: string): void => void process.stderr.write(`${words}\n`);
const MEGABYTE = 1024 * 1024;
const TOGETHER = 32;
const HELLO: KnownDocument = {
  name: "hello",
  text: "{ __typename }",
  document: parse("{ __typename }"),
  variables: {},
};

const { schema, declarations } = await buildGatewaySchema({ subjects });
const catalogue = buildCatalogue({ schema, declarations, subjects });
const switched = distinctSettings(catalogue);
const run = {
  accounts,
  settings: DISTINCT,
  audiences: AUDIENCES.length,
  classes: setsOf(catalogue, switched).length,
  coordinates: catalogue.entries.size,
  documents: knownDocuments.length,
  // Memory first: what the others leave behind would stand in its way.
  figures: [...(await remembering(catalogue, switched)), ...judging(catalogue, switched)],
};
process.stdout.write(`${gateTable(run)}\n`);
if (given.json !== undefined) writeFileSync(given.json, gateJson(run));
if (given.write && !writeBetweenMarks("README.md", gateTable(run), "bench:gate")) {
  say("README.md has no <!-- bench:gate --> … <!-- /bench:gate -->; it was left as it is.");
}

async function remembering(catalogue: Catalogue, switched: readonly Switched[]): Promise<readonly Figure[]> {
  const server = given.url === undefined ? await startPostgresql() : undefined;
  const database = await openDatabase({ url: given.url ?? server?.url ?? "" });
  try {
    await migrate(database);
    const byAccount = await fillAccounts(database, accounts, switched);
    say(`${String(byAccount.length)} accounts are there`);
    const gate = createGate({ catalogue, report: timeReport, database, cursorKey: "bench" });
    const reads = knownDocuments.filter(({ text }) => !text.startsWith("mutation"));
    await askAll(gate, byAccount.slice(0, 1).flat(), [HELLO, ...reads]);
    const before = held();
    await askAll(gate, byAccount.flat(), [HELLO]);
    const knowing = growth(before, held());
    say(`each of ${String(byAccount.length * AUDIENCES.length)} callers has asked`);
    await askAll(gate, byAccount.slice(0, switched.length).flat(), reads);
    return memoryFigures(knowing, growth(before, held()));
  } finally {
    await database.close();
    await server?.stop();
  }
}

/** Some at a time, as they would come. Documents that a caller does not know, or may not ask, are known to be that. */
async function askAll(gate: Gate, callers: readonly Caller[], documents: readonly KnownDocument[]): Promise<void> {
  const left = callers.values();
  const asking = async (): Promise<void> => {
    for (const caller of left) {
      for (const { text, document, variables } of documents) {
        const request = { caller, text, document, variables, operationName: undefined, onDenied: undefined };
        await gate.execute({ ...request, requestId: "bench" }).catch((thrown: unknown) => {
          if (!(thrown instanceof Problem) || thrown.status >= 500) throw thrown;
        });
      }
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, asking));
}

function memoryFigures(knowing: Held, all: Held): readonly Figure[] {
  return [
    { name: "memory: all callers known", value: knowing.objects / MEGABYTE, unit: "MB", aim: 300 },
    { name: "memory: and every document judged for every class", value: all.objects / MEGABYTE, unit: "MB", aim: 300 },
    { name: "the same, as the machine counts the process", value: all.resident / MEGABYTE, unit: "MB" },
  ];
}

function judging(catalogue: Catalogue, switched: readonly Switched[]): readonly Figure[] {
  const sets = setsOf(catalogue, switched);
  const compiling = timeCompiling(catalogue, switched);
  const cutting = timeCutting(catalogue, sets);
  const known = timeJudging(catalogue, sets);
  return [
    {
      name: "compiling a permission set",
      value: compiling.median / 1000,
      p99: compiling.p99 / 1000,
      unit: "ms",
      aim: 5,
    },
    { name: "judging a known document", value: known.median, p99: known.p99, unit: "µs", aim: 20 },
    { name: "cutting a viewer schema", value: cutting.median / 1000, p99: cutting.p99 / 1000, unit: "ms" },
    { name: "memory of a viewer schema", value: cutting.bytes / MEGABYTE, unit: "MB" },
  ];
}
