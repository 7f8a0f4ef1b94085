// What a caller may not see changes no answer: two worlds that differ in nothing else, and thousands of operations.
import { expect, it } from "@jest/globals";
import { NOTHING_YET, prove, type Progress } from "../../src/proof/prove.ts";
import { tables } from "../../src/tables.ts";
import { catalogue } from "../gateway.ts";
import { account, gateFor, provingOn, SWITCHED } from "./proving.ts";

const proving = provingOn(SWITCHED);

const TRIPLES = 20_000;
const MINUTES = 60_000;

function proveSome(wanted: { readonly seed: number; readonly triples: number }, from: Progress): Promise<Progress> {
  const { copies, callers } = proving();
  // Each of twelve callers has two turns: one in which they write, and one in which nobody does.
  const size = { changes: 10, operations: 84 };
  const parts = { catalogue, tables, account, copies, callers, makeGate: gateFor(catalogue), size, most: 1 };
  return prove({ ...parts, ...wanted }, from, () => undefined);
}

it(
  "20,000 triples of a caller, an operation and a hidden change differ in nothing",
  async () => {
    const { tally, findings, rounds } = await proveSome({ seed: 1, triples: TRIPLES }, NOTHING_YET);
    expect(findings).toEqual([]);
    expect(proving().callers).toHaveLength(12);
    expect(rounds).toBe(24);
    expect(tally.triples).toBeGreaterThanOrEqual(TRIPLES);
    // Else it would prove only that a refusal is a refusal.
    expect(tally.answered).toBeGreaterThan(tally.triples / 2);
    expect(tally.failed).toBe(0);
    expect(tally.written).toBeGreaterThan(TRIPLES / 20);
    expect(tally.paged).toBeGreaterThan(TRIPLES / 50);
    expect(tally.changes).toBeGreaterThan(1_000);
  },
  15 * MINUTES,
);

it("a run that was stopped goes on as if it had not been", async () => {
  const whole = await proveSome({ seed: 2, triples: 1_600 }, NOTHING_YET);
  const half = await proveSome({ seed: 2, triples: 800 }, NOTHING_YET);
  expect(half.rounds).toBeLessThan(whole.rounds);
  expect(await proveSome({ seed: 2, triples: 1_600 }, half)).toEqual(whole);
});
