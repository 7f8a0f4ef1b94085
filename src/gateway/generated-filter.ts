/**
 * Filters and orders of the subjects, made from the same declarations as the fields. Each input field and each order
 * value names the coordinate that it reads, so that whoever may not read a field may not ask about it either.
 */
import { constantCase, declared, fixedPart, type Declared, type Field, type Subject } from "../permission/declare.ts";
import { enumerationOf, fixedEnumeration, type ValueSaid } from "../permission/enumeration.ts";
import { listed, sources } from "./generated-object.ts";
import { makeEnum, makeInput, type Part, type Parts, type Workshop } from "./workshop.ts";

const EQUALITY = ["eq", "ne", "in", "notIn"] as const;
const RANGE = ["lt", "lte", "gt", "gte"] as const;
type Operator = (typeof EQUALITY)[number] | (typeof RANGE)[number] | "isNull" | "contains" | "startsWith";

const MEANING: Readonly<Record<Operator, string>> = {
  eq: "It is this.",
  ne: "It is not this.",
  in: "It is one of these.",
  notIn: "It is none of these.",
  lt: "It is less than this, or before it.",
  lte: "It is this, or less.",
  gt: "It is more than this, or after it.",
  gte: "It is this, or more.",
  isNull: "There is no value; with false: there is one.",
  contains: "It has this text in it.",
  startsWith: "It begins with this text.",
};

/** Only what makes sense: nothing is before a boolean, and a sealed text can be compared whole or not at all. */
const OPERATORS: Readonly<Record<string, { readonly of: string; readonly operators: readonly Operator[] }>> = {
  ID: { of: "ID", operators: [...EQUALITY, "isNull"] },
  String: { of: "String", operators: [...EQUALITY, ...RANGE, "isNull", "contains", "startsWith"] },
  Int: { of: "Int", operators: [...EQUALITY, ...RANGE, "isNull"] },
  SafeInt: { of: "SafeInt", operators: [...EQUALITY, ...RANGE, "isNull"] },
  Float: { of: "Float", operators: [...EQUALITY, ...RANGE, "isNull"] },
  Boolean: { of: "Boolean", operators: ["eq", "ne", "isNull"] },
  Date: { of: "Date", operators: [...EQUALITY, ...RANGE, "isNull"] },
  DateTime: { of: "DateTime", operators: [...EQUALITY, ...RANGE, "isNull"] },
  TimeZone: { of: "TimeZone", operators: [...EQUALITY, "isNull"] },
  Money: { of: "SafeInt", operators: [...EQUALITY, ...RANGE, "isNull"] },
  Sealed: { of: "String", operators: ["isNull"] },
  SealedEquality: { of: "String", operators: ["eq", "in", "isNull"] },
};

export function makeFilters(shop: Workshop, subjects: readonly Subject[]): void {
  for (const subject of filtered(subjects)) makeSubjectFilter(shop, subject);
}

/** Subjects that are filtered at a root, and those that their filters lead to. */
export function filtered(subjects: readonly Subject[]): readonly Subject[] {
  const reached = new Set(subjects.filter(({ root }) => root?.filter === true).map(({ name }) => name));
  for (const name of reached) {
    // A set that grows while it is walked is walked to its new end.
    const subject = subjects.find((other) => other.name === name);
    for (const field of Object.values(subject?.fields ?? {})) {
      if (field.filter && (field.source.kind === "one" || field.source.kind === "many")) reached.add(field.source.type);
    }
  }
  return subjects.filter(({ name }) => reached.has(name));
}

function makeSubjectFilter(shop: Workshop, subject: Subject): void {
  const name = `${subject.name}Filter`;
  const fields = Object.entries(subject.fields).filter(([, field]) => field.filter);
  makeInput(shop, {
    name,
    description: `Which ${subject.name} rows: those that meet every condition given.`,
    declared: fixedPart,
    fields: {
      ...Object.fromEntries(fields.map(([field, of]) => [field, filterField(shop, `${subject.name}.${field}`, of)])),
      and: { type: `[${name}!]`, description: "Every one of these holds.", declared: fixedPart },
      or: { type: `[${name}!]`, description: "At least one of these holds.", declared: fixedPart },
      not: { type: name, description: "This does not hold.", declared: fixedPart },
    },
  });
}

const reading = (coordinate: string, { sensitivity }: Field): Declared =>
  declared({ sensitivity, reads: [coordinate] });

function filterField(shop: Workshop, coordinate: string, field: Field): Part {
  return { type: filterType(shop, field), description: field.description, declared: reading(coordinate, field) };
}

function filterType(shop: Workshop, { source, sealed, equality }: Field): string {
  switch (source.kind) {
    case "id":
      return operatorInput(shop, "ID");
    case "column":
      if (sealed) return operatorInput(shop, equality ? "SealedEquality" : "Sealed");
      return operatorInput(shop, source.scalar);
    case "enum":
      return enumInput(shop, source.enum);
    case "money":
    case "amount":
      return operatorInput(shop, "Money");
    case "isOneOf":
      return operatorInput(shop, "Boolean");
    case "one":
      return `${source.type}Filter`;
    case "many":
      return listInput(shop, source.type);
    case "connection":
    case "sum":
    case "totals":
      throw new Error(`a ${source.kind} cannot be filtered`);
    default:
      return source satisfies never;
  }
}

function operatorInput(shop: Workshop, scalar: string): string {
  const known = OPERATORS[scalar];
  if (known === undefined) throw new Error(`no operators are known for ${scalar}`);
  const currency: Part = { type: "String", description: "Only in this currency.", declared: fixedPart };
  const fields = operators(known.of, known.operators);
  const description = `Conditions on ${scalar === "Money" ? "money, in minor units" : `a ${scalar}`}.`;
  return once(shop, `${scalar}Filter`, { description, fields: scalar === "Money" ? { ...fields, currency } : fields });
}

const enumInput = (shop: Workshop, name: string): string =>
  once(shop, `${name}Filter`, {
    description: `Conditions on a ${name}.`,
    fields: operators(name, [...EQUALITY, "isNull"]),
  });

function listInput(shop: Workshop, type: string): string {
  const part = (description: string): Part => ({ type: `${type}Filter`, description, declared: fixedPart });
  return once(shop, `${type}ListFilter`, {
    description: `Conditions on a list of ${type}, as far as the caller may see it.`,
    fields: {
      some: part("At least one is like this."),
      every: part("None is unlike this."),
      none: part("None is like this."),
    },
  });
}

function operators(type: string, names: readonly Operator[]): Parts {
  const typed = (operator: Operator): string => {
    if (operator === "isNull") return "Boolean";
    return operator === "in" || operator === "notIn" ? `[${type}!]` : type;
  };
  const parts = names.map((name): [string, Part] => [
    name,
    { type: typed(name), description: MEANING[name], declared: fixedPart },
  ]);
  return Object.fromEntries(parts);
}

/** Inputs of one scalar are shared by all filters, and exist only where one needs them. */
function once(shop: Workshop, name: string, of: { readonly description: string; readonly fields: Parts }): string {
  if (!shop.types.has(name)) makeInput(shop, { name, declared: fixedPart, ...of });
  return name;
}

export function makeOrders(shop: Workshop, subjects: readonly Subject[]): void {
  makeEnum(shop, fixedEnumeration("Direction", "Nulls come last either way.", ["ASC", "DESC"]), fixedPart);
  const ordered = new Set(subjects.filter(({ root }) => root?.order === true).map(({ name }) => name));
  for (const source of subjects.flatMap(sources)) {
    if (source.kind === "connection" && source.ordered) ordered.add(source.type);
  }
  for (const subject of listed(subjects)) if (ordered.has(subject.name)) makeOrder(shop, subject);
}

function makeOrder(shop: Workshop, { name, fields }: Subject): void {
  const values = Object.entries(fields)
    .filter(([, field]) => field.order)
    .map(([field, of]): [string, ValueSaid] => [
      constantCase(field),
      { description: of.description, declared: reading(`${name}.${field}`, of) },
    ]);
  makeEnum(
    shop,
    enumerationOf(`${name}OrderField`, `By what ${name} rows can be ordered.`, Object.fromEntries(values)),
    fixedPart,
  );
  makeInput(shop, {
    name: `${name}Order`,
    description: `One term of an order of ${name} rows.`,
    declared: fixedPart,
    fields: {
      field: { type: `${name}OrderField!`, description: "By what.", declared: fixedPart },
      direction: { type: "Direction!", description: "Which way.", declared: fixedPart, defaultValue: "ASC" },
    },
  });
}
