/** What an hour is sold for and what it costs, as somebody would have settled it on the day. */
import type { Day } from "./calendar.ts";
import { currencies, type Company, type Person, type Project } from "./company.ts";
import type { Hour } from "./day.ts";
import { currencyOf } from "./directory.ts";
import type { Random } from "./random.ts";
import { money, type SeedRow } from "./rows.ts";

export interface Billing {
  readonly billable: boolean;
  readonly rate: SeedRow;
}

interface Job {
  readonly company: Company;
  readonly person: Person;
  readonly project: Project | undefined;
  readonly day: Day;
  readonly hour: Hour;
}

/** Since when the rates of people are what their rows say; entries before keep what was agreed then. */
const RAISE: Day = "2026-04-01";

/** The project's rate, or else the customer's, or else the person's; nights and weekends are half as much again. */
export function billingOf(job: Job, random: Random): Billing {
  const { company, project, hour } = job;
  const forFree = random.chance(0.06);
  const agreed = random.chance(0.02);
  if (project === undefined || project.customer === null) return { billable: false, rate: moneyOf(null, "") };
  const customer = company.customers.find(({ id }) => id === project.customer);
  const owed = project.rate ?? customer?.rate ?? null;
  const [units, currency] =
    owed === null
      ? [earlier(job.person.rate, job.day), currencies[job.person.region]]
      : [owed, currencyOf(company, project)];
  const factor = hour === "day" ? 1 : 1.5;
  const rate = agreed && units !== null ? Math.round(units * 0.85) : units;
  // Work under warranty keeps its rate, so that one sees what was given away.
  return { billable: !forFree, rate: moneyOf(rate === null ? null : rate * factor, currency) };
}

export function costOf({ person, day }: Job): SeedRow {
  return money("cost_rate", earlier(person.cost, day), currencies[person.region]);
}

const moneyOf = (units: number | null, currency: string): SeedRow => money("billable_rate", units, currency);

function earlier(units: number | null, day: Day): number | null {
  return units === null || day >= RAISE ? units : Math.round(units * 0.96 * 2) / 2;
}
