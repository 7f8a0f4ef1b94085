/** On which days somebody works: not on leave, not ill, not when the office is shut; now and then at a weekend. */
import {
  addDays,
  daysFrom,
  FIRST_DAY,
  isClockChange,
  isPublicHoliday,
  LAST_DAY,
  weekday,
  type Day,
} from "./calendar.ts";
import type { Person } from "./company.ts";
import type { Random } from "./random.ts";

export interface Span {
  readonly first: Day;
  readonly last: Day;
}

export const demoYear: Span = { first: FIRST_DAY, last: LAST_DAY };

export function workingDays(person: Person, span: Span, random: Random): readonly Day[] {
  const away = absences(span, random.fork("absences"));
  const chance = random.fork("weekends");
  return daysFrom(span.first, span.last).filter((day) => {
    // Asked on every day, so that a change to one rule moves no later weekend.
    const extra = chance.chance(0.018);
    if (day < (person.joined ?? day)) return false;
    if (person.nights && isClockChange(day, person.region)) return true;
    if (away.has(day) || isPublicHoliday(day, person.region)) return false;
    return person.days.includes(weekday(day)) || (extra && weekday(day) > 5);
  });
}

/** Leave by season, and illness whenever it comes. */
function absences(span: Span, random: Random): ReadonlySet<Day> {
  const away = new Set<Day>();
  const leave = (from: Day, length: number): void => {
    for (let at = 0; at < length; at += 1) away.add(addDays(from, at));
  };
  const years = Number(span.last.slice(0, 4)) - Number(span.first.slice(0, 4));
  for (let at = 0; at <= years; at += 1) {
    const year = Number(span.first.slice(0, 4)) + at;
    if (random.chance(0.6)) leave(addDays(`${year}-03-30`, random.integer(0, 40)), 7);
    leave(addDays(`${year}-06-15`, random.integer(0, 65)), random.integer(10, 20));
    if (random.chance(0.5)) leave(addDays(`${year}-10-02`, random.integer(0, 12)), random.integer(3, 5));
    if (random.chance(0.7)) leave(addDays(`${year}-12-22`, random.integer(0, 4)), random.integer(8, 12));
    const spells = random.integer(0, 3);
    for (let spell = 0; spell < spells; spell += 1) {
      leave(addDays(`${year}-01-01`, random.integer(0, 364)), random.integer(1, 4));
    }
  }
  return away;
}
