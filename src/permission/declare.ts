/**
 * The language in which a subject says what it is: one declaration of each field, from which the GraphQL type, its
 * filter, its order, its place in reports, the classification and the SQL are all made. What is not said here is off.
 */
import { ROLES, type Role } from "../caller.ts";
import type { Table } from "../storage/table.ts";
import type { Condition, Rows } from "./condition.ts";

export const SENSITIVITIES = ["PUBLIC", "INTERNAL", "PERSONAL", "MONEY", "SECRET"] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/**
 * What a role may ever have of a field, and has by default. `on` and `off` can be moved by the account's toggles,
 * `never` cannot. The last form opens the field on some rows, and names what holds on all the others.
 */
export type Access = "on" | "off" | "never" | { readonly on: Condition; readonly beyond: "off" | "never" };

/** Where a field's value comes from. Columns are named as in the subject's table. */
export type Source =
  | { readonly kind: "id" }
  | { readonly kind: "column"; readonly column: string; readonly scalar: ScalarName }
  | { readonly kind: "enum"; readonly column: string; readonly enum: string }
  | { readonly kind: "money"; readonly minor: string; readonly currency: string }
  /** The row of another subject that a column points at; null where the caller may not see that row. */
  | { readonly kind: "one"; readonly type: string; readonly column: string }
  /** Rows of another subject through a join table: (own id in `from`, theirs in `to`), where a flag may be demanded. */
  | { readonly kind: "many"; readonly type: string; readonly through: Through }
  /** A page of another subject's rows, those whose `column` points here. */
  | { readonly kind: "connection"; readonly type: string; readonly column: string; readonly ordered: boolean }
  /** seconds × rate per hour, rounded half away from zero to minor units; null where `when` is given and false. */
  | { readonly kind: "amount"; readonly seconds: string; readonly rate: string; readonly when?: string }
  /** True when the enum column holds one of these. */
  | { readonly kind: "isOneOf"; readonly column: string; readonly values: readonly string[] }
  /** The sum of a money field over the caller's rows of `type` that point here, in the currency of `currency` (or the account's). */
  | {
      readonly kind: "sum";
      readonly type: string;
      readonly field: string;
      readonly column: string;
      readonly currency: string;
    }
  /** TimeTotals over the caller's rows of `type` that point here. */
  | { readonly kind: "totals"; readonly type: string; readonly column: string };

export interface Through {
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly flag?: string;
}

export type ScalarName = "String" | "Int" | "SafeInt" | "Float" | "Boolean" | "Date" | "DateTime" | "TimeZone";

/** Coordinates whose values tell another one, and how: exactly, or nearly enough to make hiding it idle. */
export interface Determination {
  readonly from: readonly string[];
  readonly how: string;
}

export interface Field {
  readonly source: Source;
  readonly description: string;
  readonly sensitivity: Sensitivity;
  /** Roles that differ from what the sensitivity says (see `accessOf`). */
  readonly access: Partial<Readonly<Record<Role, Access>>>;
  readonly madeFrom: readonly string[];
  /** Facts of the domain, beside what the source says: what tells this field where it is hidden. */
  readonly determinedBy: readonly Determination[];
  readonly filter: boolean;
  readonly order: boolean;
  /** `id` and the like: open whenever the type is. */
  readonly fixed: boolean;
  readonly sealed: boolean;
  /** A sealed field that may be looked up by its whole value, through the account's blind index. */
  readonly equality: boolean;
}

export interface Subject {
  /** The GraphQL type. */
  readonly name: string;
  readonly description: string;
  /** Two bytes in front of the uuid in a global id. Never reused. */
  readonly tag: number;
  readonly table: Table;
  readonly rows: Readonly<Record<Role, Rows>>;
  readonly fields: Readonly<Record<string, Field>>;
  /** The Query root that lists it, and whether it takes `filter` and `orderBy`. */
  readonly root?: { readonly name: string; readonly filter: boolean; readonly order: boolean };
  /** Fields that order it where nobody asks for an order, each only for those who may read it on every row; then the id. */
  readonly defaultOrder: readonly { readonly field: string; readonly direction: "ASC" | "DESC" }[];
}

const BY_SENSITIVITY: Readonly<Record<Sensitivity, Partial<Record<Role, Access>>>> = {
  PUBLIC: {},
  INTERNAL: {},
  PERSONAL: {},
  MONEY: { EMPLOYEE: "off", INTEGRATION: "off" },
  SECRET: { EMPLOYEE: "never", MANAGER: "never", INTEGRATION: "never" },
};

/** What a role may have of a field: its own word, else that of its sensitivity and its sealing, else on. */
export function accessOf(field: Field, role: Role): Access {
  const said = field.access[role] ?? BY_SENSITIVITY[field.sensitivity][role];
  return said ?? (field.sealed && role === "INTEGRATION" ? "off" : "on");
}

type Details = Partial<Omit<Field, "source">>;
/** A description alone, or a description with what differs from the usual. */
type Words = string | (Details & Pick<Field, "description">);

function field(source: Source, words: Words, usual: Details = {}): Field {
  const said = typeof words === "string" ? { description: words } : words;
  const comparable = ["id", "column", "enum", "money", "one", "many", "amount", "isOneOf"].includes(source.kind);
  const sortable = ["column", "enum", "money", "amount", "isOneOf"].includes(source.kind);
  return {
    source,
    sensitivity: "INTERNAL",
    access: {},
    madeFrom: [],
    determinedBy: [],
    filter: comparable,
    order: sortable && said.sealed !== true,
    fixed: false,
    sealed: false,
    equality: false,
    ...usual,
    ...said,
  };
}

export const id = (): Field => field({ kind: "id" }, "Global id.", { sensitivity: "PUBLIC", fixed: true });
export const scalar = (name: ScalarName, column: string, words: Words): Field =>
  field({ kind: "column", column, scalar: name }, words);
export const enumeration = (name: string, column: string, words: Words): Field =>
  field({ kind: "enum", column, enum: name }, words);
export const moneyField = (column: string, words: Words): Field =>
  field({ kind: "money", minor: `${column}_minor`, currency: `${column}_currency` }, words, { sensitivity: "MONEY" });
export const one = (type: string, column: string, words: Words): Field => field({ kind: "one", type, column }, words);
export const many = (type: string, through: Through, words: Words): Field =>
  field({ kind: "many", type, through }, words);
export const computed = (source: Source, words: Words): Field => field(source, words);

/** The value that stands for a field in an order: `costRate` is `COST_RATE`. */
export const constantCase = (name: string): string => name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();

/** What is said of any coordinate of the schema, whether it was generated from a subject or written by hand. */
export interface Declared {
  readonly sensitivity: Sensitivity;
  /** Open for whoever may use what it belongs to; no toggle moves it. */
  readonly fixed: boolean;
  /** Of the vendor's own workings: whoever may not use it is not told that it is there. */
  readonly internal: boolean;
  /** Roles that may have less than everything of it. A role that is not named has it on. */
  readonly access: Partial<Readonly<Record<Role, Access>>>;
  /** Coordinates whose values it shows or uses: it is closed with any of them. */
  readonly reads: readonly string[];
  /** The part of `reads` that a computed field is made from, as told to people. */
  readonly madeFrom: readonly string[];
  /** What tells it although it is hidden. It is not closed by them: it is reported (see `inference.ts`). */
  readonly determinedBy: readonly Determination[];
}

/** The name under which a declaration travels in the `extensions` of the built schema. */
export const DECLARED = "fieldgate";

const OPEN: Declared = {
  sensitivity: "PUBLIC",
  fixed: false,
  internal: false,
  access: {},
  reads: [],
  madeFrom: [],
  determinedBy: [],
};
export const declared = (details: Partial<Declared> = {}): Declared => ({ ...OPEN, ...details });
/** For page flags, payloads, keys of reports and other parts without a meaning of their own. */
export const fixedPart: Declared = declared({ fixed: true });
/** For what only the named role may use and cannot lose, such as the switches themselves. */
export const onlyFor = (role: Role): Declared =>
  declared({
    fixed: true,
    sensitivity: "INTERNAL",
    access: Object.fromEntries(ROLES.filter((other) => other !== role).map((other) => [other, "never" as const])),
  });

/** What a subject's field says, in the common form. */
export const declaredField = (field: Field): Declared => ({
  sensitivity: field.sensitivity,
  fixed: field.fixed,
  internal: false,
  access: Object.fromEntries(ROLES.map((role) => [role, accessOf(field, role)])),
  reads: field.madeFrom,
  madeFrom: field.madeFrom,
  determinedBy: field.determinedBy,
});
