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
  readonly said: Readonly<Record<string, ValueSaid>>;
}

export interface ValueSaid {
  readonly description?: string;
  readonly declared: Declared;
}

export function enumerationOf(name: string, description: string, said: Enumeration["said"]): Enumeration {
  return { name, description, said, values: Object.fromEntries(Object.keys(said).map((value) => [value, value])) };
}

/** An enum whose values nobody could want to close one by one: a direction, a day of the week. */
export const fixedEnumeration = (name: string, description: string, values: readonly string[]): Enumeration =>
  enumerationOf(name, description, Object.fromEntries(values.map((value) => [value, { declared: fixedPart }])));
