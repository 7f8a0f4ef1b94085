/** What a page was asked for: how many, from which end, after or before which cursor. */
import type { Picked } from "../permission/check.ts";
import type { Input, Read } from "../permission/input.ts";
import { problem } from "../problem.ts";
import type { Parameter } from "./build.ts";

export const DEFAULT_SIZE = 50;
export const LARGEST = 500;

const given = (picked: Picked, name: string): Read | undefined => {
  const input = picked.arguments.get(name);
  return input?.kind === "leaf" ? input.read : undefined;
};

/** From the end: `last` is given. Throws PAGE_INVALID for contradictions. */
export function backwards(picked: Picked): boolean {
  const has = (name: string): boolean => given(picked, name) !== undefined;
  const backward = has("last");
  if ((backward && has("first")) || (has("after") && backward) || (has("before") && !backward))
    throw problem("PAGE_INVALID");
  return backward;
}

/** How many rows at most. Throws PAGE_INVALID when it runs and the number is out of range. */
export function pageSize(picked: Picked): Parameter {
  const asked = given(picked, "last") ?? given(picked, "first");
  if (asked === undefined) return () => DEFAULT_SIZE;
  return (run) => {
    const size = asked(run.variables);
    if (typeof size !== "number" || !Number.isInteger(size) || size < 0 || size > LARGEST)
      throw problem("PAGE_INVALID");
    return size;
  };
}

export const givenCursor = (picked: Picked): Read | undefined => given(picked, "after") ?? given(picked, "before");

/** An input as plain data, for a cursor to be bound to. */
export function plainOf(input: Input): Read {
  switch (input.kind) {
    case "null":
      return () => null;
    case "leaf":
      return input.read;
    case "value":
      return () => input.name;
    case "list": {
      const items = input.items.map(plainOf);
      return (variables) => items.map((item) => item(variables));
    }
    case "object": {
      const fields = [...input.fields].map(([name, value]) => [name, plainOf(value)] as const);
      return (variables) => fields.map(([name, read]) => [name, read(variables)]);
    }
    default:
      return input satisfies never;
  }
}
