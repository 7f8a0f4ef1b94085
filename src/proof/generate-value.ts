/** Values for arguments: mostly such as are found in one of the worlds, so that filters let some rows through. */
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from "graphql";
import { memberCoordinate } from "../permission/coordinate.ts";
import type { Subject } from "../permission/declare.ts";
import { json, lifted, list, object, usable, type Draft, type Given } from "./draft.ts";
import { CURRENCIES, freshId, WORDS, ZONES } from "./value.ts";

/** For what a value is: the field that it will be compared with. */
export interface Aim {
  readonly subject?: Subject | undefined;
  readonly field?: string;
  readonly operator?: string;
  /** The name of the argument or the input field that takes it. */
  readonly name: string;
  readonly depth: number;
}

export function given(draft: Draft, type: GraphQLInputType, aim: Aim): Given {
  const plain = getNullableType(type);
  if (!isNonNullType(type) && draft.random.chance(0.004)) return json(null);
  return lifted(draft, type, () => {
    if (isListType(plain)) return listOf(draft, plain.ofType, aim);
    if (isEnumType(plain)) return enumValue(draft, plain);
    if (isInputObjectType(plain)) return inputObject(draft, plain, aim);
    return json(scalar(draft, plain.name, aim));
  });
}

function listOf(draft: Draft, type: GraphQLInputType, aim: Aim): Given {
  const { random } = draft;
  const count = random.pick(isEnumType(getNamedType(type)) ? [1, 1, 2, 2, 3] : [0, 1, 1, 2, 2, 3]);
  const elements = Array.from({ length: count }, () => given(draft, type, aim));
  // To order or to group by the same thing twice is refused; what holds a variable has to stay, as variables are used.
  const free = elements.every(({ text }) => !text.includes("$"));
  const once = new Map(elements.map((element) => [/field: (\w+)/.exec(element.text)?.[1] ?? element.text, element]));
  return list(free ? [...once.values()] : elements);
}

function enumValue(draft: Draft, type: GraphQLEnumType): Given {
  const names = type.getValues().map(({ name }) => name);
  const name = draft.random.pick(usable(draft, names, (one) => memberCoordinate(type.name, one)));
  return { text: name, json: name };
}

function inputObject(draft: Draft, type: GraphQLInputObjectType, aim: Aim): Given {
  const { random } = draft;
  const fields = Object.values(type.getFields());
  const needed = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  const optional = fields.filter((field) => !needed.includes(field) && (aim.depth > 0 || !leadsOn(field.type)));
  const free = usable(draft, optional, ({ name }) => memberCoordinate(type.name, name));
  const most = type.name.endsWith("Order") ? 1 : random.pick([1, 1, 1, 2, 2, 3]);
  const searching = free.filter(({ name }) => name === "contains" || name === "startsWith");
  const among = searching.length > 0 && random.chance(0.4) ? searching : free;
  const chosen = [...needed, ...random.some(among, needed.length > 0 ? random.below(most + 1) : most)];
  return object(
    chosen.map(
      (field) => [field.name, given(draft, field.type, aimAt(draft, aim, { type, name: field.name }))] as const,
    ),
  );
}

/** A filter of whole rows, in which filters of rows may stand again. */
function leadsOn(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return isInputObjectType(named) && ("and" in named.getFields() || "some" in named.getFields());
}

function aimAt(draft: Draft, aim: Aim, at: { readonly type: GraphQLInputObjectType; readonly name: string }): Aim {
  const { type, name } = at;
  const fields = type.getFields();
  const { subjects } = draft.law;
  if ("and" in fields) {
    const subject = subjects.get(type.name.replace(/Filter$/, ""));
    const source = subject?.fields[name]?.source;
    const relation = source?.kind === "one" || source?.kind === "many";
    return relation
      ? { subject: subjects.get(source.type), depth: aim.depth - 1, name }
      : { subject, field: name, depth: aim.depth - ("and" === name || "or" === name || "not" === name ? 1 : 0), name };
  }
  if ("isNull" in fields) return { ...aim, operator: name };
  // Of an input that writes, each field is named as that of the row.
  const written = subjects.get(/(?:Create|Update)(\w+)Input$/.exec(type.name)?.[1] ?? "");
  return written === undefined ? { ...aim, name } : { subject: written, field: name, depth: aim.depth, name };
}

function scalar(draft: Draft, type: string, aim: Aim): unknown {
  const { random, pool } = draft;
  if (aim.operator === "isNull" || type === "Boolean") return random.chance(0.5);
  if (aim.operator === "currency" || aim.name === "currency") return random.pick(CURRENCIES);
  if (type === "ID") return idFor(draft, aim);
  if (aim.name === "externalId" && draft.writing) return `proof-${freshId(random)}`;
  const { subject, field } = aim;
  const found = subject && field && random.chance(0.85) ? pool.value(random, subject, field) : undefined;
  const value = found ?? anything(draft, type, aim.name);
  if (typeof value === "string" && type === "String") return part(draft, value, aim.operator);
  if (typeof value === "number" && type !== "Float" && random.chance(0.2)) return value + random.pick([-1, 1]);
  return value;
}

function anything({ random, coordinates }: Draft, type: string, name: string): string | number {
  switch (type) {
    case "Date":
      return random.pick(["2025-12-31", "2026-03-23", "2026-03-24", "2026-03-29"]);
    case "DateTime":
      return random.pick(["2026-03-24T08:00:00.000Z", "2026-03-29T00:30:00.120Z", "2026-03-31T23:59:59.999+02:00"]);
    case "TimeZone":
      return random.pick(ZONES);
    case "Float":
    case "Int":
    case "SafeInt":
      return name === "to" ? random.pick([1, 15, 60]) : random.pick([0, 1, 60, 900, 3600, 12_345]);
    default:
      return /coordinate/i.test(name) || random.chance(0.1) ? random.pick(coordinates) : random.pick(WORDS);
  }
}

/** A piece of a text, by whole code points. */
function part({ random }: Draft, text: string, operator: string | undefined): string {
  if (operator !== "contains" && operator !== "startsWith") return text;
  const points = Array.from(text);
  const from = operator === "contains" ? random.below(points.length + 1) : 0;
  return points.slice(from, from + random.below(4) + 1).join("");
}

/** Of the type that is meant, seen or unseen; now and then of another type, or of nothing. */
export function idFor(
  { random, pool, law, writing }: Draft,
  { subject, field }: Pick<Aim, "subject" | "field">,
): string {
  const source = field === undefined ? undefined : subject?.fields[field]?.source;
  const type = source?.kind === "one" || source?.kind === "many" ? source.type : subject?.name;
  const meant = random.chance(0.97) ? type : undefined;
  // What is written points mostly at what is seen, or else little would be written.
  const which = writing && random.chance(0.7) ? "seen" : "any";
  const found = pool.id(random, meant ?? random.pick([...law.subjects.keys()]), which);
  return random.chance(0.01) ? "AAAA" : (found ?? "AAkAAAAAAAAAAAAAAAAAAAAA");
}
