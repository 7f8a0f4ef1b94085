/** What hand-written resolvers may ask of the operation that they run in. */
import type { Caller } from "../caller.ts";
import { describeCaller } from "../identity/viewer.ts";
import { describeViewer } from "../identity/viewer-abilities.ts";
import { readDenials, writeDenials } from "../permission/denials.ts";
import type { Denials, SetDenialsArguments } from "../permission/denials-type.ts";
import type { ResolverContext, ViewerAnswer } from "../permission/resolver-context.ts";
import { listToggles, type Desk } from "../permission/toggle-answer.ts";
import type { Person } from "../permission/toggle-proposal.ts";
import { changeRows } from "../timesheet/change.ts";
import { Door } from "../plan/door.ts";
import type { Report } from "../plan/report.ts";
import type { Asker } from "../plan/run.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import type { Standing, Standings } from "../permission/current.ts";
import type { Variables } from "../permission/input.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import type { KnownOperation } from "./document.ts";
import { explainAccess, explanationsOf } from "./explaining.ts";
import type { GateRequest } from "./operation.ts";
import { deskOf } from "./toggling.ts";

export interface Resolving {
  readonly request: GateRequest;
  readonly known: KnownOperation;
  readonly variables: Variables;
  readonly asker: Asker;
  readonly standing: Standing;
  readonly caller: Caller;
  readonly reader: Reader;
  readonly catalogue: Catalogue;
  readonly standings: Standings;
  readonly report: Report;
}

export function contextOf(resolving: Resolving): ResolverContext {
  const { asker, reader, catalogue, standings, standing, caller, report } = resolving;
  if (caller.kind === "staff") throw problem("ACCESS_REQUIRED");
  const desk: Desk = { account: asker.account, settings: standing.settings, reader, catalogue, standings };
  const { account } = asker;
  const explaining = { account, member: memberOf(caller), standing, reader, catalogue, spend: explanationsOf() };
  // Whoever asks under many names who they are is told each time what was found out once.
  let viewer: Promise<ViewerAnswer> | undefined;
  return {
    viewer: () => (viewer ??= describeViewer({ caller, standing, reader, catalogue, report })),
    toggles: (filter) => listToggles(desk, filter),
    desk: deskOf({
      ...desk,
      cursorKey: asker.cursorKey,
      onDenied: standing.onDenied,
      person: () => personOf(resolving),
    }),
    denials: () => showDenials(resolving),
    setDenials: (input) => setDenials(input, resolving),
    explain: (input) => explainAccess(input, explaining),
    write: (mutation, args) => changeRows({ mutation, args, door: doorOf(resolving) }),
  };
}

const memberOf = (caller: Caller): string | undefined => (caller.kind === "member" ? caller.member : undefined);

/** One for each mutation of an operation: what one has read is not what the next will find. */
function doorOf({ asker, reader, catalogue, standings, standing, report }: Resolving): Door {
  const { set, settings, roles } = standing;
  const sets = roles.map((role) => standings.setOf([role], settings));
  return new Door({ set, sets, model: { subjects: catalogue.subjects, report }, reader, ...asker });
}

async function showDenials({ asker, reader, standing }: Resolving): Promise<Denials> {
  return { ...(await readDenials(reader, asker.account)), revision: standing.revision };
}

async function setDenials(input: SetDenialsArguments, resolving: Resolving): Promise<Denials> {
  const { asker, reader } = resolving;
  const { deniedAs, onDenied, expectedRevision, reason } = input;
  return writeDenials(reader, {
    account: asker.account,
    ...(deniedAs && { deniedAs }),
    ...(onDenied && { onDenied }),
    expectedRevision: expectedRevision ?? undefined,
    reason: reason ?? undefined,
    by: (await personOf(resolving)).name,
  });
}

/** Who changes something, in words for those who read the history. */
async function personOf({ caller, standing, reader }: Resolving): Promise<Person> {
  if (caller.kind === "staff") throw problem("ACCESS_REQUIRED");
  return { name: (await describeCaller({ caller, standing, reader })).name, member: memberOf(caller) };
}
