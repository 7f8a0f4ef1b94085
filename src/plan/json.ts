/** Text of JSON made by PostgreSQL: constant pieces and pieces that are SQL, joined by concatenation, which costs it least. */
import type { Picked } from "../permission/check.ts";
import type { Expression } from "./expression.ts";

/** A constant piece of the answer, or SQL that gives a piece and is never null. */
export type Piece = string | { readonly sql: string };

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** One text expression. Neighbouring constants become one. */
export function concatenate(pieces: readonly Piece[]): string {
  const parts: string[] = [];
  let constant = "";
  for (const piece of pieces) {
    if (typeof piece === "string") {
      constant += piece;
      continue;
    }
    if (constant !== "") parts.push(quote(constant));
    constant = "";
    parts.push(piece.sql);
  }
  if (constant !== "" || parts.length === 0) parts.push(quote(constant));
  return joined(parts);
}

/** In portions: the database reads a chain as deep as it is long, and the embedded one has a small stack. */
function joined(parts: readonly string[]): string {
  if (parts.length <= PORTION) return parts.join(" || ");
  const portions = Array.from({ length: Math.ceil(parts.length / PORTION) }, (_, at) =>
    parts.slice(at * PORTION, (at + 1) * PORTION),
  );
  return joined(portions.map((portion) => `(${portion.join(" || ")})`));
}

const PORTION = 64;

/** An object of keys and already made values. */
export function objectOf(members: readonly (readonly [string, readonly Piece[]])[]): readonly Piece[] {
  const pieces: Piece[] = ["{"];
  members.forEach(([key, value], index) => {
    pieces.push(`${index === 0 ? "" : ","}${JSON.stringify(key)}:`, ...value);
  });
  return [...pieces, "}"];
}

/** Null where the test fails. */
export const when = (test: string, then: readonly Piece[]): Piece => ({
  sql: `case when ${test} then ${concatenate(then)} else 'null' end`,
});

/** The tag and the uuid in base64url. 18 bytes make 24 characters, so there is no padding. */
export function globalId(tag: number, uuid: string): string {
  const bytes = tag.toString(16).padStart(4, "0");
  return `translate(encode('\\x${bytes}'::bytea || uuid_send(${uuid}), 'base64'), '+/', '-_')`;
}

/** A scalar as JSON. `tag` is of the subject whose id it is. */
export function scalarJson(value: Extract<Expression, { kind: "scalar" }>, tag: number): readonly Piece[] {
  const text = scalarText(value, tag);
  return [{ sql: value.nullable ? `coalesce(${text}, 'null')` : text }];
}

function scalarText(value: Extract<Expression, { kind: "scalar" }>, tag: number): string {
  const { sql } = value;
  switch (value.scalar) {
    case "ID":
      return `'"' || ${globalId(tag, sql)} || '"'`;
    case "String":
      return `to_json(${sql})::text`;
    case "Enum":
    case "TimeZone":
      return `'"' || ${value.nullable ? `(${sql})` : sql} || '"'`;
    case "Date":
      return `'"' || (${sql})::text || '"'`;
    case "DateTime":
      return `'"' || to_char((${sql}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'`;
    case "Int":
    case "SafeInt":
    case "Float":
    case "Boolean":
      return `(${sql})::text`;
    default:
      return value.scalar satisfies never;
  }
}

/** The selection of a subject's type; nothing where nobody asked for any field of it. */
export const picksOf = (picked: Picked, type: string): readonly Picked[] => picked.picks.get(type) ?? [];

/** Money is null where its minor units are. */
export function moneyPiece(minor: string, currency: string, picks: readonly Picked[]): Piece {
  const parts: Readonly<Record<string, readonly Piece[]>> = {
    __typename: ['"Money"'],
    minor: [{ sql: `(${minor})::text` }],
    currency: [{ sql: `'"' || (${currency}) || '"'` }],
  };
  const members = picks.map(
    (picked) => [picked.key, picked.denied ? ["null"] : (parts[picked.field] ?? ["null"])] as const,
  );
  return when(`(${minor}) is not null`, objectOf(members));
}
