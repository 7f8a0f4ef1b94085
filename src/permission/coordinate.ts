/** The name of a thing that can be seen or used: a GraphQL schema coordinate. */

declare const brand: unique symbol;

/** `Type`, `Type.field`, `Type.field(argument:)`, `Input.field` or `Enum.VALUE`. */
export type Coordinate = string & { readonly [brand]: "Coordinate" };

const FORM = /^[_A-Za-z]\w*(\.[_A-Za-z]\w*(\([_A-Za-z]\w*:\))?)?$/;

/** Reads a coordinate from text. Undefined when the text has not the form of one; it may still not exist. */
export function parseCoordinate(text: string): Coordinate | undefined {
  return FORM.test(text) ? (text as Coordinate) : undefined; // cast: the form was just checked
}

export const typeCoordinate = (type: string): Coordinate => type as Coordinate; // cast: names come from a built schema
export const memberCoordinate = (type: string, member: string): Coordinate => `${type}.${member}` as Coordinate; // cast: as above
export const argumentCoordinate = (type: string, field: string, argument: string): Coordinate =>
  `${type}.${field}(${argument}:)` as Coordinate; // cast: as above

/** The two halves by which CASL knows a coordinate: the type, and what is named on it (empty for the type itself). */
export function splitCoordinate(coordinate: Coordinate): { readonly type: string; readonly member: string } {
  const dot = coordinate.indexOf(".");
  return dot < 0
    ? { type: coordinate, member: "" }
    : { type: coordinate.slice(0, dot), member: coordinate.slice(dot + 1) };
}
