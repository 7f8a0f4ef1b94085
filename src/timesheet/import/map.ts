/** The map of a generic import: which column of a file means what, and in which forms it writes times and numbers. */
import { readFile } from "node:fs/promises";
import { TextDecoder } from "node:util";
import { problem } from "../../problem.ts";
import { dateReader, momentReader } from "./moment.ts";

export const MAPPED = [
  "externalId",
  "member",
  "team",
  "project",
  "task",
  "activity",
  "customer",
  "start",
  "end",
  "durationMinutes",
  "durationHours",
  "breakMinutes",
  "date",
  "description",
  "billable",
  "tags",
  "rate",
  "costRate",
  "currency",
] as const;
export type Mapped = (typeof MAPPED)[number];

export interface GenericMap {
  /** What is meant → the name of the column in the file's header. */
  readonly columns: Readonly<Partial<Record<Mapped, string>>>;
  /** Tokens of luxon; ISO 8601 where it is not given. */
  readonly dateTimeFormat: string | undefined;
  readonly dateFormat: string | undefined;
  /** Only rows whose cells have one of these values are the account's. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** Cells that mean "nothing", beside the empty one. */
  readonly nulls: readonly string[];
  readonly delimiter: string;
  /** Undefined: UTF-8, or what a byte order mark says. */
  readonly encoding: string | undefined;
  readonly decimal: "." | ",";
}

const SETTINGS = ["columns", "dateTimeFormat", "dateFormat", "where", "nulls", "delimiter", "encoding", "decimal"];

export async function readMap(path: string): Promise<GenericMap> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw problem("IMPORT_MAP_INVALID", { extensions: { because: ["the map cannot be opened"] }, cause });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw problem("IMPORT_MAP_INVALID", { extensions: { because: ["the map is not JSON"] }, cause });
  }
  return parseMap(value);
}

/** Says everything that is wrong with a map at once, so that it is mended once. */
export function parseMap(value: unknown): GenericMap {
  const because: string[] = [];
  const given = object(value, "the map", because);
  for (const key of Object.keys(given)) if (!SETTINGS.includes(key)) because.push(`"${key}" is not a setting of a map`);
  const map: GenericMap = {
    columns: parseColumns(given["columns"], because),
    dateTimeFormat: text(given, "dateTimeFormat", because),
    dateFormat: text(given, "dateFormat", because),
    where: parseWhere(given["where"], because),
    nulls: texts(given["nulls"] ?? [], "nulls", because),
    delimiter: text(given, "delimiter", because) ?? ",",
    encoding: text(given, "encoding", because),
    decimal: text(given, "decimal", because) === "," ? "," : ".",
  };
  because.push(...formWrongs(map, given["decimal"]), ...columnWrongs(map.columns));
  if (because.length > 0) throw problem("IMPORT_MAP_INVALID", { extensions: { because } });
  return map;
}

/** Where each mapped column stands in the file; a column that is missing or there twice would be a guess. */
export function findColumns(map: GenericMap, header: readonly string[]): (column: string) => number {
  const because: string[] = [];
  for (const column of new Set([...Object.values(map.columns), ...Object.keys(map.where)])) {
    const times = header.filter((name) => name === column).length;
    if (times === 0) because.push(`the file has no column "${column}"`);
    if (times > 1) because.push(`the file has the column "${column}" ${times} times`);
  }
  if (because.length === 0) return (column) => header.indexOf(column);
  because.push(`its columns are ${header.map((name) => `"${name}"`).join(", ")}`);
  throw problem("IMPORT_MAP_INVALID", { extensions: { because } });
}

function parseColumns(value: unknown, because: string[]): GenericMap["columns"] {
  const columns: Partial<Record<Mapped, string>> = {};
  for (const [key, column] of Object.entries(object(value ?? {}, "columns", because))) {
    const mapped = MAPPED.find((name) => name === key);
    if (mapped === undefined) because.push(`"columns.${key}" is not something that a column can mean`);
    else if (typeof column !== "string" || column === "")
      because.push(`"columns.${key}" must name a column of the file`);
    else columns[mapped] = column;
  }
  return columns;
}

function parseWhere(value: unknown, because: string[]): GenericMap["where"] {
  const entries = Object.entries(object(value ?? {}, "where", because)).map(([column, accepted]) => {
    const list = typeof accepted === "string" ? [accepted] : accepted;
    return [column, texts(list, `where.${column}`, because)] as const;
  });
  return Object.fromEntries(entries);
}

function columnWrongs(columns: GenericMap["columns"]): readonly string[] {
  const has = (name: Mapped) => columns[name] !== undefined;
  const wrongs: string[] = [];
  if (!has("member")) wrongs.push(`"columns.member" is needed: somebody did the work`);
  if (!has("start") && !has("date")) wrongs.push(`"columns.start" or "columns.date" is needed: work was done on a day`);
  if (has("end") && !has("start")) wrongs.push(`"columns.end" needs "columns.start"`);
  if (!has("durationMinutes") && !has("durationHours")) {
    wrongs.push(
      `"columns.durationMinutes" or "columns.durationHours" is needed: a duration is never made from start and end`,
    );
  }
  if (has("durationMinutes") && has("durationHours")) {
    wrongs.push(`"columns.durationMinutes" and "columns.durationHours" cannot both be the duration`);
  }
  return wrongs;
}

function formWrongs(map: GenericMap, decimal: unknown): readonly string[] {
  const wrongs: string[] = [];
  if (decimal !== undefined && decimal !== "." && decimal !== ",") wrongs.push(`"decimal" must be "." or ","`);
  if (!/^[^"\r\n\ufeff]$/u.test(map.delimiter))
    wrongs.push(`"delimiter" must be one character, and not a quote or a line end`);
  if (map.encoding !== undefined && !isKnownEncoding(map.encoding))
    wrongs.push(`"encoding" is not one that is known here`);
  if (map.dateTimeFormat !== undefined && momentReader(map.dateTimeFormat) === undefined) {
    wrongs.push(`"dateTimeFormat" does not say year, month, day, hour and minute in luxon's tokens`);
  }
  if (map.dateFormat !== undefined && dateReader(map.dateFormat) === undefined) {
    wrongs.push(`"dateFormat" does not say year, month and day in luxon's tokens`);
  }
  return wrongs;
}

function isKnownEncoding(label: string): boolean {
  try {
    return new TextDecoder(label, { fatal: true }).encoding !== "";
  } catch {
    return false;
  }
}

function object(value: unknown, name: string, because: string[]): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  because.push(`${name} must be an object`);
  return {};
}

function text(given: Readonly<Record<string, unknown>>, key: string, because: string[]): string | undefined {
  const value = given[key];
  if (value === undefined || typeof value === "string") return value;
  because.push(`"${key}" must be a text`);
  return undefined;
}

function texts(value: unknown, key: string, because: string[]): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  because.push(`"${key}" must be a list of texts`);
  return [];
}
