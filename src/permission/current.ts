/**
 * The permission set in force for a caller. Kept from request to request, and never believed: every statement brings back
 * the revision of its own snapshot, and a set made for any other revision is thrown away with the rows.
 */
import { NOBODY, type AccountId, type MemberCaller, type Revision, type Role, type RoleCaller } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import type { Catalogue } from "./catalogue.ts";
import { compileSet, type PermissionSet } from "./compile.ts";
import { revisionNow, togglesNow } from "./revision.ts";
import { ON_DENIED, readRoles, readToggles, type OnDenied, type Settings } from "./settings.ts";

/** What the rules know of a caller, as of one revision of the account. */
export interface Standing {
  readonly revision: Revision;
  readonly roles: readonly Role[];
  readonly settings: Settings;
  /** Holds where the request says nothing of its own. */
  readonly onDenied: OnDenied;
  readonly set: PermissionSet;
}

type Insider = MemberCaller | RoleCaller;

/** Above this many callers, those of the account that was first heard of are forgotten: that costs each one small read. */
const CALLERS = 100_000;
/** Above this many sets the oldest is forgotten, and compiled anew when it is asked for. The same of settings. */
const SETS = 1_000;

export class Standings {
  readonly #catalogue: Catalogue;
  /** By account: a change of revision forgets everyone of it at once. */
  readonly #known = new Map<AccountId, Map<string, Standing>>();
  /** By content: callers who may do the same share one set, whoever they are. */
  readonly #sets = new Map<string, PermissionSet>();
  /** The same by roles and settings, of which several may come to one set. */
  readonly #compiled = new Map<string, PermissionSet>();
  /** By content, too: they are read for each caller, and are far larger than what is known of one. */
  readonly #settings = new Map<string, Settings>();
  /** Callers in `#known`. */
  #callers = 0;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Throws ACCOUNT_FORBIDDEN for a caller who is nobody (any more) in the account. */
  async of(caller: Insider, reader: Reader): Promise<Standing> {
    const who = caller.kind === "member" ? caller.member : `role ${caller.role}`;
    return this.#known.get(caller.account)?.get(who) ?? (await this.#read(caller, who, reader));
  }

  /** What was known of the account is out of date. */
  forget(account: AccountId): void {
    this.#callers -= this.#known.get(account)?.size ?? 0;
    this.#known.delete(account);
  }

  /** The set of some roles under some settings: compiled once, one object for equal content. */
  setOf(roles: readonly Role[], settings: Settings): PermissionSet {
    const key = `${roles.join(",")} ${settings.key}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const fresh = compileSet(roles, settings, this.#catalogue);
    const set = this.#sets.get(fresh.class) ?? fresh;
    keep(this.#sets, set.class, set);
    keep(this.#compiled, key, set);
    return set;
  }

  async #read(caller: Insider, who: string, reader: Reader): Promise<Standing> {
    const read = await readStanding(caller, reader);
    const settings = this.#settings.get(read.settings.key) ?? read.settings;
    keep(this.#settings, settings.key, settings);
    const standing = { ...read, settings, set: this.setOf(read.roles, settings) };
    const account = this.#known.get(caller.account) ?? new Map<string, Standing>();
    const before = account.size;
    // Someone else's standing of another revision must not outlive this one's.
    for (const [other, its] of account) if (its.revision !== standing.revision) account.delete(other);
    account.set(who, standing);
    this.#known.set(caller.account, account);
    this.#callers += account.size - before;
    const oldest = this.#known.keys().next();
    if (this.#callers > CALLERS && oldest.done !== true) this.forget(oldest.value);
    return standing;
  }
}

/** A Map keeps the order of insertion: its first entry is the oldest. */
function keep<T>(kept: Map<string, T>, key: string, one: T): void {
  kept.set(key, one);
  const oldest = kept.keys().next();
  if (kept.size > SETS && oldest.done !== true) kept.delete(oldest.value);
}

const STANDING = {
  name: "standing",
  text: `select ${revisionNow("a")}::text,
    (select coalesce(json_agg(json_build_array(t.coordinate, t.audience, t.enabled)), '[]')::text from (${togglesNow("a.id")}) t),
    (select coalesce(json_agg(r.role), '[]')::text from member_role r where r.account_id = a.id and r.member_id = $2::uuid),
    a.denied_as, a.on_denied
  from account a where a.id = $1::uuid`,
};

async function readStanding(caller: Insider, reader: Reader): Promise<Omit<Standing, "set">> {
  const [row] = await reader.run(STANDING, [caller.account, caller.kind === "member" ? caller.member : NOBODY]);
  const [revision, toggles, found, deniedAs, said] = row ?? [];
  if (revision === undefined || revision === null) throw problem("ACCOUNT_FORBIDDEN");
  const roles = caller.kind === "member" ? readRoles(found ?? "[]") : [caller.role];
  if (roles.length === 0) throw problem("ACCOUNT_FORBIDDEN");
  const onDenied = ON_DENIED.find((one) => one === said);
  if (onDenied === undefined) throw problem("ACCESS_UNAVAILABLE");
  const settings = readToggles(toggles ?? "[]", deniedAs);
  return { revision: Number(revision) as Revision, roles, settings, onDenied }; // cast: read from its column
}
