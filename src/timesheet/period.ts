/** Local days and instants of a time zone: what the clock on the wall showed, and when that was. */
import { IANAZone } from "luxon";
import { isTimeZone } from "../permission/scalar.ts";
import { problem } from "../problem.ts";

/** In milliseconds: of a calendar, which knows no clocks. */
export const DAY = 86_400_000;

/** Milliseconds since 1970 as UTC counts them. */
export type Instant = number;

/** What a clock on the wall shows, as the instant at which a clock in UTC would show the same. */
export type WallTime = number;

export interface Zone {
  readonly name: string;
  /**
   * The instants at which the zone's clocks showed this, earliest first: one as a rule, none where clocks were put
   * forward past it, two where they were put back over it.
   */
  instants(wall: WallTime): readonly Instant[];
  wallAt(instant: Instant): WallTime;
}

/**
 * A zone keeps what it has learned of its clocks: a log of years asks about each day many times. The name is not told where it
 * is unknown: it may stand in a row, and then it is a value that the caller perhaps may not see.
 */
export function zoneNamed(name: string): Zone {
  if (!isTimeZone(name)) throw problem("TIME_ZONE_UNKNOWN");
  const offsetAt = rememberedOffsets(IANAZone.create(name));
  return {
    name,
    instants: (wall) => {
      // Two days hold at most one change of the clocks, so the offsets a day either side are all that can apply.
      const before = offsetAt(wall - DAY);
      const after = offsetAt(wall + DAY);
      if (before === after) return [wall - before];
      const candidates = before > after ? [wall - before, wall - after] : [wall - after, wall - before];
      return candidates.filter((instant) => instant + offsetAt(instant) === wall);
    },
    wallAt: (instant) => instant + offsetAt(instant),
  };
}

/** Asks the zone once for each end of a day; only on a day on which the clocks change, for each instant. */
function rememberedOffsets(zone: IANAZone): (instant: Instant) => number {
  const starts = new Map<number, number>();
  const milliseconds = (instant: Instant) => zone.offset(instant) * 60_000;
  const atStart = (day: number): number => {
    const known = starts.get(day);
    if (known !== undefined) return known;
    const offset = milliseconds(day * DAY);
    starts.set(day, offset);
    return offset;
  };
  return (instant) => {
    const day = Math.floor(instant / DAY);
    const offset = atStart(day);
    return offset === atStart(day + 1) ? offset : milliseconds(instant);
  };
}

/** The day on the calendar, as `2012-07-12`. */
export const dayOf = (wall: WallTime): string => new Date(wall).toISOString().slice(0, 10);
