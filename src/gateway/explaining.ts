/**
 * Why somebody gets or does not get something: for whom it is asked and whether it may be; then the same judge that judges
 * requests, on the schema as that caller has it. Nothing is run.
 */
import { getVariableValues, Kind, visit, type DocumentNode, type OperationDefinitionNode } from "graphql";
import { ROLES, type AccountId, type Role } from "../caller.ts";
import { Member } from "../identity/member.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import { check, type Picked } from "../permission/check.ts";
import { compileSet, type PermissionSet } from "../permission/compile.ts";
import type { Coordinate } from "../permission/coordinate.ts";
import type { Standing } from "../permission/current.ts";
import { tellCoordinate, tellDocument, type Judged, type Telling } from "../permission/explain-answer.ts";
import type { AccessExplanation, AccessFault, ExplainArguments } from "../permission/explain-type.ts";
import type { Inquiry } from "../permission/explain.ts";
import type { Variables } from "../permission/input.ts";
import { readPast, type Past } from "../permission/past.ts";
import type { OnDenied } from "../permission/settings.ts";
import { idOf } from "../plan/id.ts";
import { Problem, problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import { Documents, type KnownOperation } from "./document.ts";
import { parseDocument } from "./syntax.ts";
import { ViewerSchemas } from "./viewer-schema.ts";

export interface Explaining {
  readonly account: AccountId;
  /** The caller's own member id; undefined for one who is a role and nobody in particular. */
  readonly member: string | undefined;
  readonly standing: Standing;
  readonly reader: Reader;
  readonly catalogue: Catalogue;
  readonly spend: Spend;
}

/** What one operation may have explained. */
export interface Spend {
  /** Throws OPERATION_TOO_LARGE. */
  readonly take: (explanations: number) => void;
  /** Never throws: what is begun is told to its end, and the next one is refused. */
  readonly note: () => void;
}

const MOST_EXPLANATIONS = 500;
/** A coordinate may need several sets to be compiled for the fewest switches, a document has to be read. */
const COSTS = { coordinate: 10, document: 50 } as const;

/** One for each operation: an explanation costs more than what it explains, and it may be asked for under many names. */
export function explanationsOf(): Spend {
  let spent = 0;
  return {
    take: (explanations) => {
      spent += explanations;
      if (spent <= MOST_EXPLANATIONS) return;
      throw problem("OPERATION_TOO_LARGE", { extensions: { limit: "explanations", most: MOST_EXPLANATIONS } });
    },
    note: () => {
      spent += 1;
    },
  };
}

/** Throws BAD_USER_INPUT, EXPLAIN_FOR_ADMINS, and what there is not: COORDINATE_UNKNOWN, MEMBER_UNKNOWN, MOMENT_UNKNOWN. */
export async function explainAccess(input: ExplainArguments, explaining: Explaining): Promise<AccessExplanation> {
  const { coordinate, document } = input;
  if (isGiven(coordinate) === isGiven(document)) throw badInput("name either a coordinate or a document");
  const whom = whomOf(input, explaining);
  const found = await inquire(whom, explaining);
  explaining.spend.take(isGiven(coordinate) ? COSTS.coordinate : COSTS.document);
  if (isGiven(coordinate)) return tellCoordinate(coordinate, found.telling);
  const judged = judge(document ?? "", found.telling.inquiry, found.onDenied);
  explaining.spend.take(judged.denials.length + judged.masked.length * COSTS.coordinate);
  return tellDocument(judged, found.telling);
}

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

const badInput = (because: string): Problem => problem("BAD_USER_INPUT", { extensions: { because } });

/** For whom it is asked, once it is known that the asker may. */
interface Whom {
  readonly role: Role | undefined;
  /** A uuid. */
  readonly member: string | undefined;
  readonly at: string | undefined;
  /** As an administrator, who may know what others may not. */
  readonly administers: boolean;
  /** About the caller as they are now. */
  readonly oneself: boolean;
}

function whomOf({ as, at }: ExplainArguments, { standing, member: own }: Explaining): Whom {
  const isAdmin = standing.roles.includes("ADMIN");
  const demandAdmin = (argument: string): void => {
    if (!isAdmin) throw problem("EXPLAIN_FOR_ADMINS", { extensions: { argument } });
  };
  if (isGiven(at)) demandAdmin("at");
  const moment = { at: at ?? undefined, administers: isAdmin && (isGiven(at) || isGiven(as)) };
  if (!isGiven(as)) return { ...moment, role: undefined, member: own, oneself: true };
  const { role, member, grant } = as;
  if ([role, member, grant].filter(isGiven).length !== 1) throw badInput("as names one: a role, a member or a grant");
  if (isGiven(grant)) {
    demandAdmin("as");
    throw problem("GRANT_UNKNOWN");
  }
  if (isGiven(role)) {
    const known = ROLES.find((one) => one === role);
    if (known === undefined) throw badInput(`a role is one of ${ROLES.join(", ")}`);
    if (!standing.roles.includes(known)) demandAdmin("as");
    return { ...moment, role: known, member: undefined, oneself: false };
  }
  const uuid = idOf(member, Member.tag);
  if (uuid !== own) demandAdmin("as");
  return { ...moment, role: undefined, member: uuid, oneself: uuid === own };
}

interface Found {
  readonly telling: Telling;
  readonly onDenied: OnDenied;
}

async function inquire(whom: Whom, explaining: Explaining): Promise<Found> {
  const { standing, reader, catalogue, account } = explaining;
  const { at, member, administers } = whom;
  const isAdmin = standing.roles.includes("ADMIN");
  // Who set what is read for those alone who may know it.
  const past = isAdmin ? await readPast(reader, { account, at, member }) : undefined;
  const roles = rolesOf(whom, standing, past);
  const settings = at === undefined ? standing.settings : (past?.settings ?? standing.settings);
  const set = compileSet(roles, settings, catalogue);
  const isInternal = (coordinate: Coordinate): boolean =>
    catalogue.entries.get(coordinate)?.declared.internal === true && standing.set.hidden.has(coordinate);
  return {
    onDenied: at === undefined ? standing.onDenied : (past?.onDenied ?? standing.onDenied),
    telling: {
      inquiry: { roles, settings, catalogue, set, compiled: explaining.spend.note },
      revision: at === undefined ? standing.revision : (past?.revision ?? standing.revision),
      at,
      knows: (coordinate) => (administers ? !isInternal(coordinate) : !set.hidden.has(coordinate)),
      setBy: past?.setBy,
    },
  };
}

function rolesOf({ role, oneself, at, member }: Whom, standing: Standing, past: Past | undefined): readonly Role[] {
  if (role !== undefined) return [role];
  // Who is a role and nobody in particular was that role at any time.
  if (oneself && (at === undefined || member === undefined)) return standing.roles;
  return past?.roles ?? [];
}

/** The document as those callers have it: faults in their words, or what would be denied of it, in the order of its errors. */
export function judge(text: string, inquiry: Inquiry, onDenied: OnDenied): Judged {
  let known: KnownOperation;
  try {
    const schema = new ViewerSchemas(inquiry.catalogue.schema).of(inquiry.set.hidden);
    known = new Documents().operation({ text, document: parseDocument(text), operationName: undefined }, schema);
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    return { denials: [], masked: [], refused: true, faults: faultsOf(thrown) };
  }
  const asked = widest(known);
  const verdict = check({ schema: inquiry.catalogue.schema, ...asked, set: inquiry.set });
  const denials = verdict.kind === "refused" ? verdict.refusals : verdict.clearance.denials;
  // Of what would not run nothing shows, on whatever row.
  const masked = verdict.kind === "refused" ? [] : [...maskedIn(verdict.clearance.roots, inquiry.set.masks)];
  const refused = verdict.kind === "refused" || (denials.length > 0 && onDenied === "REJECT");
  return { denials, masked: [...new Set(masked)], refused, faults: [] };
}

function* maskedIn(picks: readonly Picked[], masks: PermissionSet["masks"]): Generator<Coordinate, void> {
  for (const { coordinate, picks: below } of picks) {
    if (masks.has(coordinate)) yield coordinate;
    for (const inner of below.values()) yield* maskedIn(inner, masks);
  }
}

function faultsOf({ message, faults }: Problem): readonly AccessFault[] {
  if (faults.length === 0) return [{ message, line: null, column: null }];
  return faults.map((fault) => {
    const [place] = fault.locations ?? [];
    return { message: fault.message, line: place?.line ?? null, column: place?.column ?? null };
  });
}

interface Widest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
}

/**
 * No variables are given. Those with a default have it. All others count as given: what one of them would skip or include
 * is judged as there, and an argument that holds one as used; what would be in it is not known, and not judged.
 */
function widest({ document, operation, schema }: KnownOperation): Widest {
  const definitions = operation.variableDefinitions ?? [];
  const withDefault = definitions.filter(({ defaultValue }) => defaultValue !== undefined);
  const { coerced = {} } = getVariableValues(schema, withDefault, {});
  const given = definitions.map(({ variable }) => [variable.name.value, null] as const);
  const kept = visit(document, {
    Directive: ({ arguments: values = [] }) => {
      const undecided = values.some(({ value }) => value.kind === Kind.VARIABLE && !(value.name.value in coerced));
      return undecided ? null : undefined;
    },
  });
  const name = operation.name?.value;
  const found = kept.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === name,
  );
  return { document: kept, operation: found ?? operation, variables: { ...Object.fromEntries(given), ...coerced } };
}
