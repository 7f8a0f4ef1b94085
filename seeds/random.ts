/** Chance that comes out the same every time: a small generator whose whole state comes from one text. */

const TWO_TO_32 = 0x1_0000_0000;

export class Random {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    this.#seed = seed;
    [this.#a, this.#b, this.#c] = scatter(seed);
    // The first numbers still resemble the seed.
    for (let round = 0; round < 12; round += 1) this.#next();
  }

  /** A generator of its own for one subject, so that a change to one person moves nobody else's days. */
  fork(subject: string | number): Random {
    return new Random(`${this.#seed}/${subject}`);
  }

  /** At least 0, less than 1. */
  fraction(): number {
    return this.#next() / TWO_TO_32;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.integer(0, choices.length - 1)];
    if (choice === undefined) throw new Error("There is nothing to pick from.");
    return choice;
  }

  /** One of the choices, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [choice: T, weight: number])[]): T {
    let rest = this.fraction() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of choices) {
      rest -= weight;
      if (rest < 0) return choice;
    }
    return this.pick(choices)[0];
  }

  /** So many of the choices, each once, in the order in which they were given. */
  sample<T>(choices: readonly T[], count: number): readonly T[] {
    const left = new Set(choices.keys());
    while (left.size > count) left.delete(this.pick([...left]));
    return choices.filter((_, at) => left.has(at));
  }

  shuffled<T>(choices: readonly T[]): readonly T[] {
    const order = choices.map((choice) => [this.fraction(), choice] as const);
    return order.toSorted(([one], [other]) => one - other).map(([, choice]) => choice);
  }

  /** An id of the form of UUID version 7: sorted by the instant, told apart by chance. */
  uuid(at: Date): string {
    const time = hexadecimal(at.getTime(), 12);
    const [first, second, third] = [this.#next(), this.#next(), this.#next()];
    const version = `7${hexadecimal(first >>> 20, 3)}`;
    const variant = hexadecimal(0x8000 | (first & 0x3fff), 4);
    const node = hexadecimal(second, 8) + hexadecimal(third >>> 16, 4);
    return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${node}`;
  }

  /** One step of sfc32 (Chris Doty-Humphrey, PractRand), which passes the known tests of chance. */
  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }
}

const hexadecimal = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** Three words from a text (FNV-1a, each from another beginning). */
function scatter(text: string): [number, number, number] {
  const hash = (start: number): number => {
    let value = start;
    for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
    return value >>> 0;
  };
  return [hash(0x811c9dc5), hash(0x9e3779b9), hash(0x243f6a88)];
}
