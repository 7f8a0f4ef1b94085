/**
 * Counts who asks what, for those who later want to know whom a change would hit. On a request's path it is one number in
 * memory that grows; documents are stripped of their values, named and written in the background.
 */
import { setImmediate } from "node:timers/promises";
import type { AccountId, Caller, MemberId, Role } from "../caller.ts";
import type { Standing } from "../permission/current.ts";
import { BEYOND, forgetUsage, writeUsage, type Form, type Sum } from "../permission/usage.ts";
import type { Use } from "../permission/use.ts";
import type { Signals } from "../signal.ts";
import type { Database } from "../storage/database.ts";
import { digest } from "../storage/digest.ts";
import { whatHappened } from "./answer.ts";
import type { KnownOperation } from "./document.ts";
import { mentioned, withMentioned } from "./mentioned.ts";
import { normalForm } from "./normal-form.ts";

export interface Answered {
  readonly caller: Caller;
  readonly standing: Standing;
  readonly known: KnownOperation;
  /** The judgement's own list: it stands for the judgement. */
  readonly uses: readonly Use[];
}

export interface UsageRecorder {
  /** Never waits, never throws. */
  count(answered: Answered): void;
  /** Writes what was counted before the call. Never throws: what cannot be written is told as a signal, and tried again. */
  flush(): Promise<void>;
  /** Writes what there is, and counts no more. */
  stop(): Promise<void>;
}

interface Parts {
  readonly database: Database;
  readonly signals: Signals;
}

const EVERY_MILLISECONDS = 5_000;
/** So many sums wait in memory; beyond them requests are still counted by who asked, and no longer by what. */
const MOST = 10_000;
/** Sums written in one transaction: a change of toggles waits for it, and on an embedded database everybody does. */
const TOGETHER = 500;
/** After so many the database is taken to be down, and the rest left for the next time. */
const MOST_FAILURES = 3;
const LONGEST_NAME = 200;

export const recordUsage = (parts: Parts): UsageRecorder => new Recorder(parts);

interface Counting {
  readonly account: AccountId;
  readonly member: MemberId | undefined;
  readonly roles: readonly Role[];
  readonly sums: Map<readonly Use[], { readonly known: KnownOperation; requests: number }>;
  /** What came when there were too many sums. */
  beyond: number;
}

class Recorder implements UsageRecorder {
  readonly #parts: Parts;
  readonly #timer: NodeJS.Timeout;
  /** By standing, of which there is one for each caller: neither it nor the list of uses has to be made into a key. */
  #counting = new Map<Standing, Counting>();
  #size = 0;
  readonly #unwritten = new Map<string, Sum>();
  readonly #documents = new WeakMap<KnownOperation, string>();
  readonly #forms = new WeakMap<readonly Use[], Form>();
  #writing: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#timer = setInterval(() => {
      if (this.#writing === undefined) void this.flush();
    }, EVERY_MILLISECONDS).unref();
  }

  count({ caller, standing, known, uses }: Answered): void {
    // What touches no coordinate, such as introspection, can lose none.
    if (this.#stopped || caller.kind === "staff" || uses.length === 0) return;
    let of = this.#counting.get(standing);
    if (of === undefined) {
      const member = caller.kind === "member" ? caller.member : undefined;
      of = { account: caller.account, member, roles: standing.roles, sums: new Map(), beyond: 0 };
      this.#counting.set(standing, of);
    }
    const sum = of.sums.get(uses);
    if (sum !== undefined) sum.requests += 1;
    else if (this.#size + this.#unwritten.size >= MOST) of.beyond += 1;
    else {
      of.sums.set(uses, { known, requests: 1 });
      this.#size += 1;
    }
  }

  async flush(): Promise<void> {
    const before = this.#writing;
    const writing = (async () => {
      await before;
      await this.#flush();
    })();
    this.#writing = writing;
    await writing;
    if (this.#writing === writing) this.#writing = undefined;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.flush();
  }

  async #flush(): Promise<void> {
    const failures: unknown[] = [];
    const tried = (work: Promise<void>): Promise<boolean> =>
      work.then(
        () => true,
        (failure: unknown) => {
          failures.push(failure);
          return false;
        },
      );
    await tried(this.#gather());
    for (const keys of this.#batches()) {
      if (failures.length >= MOST_FAILURES) break;
      const sums = keys.flatMap((key) => this.#unwritten.get(key) ?? []);
      const isWritten = await tried(writeUsage(this.#parts.database, sums));
      for (const key of keys) this.#unwritten.delete(key);
      // Behind the others: what cannot be written must not keep them back the next time either.
      if (!isWritten) for (const [at, key] of keys.entries()) this.#keep(key, sums[at]);
    }
    if (failures.length === 0) await tried(forgetUsage(this.#parts.database));
    if (failures.length === 0) return;
    const requests = [...this.#unwritten.values()].reduce((all, sum) => all + sum.requests, 0);
    this.#parts.signals.publish({ kind: "unrecorded", requests, what: whatHappened(failures[0]) });
  }

  /** Each of one account: whoever changes its toggles waits for nobody else's sums, and lets none of theirs wait. */
  #batches(): readonly (readonly string[])[] {
    const byAccount = new Map<AccountId, string[]>();
    for (const [key, { account }] of this.#unwritten) {
      const keys = byAccount.get(account);
      if (keys === undefined) byAccount.set(account, [key]);
      else keys.push(key);
    }
    return [...byAccount.values()].flatMap((keys) =>
      Array.from({ length: Math.ceil(keys.length / TOGETHER) }, (_, at) =>
        keys.slice(at * TOGETHER, (at + 1) * TOGETHER),
      ),
    );
  }

  /** From what was counted to what is written. In turns with whatever else there is to do: a form takes its time to make. */
  async #gather(): Promise<void> {
    const counting = this.#counting;
    this.#counting = new Map();
    this.#size = 0;
    for (const of of counting.values()) {
      for (const [uses, { known, requests }] of of.sums) {
        const made = this.#forms.get(uses);
        if (made === undefined && !this.#stopped) await setImmediate();
        this.#add(of, made ?? this.#formOf(known, uses), requests);
      }
      if (of.beyond > 0) this.#add(of, BEYOND, of.beyond);
    }
  }

  #add({ account, member, roles }: Counting, form: Form, requests: number): void {
    const key = `${account} ${form.hash} ${roles.join(",")} ${member ?? ""}`;
    const known = this.#unwritten.get(key)?.requests ?? 0;
    this.#unwritten.set(key, { account, form, roles, member, requests: known + requests });
  }

  #keep(key: string, sum: Sum | undefined): void {
    if (sum !== undefined) this.#unwritten.set(key, sum);
  }

  #formOf(known: KnownOperation, uses: readonly Use[]): Form {
    const document = this.#documents.get(known) ?? normalForm(known);
    this.#documents.set(known, document);
    const name = known.operation.name?.value.slice(0, LONGEST_NAME) ?? null;
    const all = withMentioned(uses, mentioned(known));
    const form = { hash: digest(JSON.stringify([document, all])), name, document, uses: all };
    this.#forms.set(uses, form);
    return form;
  }
}
