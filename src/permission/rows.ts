/** On which rows a caller may use something: each role judged by itself, then united. A role lends its rows to no other. */
import type { PermissionSet } from "./compile.ts";
import { intersect, NONE, some, unite, type Rows } from "./condition.ts";
import type { Coordinate } from "./coordinate.ts";

export interface Use {
  readonly type: string;
  /** What is used together: a mutation, and an input field of it. */
  readonly coordinates: readonly Coordinate[];
  /** The field that is written: its mask holds for writing too. */
  readonly field?: Coordinate;
}

/** `sets`: one for each of the caller's roles. A role that may not use all of it adds none of its rows. */
export function rowsOfUse(sets: readonly PermissionSet[], { type, coordinates, field }: Use): Rows {
  return sets
    .filter((set) => coordinates.every((coordinate) => set.open.has(coordinate)))
    .map((set) => {
      const rows = set.rows.get(type) ?? NONE;
      const mask = field === undefined ? undefined : set.masks.get(field);
      return mask === undefined ? rows : intersect(rows, some(mask));
    })
    .reduce<Rows>(unite, NONE);
}
