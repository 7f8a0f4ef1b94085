/** A stream of choices made from one number: the same number, the same choices, on every machine. */
export interface Random {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A few elements, none twice, in no order. */
  some<T>(list: readonly T[], most: number): readonly T[];
  /** A stream of its own, so that a change in one part does not move the choices of another. */
  fork(label: string): Random;
}

/** SplitMix32: small, even, and enough to choose what is tried. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error("nothing to pick from");
    return list[below(list.length)] as T; // cast: the place is within the list
  };
  return {
    below,
    chance: (probability) => next() < probability,
    pick,
    some: (list, most) => {
      const left = [...list];
      const count = Math.min(left.length, most);
      return Array.from({ length: count }, () => left.splice(below(left.length), 1)).flat();
    },
    fork: (label) => randomOf(hash(`${seed} ${label}`)),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
