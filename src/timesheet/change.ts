/** How time entries and timesheets are written. */
import type { Role } from "../caller.ts";
import type { PermissionSet } from "../permission/compile.ts";
import { problem } from "../problem.ts";

export interface Writing {
  readonly mutation: string;
  readonly args: object;
  readonly set: PermissionSet;
  readonly roles: readonly Role[];
  readonly account: string;
  readonly member: string;
  readonly reader: unknown;
}

export function changeRows(writing: Writing): Promise<object> {
  return Promise.reject(problem("INTERNAL", { log: `${writing.mutation} is not written yet` }));
}
