/** The whole chain of a decision, for whoever operates the server or audits an account: toggle, rule, condition, verdict. */
import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { AccountId, Role } from "../caller.ts";
import { judge } from "../gateway/explaining.ts";
import { findAccount, findMember } from "../identity/directory.ts";
import { compileSet } from "../permission/compile.ts";
import { parseCoordinate } from "../permission/coordinate.ts";
import { rolesWords, tellCoordinate, tellDocument, type Telling } from "../permission/explain-answer.ts";
import type { AccessDecision, AccessExplanation } from "../permission/explain-type.ts";
import { readPast } from "../permission/past.ts";
import { problem } from "../problem.ts";
import { print, type CommandContext } from "./context.ts";

export interface ExplainArguments {
  readonly account: string;
  readonly role: Role | undefined;
  /** External id or uuid. */
  readonly member: string | undefined;
  readonly coordinate: string | undefined;
  /** The path of a file. */
  readonly document: string | undefined;
  readonly at: string | undefined;
  readonly json: boolean;
}

export async function explain(context: CommandContext, asked: ExplainArguments): Promise<void> {
  const account = await findAccount(context.database, asked.account);
  if (account === undefined) throw problem("ACCOUNT_UNKNOWN", { extensions: { account: asked.account } });
  const found = await explainIn(context, account, asked);
  print(context.output, { words: explanationLines(found, asked.account).join("\n"), json: found }, asked.json);
}

async function explainIn(
  context: CommandContext,
  account: AccountId,
  asked: ExplainArguments,
): Promise<AccessExplanation> {
  const { database } = context;
  const { at, role } = asked;
  const member = asked.member === undefined ? undefined : await findMember(database, { account, name: asked.member });
  if (role === undefined && member === undefined) throw problem("MEMBER_UNKNOWN");
  const catalogue = await context.catalogue();
  const { settings, roles: had, revision, setBy, onDenied } = await readPast(database, { account, at, member });
  const roles = role === undefined ? had : [role];
  const inquiry = { roles, settings, catalogue, set: compileSet(roles, settings, catalogue) };
  const telling: Telling = { inquiry, revision, at, knows: () => true, setBy };
  if (asked.document === undefined) {
    const coordinate = parseCoordinate(asked.coordinate ?? "");
    if (coordinate === undefined) throw problem("COORDINATE_UNKNOWN");
    return tellCoordinate(coordinate, telling);
  }
  return tellDocument(judge(await readText(context, asked.document), inquiry, onDenied), telling);
}

async function readText({ directory }: CommandContext, name: string): Promise<string> {
  try {
    return await readFile(isAbsolute(name) ? name : join(directory, name), "utf8");
  } catch (cause) {
    throw problem("DOCUMENT_UNREADABLE", { cause });
  }
}

export function explanationLines(found: AccessExplanation, account: string): readonly string[] {
  const { coordinate, roles, state, words, revision, at, rows, chain, fix, whyNoFix, usage, affectedPath } = found;
  const when = at === null ? `revision ${revision}` : `revision ${revision}, at ${at}`;
  const what = coordinate ?? "The document";
  const use = usage === null ? "" : ` (${usage} at ${affectedPath ?? ""})`;
  const turns = (fix ?? []).map(
    (change) => `fieldgate toggle --account ${account} --audience ${change.audience} ${change.coordinate} on`,
  );
  return [
    `${what}${use} is ${state} for ${rolesWords(roles)} of ${account}; ${when}`,
    `  ${words}`,
    ...chain.map((step) => `  ${step.kind.padEnd(9)} ${step.words}`),
    ...found.decidedBy.flatMap(setLine),
    ...(rows === null ? [] : [`  rows      ${rows}`]),
    ...turns.map((turn) => `  to open   ${turn}`),
    ...(whyNoFix === null ? [] : [`  to open   ${whyNoFix}`]),
    ...found.faults.map(
      ({ message, line, column }) => `  fault     ${message}${line === null ? "" : ` (${line}:${column ?? 1})`}`,
    ),
    ...[...found.denials, ...found.masked].flatMap((denial) => ["", ...explanationLines(denial, account)]),
  ];
}

function setLine({ coordinate, audience, changedBy, changedAt, why }: AccessDecision): readonly string[] {
  if (changedBy === null) return [];
  const reason = why === null ? "" : `: ${why}`;
  return [`  set       ${coordinate} for ${audience ?? "EVERYONE"} by ${changedBy}, ${changedAt ?? ""}${reason}`];
}
