/**
 * What can be worked out of what is hidden: coordinates that are closed, or shown on some rows only, and that follow from
 * others which are open. It closes nothing: what is told is a matter of the data, and whoever switches should know it.
 */
import type { Catalogue } from "./catalogue.ts";
import { fieldsOn } from "./column.ts";
import type { PermissionSet } from "./compile.ts";
import type { Coordinate } from "./coordinate.ts";
import { dependenciesOf, type Dependency } from "./dependency.ts";

export interface Inference {
  readonly hidden: Coordinate;
  /** All of them are open, and none can be left out. Empty where the rows that are seen tell it by themselves. */
  readonly from: readonly Coordinate[];
  readonly how: string;
}

/** Where there are more ways to one coordinate, the shortest are named: closing those shows the next. */
const WAYS = 8;

type Known = ReadonlySet<Coordinate>;
type Way = readonly Coordinate[];

/** Pure. Ordered by what is hidden, then by the length of the way. */
export function inferences(
  set: Pick<PermissionSet, "open" | "masks" | "rows">,
  catalogue: Catalogue,
): readonly Inference[] {
  const dependencies = [...dependenciesOf(catalogue), ...fromOwnRows(set, catalogue)];
  const told = new Set(dependencies.map(({ to }) => to));
  const closed = [...worked(set.open, dependencies)].flatMap(([hidden, ways]) =>
    inferred({ hidden, ways, dependencies }),
  );
  const masked = [...set.masks.keys()]
    .filter((hidden) => told.has(hidden))
    .flatMap((hidden) => {
      const ways = worked(beyondMask(hidden, set), dependencies).get(hidden) ?? [];
      return inferred({ hidden, ways, dependencies });
    });
  return [...closed, ...masked].toSorted((one, other) =>
    one.hidden < other.hidden ? -1 : Number(one.hidden > other.hidden),
  );
}

/** Who sees only rows of their own knows whose those are. */
function fromOwnRows({ rows }: Pick<PermissionSet, "rows">, catalogue: Catalogue): readonly Dependency[] {
  return [...rows].flatMap(([type, of]) => {
    const subject = catalogue.subjects.get(type);
    if (subject === undefined || of.kind !== "some" || of.where.kind !== "own") return [];
    return fieldsOn(subject, of.where.column).map((to) => ({ to, from: [], how: "only rows of one's own are seen" }));
  });
}

/** What is shown on rows on which this one is not. Others under the same mask tell nothing that the mask hides. */
function beyondMask(hidden: Coordinate, { open, masks }: Pick<PermissionSet, "open" | "masks">): Known {
  const mask = JSON.stringify(masks.get(hidden));
  return new Set([...open].filter((one) => one !== hidden && JSON.stringify(masks.get(one)) !== mask));
}

interface Found {
  readonly hidden: Coordinate;
  readonly ways: readonly Way[];
  readonly dependencies: readonly Dependency[];
}

function inferred({ hidden, ways, dependencies }: Found): readonly Inference[] {
  const least = prune(ways.map((way) => withoutNeedless(way, hidden, dependencies)));
  return least.map((from) => ({ hidden, from, how: explain(from, hidden, dependencies) }));
}

/** For everything that is not known and follows from what is: the ways to it that go through nothing known. */
function worked(known: Known, dependencies: readonly Dependency[]): ReadonlyMap<Coordinate, readonly Way[]> {
  const ways = new Map<Coordinate, readonly Way[]>();
  const unknown = dependencies.filter(({ to }) => !known.has(to));
  const rounds = new Set(unknown.map(({ to }) => to)).size; // no way needs to come by the same coordinate twice
  let changed = true;
  for (let round = 0; changed && round < rounds; round += 1) {
    changed = false;
    for (const { to, from } of unknown) {
      const before = ways.get(to) ?? [];
      const after = prune([
        ...before,
        ...combine(from.map((one) => (known.has(one) ? [[one]] : (ways.get(one) ?? [])))),
      ]);
      if (JSON.stringify(before) === JSON.stringify(after)) continue;
      ways.set(to, after);
      changed = true;
    }
  }
  return ways;
}

/** One way to each of several, in every combination. */
const combine = (parts: readonly (readonly Way[])[]): readonly Way[] =>
  parts.reduce<readonly Way[]>(
    (sum, ways) => prune(sum.flatMap((one) => ways.map((other) => [...new Set([...one, ...other])].toSorted()))),
    [[]],
  );

/** The shortest, without those that hold another. */
function prune(ways: readonly Way[]): readonly Way[] {
  const sorted = ways.toSorted((one, other) => one.length - other.length || (one.join() < other.join() ? -1 : 1));
  const kept: Way[] = [];
  for (const way of sorted) {
    if (!kept.some((shorter) => shorter.every((one) => way.includes(one)))) kept.push(way);
  }
  return kept.slice(0, WAYS);
}

/** An open coordinate may itself follow from the others of the way. */
function withoutNeedless(way: Way, hidden: Coordinate, dependencies: readonly Dependency[]): Way {
  let least = way;
  for (const one of way) {
    const shorter = least.filter((other) => other !== one);
    if (steps(shorter, dependencies).has(hidden)) least = shorter;
  }
  return least;
}

/** Everything that follows, with the dependency by which it was first found. */
function steps(from: Way, dependencies: readonly Dependency[]): ReadonlyMap<Coordinate, Dependency | undefined> {
  const found = new Map<Coordinate, Dependency | undefined>(from.map((one) => [one, undefined]));
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const dependency of dependencies) {
      if (!found.has(dependency.to) && dependency.from.every((one) => found.has(one))) {
        found.set(dependency.to, dependency);
      }
    }
  }
  return found;
}

/** In the order in which one would work it out; where it takes several steps, each names what it comes to. */
function explain(from: Way, hidden: Coordinate, dependencies: readonly Dependency[]): string {
  const found = steps(from, dependencies);
  const taken: Dependency[] = [];
  const take = (coordinate: Coordinate): void => {
    const dependency = found.get(coordinate);
    if (dependency === undefined || taken.includes(dependency)) return;
    for (const one of dependency.from) take(one);
    taken.push(dependency);
  };
  take(hidden);
  if (taken.length === 1) return taken[0]?.how ?? "";
  return taken.map(({ to, how }) => `${to}: ${how}`).join("; ");
}
