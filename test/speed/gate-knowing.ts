// What the gate remembers of all the accounts: asked by every one of their callers, as they would ask.
import { parse } from "graphql";
import type { Caller } from "../../src/caller.ts";
import { createGate } from "../../src/gateway/gate.ts";
import type { Gate } from "../../src/gateway/operation.ts";
import type { Catalogue } from "../../src/permission/catalogue.ts";
import { Problem } from "../../src/problem.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { fillAccounts } from "./gate-accounts.ts";
import { knownDocuments, type KnownDocument } from "./gate-documents.ts";
import { growth, held, type Held } from "./gate-memory.ts";
import type { Switched } from "./gate-settings.ts";

const TOGETHER = 32;
/** Of so many accounts one is asked again. */
const SAMPLED = 100;
const HELLO: KnownDocument = {
  name: "hello",
  text: "{ __typename }",
  document: parse("{ __typename }"),
  variables: {},
};

export interface Knowing {
  /** All callers, by their roles and their account's settings. */
  readonly callers: Held;
  /** And what some of each class asked, judged and planned. */
  readonly documents: Held;
  /** Share of the callers that had been forgotten when all had asked. */
  readonly forgotten: number;
}

export interface World {
  readonly catalogue: Catalogue;
  readonly switched: readonly Switched[];
  readonly accounts: number;
  readonly say: (words: string) => void;
}

export async function measureKnowing(database: OpenDatabase, world: World): Promise<Knowing> {
  const { catalogue, switched, accounts, say } = world;
  const byAccount = await fillAccounts(database, accounts, switched);
  say(`${String(byAccount.length)} accounts are there`);
  const counter = { statements: 0 };
  const gate = createGate({ catalogue, report: timeReport, database: counting(database, counter), cursorKey: "bench" });
  const reads = knownDocuments.filter(({ text }) => !text.startsWith("mutation"));
  await askAll(gate, byAccount.slice(0, 1).flat(), [HELLO, ...reads]);
  const before = held();
  await askAll(gate, byAccount.flat(), [HELLO]);
  const callers = growth(before, held());
  say("each of their callers has asked");
  const again = async (of: readonly Caller[]): Promise<number> => {
    counter.statements = 0;
    await askAll(gate, of, [HELLO]);
    return counter.statements / of.length;
  };
  // Whoever is not known costs a statement more than one who has just asked.
  const usual = await again(byAccount.slice(-1).flat());
  const forgotten = (await again(byAccount.filter((_, at) => at % SAMPLED === 0).flat())) - usual;
  await askAll(gate, byAccount.slice(-switched.length).flat(), reads);
  return { callers, documents: growth(before, held()), forgotten };
}

function counting(database: OpenDatabase, counter: { statements: number }): OpenDatabase {
  return {
    ...database,
    run: (statement, values) => {
      counter.statements += 1;
      return database.run(statement, values);
    },
  };
}

/** Some at a time, as they would come. Documents that a caller does not know, or may not ask, are known to be that. */
async function askAll(gate: Gate, callers: readonly Caller[], documents: readonly KnownDocument[]): Promise<void> {
  const left = callers.values();
  const asking = async (): Promise<void> => {
    for (const caller of left) {
      for (const asked of documents) {
        const request = { ...asked, caller, operationName: undefined, onDenied: undefined, requestId: "bench" };
        await gate.execute(request).catch((thrown: unknown) => {
          if (!(thrown instanceof Problem) || thrown.status >= 500) throw thrown;
        });
      }
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, asking));
}
