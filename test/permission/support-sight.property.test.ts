// Whatever one administrator orders, in whatever order: staff never see what no approved proposal told of.
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { NO_SETTINGS, settingsAfter, type Settings, type ToggleChange } from "../../src/permission/settings.ts";
import { openedBy, widensSupport, widensSupportWhenCancelled } from "../../src/permission/support-sight.ts";
import { catalogue } from "../gateway.ts";

const NAMES = [
  "TimeEntry",
  "TimeEntry.costAmount",
  "TimeEntry.costRate",
  "TimeEntry.durationSeconds",
  "TimeEntry.task",
  "Task",
  "Task.name",
];
const NEEDED = [...catalogue.entries.values()].flatMap(({ coordinate, needs, closesParent }) => [
  ...needs.map((need) => ({ from: need, to: coordinate })),
  ...(closesParent === undefined ? [] : [{ from: coordinate, to: closesParent }]),
]);

const known = new Map<string, readonly string[]>();

/** Said anew: what is on for staff, and not closed for everyone by itself or by anything it needs. */
function sightOf({ key, toggles }: Settings): readonly string[] {
  const found = known.get(key);
  if (found !== undefined) return found;
  const closed = new Set<string>(
    [...catalogue.entries.keys()].filter((one) => toggles.get(`EVERYONE ${one}`) === false),
  );
  for (let size = -1; size !== closed.size;) {
    size = closed.size;
    for (const { from, to } of NEEDED) if (closed.has(from)) closed.add(to);
  }
  const sight = NAMES.filter((name) => toggles.get(`SUPPORT ${name}`) === true && !closed.has(name));
  known.set(key, sight);
  return sight;
}

interface Waiting {
  readonly effectiveAt: string;
  readonly changes: readonly ToggleChange[];
}

const change = fc.record({
  coordinate: fc.constantFrom(...NAMES),
  audience: fc.constantFrom("EVERYONE" as const, "EVERYONE" as const, "SUPPORT" as const),
  enabled: fc.constantFrom(true, false, null),
});
const moment = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const changes = fc.uniqueArray(change, {
  minLength: 1,
  maxLength: 2,
  selector: (one) => one.audience + one.coordinate,
});
const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("order" as const), changes, ahead: moment }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("approve" as const), changes, ahead: moment }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("confirm" as const), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("cancel" as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer Of> ? Of : never;
const at = (second: number): string => new Date(second * 1000).toISOString();

/** After all that can be waited for and all that can be ahead. */
const [LONGEST, END] = [30, 35];
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

interface Proposed {
  readonly changes: readonly ToggleChange[];
  readonly at: string | undefined;
  readonly opened: string;
}

/** The desk without a database: what it says yes to is done. */
class Account {
  private settings: Settings = NO_SETTINGS;
  private waiting: readonly Waiting[] = [];
  private readonly proposals: Proposed[] = [];
  private second = 0;
  /** What approved proposals told of. */
  readonly told = new Set<string>();
  readonly counts = { alone: 0, proposed: 0, confirmed: 0, changed: 0, kept: 0, cancelled: 0 };

  do(one: Action): void {
    if (one.kind === "wait") this.pass();
    else if (one.kind === "cancel") this.cancel(one.which);
    else if (one.kind === "confirm") this.confirm(one.which);
    else {
      const moved = one.ahead === undefined ? undefined : at(this.second + one.ahead);
      this.order({ changes: one.changes, at: moved });
      if (one.kind === "approve" && this.proposals.length > 0) this.confirm(this.proposals.length - 1);
    }
  }

  /** What staff see in each second from now on, as `second coordinate`. */
  sights(): readonly string[] {
    return range(this.second, END).flatMap((second) => {
      const due = this.waiting.filter(({ effectiveAt }) => Date.parse(effectiveAt) <= second * 1000);
      const settings =
        due.length === 0
          ? this.settings
          : settingsAfter(
              this.settings,
              due.flatMap((one) => one.changes),
            );
      return sightOf(settings).map((coordinate) => `${String(second)} ${coordinate}`);
    });
  }

  private get world() {
    return { before: this.settings, waiting: this.waiting, catalogue };
  }

  private order(step: Omit<Proposed, "opened">): void {
    if (widensSupport(this.world, step)) {
      this.counts.proposed += 1;
      this.proposals.push({ ...step, opened: openedBy(this.world, step) });
      return;
    }
    this.counts.alone += 1;
    this.make(step);
  }

  private make(step: Omit<Proposed, "opened">): void {
    if (step.at === undefined) this.settings = settingsAfter(this.settings, step.changes);
    else {
      this.waiting = [...this.waiting, { effectiveAt: step.at, changes: step.changes }].toSorted(
        (one, other) => Date.parse(one.effectiveAt) - Date.parse(other.effectiveAt),
      );
    }
  }

  private confirm(which: number): void {
    const index = this.proposals.length === 0 ? -1 : which % this.proposals.length;
    const proposal = this.proposals[index];
    if (proposal === undefined || (proposal.at !== undefined && Date.parse(proposal.at) <= this.second * 1000)) return;
    if (openedBy(this.world, proposal) !== proposal.opened) {
      this.counts.changed += 1;
      return;
    }
    this.counts.confirmed += 1;
    this.proposals.splice(index, 1);
    for (const [, seen] of JSON.parse(proposal.opened) as readonly (readonly [string, string])[])
      // cast: `openedBy` wrote it
      for (const coordinate of seen.split(" ")) this.told.add(coordinate);
    this.make(proposal);
  }

  private cancel(which: number): void {
    const batch = this.waiting[which % Math.max(1, this.waiting.length)];
    if (batch === undefined) return;
    if (widensSupportWhenCancelled(this.world, batch)) {
      this.counts.kept += 1;
      return;
    }
    this.counts.cancelled += 1;
    this.waiting = this.waiting.filter((other) => other !== batch);
  }

  private pass(): void {
    this.second += 1;
    const isDue = ({ effectiveAt }: Waiting): boolean => Date.parse(effectiveAt) <= this.second * 1000;
    for (const batch of this.waiting.filter(isDue)) this.settings = settingsAfter(this.settings, batch.changes);
    this.waiting = this.waiting.filter((batch) => !isDue(batch));
  }
}

it("what staff see, now and at every later moment, was told of by a proposal that two approved", () => {
  const all = { alone: 0, proposed: 0, confirmed: 0, changed: 0, kept: 0, cancelled: 0, seen: 0 };
  fc.assert(
    fc.property(fc.array(action, { minLength: 8, maxLength: LONGEST }), (actions) => {
      const account = new Account();
      let before: ReadonlySet<string> = new Set();
      for (const one of actions) {
        const { confirmed } = account.counts;
        account.do(one);
        const sights = account.sights();
        expect(sights.filter((seen) => !account.told.has(seen.split(" ")[1] ?? ""))).toEqual([]);
        // And nobody alone makes it longer, or brings back what had been closed.
        const isAlone = account.counts.confirmed === confirmed;
        expect(sights.filter((seen) => isAlone && !before.has(seen))).toEqual([]);
        before = new Set(sights);
        all.seen += sights.length;
      }
      for (const key of Object.keys(account.counts) as (keyof typeof account.counts)[]) all[key] += account.counts[key]; // cast: its own keys
    }),
    { numRuns: 400, seed: 1 },
  );
  // The rule is met from every side, or nothing was tested.
  expect(Object.values(all).every((count) => count > 50)).toBe(true);
});
