/** The only source of "now". Decisions about rights use the database's clock; this one is for tokens and logs. */
export interface Clock {
  /** The present instant. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
