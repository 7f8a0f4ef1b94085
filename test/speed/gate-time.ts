// How long something takes that takes next to no time.

export interface Times {
  /** Microseconds. */
  readonly median: number;
  readonly p99: number;
  readonly runs: number;
}

/** Microseconds of one call: the best of a few rounds, as whatever comes in between can only make it longer. */
export function each(work: () => void, calls: number): number {
  let best = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) work();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / calls / 1000);
  }
  return best;
}

/** Microseconds of one call that can be made only once. */
export function once(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1000;
}

export function timesOf(all: readonly number[]): Times {
  const sorted = all.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: at(0.5), p99: at(0.99), runs: sorted.length };
}
