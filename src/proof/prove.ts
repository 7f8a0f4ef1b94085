/**
 * Proves that an account's secrets change no answer: two worlds that differ only in what a caller may not see, the same
 * operations put to both, and not a byte that differs. What is found is made small before it is told.
 */
import type { Gate } from "../gateway/operation.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import type { Database } from "../storage/database.ts";
import type { Table } from "../storage/table.ts";
import type { AccountId } from "../caller.ts";
import type { ProofCaller } from "./callers.ts";
import type { Copies } from "./copy.ts";
import { randomOf } from "./random.ts";
import { runRound, type Finding, type Tally } from "./round.ts";
import { readRows } from "./world.ts";

export type { Finding, Tally } from "./round.ts";

export interface Proof {
  /** The law: what is hidden is worked out by it. */
  readonly catalogue: Catalogue;
  readonly tables: readonly Table[];
  readonly account: AccountId;
  readonly copies: Copies;
  readonly callers: readonly ProofCaller[];
  /** What is put to the proof. */
  readonly makeGate: (database: Database) => Gate;
  readonly seed: number;
  /** At least so many; a round is always finished. */
  readonly triples: number;
  readonly size: RoundSize;
  /** After so many findings it ends. */
  readonly most: number;
  /** Told now and then how many triples the present round has behind it: a round on a large account takes minutes. */
  readonly tick?: (triples: number) => void;
}

export interface RoundSize {
  readonly changes: number;
  readonly operations: number;
}

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
