// How much of the process something takes: what is held after everything that nobody holds has been collected.

/** Needs --expose-gc. */
export function collect(): void {
  if (globalThis.gc === undefined) throw new Error("run with --expose-gc");
  // The second also takes what the first had only finalized; the last resort gives back what is empty.
  for (let times = 0; times < 3; times += 1) globalThis.gc({ type: "major", execution: "sync", flavor: "last-resort" });
}

export interface Held {
  /** Bytes of objects, strings and buffers. */
  readonly objects: number;
  /** Bytes of the whole process, as the machine counts them. */
  readonly resident: number;
}

export function held(): Held {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { objects: heapUsed + external, resident: rss };
}

export const growth = (before: Held, after: Held): Held => ({
  objects: after.objects - before.objects,
  resident: after.resident - before.resident,
});
