/** Proves on a copy of an account that what people may not see changes nothing of what they get. */
import { resolve } from "node:path";
import type { Role } from "../caller.ts";
import { createGate } from "../gateway/gate.ts";
import { findAccount } from "../identity/directory.ts";
import { problem } from "../problem.ts";
import { callersFor } from "../proof/callers.ts";
import { copyAccount, openCopies } from "../proof/copy.ts";
import { NOTHING_YET, prove, type Finding, type Progress } from "../proof/prove.ts";
import { readReport, writeReport } from "../proof/report.ts";
import { tables } from "../tables.ts";
import { timeReport } from "../timesheet/report.ts";
import { print, type CommandContext } from "./context.ts";

export interface ProveArguments {
  readonly account: string;
  readonly roles: readonly Role[];
  readonly members: readonly string[];
  readonly triples: number;
  readonly seed: number;
  readonly report: string | undefined;
  readonly json: boolean;
}

/** A caller's turn: so many hidden worlds, each asked so many operations. */
const SIZE = { changes: 5, operations: 80 };
/** Whoever mends the first will want to run it again. */
const MOST = 3;

/** False where something differed. */
export async function proveAccount(context: CommandContext, asked: ProveArguments): Promise<boolean> {
  const { database, output } = context;
  const account = await findAccount(database, asked.account);
  if (account === undefined) throw problem("ACCOUNT_UNKNOWN", { extensions: { account: asked.account } });
  const callers = await callersFor(database, { account, roles: asked.roles, members: asked.members });
  const name = { account: asked.account, seed: asked.seed, callers: callers.map(({ words }) => words) };
  const path = asked.report === undefined ? undefined : resolve(context.directory, asked.report);
  const from = path === undefined ? NOTHING_YET : readReport(path, name);
  output.progress("copying the account into two databases in memory");
  const catalogue = await context.catalogue();
  const copies = await openCopies(await copyAccount(database, account));
  try {
    const makeGate = (of: typeof copies.one) =>
      createGate({ catalogue, report: timeReport, database: of, cursorKey: "proof" });
    const { seed, triples } = asked;
    let before = from.tally.triples;
    const tick = (more: number): void => output.progress(`${before + more} of ${triples} triples`);
    const parts = {
      catalogue,
      tables,
      account,
      copies,
      callers,
      makeGate,
      seed,
      triples,
      size: SIZE,
      most: MOST,
      tick,
    };
    const done = await prove(parts, from, (progress) => {
      if (path !== undefined) writeReport(path, name, progress);
      before = progress.tally.triples;
    });
    print(output, { words: wordsOf(done, asked, name.callers), json: { ...name, ...done } }, asked.json);
    return done.findings.length === 0;
  } finally {
    await copies.close();
  }
}

function wordsOf({ tally, findings }: Progress, { account, seed }: ProveArguments, callers: readonly string[]): string {
  const tried = `${tally.triples} triples for ${callers.length} callers of ${account} with seed ${seed}`;
  const data = `${tally.answered} with data, ${tally.paged} behind a cursor, ${tally.written} that write`;
  const failed = tally.failed === 0 ? "" : `\n${tally.failed} ended in a failure, alike in both worlds: see to that.`;
  if (findings.length === 0) return `Not a byte differed: ${tried} (${data}).${failed}`;
  return [`${findings.length} differences in ${tried}:`, ...findings.map(findingWords)].join("\n\n") + failed;
}

const findingWords = ({ caller, differs, operation, variables, changes }: Finding): string =>
  [
    `For ${caller}, ${differs} differs after`,
    ...changes.map((change) => `- ${change}`),
    "asked",
    operation,
    ...(Object.keys(variables).length > 0 ? [`with ${JSON.stringify(variables)}`] : []),
  ].join("\n");
