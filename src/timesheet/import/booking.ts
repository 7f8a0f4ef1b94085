/** What one row of a file says, whatever its format: who worked, on what, when and for how long. */

export interface Rate {
  /** Minor units of the currency, for an hour. A text, as it may be larger than a number holds exactly. */
  readonly minor: string;
  readonly currency: string;
}

/** People, projects and the like are named by their external ids. */
export interface Booking {
  /** Null where the file has none: it is then made from `raw`. */
  readonly externalId: string | null;
  /** The row as it stands in the file; the same text is the same row. */
  readonly raw: string;
  readonly member: string;
  readonly team: string | null;
  readonly project: string | null;
  readonly task: string | null;
  readonly activity: string | null;
  readonly customer: string | null;
  readonly tags: readonly string[];
  /** The local day on which it began. */
  readonly date: string;
  /** Instants in ISO 8601; both null where only a duration was noted. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationSeconds: number;
  readonly breakSeconds: number;
  readonly description: string | null;
  readonly billable: boolean;
  readonly billableRate: Rate | null;
  readonly costRate: Rate | null;
}
