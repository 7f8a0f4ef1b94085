/** What a change of toggles takes from whom, read from the recorded usage, for administrators and for the command line. */
import { ROLES, type AccountId, type Role } from "../caller.ts";
import type { Reader } from "../storage/database.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Coordinate } from "./coordinate.ts";
import type { Standings } from "./current.ts";
import type { OperationImpact, ToggleImpact } from "./impact-type.ts";
import { Impact, type Change } from "./impact.ts";
import { DAYS, readTexts, readUsage, type Recorded, type Text } from "./usage.ts";

export interface Affected {
  readonly account: AccountId;
  readonly reader: Reader;
  readonly catalogue: Catalogue;
  readonly standings: Standings;
}

/** More are counted, and not listed. */
const LISTED = 100;

export async function impactOf({ account, reader, ...of }: Affected, change: Change): Promise<ToggleImpact> {
  const impact = new Impact(of, change);
  const { operations, since, beyond } = await readUsage(reader, account, impact.candidates());
  const { hidden } = of.standings.setOf(["ADMIN"], change.after);
  // An admin is not told of the vendor's own workings either.
  const isTold = (coordinate: Coordinate): boolean =>
    of.catalogue.entries.get(coordinate)?.declared.internal !== true || !hidden.has(coordinate);
  const byText = new Map<string, Tally>();
  const all = new Tally();
  for (const operation of operations) {
    const tally = byText.get(operation.text) ?? new Tally(operation.hash);
    if (!count(operation, { impact, tally, all, isTold })) continue;
    byText.set(operation.text, tally);
  }
  const listed = [...byText.values()].toSorted((one, other) => other.requests - one.requests).slice(0, LISTED);
  const hashes = listed.map(({ hash }) => hash);
  const texts = await readTexts(reader, account, hashes);
  return {
    operations: listed.map((tally) => tally.told(texts.get(tally.hash))),
    operationCount: byText.size,
    requests: all.requests,
    people: all.people.size,
    roles: all.told().roles,
    since: since ?? null,
    unknown: beyond,
  };
}

interface Counting {
  readonly impact: Impact;
  readonly tally: Tally;
  readonly all: Tally;
  readonly isTold: (coordinate: Coordinate) => boolean;
}

/** False where nobody loses anything. */
function count(operation: Recorded, { impact, tally, all, isTold }: Counting): boolean {
  const losses = new Map<string, ReturnType<Impact["lossOf"]>>();
  let loses = false;
  for (const { roles, member, requests, lastUsedOn } of operation.by) {
    const key = roles.join(",");
    const loss = losses.has(key) ? losses.get(key) : impact.lossOf(operation, roles);
    losses.set(key, loss);
    if (loss === undefined) continue;
    loses = true;
    for (const one of [tally, all]) {
      one.requests += requests;
      if (member !== undefined) one.people.add(member);
      for (const role of loss.roles) one.roles.add(role);
      if (lastUsedOn > one.lastUsedOn) one.lastUsedOn = lastUsedOn;
      one.refused ||= loss.refused;
    }
    for (const coordinate of loss.coordinates) if (isTold(coordinate)) tally.coordinates.add(coordinate);
    for (const coordinate of loss.narrowed) if (isTold(coordinate)) tally.narrowed.add(coordinate);
  }
  return loses;
}

class Tally {
  readonly people = new Set<string>();
  readonly roles = new Set<Role>();
  readonly coordinates = new Set<Coordinate>();
  readonly narrowed = new Set<Coordinate>();
  requests = 0;
  refused = false;
  lastUsedOn = "";
  /** Of one of the forms that it is the sum of. */
  readonly hash: string;

  constructor(hash = "") {
    this.hash = hash;
  }

  told({ name, document }: Text = { name: null, document: "" }): OperationImpact {
    return {
      name,
      document,
      coordinates: [...this.coordinates].toSorted(),
      narrowed: [...this.narrowed].filter((coordinate) => !this.coordinates.has(coordinate)).toSorted(),
      refused: this.refused,
      requests: this.requests,
      people: this.people.size,
      roles: ROLES.filter((role) => this.roles.has(role)),
      lastUsedOn: this.lastUsedOn,
    };
  }
}

/** The same in words, one line each. */
export function describeImpact(impact: ToggleImpact): readonly string[] {
  const { operations, operationCount, requests, people, roles, since, unknown } = impact;
  const known = since === null ? "nothing was recorded" : `recorded since ${since}`;
  const more = unknown > 0 ? [`${unknown} more requests were counted without their operation.`] : [];
  if (operationCount === 0) return [`No operation of the last ${DAYS} days loses anything (${known}).`, ...more];
  const first =
    `${number(operationCount, "operation")} of the last ${DAYS} days ${operationCount === 1 ? "loses" : "lose"} something ` +
    `(${known}): ${number(people, "person", "people")}, ${number(requests, "request")}, ${roles.join(", ")}.`;
  const lines = operations.slice(0, 10).map((operation) => {
    const lost = [...operation.coordinates, ...operation.narrowed.map((coordinate) => `${coordinate} on some rows`)];
    const how = operation.refused ? "is refused" : "has nulls";
    const who = `${number(operation.people, "person", "people")}, ${number(operation.requests, "request")}`;
    return `  ${operation.name ?? "(without a name)"} ${how}: ${lost.join(", ")} (${who}, last on ${operation.lastUsedOn})`;
  });
  const left = operationCount - lines.length;
  return [first, ...lines, ...(left > 0 ? [`  and ${left} more`] : []), ...more];
}

const number = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
