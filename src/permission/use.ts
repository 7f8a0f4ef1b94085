/** What an operation touches, allowed or not: which coordinates, and each beneath which field. Made when it is judged. */
import type { Coordinate } from "./coordinate.ts";

export interface Use {
  readonly coordinate: Coordinate;
  /** Where in the same list the field stands beneath which it is used, always before; else ROOT or MENTIONED. */
  readonly beneath: number;
}

/** It hangs on no field. */
export const ROOT = -1;
/** It stands in the document, whatever runs of that: it need not be allowed, but it has to exist. */
export const MENTIONED = -2;

/** Each use once, however often the operation repeats it. */
export class Uses {
  readonly list: Use[] = [];
  readonly #known = new Map<string, number>();

  /** Its place in the list. */
  add(coordinate: Coordinate, beneath: number): number {
    const key = `${beneath} ${coordinate}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.list.length);
    return this.list.push({ coordinate, beneath }) - 1;
  }
}
