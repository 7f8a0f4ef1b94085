/**
 * What a change of toggles takes from operations that were seen: the same walk as the judge's, over what was noted of them,
 * once as things are and once as they would be. Pure.
 */
import { ROLES, type Role } from "../caller.ts";
import type { Catalogue } from "./catalogue.ts";
import type { PermissionSet } from "./compile.ts";
import type { Condition } from "./condition.ts";
import { splitCoordinate, type Coordinate } from "./coordinate.ts";
import type { Standings } from "./current.ts";
import { settingsOf, type Audience, type OnDenied, type Settings } from "./settings.ts";
import type { Recorded } from "./usage.ts";
import { MENTIONED, ROOT, type Use } from "./use.ts";

export interface Change {
  readonly before: Settings;
  readonly after: Settings;
  /** What becomes of an operation with something denied, where its request leaves it to the account. */
  readonly onDenied: OnDenied;
}

/** What a form loses under one set of roles. */
export interface Loss {
  /** Null from then on, or the reason why the whole is refused. */
  readonly coordinates: readonly Coordinate[];
  /** Shown on fewer rows, or found by fewer. */
  readonly narrowed: readonly Coordinate[];
  /** The operation is answered with nothing. */
  readonly refused: boolean;
  /** Of the roles those without which nothing would be lost. */
  readonly roles: readonly Role[];
}

interface Both {
  readonly before: PermissionSet;
  readonly after: PermissionSet;
  readonly narrowed: ReadonlySet<Coordinate>;
}

export class Impact {
  readonly #catalogue: Catalogue;
  readonly #standings: Standings;
  readonly #change: Change;
  readonly #onlyOffs: Settings;
  readonly #sets = new Map<string, Both>();

  constructor(of: { readonly catalogue: Catalogue; readonly standings: Standings }, change: Change) {
    this.#catalogue = of.catalogue;
    this.#standings = of.standings;
    this.#change = change;
    this.#onlyOffs = onlyOffs(change);
  }

  /** Whatever any set of roles may lose: several roles together lose nothing that none of them loses alone. */
  candidates(): readonly Coordinate[] {
    const found = new Set<Coordinate>();
    for (const role of ROLES) {
      const both = this.#under([role]);
      for (const coordinate of both.before.open) if (!both.after.open.has(coordinate)) found.add(coordinate);
      for (const coordinate of both.after.hidden) if (!both.before.hidden.has(coordinate)) found.add(coordinate);
      for (const coordinate of both.narrowed) found.add(coordinate);
    }
    return [...found];
  }

  /** Undefined where nothing is lost. */
  lossOf({ uses }: Pick<Recorded, "uses">, roles: readonly Role[]): Loss | undefined {
    const both = this.#under(roles);
    const before = this.#judge(uses, both.before);
    if (before.refused) return undefined;
    const after = this.#judge(uses, both.after);
    const lost = new Set<Coordinate>();
    const narrowed = new Set<Coordinate>();
    for (const [at, { coordinate, beneath }] of uses.entries()) {
      const isHidden = beneath === MENTIONED && both.after.hidden.has(coordinate);
      if (isHidden || (before.open[at] === true && after.denied.has(at))) lost.add(coordinate);
      else if (before.open[at] === true && after.open[at] === true && both.narrowed.has(coordinate)) {
        narrowed.add(coordinate);
      }
    }
    if (lost.size === 0 && narrowed.size === 0) return undefined;
    const touched = [...lost, ...narrowed];
    const losing = roles.filter((role) => {
      const alone = this.#under([role]);
      return touched.some(
        (one) => alone.narrowed.has(one) || (alone.before.open.has(one) && !alone.after.open.has(one)),
      );
    });
    const who = losing.length > 0 ? losing : roles;
    return { coordinates: [...lost], narrowed: [...narrowed], refused: after.refused, roles: who };
  }

  #judge(uses: readonly Use[], set: PermissionSet): Judged {
    const open: boolean[] = [];
    const denied = new Set<number>();
    let refused = false;
    for (const [at, { coordinate, beneath }] of uses.entries()) {
      const entry = this.#catalogue.entries.get(coordinate);
      // What does not exist for a caller, or in this version at all, makes the whole document invalid.
      if (entry === undefined || (beneath === MENTIONED && set.hidden.has(coordinate))) refused = true;
      const isReached = beneath === ROOT || open[beneath] === true;
      const isOpen = isReached && set.open.has(coordinate);
      open.push(isOpen);
      if (!isReached || isOpen) continue;
      denied.add(at);
      refused ||= entry?.kind !== "field" || this.#isRefusing(coordinate) || this.#change.onDenied === "REJECT";
    }
    return { open, denied, refused };
  }

  /** Mutations, and the roots of queries that cannot be null. */
  #isRefusing(coordinate: Coordinate): boolean {
    const { type, member } = splitCoordinate(coordinate);
    const { schema } = this.#catalogue;
    if (type === schema.getMutationType()?.name || type === schema.getSubscriptionType()?.name) return true;
    const query = schema.getQueryType();
    return type === query?.name && String(query.getFields()[member]?.type).endsWith("!");
  }

  #under(roles: readonly Role[]): Both {
    const key = roles.join(",");
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const before = this.#standings.setOf(roles, this.#change.before);
    const after = this.#standings.setOf(roles, this.#change.after);
    const offs = this.#standings.setOf(roles, this.#onlyOffs);
    const both = { before, after, narrowed: this.#narrowed({ before, after, offs }) };
    this.#sets.set(key, both);
    return both;
  }

  /** Fields of which some cells close, and the inputs that read them. */
  #narrowed({ before, after, offs }: Three): ReadonlySet<Coordinate> {
    const fields = new Set<Coordinate>();
    for (const [coordinate, mask] of after.masks) {
      const was = before.masks.get(coordinate);
      if (!before.open.has(coordinate) || same(was, mask) || same(was, offs.masks.get(coordinate))) continue;
      fields.add(coordinate);
    }
    if (fields.size === 0) return fields;
    const inputs = [...this.#catalogue.entries.values()].filter(
      ({ kind, needs }) => kind === "input" && needs.some((need) => fields.has(need)),
    );
    return new Set([...fields, ...inputs.map(({ coordinate }) => coordinate)]);
  }
}

interface Judged {
  /** By use: whether it is reached, and allowed. */
  readonly open: readonly boolean[];
  /** Reached and not allowed. */
  readonly denied: ReadonlySet<number>;
  readonly refused: boolean;
}

interface Three {
  readonly before: PermissionSet;
  readonly after: PermissionSet;
  /** With what the change switches off, and without what it switches on. */
  readonly offs: PermissionSet;
}

const same = (one: Condition | undefined, other: Condition | undefined): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/**
 * A mask that is another one has grown or shrunk, and nobody can tell which by its looks. To switch off only ever narrows:
 * what the change would do without its switching on says which it is.
 */
function onlyOffs({ before, after }: Change): Settings {
  const kept = [...before.toggles].filter(([key, enabled]) => !enabled || after.toggles.get(key) === true);
  const off = [...after.toggles].filter(([, enabled]) => !enabled);
  const toggles = [...new Map([...kept, ...off])].map(([key, enabled]) => {
    const space = key.indexOf(" ");
    return { coordinate: key.slice(space + 1), audience: key.slice(0, space) as Audience, enabled }; // cast: a key of settings
  });
  return settingsOf(toggles, before.deniedAs);
}
