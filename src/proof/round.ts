/** One round: one caller, some hidden worlds, and some hundred operations put to each of them. */
import type { Gate } from "../gateway/operation.ts";
import { NOBODY, type AccountId } from "../caller.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import { Standings } from "../permission/current.ts";
import type { Database } from "../storage/database.ts";
import type { Table } from "../storage/table.ts";
import type { ProofCaller } from "./callers.ts";
import { describeChange, type Change } from "./change.ts";
import { answersData, ask, cursorsIn, differenceOf, type Answer } from "./compare.ts";
import { generate, type Operation } from "./generate.ts";
import type { Copies } from "./copy.ts";
import { closableUnits, drawChanges } from "./hide.ts";
import type { Hiding } from "./hiding.ts";
import { Pool } from "./pool.ts";
import type { Random } from "./random.ts";
import { readingsOf } from "./reading.ts";
import { fewest, smallest } from "./shrink.ts";
import { Sight, type Law, type TableRows } from "./sight.ts";
import { holdWorld, readRows, type World } from "./world.ts";

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

export interface Tally {
  /** A caller, an operation and a hidden world: two answers that were compared. */
  readonly triples: number;
  readonly operations: number;
  /** Triples in which there was data to compare, and not only a refusal. */
  readonly answered: number;
  /** Triples that began behind a cursor. */
  readonly paged: number;
  readonly written: number;
  /** Triples that ended in a failure: the same in both worlds, and a bug all the same. */
  readonly failed: number;
  /** Cells and rows that were changed. */
  readonly changes: number;
}

export interface Finding {
  readonly round?: number;
  readonly caller: string;
  /** Where the two answers differ. */
  readonly differs: string;
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly changes: readonly string[];
}

export interface Round {
  readonly proof: Proof;
  readonly caller: ProofCaller;
  /** Of the first world. */
  readonly rows: TableRows;
  readonly writes: boolean;
  readonly random: Random;
}

interface Arena extends Round {
  readonly law: Law;
  readonly sight: Sight;
  readonly one: World;
  readonly other: World;
  readonly gates: { readonly one: Gate; readonly other: Gate };
}

type Asked = Operation & { readonly paged: boolean; readonly answer: Answer };

export async function runRound(
  round: Round,
): Promise<{ readonly tally: Tally; readonly findings: readonly Finding[] }> {
  const { copies, tables } = round.proof;
  const one = await holdWorld(copies.one, tables);
  const other = await holdWorld(copies.other, tables);
  try {
    return await play(await arenaOf(round, one, other));
  } finally {
    await one.end();
    await other.end();
  }
}

async function arenaOf(round: Round, one: World, other: World): Promise<Arena> {
  const { proof, caller, rows } = round;
  const { set } = await new Standings(proof.catalogue).of(caller.caller, one.reader);
  const member = caller.caller.kind === "member" ? caller.caller.member : NOBODY;
  const law: Law = { set, subjects: proof.catalogue.subjects, member };
  const gates = { one: proof.makeGate(one.database), other: proof.makeGate(other.database) };
  return { ...round, law, sight: new Sight(law, rows), one, other, gates };
}

async function play(arena: Arena): Promise<{ readonly tally: Tally; readonly findings: readonly Finding[] }> {
  const worlds = await drawWorlds(arena);
  const operations = await drawOperations(arena, worlds.flat());
  const findings: Finding[] = [];
  let [answered, paged, written, failed, triples] = [0, 0, 0, 0, 0];
  for (const changes of worlds) {
    await arena.other.again(changes);
    for (const operation of operations) {
      const answer = await ask(arena.gates.other, arena.caller.caller, operation);
      triples += 1;
      arena.proof.tick?.(triples);
      answered += answersData(answer) ? 1 : 0;
      paged += operation.paged ? 1 : 0;
      written += operation.text.startsWith("mutation") ? 1 : 0;
      failed += answer.failed ? 1 : 0;
      if (differenceOf(operation.answer, answer) === undefined) continue;
      findings.push(await tell(arena, operation, changes));
      if (findings.length >= arena.proof.most) break;
      await arena.other.again(changes);
    }
    if (findings.length >= arena.proof.most) break;
  }
  const changes = worlds.reduce((sum, world) => sum + world.length, 0);
  return { tally: { triples, operations: operations.length, answered, paged, written, failed, changes }, findings };
}

/** Changes a world, of which the caller sees nothing by the law. */
const MOST_CHANGES = 40;

async function drawWorlds(arena: Arena): Promise<readonly (readonly Change[])[]> {
  const { proof, sight, law, writes, random, other } = arena;
  const readings = readingsOf(law);
  const closable = closableUnits({ sight, readings });
  const worlds: (readonly Change[])[] = [];
  for (let at = 0; at < proof.size.changes; at += 1) {
    const fork = random.fork(`world ${at}`);
    const hiding: Hiding = {
      sight,
      readings,
      writes,
      closable,
      tables: proof.tables,
      random: fork,
      account: proof.account,
    };
    const drawn = drawChanges(hiding, fork.chance(0.5) ? MOST_CHANGES : 1 + fork.below(MOST_CHANGES));
    const taken = await other.change(drawn);
    worlds.push((await isUnseen(arena)) ? taken : await unseenOf(arena, taken));
  }
  return worlds;
}

/** Whether the caller sees the same rows, and the same cells of them, as in the first world. */
async function isUnseen({ proof, sight, law, other }: Arena): Promise<boolean> {
  const rows = await readRows(other.reader, proof.account, proof.tables);
  return new Sight(law, rows).whole() === sight.whole();
}

/** Changes that are hidden one by one and not together are taken one by one. */
async function unseenOf(arena: Arena, changes: readonly Change[]): Promise<readonly Change[]> {
  let kept: readonly Change[] = [];
  for (const change of changes) {
    const taken = await arena.other.change([...kept, change]);
    if (await isUnseen(arena)) kept = taken;
  }
  return kept;
}

/** Each with the answer of the first world; and once more behind a cursor of that answer. */
async function drawOperations(arena: Arena, changes: readonly Change[]): Promise<readonly Asked[]> {
  const { proof, caller, law, sight, writes, random, gates } = arena;
  const { schema, entries } = proof.catalogue;
  const pool = new Pool(sight, changes);
  const asking = { schema, law, pool, coordinates: [...entries.keys()] };
  const operations: Asked[] = [];
  for (let at = 0; operations.length < proof.size.operations; at += 1) {
    const fork = random.fork(`operation ${at}`);
    const operation = generate(asking, fork, writes);
    const answer = await ask(gates.one, caller.caller, operation);
    operations.push({ ...operation, answer, paged: false });
    const cursors = cursorsIn(answer, operation.hooks);
    if (cursors.size === 0) continue;
    const places = [...cursors].map(([hook, found]) => [hook, fork.pick(found)] as const);
    const next = { ...operation, variables: { ...operation.variables, ...Object.fromEntries(places) } };
    operations.push({ ...next, answer: await ask(gates.one, caller.caller, next), paged: true });
  }
  return operations.slice(0, proof.size.operations);
}

/** Smaller and smaller: fewer changes, a shorter operation, and once more fewer changes. */
async function tell(arena: Arena, found: Operation, all: readonly Change[]): Promise<Finding> {
  const { caller, proof, gates, other } = arena;
  const differs = async (operation: Operation): Promise<string | undefined> =>
    differenceOf(await ask(gates.one, caller.caller, operation), await ask(gates.other, caller.caller, operation));
  const showsWith = (operation: Operation) => async (some: readonly Change[]) =>
    (await other.change(some)).length === some.length &&
    (await isUnseen(arena)) &&
    (await differs(operation)) !== undefined;
  const few = await fewest(all, showsWith(found));
  await other.change(few);
  const operation = await smallest(proof.catalogue.schema, found, async (one) => (await differs(one)) !== undefined);
  const changes = await fewest(few, showsWith(operation));
  await other.change(changes);
  return {
    caller: caller.words,
    differs: (await differs(operation)) ?? "the same world, asked twice",
    operation: operation.text,
    variables: operation.variables,
    changes: changes.map(describeChange),
  };
}
