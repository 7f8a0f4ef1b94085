/**
 * An enum as data. Decorators cannot carry what its values declare, so enums are listed in the register and handed to
 * the schema from there.
 */
import { type Declared, fixedPart } from "./declare.ts";

export interface Enumeration {
  readonly name: string;
  readonly description: string;
  /** Each value stands for itself, so that what was coerced still tells its coordinate. */
  readonly values: Readonly<Record<string, string>>;
  readonly describe: Readonly<Record<string, string>>;
  readonly declared: Readonly<Record<string, Declared>>;
}

type ValueSaid = { readonly description?: string; readonly declared: Declared };

export function enumerationOf(
  name: string,
  description: string,
  said: Readonly<Record<string, ValueSaid>>,
): Enumeration {
  const names = Object.keys(said);
  return {
    name,
    description,
    values: Object.fromEntries(names.map((value) => [value, value])),
    describe: Object.fromEntries(Object.entries(said).map(([value, { description }]) => [value, description ?? ""])),
    declared: Object.fromEntries(Object.entries(said).map(([value, { declared }]) => [value, declared])),
  };
}

/** An enum whose values nobody could want to close one by one: a direction, a day of the week. */
export const fixedEnumeration = (name: string, description: string, values: readonly string[]): Enumeration =>
  enumerationOf(name, description, Object.fromEntries(values.map((value) => [value, { declared: fixedPart }])));
