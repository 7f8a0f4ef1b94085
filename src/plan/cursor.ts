/**
 * Cursors: the values of a row's order, authenticated and bound to account, list, order and filter. The same place gives
 * the same cursor. They hold only what the caller could order by, and whoever changes one byte is refused.
 */
import { problem } from "../problem.ts";
import { authenticate, sameCode } from "../storage/digest.ts";

const CODE_BYTES = 12;

/** What a cursor belongs to. */
export interface Binding {
  readonly key: string;
  readonly account: string;
  readonly list: string;
  /** The filter as asked, in JSON. */
  readonly filter: string;
}

const codeOf = (binding: Binding, values: string): Buffer =>
  authenticate(binding.key, JSON.stringify([binding.account, binding.list, binding.filter, values])).subarray(
    0,
    CODE_BYTES,
  );

/** `values` is the JSON array of the row's place. */
export const sealCursor = (binding: Binding, values: string): string =>
  Buffer.concat([codeOf(binding, values), Buffer.from(values)]).toString("base64url");

/** Throws CURSOR_INVALID for anything that was not made by `sealCursor` with this binding. */
export function openCursor(binding: Binding, cursor: unknown): readonly (string | null)[] {
  if (typeof cursor !== "string" || cursor.length > 10_000) throw problem("CURSOR_INVALID");
  const bytes = Buffer.from(cursor, "base64url");
  const values = bytes.subarray(CODE_BYTES).toString();
  const genuine =
    bytes.toString("base64url") === cursor && sameCode(bytes.subarray(0, CODE_BYTES), codeOf(binding, values));
  if (!genuine) throw problem("CURSOR_INVALID");
  return JSON.parse(values) as (string | null)[]; // cast: only `sealCursor` could have made it
}
