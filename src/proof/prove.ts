/**
 * Proves that an account's secrets change no answer: two worlds that differ only in what a caller may not see, the same
 * operations put to both, and not a byte that differs. What is found is made small before it is told.
 */
import type { ProofCaller } from "./callers.ts";
import { randomOf } from "./random.ts";
import { runRound, type Finding, type Proof, type Tally } from "./round.ts";
import { readRows } from "./world.ts";

export type { Finding, Proof, Tally } from "./round.ts";

export interface Progress {
  /** Rounds that are done. */
  readonly rounds: number;
  readonly tally: Tally;
  readonly findings: readonly Finding[];
}

export const NOTHING_YET: Progress = {
  rounds: 0,
  tally: { triples: 0, operations: 0, answered: 0, paged: 0, written: 0, failed: 0, changes: 0 },
  findings: [],
};

/** Goes on where `from` ended: the seed and the number of a round decide all that it does. */
export async function prove(
  proof: Proof,
  from: Progress,
  told: (progress: Progress, caller: ProofCaller) => Promise<void> | void,
): Promise<Progress> {
  const { callers, seed, copies, account, tables, most } = proof;
  const rows = await readRows(copies.one, account, tables);
  let progress = from;
  while (progress.tally.triples < proof.triples && progress.findings.length < most) {
    const { rounds, tally, findings } = progress;
    const caller = callers[rounds % callers.length];
    if (caller === undefined) throw new Error("there is nobody to prove it for");
    // Every other time around, nothing is written: then also that may change which a refused write would tell.
    const writes = Math.floor(rounds / callers.length) % 2 === 0;
    const round = await runRound({ proof, caller, rows, writes, random: randomOf(seed).fork(`round ${rounds}`) });
    progress = {
      rounds: rounds + 1,
      tally: add(tally, round.tally),
      findings: [...findings, ...round.findings.map((finding) => ({ ...finding, round: rounds }))],
    };
    // The hidden changes were never committed, but they leave their dead rows.
    if (progress.rounds % 8 === 0) await copies.other.run({ name: "", text: "vacuum" }, []);
    await told(progress, caller);
  }
  return progress;
}

const add = (one: Tally, other: Tally): Tally => ({
  triples: one.triples + other.triples,
  operations: one.operations + other.operations,
  answered: one.answered + other.answered,
  paged: one.paged + other.paged,
  written: one.written + other.written,
  failed: one.failed + other.failed,
  changes: one.changes + other.changes,
});
