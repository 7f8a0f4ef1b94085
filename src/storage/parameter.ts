/** A value in the text form that PostgreSQL reads, so that both drivers send the same bytes for it. */
import type { Value } from "./database.ts";

export function parameter(value: Value): string | null {
  if (value === null) return null;
  return isArray(value) ? `{${value.map(element).join(",")}}` : String(value);
}

const isArray = (value: Value): value is readonly (string | number | boolean | null)[] => Array.isArray(value);

/** Everything but null is quoted: an element that spells NULL, or holds a comma or a brace, stays what it is. */
function element(value: string | number | boolean | null): string {
  return value === null ? "NULL" : `"${String(value).replace(/["\\]/g, "\\$&")}"`;
}
