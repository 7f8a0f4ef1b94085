// How long something takes that takes next to no time.

export interface Times {
  /** Microseconds. */
  readonly median: number;
  readonly p99: number;
  readonly runs: number;
}

/** Microseconds of one call: the best of a few rounds, as whatever else the machine does can only make it longer. */
export function each(work: () => void, calls = 1): number {
  const rounds = Array.from({ length: 5 }, () =>
    once(() => {
      for (let call = 0; call < calls; call += 1) work();
    }),
  );
  return Math.min(...rounds) / calls;
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
