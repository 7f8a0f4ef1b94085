/** Values for arguments: mostly such as are found in the world, so that filters let some rows through. */
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
import { json, lifted, list, object, omitted, type Draft, type Given } from "./draft.ts";
import { globalId, perHour } from "./naive-value.ts";
import { rowsOf, type Cell } from "./world.ts";
import { DATES, INSTANTS, WORDS, ZONES } from "./words.ts";

/** For what a value is: the field that it will be compared with. */
export interface Aim {
  readonly subject: string;
  readonly field?: string;
  readonly operator?: string;
  readonly depth: number;
}

export function given(draft: Draft, type: GraphQLInputType, aim: Aim): Given {
  const plain = getNullableType(type);
  if (!isNonNullType(type) && aim.operator !== undefined && draft.random.chance(0.004)) return json(null);
  return lifted(draft, type, () => {
    if (isListType(plain)) return listOf(draft, plain.ofType, aim);
    if (isEnumType(plain)) return enumValue(draft, plain);
    if (isInputObjectType(plain)) return inputObject(draft, plain, aim);
    return scalar(draft, plain.name, aim);
  });
}

function listOf(draft: Draft, type: GraphQLInputType, aim: Aim): Given {
  const { random } = draft;
  const count = random.pick([0, 1, 1, 2, 2, 3]);
  // One value may stand for a list of one.
  if (count === 1 && random.chance(0.15)) return given(draft, type, aim);
  const elements = Array.from({ length: count }, () => given(draft, type, aim));
  // A field may be ordered by once: what says it twice is refused, and worth a trial only in short lists.
  // One that holds a variable has to stay, as a variable that is declared is used.
  const free = elements.every(({ text }) => !text.includes("$"));
  const once = free && count > 2 && getNamedType(type).name.endsWith("Order");
  return list(once ? [...new Map(elements.map((element) => [fieldIn(element), element])).values()] : elements);
}

const fieldIn = ({ text }: Given): string => /field: (\S+?)[,}]/.exec(text)?.[1] ?? text;

export function enumValue(draft: Draft, type: GraphQLEnumType): Given {
  const names = type.getValues().map(({ name }) => name);
  const allowed = usable(draft, names, (name) => `${type.name}.${name}`);
  const name = draft.random.pick(allowed.length === 0 ? names : allowed);
  return { text: name, json: name };
}

/** All of them, or for a careful caller those that are open. */
export function usable(draft: Draft, names: readonly string[], coordinate: (name: string) => string): string[] {
  return names.filter((name) => !draft.careful || draft.sight.access.closed(coordinate(name)) === undefined);
}

function inputObject(draft: Draft, type: GraphQLInputObjectType, aim: Aim): Given {
  const { random } = draft;
  const fields = type.getFields();
  const names = Object.keys(fields).filter((name) => aim.depth > 0 || !isNested(fields[name]?.type));
  const needed = names.filter((name) => isNonNullType(fields[name]?.type) && fields[name]?.defaultValue === undefined);
  const optional = usable(
    draft,
    names.filter((name) => !needed.includes(name)),
    (name) => `${type.name}.${name}`,
  );
  const most = type.name.endsWith("Order") ? 1 : random.pick([1, 1, 1, 2, 2, 3]);
  const chosen = [...needed, ...random.some(optional, most)];
  if (chosen.length === 0 && optional.length > 0 && random.chance(0.9)) chosen.push(random.pick(optional));
  return object(
    random.shuffle(chosen).map((name) => {
      const field = fields[name];
      if (field === undefined) throw new Error(`${type.name} has no ${name}`);
      if (!isNonNullType(field.type) && !draft.lifting && random.chance(0.01)) {
        return [name, omitted(draft, String(field.type))] as const;
      }
      return [name, given(draft, field.type, aimAt(draft, aim, { type, name }))] as const;
    }),
  );
}

/** A filter that leads to filters of whole rows. */
function isNested(type: GraphQLInputType | undefined): boolean {
  const named = type && getNamedType(type);
  return isInputObjectType(named) && ("and" in named.getFields() || "some" in named.getFields());
}

function aimAt(draft: Draft, aim: Aim, at: { readonly type: GraphQLInputObjectType; readonly name: string }): Aim {
  const { type, name } = at;
  const fields = type.getFields();
  if ("and" in fields) {
    if (name === "and" || name === "or" || name === "not") return { subject: aim.subject, depth: aim.depth - 1 };
    const source = draft.sight.subject(aim.subject).fields[name]?.source;
    const relation = source?.kind === "one" || source?.kind === "many";
    return relation
      ? { subject: source.type, depth: aim.depth - 1 }
      : { subject: aim.subject, field: name, depth: aim.depth };
  }
  return "isNull" in fields ? { ...aim, operator: name } : aim;
}

function scalar(draft: Draft, type: string, aim: Aim): Given {
  const { random } = draft;
  const found = aim.field === undefined || random.chance(0.2) ? [] : cells(draft, aim.subject, aim.field);
  if (aim.operator === "isNull" || type === "Boolean") return json(random.chance(0.5));
  if (aim.operator === "currency") return json(random.pick(["EUR", "USD", "CHF", ""]));
  if (type === "ID") return json(id(draft, aim.subject));
  const value = found.length > 0 ? random.pick(found) : anything(draft, type);
  if (typeof value === "string" && type === "String") return json(part(draft, value, aim.operator));
  if (typeof value === "number" && type !== "Float" && random.chance(0.2)) return json(value + random.pick([-1, 1]));
  if (type === "DateTime" && typeof value === "string" && random.chance(0.2)) return json(withOffset(value));
  return json(value);
}

function anything(draft: Draft, type: string): Cell {
  const { random } = draft;
  switch (type) {
    case "Date":
      return random.pick(DATES);
    case "DateTime":
      return random.pick(INSTANTS);
    case "TimeZone":
      return random.pick(ZONES);
    case "Float":
      return random.pick([0, 0.1, 38.5, 40, 1e3]);
    case "Int":
    case "SafeInt":
      return random.pick([0, 1, 60, 3600, 10000, 12345]);
    default:
      return random.pick(WORDS);
  }
}

const withOffset = (instant: string): string =>
  new Date(Date.parse(instant) + 3_600_000).toISOString().replace("Z", "+01:00");

/** A piece of a text, by whole code points. */
function part(draft: Draft, text: string, operator: string | undefined): string {
  if (operator !== "contains" && operator !== "startsWith") return text;
  const points = Array.from(text);
  const from = operator === "contains" ? draft.random.below(points.length + 1) : 0;
  return points.slice(from, from + draft.random.below(3) + 1).join("");
}

/** Values of a field over the whole account, seen by the caller or not. */
function cells(draft: Draft, subject: string, field: string): readonly Cell[] {
  const { sight } = draft;
  const { table, fields } = sight.subject(subject);
  const source = fields[field]?.source;
  return rowsOf(sight.world, table.name, sight.asker.account)
    .map((row): Cell => {
      if (source?.kind === "column" || source?.kind === "enum") return row[source.column] ?? null;
      if (source?.kind === "money") return row[source.minor] ?? null;
      if (source?.kind !== "amount") return null;
      const minor = row[`${source.rate}_minor`];
      return typeof minor === "number" ? perHour(Number(row[source.seconds]), { minor, currency: "" }).minor : null;
    })
    .filter((cell) => cell !== null);
}

/** Mostly an id of the type, of this account or the other; now and then one that no row or no type has. */
export function id(draft: Draft, subject: string, strange = 0.02): string {
  const { random, sight } = draft;
  if (random.chance(strange)) {
    const others = ["", "x", "AAAA", globalId(sight.subject("Account").tag, sight.asker.account)];
    return random.pick(others);
  }
  const { table, tag } = sight.subject(subject);
  const account = random.chance(0.93) ? sight.asker.account : random.pick(sight.world.accounts);
  const rows = random.chance(0.7) ? sight.rows(subject) : rowsOf(sight.world, table.name, account);
  if (rows.length === 0 || random.chance(0.03)) return globalId(tag, "00000000-0000-7000-8000-000000000001");
  return globalId(tag, String(random.pick(rows)["id"]));
}
