/** A stream of choices made from one number: the same number, the same choices, on every machine. */
export interface Random {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Some elements of the list, at most so many, in the list's order. */
  some<T>(list: readonly T[], most: number): T[];
  shuffle<T>(list: readonly T[]): T[];
  /** A stream of its own, so that a change in one part does not move the choices of another. */
  fork(label: number): Random;
}

/** Mulberry32: small, even, and enough to choose test cases. */
function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function random(seed: number): Random {
  const next = stream(seed);
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => {
    const at = below(list.length);
    if (list.length === 0) throw new Error("nothing to pick from");
    return list[at] as T; // cast: `at` is within the list
  };
  const shuffle = <T>(list: readonly T[]): T[] =>
    list
      .map((element) => ({ element, key: next() }))
      .toSorted((one, other) => one.key - other.key)
      .map(({ element }) => element);
  const some = <T>(list: readonly T[], most: number): T[] => {
    const chosen = new Set(shuffle(list.map((_, at) => at)).slice(0, below(Math.min(most, list.length) + 1)));
    return list.filter((_, at) => chosen.has(at));
  };
  return {
    below,
    chance: (probability) => next() < probability,
    pick,
    some,
    shuffle,
    fork: (label) => random(Math.imul(seed ^ 0x9e3779b9, 2654435761) + Math.imul(label + 1, 40503)),
  };
}
