/** What a write demands of the row: to be one of the caller's, for the mutation and for each field that it writes. */
import type { PermissionSet } from "../permission/compile.ts";
import { sameRows, type Rows } from "../permission/condition.ts";
import { memberCoordinate } from "../permission/coordinate.ts";
import { rowsOfUse } from "../permission/rows.ts";

/** What the caller writes by: the mutation, and the fields of its input that were given. */
export interface Right {
  readonly mutation: string;
  readonly input?: string;
  readonly fields?: readonly string[];
}

export interface Demand {
  readonly field: string | undefined;
  readonly rows: Rows;
}

/** At least one: the rows on which the mutation may be used. Then those of each field that may be written on other rows. */
export function demandsOf(
  sets: readonly PermissionSet[],
  type: string,
  { mutation, input, fields = [] }: Right,
): readonly Demand[] {
  const root = memberCoordinate("Mutation", mutation);
  const demands: Demand[] = [{ field: undefined, rows: rowsOfUse(sets, { type, coordinates: [root] }) }];
  for (const field of fields) {
    const given = input === undefined ? [] : [memberCoordinate(input, field)];
    const rows = rowsOfUse(sets, { type, coordinates: [root, ...given], field: memberCoordinate(type, field) });
    if (!demands.some((demand) => sameRows(demand.rows, rows))) demands.push({ field, rows });
  }
  return demands;
}
