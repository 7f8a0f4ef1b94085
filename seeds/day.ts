/** A working day cut into pieces: when each began, how long it took, what of it was a break. */
import { isClockChange, weekday, type Day } from "./calendar.ts";
import type { Habit, Person } from "./company.ts";
import type { Random } from "./random.ts";

export type Hour = "day" | "night" | "weekend";

export interface Piece {
  /** Minutes after midnight by the clock on the wall; null where only the duration was noted. */
  readonly start: number | null;
  /** Time worked, in minutes, without the break. */
  readonly worked: number;
  readonly pause: number;
  readonly hour: Hour;
}

/** To how many minutes somebody rounds what they note. */
const grain: Readonly<Record<Habit, number>> = { timer: 1 / 60, quarters: 15, duration: 30 };

export function piecesOf(person: Person, day: Day, random: Random): readonly Piece[] {
  // A release in the night in which the clocks change, so that it has an hour more or less than the wall says.
  if (person.nights && isClockChange(day, person.region)) {
    return [{ start: 30, worked: random.integer(190, 235), pause: 0, hour: "night" }];
  }
  const round = (minutes: number): number =>
    Math.round(Math.round(minutes / grain[person.habit]) * grain[person.habit] * 60) / 60;
  if (weekday(day) > 5) {
    const start = round(random.integer(9 * 60, 15 * 60));
    return [{ start: noted(person, start, random), worked: round(random.integer(60, 300)), pause: 0, hour: "weekend" }];
  }
  const night = person.nights && random.chance(0.06) ? nightPiece(random, round) : undefined;
  const total = 367 + random.fraction() * 80 + random.fraction() * 80 - (night?.worked ?? 0);
  const pieces = daytime({ person, total, random, round });
  return night === undefined ? pieces : [...pieces, night];
}

function nightPiece(random: Random, round: (minutes: number) => number): Piece {
  const start = round(random.integer(21 * 60 + 15, 23 * 60 + 45));
  return { start, worked: round(random.integer(90, 210)), pause: 0, hour: "night" };
}

interface Daytime {
  readonly person: Person;
  readonly total: number;
  readonly random: Random;
  readonly round: (minutes: number) => number;
}

function daytime({ person, total, random, round }: Daytime): readonly Piece[] {
  let clock = 7 * 60 + 40 + random.fraction() * 110;
  let rested = false;
  const lengths = lengthsOf(person, round(total), random).map((part) => round(part));
  const last = lengths.length - 1;
  return lengths.map((part, at) => {
    // The last piece takes what rounding left over: the day is as long as it was meant to be.
    const worked = at < last ? part : round(round(total) - lengths.slice(0, last).reduce((sum, one) => sum + one, 0));
    const pause = worked > 300 || (!rested && worked > 200 && at === last) ? random.pick([30, 30, 45, 60]) : 0;
    const early = at > 0 && random.chance(0.015) ? random.integer(12, 35) : 0;
    const start = round(clock) - early;
    clock = start + worked + pause + (random.chance(0.6) ? 0 : random.fraction() * 12);
    rested ||= pause > 0;
    if (!rested && clock > 11 * 60 + 45) {
      clock += random.pick([30, 45, 45, 60]);
      rested = true;
    }
    return { start: noted(person, start, random), worked, pause, hour: "day" as const };
  });
}

function lengthsOf(person: Person, total: number, random: Random): readonly number[] {
  const wanted = random.weighted<number>([
    [1, 14],
    [2, 34],
    [3, 33],
    [4, 19],
  ]);
  // Pieces stay longer than the grain could round away.
  const count = Math.min(wanted, person.habit === "duration" ? 3 : 4, Math.max(1, Math.floor(total / 90)));
  const shares = Array.from({ length: count }, () => 0.5 + random.fraction());
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => (total * share) / whole);
}

/** Who only notes durations has no start; others forget it sometimes. */
function noted(person: Person, start: number, random: Random): number | null {
  return person.habit === "duration" || random.chance(0.025) ? null : start;
}
