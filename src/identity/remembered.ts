/** What was found out and may be believed for a while: bounded, the least recently used goes first. */
import type { Clock } from "../clock.ts";

export interface Remembered<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, until: Date): void;
  readonly size: number;
}

export function remembered<T>(most: number, clock: Clock): Remembered<T> {
  // A Map keeps the order of insertion: to use an entry is to insert it again, so the first one is the least used.
  const entries = new Map<string, { readonly value: T; readonly until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (clock.now().getTime() >= entry.until) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, until) {
      entries.delete(key);
      entries.set(key, { value, until: until.getTime() });
      if (entries.size <= most) return;
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        return;
      }
    },
    get size() {
      return entries.size;
    },
  };
}
