/**
 * The gate: judge, plan, answer. Optimistic: what is known of the caller is used at once, and the revision that comes back
 * in the snapshot of the rows says whether it still held. If not, the rows are thrown away and all is done anew.
 */
import { OperationTypeNode } from "graphql";
import { NOBODY, type AccountId, type Revision } from "../caller.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import { Standings, type Standing } from "../permission/current.ts";
import type { Variables } from "../permission/input.ts";
import { revisionNow, settle } from "../permission/revision.ts";
import type { Report } from "../plan/report.ts";
import { runPlan, type Asker, type Masked } from "../plan/run.ts";
import { problem } from "../problem.ts";
import type { Database, Reader } from "../storage/database.ts";
import { PRIVATE } from "./answer.ts";
import { demandRows } from "./cost.ts";
import { Documents, type KnownOperation } from "./document.ts";
import { errorsOfMasked, Judgements, type Cleared, type Judgement } from "./judgement.ts";
import type { Gate, GateAnswer, GateRequest } from "./operation.ts";
import type { Resolving } from "./context.ts";
import { resolveRoots } from "./resolved.ts";
import type { UsageRecorder } from "./usage.ts";
import { ViewerSchemas } from "./viewer-schema.ts";

export interface GateParts {
  readonly catalogue: Catalogue;
  readonly report: Report;
  readonly database: Database;
  /** Authenticates cursors; the same for all gateway processes on one database. */
  readonly cursorKey: string;
  /** Left out where nobody will ask what was used. */
  readonly usage?: UsageRecorder;
}

/** A revision that moves on while we answer is followed this often, then the answer is "try again". */
const TRIES = 3;

export function createGate(parts: GateParts): Gate {
  return new OpenGate(parts);
}

class OpenGate implements Gate {
  readonly #parts: GateParts;
  readonly #standings: Standings;
  readonly #schemas: ViewerSchemas;
  readonly #documents = new Documents();
  readonly #judgements: Judgements;

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.#standings = new Standings(parts.catalogue);
    this.#schemas = new ViewerSchemas(parts.catalogue.schema);
    this.#judgements = new Judgements(parts.catalogue, parts.report);
  }

  /** Throws a Problem for whatever keeps the operation from being judged or run at all. */
  async execute(request: GateRequest): Promise<GateAnswer> {
    const { caller } = request;
    if (caller.kind === "staff") throw problem("ACCESS_REQUIRED");
    const member = caller.kind === "member" ? caller.member : NOBODY;
    const asker: Asker = { account: caller.account, member, cursorKey: this.#parts.cursorKey };
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const standing = await this.#standings.of(caller, this.#parts.database);
      const asked = await this.#understand({ request, asker, standing });
      const isChange = asked?.known.operation.operation === OperationTypeNode.MUTATION;
      const answer = asked && (isChange ? await this.#change(asked) : await this.#read(asked));
      if (answer !== undefined) return answer;
      this.#standings.forget(caller.account);
    }
    throw problem("ACCESS_UNAVAILABLE", { log: "the account's revision changed during each of three tries" });
  }

  /** What is asked, in the words that this caller knows. Undefined where the revision is no longer the one of the standing. */
  async #understand(asking: Asking): Promise<Asked | undefined> {
    const { request, standing } = asking;
    return this.#unlessMoved(asking, this.#parts.database, () => {
      const known = this.#documents.operation(request, this.#schemas.of(standing.set.hidden));
      return { ...asking, known, variables: this.#documents.variables(known, request.variables) };
    });
  }

  /** What was refused under rights of yesterday is judged again by those of today: undefined then. */
  async #unlessMoved<T>({ asker, standing }: Asking, reader: Reader, judge: () => T): Promise<T | undefined> {
    try {
      return judge();
    } catch (thrown) {
      if ((await revisionOf(reader, asker.account)) !== standing.revision) return undefined;
      throw thrown;
    }
  }

  /** Undefined where the revision is no longer the one that was judged by. */
  async #read(asked: Asked): Promise<GateAnswer | undefined> {
    const { database } = this.#parts;
    let judgement: Judgement;
    try {
      judgement = this.#judge(asked);
      if (judgement.kind === "cleared") return await this.#run(asked, judgement, database);
    } catch (thrown) {
      // What was refused under rights of yesterday is judged again by those of today.
      if ((await revisionOf(database, asked.asker.account)) !== asked.standing.revision) return undefined;
      throw thrown;
    }
    if ((await revisionOf(database, asked.asker.account)) !== asked.standing.revision) return undefined;
    return this.#counted(asked, judgement, refusal(judgement, asked.standing.revision));
  }

  async #run(asked: Asked, judgement: Cleared, reader: Reader): Promise<GateAnswer | undefined> {
    const { variables, asker, standing } = asked;
    // Before the plan: its revision then also says that nothing moved while people's own code was reading.
    const resolved = await resolveRoots(judgement, this.#resolving(asked, reader));
    const { revision, json, masked } = await runPlan(judgement.plan, asker, { reader, variables });
    if (revision !== standing.revision) return undefined;
    const both = { json: new Map([...json, ...resolved.json]), masked: [...masked, ...resolved.masked] };
    return this.#counted(asked, judgement, answered(judgement, { revision, ...both }));
  }

  #counted({ request, standing, known }: Asked, { uses }: Judgement, answer: GateAnswer): GateAnswer {
    this.#parts.usage?.count({ caller: request.caller, standing, known, uses });
    return answer;
  }

  /** One transaction: the account's revision stands still while it is judged and written. */
  #change(asked: Asked): Promise<GateAnswer | undefined> {
    return this.#parts.database.write(async (transaction) => {
      const judgement = await this.#unlessMoved(asked, transaction, () => this.#judge(asked));
      if (judgement === undefined) return undefined;
      const lock = lockFor(judgement);
      const revision = await revisionOf(transaction, asked.asker.account, lock);
      if (revision !== asked.standing.revision) return undefined;
      if (judgement.kind === "refused") return this.#counted(asked, judgement, refusal(judgement, revision));
      const resolved = await resolveRoots(judgement, this.#resolving(asked, transaction));
      // Only who settles can have changed it; for others the number of what they were judged by stands.
      const after = lock === "update" ? await writtenRevision(transaction, asked.asker.account) : revision;
      return this.#counted(asked, judgement, answered(judgement, { revision: after, ...resolved }));
    });
  }

  #judge({ request, known, standing, variables }: Asked): Judgement {
    const judgement = this.#judgements.of(known, standing.set, variables);
    if (judgement.kind === "cleared") demandRows(judgement.rows, variables);
    const onDenied = request.onDenied ?? (standing.onDenied === "REJECT" ? "reject" : "null");
    const strict = onDenied === "reject" && judgement.kind === "cleared" && judgement.errors.length > 0;
    return strict ? { ...judgement, kind: "refused" } : judgement;
  }

  #resolving(asked: Asked, reader: Reader): Resolving {
    const { catalogue, report } = this.#parts;
    return { ...asked, caller: asked.request.caller, reader, catalogue, standings: this.#standings, report };
  }
}

interface Asking {
  readonly request: GateRequest;
  readonly asker: Asker;
  readonly standing: Standing;
}

interface Asked extends Asking {
  readonly known: KnownOperation;
  readonly variables: Variables;
}

type Lock = "none" | "share" | "update";

/** Mutations that change what others may do: they lock the account's row against all who act by it. */
const SETTLING: ReadonlySet<string> = new Set([
  "setToggles",
  "confirmToggles",
  "revertToggles",
  "withdrawToggles",
  "cancelScheduledToggles",
  "setDenials",
]);

/** Taken at once in the strength that will be needed: two who both wait to make a shared lock their own never end. */
function lockFor(judgement: Judgement): Lock {
  if (judgement.kind === "refused") return "none";
  const settles = judgement.plan.roots.some((root) => root.kind === "resolved" && SETTLING.has(root.picked.field));
  return settles ? "update" : "share";
}

async function revisionOf(reader: Reader, account: AccountId, lock: Lock = "none"): Promise<Revision> {
  if (lock === "update") return settle(reader, account);
  const suffix = lock === "none" ? "" : " for share of a";
  const text = `select ${revisionNow("a")}::text from account a where a.id = $1::uuid${suffix}`;
  const [row] = await reader.run({ name: `revision lock ${lock}`, text }, [account]);
  if (row === undefined) throw problem("ACCOUNT_FORBIDDEN");
  return Number(row[0]) as Revision; // cast: read from its column
}

/** Under the account's lock: what is due since it was taken belongs to who asks next. */
async function writtenRevision(reader: Reader, account: AccountId): Promise<Revision> {
  const [row] = await reader.run(WRITTEN, [account]);
  return Number(row?.[0]) as Revision; // cast: read from its column
}

const WRITTEN = { name: "revision written", text: "select revision::text from account where id = $1::uuid" };

const headersOf = (revision: Revision): Readonly<Record<string, string>> => ({
  ...PRIVATE,
  "fieldgate-revision": String(revision),
});

function accessOf(judgement: Judgement, revision: Revision, filtered: readonly string[]): string {
  const denied = judgement.errors.map(({ extensions }) => extensions.coordinate);
  return JSON.stringify({ access: { revision, decisionId: judgement.decisionId, filtered, denied } });
}

function refusal(judgement: Judgement, revision: Revision): GateAnswer {
  const body = `{"errors":${JSON.stringify(judgement.errors)},"data":null,"extensions":${accessOf(judgement, revision, [])}}`;
  return { status: 200, headers: headersOf(revision), body };
}

interface Parts {
  readonly revision: Revision;
  readonly json: ReadonlyMap<string, string>;
  readonly masked: readonly Masked[];
}

function answered(judgement: Cleared, { revision, json, masked }: Parts): GateAnswer {
  const members = judgement.plan.roots.map(
    (root) => `${JSON.stringify(root.key)}:${root.kind === "constant" ? root.json : (json.get(root.key) ?? "null")}`,
  );
  const all = [...judgement.errors, ...errorsOfMasked(masked, judgement.decisionId)];
  const said = all.length === 0 ? "" : `"errors":${JSON.stringify(all)},`;
  const access = accessOf(judgement, revision, judgement.plan.filtered);
  return {
    status: 200,
    headers: headersOf(revision),
    body: `{${said}"data":{${members.join(",")}},"extensions":${access}}`,
  };
}
