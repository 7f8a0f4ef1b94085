/** The smallest world in which the same disagreement is still found. */
import { disagreement } from "./worlds-compare.ts";
import { coordinatesOf, type SmallWorld } from "./worlds.ts";

/** Leaves out part after part, as long as the three still disagree. */
export function smallest(world: SmallWorld): SmallWorld {
  let best = world;
  const kind = kindOf(disagreement(world));
  for (let spared = true; spared;) {
    spared = false;
    for (const smaller of withoutOnePart(best)) {
      if (!isWorld(smaller) || kindIn(smaller) !== kind) continue;
      [best, spared] = [smaller, true];
      break;
    }
  }
  return best;
}

/** Nothing is said of what is not there. */
function isWorld({ types, said }: SmallWorld): boolean {
  const names = new Set(coordinatesOf(types));
  return (
    names.has("Query") &&
    Object.entries(said).every(
      ([name, { reads = [], madeFrom = [] }]) =>
        names.has(name) && [...reads, ...madeFrom].every((one) => names.has(one)),
    )
  );
}

/** What a disagreement is about, without the names in it: smaller must not become another one. */
const kindOf = (words: string | undefined): string =>
  (words?.split("\n")[0] ?? "").replaceAll(/ (Query|\w+\d)\S*/g, "");

function kindIn(world: SmallWorld): string {
  try {
    return kindOf(disagreement(world));
  } catch {
    return "";
  }
}

/** The same value with one element of one of its lists, or one member of one of its objects, left out. */
function* withoutOnePart(world: SmallWorld): Generator<SmallWorld> {
  for (const smaller of without(world)) yield smaller as SmallWorld; // cast: a part less, and what then is none is never built
}

const KEPT = new Set([
  "said",
  "kind",
  "name",
  "type",
  "needed",
  "rules",
  "deniedAs",
  "column",
  "on",
  "beyond",
  "where",
  "set",
  "coordinate",
  "audience",
  "enabled",
]);

function* without(value: unknown): Generator {
  if (typeof value !== "object" || value === null) return;
  const parts = Object.entries(value);
  for (const [key, part] of parts) {
    const rest = parts.filter(([other]) => other !== key);
    if (Array.isArray(value)) yield rest.map(([, other]: [string, unknown]) => other);
    else if (!KEPT.has(key) && !Array.isArray(part)) yield Object.fromEntries(rest);
  }
  for (const [key, part] of parts) {
    for (const smaller of without(part)) {
      const all = parts.map(([other, same]: [string, unknown]) => [other, other === key ? smaller : same] as const);
      yield Array.isArray(value) ? all.map(([, one]) => one) : Object.fromEntries(all);
    }
  }
}
