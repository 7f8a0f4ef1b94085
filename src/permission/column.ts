/** Which fields of a subject show a column of its table: where all of them are closed, the column is hidden. */
import { memberCoordinate, type Coordinate } from "./coordinate.ts";
import type { Source, Subject } from "./declare.ts";

/** Those that show the column's whole value; none where it is only kept. */
export const fieldsOn = (subject: Subject, column: string): readonly Coordinate[] =>
  Object.entries(subject.fields)
    .filter(([, { source }]) => columnsOf(source).includes(column))
    .map(([name]) => memberCoordinate(subject.name, name));

/** A field that tells a part of a column (`isOneOf`), or works with it, does not show it. */
function columnsOf(source: Source): readonly string[] {
  switch (source.kind) {
    case "id":
      return ["id"];
    case "column":
    case "enum":
    case "one":
      return [source.column];
    case "money":
      return [source.minor, source.currency];
    case "many":
    case "connection":
    case "amount":
    case "isOneOf":
    case "sum":
    case "totals":
      return [];
    default:
      return source satisfies never;
  }
}
