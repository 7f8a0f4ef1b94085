// What judging costs without a database: compiling a set, cutting a schema, and a document that is known already.
import type { Catalogue } from "../../src/permission/catalogue.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import { Documents } from "../../src/gateway/document.ts";
import { Judgements } from "../../src/gateway/judgement.ts";
import { ViewerSchemas } from "../../src/gateway/viewer-schema.ts";
import { NOBODY, type AccountId } from "../../src/caller.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { Problem } from "../../src/problem.ts";
import { knownDocuments, type KnownDocument } from "./gate-documents.ts";
import { growth, held } from "./gate-memory.ts";
import { AUDIENCES, type Switched } from "./gate-settings.ts";
import { each, once, timesOf, type Times } from "./gate-time.ts";

const CALLS = 200;
const WARM = 20;

/** Every set that some audience has under some settings, compiled anew each time. */
export function timeCompiling(catalogue: Catalogue, switched: readonly Switched[]): Times {
  const all = switched.flatMap(({ settings }) => AUDIENCES.map((roles) => ({ roles, settings })));
  for (const { roles, settings } of all.slice(0, WARM)) compileSet(roles, settings, catalogue);
  return timesOf(all.map(({ roles, settings }) => each(() => compileSet(roles, settings, catalogue))));
}

/** One of each class. */
export function setsOf(catalogue: Catalogue, switched: readonly Switched[]): readonly PermissionSet[] {
  const sets = new Map<string, PermissionSet>();
  for (const { settings } of switched) {
    for (const roles of AUDIENCES) {
      const set = compileSet(roles, settings, catalogue);
      sets.set(set.class, set);
    }
  }
  return [...sets.values()];
}

export interface Cutting extends Times {
  /** Bytes of one schema. */
  readonly bytes: number;
}

export function timeCutting({ schema }: Catalogue, sets: readonly PermissionSet[]): Cutting {
  const hiding = sets.filter(({ hidden }) => hidden.size > 0);
  for (const { hidden } of hiding.slice(0, WARM)) new ViewerSchemas(schema).of(hidden);
  const times = hiding.map(({ hidden }) => each(() => new ViewerSchemas(schema).of(hidden)));
  const before = held();
  const kept = hiding.map(({ hidden }) => new ViewerSchemas(schema).of(hidden));
  const bytes = growth(before, held()).objects / kept.length;
  return { ...timesOf(times), bytes };
}

/** From the text of a request to its judgement, which is known: documents × classes for which they are valid. */
export function timeJudging(catalogue: Catalogue, sets: readonly PermissionSet[]): Times {
  const times = sets.flatMap((set) => {
    const judge = judging(catalogue);
    return knownDocuments.flatMap((asked) =>
      isValid(judge, asked, set) ? [each(() => judge(asked, set), CALLS)] : [],
    );
  });
  return timesOf(times);
}

/** The same, by callers of ever another class: what is forgotten of many classes has to be found again. */
export function timeTurns(catalogue: Catalogue, sets: readonly PermissionSet[]): Times {
  const judge = judging(catalogue);
  const turns = knownDocuments.flatMap((asked) =>
    sets.filter((set) => isValid(judge, asked, set)).map((set) => ({ asked, set })),
  );
  const round = (): readonly number[] => turns.map(({ asked, set }) => once(() => judge(asked, set)));
  for (let times = 0; times < 3; times += 1) round();
  return timesOf(round());
}

type Judge = (asked: KnownDocument, set: PermissionSet) => void;

function judging(catalogue: Catalogue): Judge {
  const [schemas, documents] = [new ViewerSchemas(catalogue.schema), new Documents()];
  const judgements = new Judgements(catalogue, timeReport);
  const caller = { kind: "role", account: NOBODY as AccountId, role: "ADMIN" } as const; // cast: judging asks no account
  return (asked, set) => {
    const request = { ...asked, caller, operationName: undefined, onDenied: undefined, requestId: "bench" };
    const known = documents.operation(request, schemas.of(set.hidden));
    judgements.of(known, set, documents.variables(known, request.variables));
  };
}

/** False where the class does not know what the document names. */
function isValid(judge: Judge, asked: KnownDocument, set: PermissionSet): boolean {
  try {
    judge(asked, set);
    return true;
  } catch (thrown) {
    if (thrown instanceof Problem) return false;
    throw thrown;
  }
}
