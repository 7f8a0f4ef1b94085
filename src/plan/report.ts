/** What a report is, as its room declares it: which rows it adds up, by what, and how. The plan knows no domain. */

export type DateUnit = "DAY" | "WEEK" | "MONTH" | "YEAR";

export type Dimension =
  /** The row's local day, or the unit that it lies in. */
  | { readonly kind: "date"; readonly unit: DateUnit }
  /** The row at the end of a path of to-one fields; shown by its `name`. */
  | { readonly kind: "row"; readonly path: readonly string[] }
  /** Each row of a to-many field: a row with several counts in each, but once in totals. */
  | { readonly kind: "each"; readonly field: string }
  | { readonly kind: "value"; readonly field: string };

export type Measure =
  | { readonly kind: "count" }
  /** The seconds of the report, of those rows where the boolean field `when` is true. */
  | { readonly kind: "seconds"; readonly when?: string }
  /** One sum a currency of a field that is an amount. */
  | { readonly kind: "money"; readonly field: string };

export interface Report {
  readonly type: string;
  /** The field that is added up and rounded. */
  readonly seconds: string;
  /** The local day of a row, and the instant that dates it anew in another zone. */
  readonly date: string;
  readonly instant: string;
  readonly dimensions: Readonly<Record<string, Dimension>>;
  readonly measures: Readonly<Record<string, Measure>>;
}
