/** What the seeds know of a company, written as tables that a person can read; parsed here, made into rows in directory.ts. */
import type { Role } from "../src/caller.ts";
import { ROLES } from "../src/caller.ts";
import { zones, type Day, type Region } from "./calendar.ts";

/** How somebody notes time: with a running timer, by the quarter hour, or only how long it took. */
export type Habit = "timer" | "quarters" | "duration";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly region: Region;
  readonly teams: readonly string[];
  readonly leads: readonly string[];
  readonly manager: string | null;
  /** Weekdays on which they work, 1 is Monday. */
  readonly days: readonly number[];
  readonly habit: Habit;
  /** Is called at night now and then. */
  readonly nights: boolean;
  /** Hands in a sheet each week. */
  readonly sheets: boolean;
  /** Their first day at the company; null when they were there before the year began. */
  readonly joined: Day | null;
  /** Units of the region's currency, an hour and a year. */
  readonly rate: number | null;
  readonly cost: number | null;
  readonly salary: number | null;
}

export interface Team {
  readonly id: string;
  readonly name: string;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly rate: number | null;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** Null: the company's own work. */
  readonly customer: string | null;
  /** Whose people do it; empty: everybody's. */
  readonly teams: readonly string[];
  readonly from: Day | null;
  readonly until: Day | null;
  readonly archived: boolean;
  readonly budget: number | null;
  readonly rate: number | null;
}

export interface Company {
  readonly slug: string;
  readonly name: string;
  readonly region: Region;
  readonly currency: string;
  /** When the account was opened; all else was written down after it. */
  readonly opened: string;
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
  readonly customers: readonly Customer[];
  readonly projects: readonly Project[];
}

/** In what the people of a place are paid and sold. */
export const currencies: Readonly<Record<Region, string>> = { england: "GBP", "new-york": "USD", berlin: "EUR" };

/** Columns: id, name, roles, region, teams (`*` leads it), manager, weekdays, habits, joined, rate, cost, salary. */
export function people(text: string): readonly Person[] {
  return lines(text, 12).map(([id, name, roles, region, teams, manager, days, habits, joined, rate, cost, salary]) => {
    const known = words(habits);
    return {
      id,
      name,
      roles: words(roles).map(roleOf),
      region: regionOf(region),
      teams: words(teams).map((team) => team.replace("*", "")),
      leads: words(teams).flatMap((team) => (team.endsWith("*") ? [team.replace("*", "")] : [])),
      manager: textOf(manager),
      days: days.split("").map(Number),
      habit: known.includes("timer") ? "timer" : known.includes("duration") ? "duration" : "quarters",
      nights: known.includes("nights"),
      sheets: !known.includes("nosheets"),
      joined: textOf(joined),
      rate: numberOf(rate),
      cost: numberOf(cost),
      salary: numberOf(salary),
    };
  });
}

/** Columns: id, name. */
export const teams = (text: string): readonly Team[] => lines(text, 2).map(([id, name]) => ({ id, name }));

/** Columns: id, name, currency, rate. */
export function customers(text: string): readonly Customer[] {
  return lines(text, 4).map(([id, name, currency, rate]) => ({ id, name, currency, rate: numberOf(rate) }));
}

/** Columns: id, name, kind, customer, teams, from, until, state, budget, rate. */
export function projects(text: string): readonly Project[] {
  return lines(text, 10).map(([id, name, kind, customer, teams, from, until, state, budget, rate]) => ({
    id,
    name,
    kind,
    customer: textOf(customer),
    teams: words(teams),
    from: textOf(from),
    until: textOf(until),
    archived: state === "archived",
    budget: numberOf(budget),
    rate: numberOf(rate),
  }));
}

type Cells<Count extends number, Found extends readonly string[] = []> = Found["length"] extends Count
  ? Found
  : Cells<Count, readonly [...Found, string]>;

/** A line of a table is cells between bars; `-` stands for nothing. */
export function lines<Count extends number>(text: string, count: Count): readonly Cells<Count>[] {
  const filled = text.split("\n").filter((line) => line.trim() !== "");
  return filled.map((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    if (cells.length !== count) throw new Error(`A line has ${cells.length} cells of ${count}: ${line}`);
    return cells as unknown as Cells<Count>; // counted just above
  });
}

const textOf = (cell: string): string | null => (cell === "-" ? null : cell);
const words = (cell: string): readonly string[] => (cell === "-" ? [] : cell.split(" "));

function numberOf(cell: string): number | null {
  const value = cell === "-" ? null : Number(cell);
  if (Number.isNaN(value)) throw new Error(`Not a number: ${cell}`);
  return value;
}

function roleOf(word: string): Role {
  const role = ROLES.find((known) => known === word);
  if (role === undefined) throw new Error(`Not a role: ${word}`);
  return role;
}

const isRegion = (word: string): word is Region => word in zones;

function regionOf(word: string): Region {
  if (!isRegion(word)) throw new Error(`Not a region: ${word}`);
  return word;
}
