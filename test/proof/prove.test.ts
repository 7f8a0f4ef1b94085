// What a caller may not see changes no answer: two worlds that differ in nothing else, and thousands of operations.
import { expect, it } from "@jest/globals";
import { NOTHING_YET, prove } from "../../src/proof/prove.ts";
import { tables } from "../../src/tables.ts";
import { catalogue } from "../gateway.ts";
import { account, gateFor, provingOn, SWITCHED } from "./proving.ts";

const proving = provingOn(SWITCHED);

it("20,000 triples of a caller, an operation and a hidden change differ in nothing", async () => {
  const { copies, callers } = proving();
  const size = { changes: 4, operations: 250 };
  const parts = { catalogue, tables, account, copies, callers, makeGate: gateFor(catalogue), size };
  const TR = Number(process.env["TR"] ?? 20000);
  const t0 = Date.now();
  const { tally, findings } = await prove(
    { ...parts, seed: Number(process.env["SEED"] ?? 1), triples: TR, most: 1 },
    NOTHING_YET,
    (p, c) => {
      process.stderr.write([c.words, Date.now() - t0, JSON.stringify(p.tally)].join(" ") + "\n");
    },
  );
  process.stderr.write([JSON.stringify(findings, null, 1), findings[0]?.operation].join(" ") + "\n");
  expect(findings).toEqual([]);
  expect(tally.triples).toBeGreaterThanOrEqual(TR);
  expect(tally.answered).toBeGreaterThan(tally.triples / 2);
}, 600_000);
