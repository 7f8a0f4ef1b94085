/**
 * Why a coordinate is closed to a role, or shows to it on some rows only: everything that would have to be different, and
 * how the coordinate hangs on it. Looked up when somebody asks; a request is judged by the compiled set alone.
 */
import type { Role } from "../caller.ts";
import type { Catalogue, Entry } from "./catalogue.ts";
import { readBy } from "./cell.ts";
import type { Condition } from "./condition.ts";
import { splitCoordinate, typeCoordinate, type Coordinate } from "./coordinate.ts";
import { toggleOf, type Audience, type Settings } from "./settings.ts";

/** How one coordinate hangs on another: what it is made from or reads, belongs to, shows, takes or holds. */
export type Link = "MADE_FROM" | "READS" | "BELONGS_TO" | "SHOWS" | "TAKES" | "HOLDS" | "REQUIRES" | "HAS_VALUE";

export interface Step {
  readonly coordinate: Coordinate;
  readonly link: Link;
}

/** A switch to turn on: nothing is ever opened by turning one off. */
export interface Change {
  readonly coordinate: Coordinate;
  readonly audience: Audience;
}

/**
 * TOGGLE: switched off. DEFAULT: off for the role while nobody has switched it on. CEILING: never for the role.
 * CONDITION: for the role on some rows only. One of the last two without a `change` is beyond every switch.
 */
export interface Decider {
  readonly kind: "TOGGLE" | "DEFAULT" | "CEILING" | "CONDITION";
  readonly coordinate: Coordinate;
  readonly role: Role;
  readonly change: Change | undefined;
  readonly condition: Condition | undefined;
  /** From what was asked, step by step to `coordinate`; empty where that is what was asked. */
  readonly path: readonly Step[];
}

export interface Judging {
  readonly role: Role;
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  /** What does not exist for the callers: it takes with it what cannot be asked for without it. */
  readonly hidden: ReadonlySet<Coordinate>;
}

/** Empty where the role has it open. The nearest first, and of those that are equally near the first of the schema. */
export function whatCloses(asked: Coordinate, judging: Judging): readonly Decider[] {
  const found = [...deciders(asked, judging)];
  if (found.length < 2) return found;
  const places = new Map([...judging.catalogue.entries.keys()].map((coordinate, at) => [coordinate, at]));
  const placeOf = (decider: Decider): number => places.get(decider.coordinate) ?? 0;
  return found.toSorted((one, other) => one.path.length - other.path.length || placeOf(one) - placeOf(other));
}

export const isClosed = (asked: Coordinate, judging: Judging): boolean => deciders(asked, judging).next().done !== true;

/** Of it and of everything that it needs, near and far. */
function* deciders(asked: Coordinate, judging: Judging): Generator<Decider, void> {
  const paths = new Map<Coordinate, readonly Step[]>([[asked, []]]);
  for (const [coordinate, path] of paths) {
    const entry = judging.catalogue.entries.get(coordinate);
    if (entry === undefined) continue;
    yield* blocksOf(entry, path, judging);
    for (const step of stepsFrom(entry, judging)) {
      if (!paths.has(step.coordinate)) paths.set(step.coordinate, [...path, step]);
    }
  }
}

/** Of the coordinate itself alone. */
export function whatStandsInIt(coordinate: Coordinate, judging: Judging): readonly Decider[] {
  const entry = judging.catalogue.entries.get(coordinate);
  return entry === undefined ? [] : blocksOf(entry, [], judging);
}

/** What of the coordinate itself stands in the way, as the rules decide it; each has to go. */
function blocksOf(entry: Entry, path: readonly Step[], { role, settings }: Judging): readonly Decider[] {
  const { coordinate, declared } = entry;
  const access = declared.access[role] ?? "on";
  const block = (kind: Decider["kind"], audience?: Audience): Decider => {
    const change = audience === undefined ? undefined : { coordinate, audience };
    return { kind, coordinate, role, change, condition: undefined, path };
  };
  if (access === "never") return [block("CEILING")];
  if (declared.fixed) return [];
  const blocks: Decider[] = [];
  if (toggleOf(settings, coordinate, "EVERYONE") === false) blocks.push(block("TOGGLE", "EVERYONE"));
  const own = toggleOf(settings, coordinate, role);
  if (own === false) blocks.push(block("TOGGLE", role));
  else if (access === "off" && own !== true) blocks.push(block("DEFAULT", role));
  return blocks;
}

function stepsFrom(entry: Entry, judging: Judging): readonly Step[] {
  const { catalogue, hidden } = judging;
  const steps = [
    ...entry.needs.map((need): Step => ({ coordinate: need, link: linkTo(need, entry) })),
    ...readByRule(entry, judging).map((coordinate): Step => ({ coordinate, link: "READS" })),
  ];
  if (entry.kind === "type") {
    const parts = (catalogue.parts.get(entry.coordinate) ?? []).map((part) => catalogue.entries.get(part));
    for (const part of parts) {
      if (part?.closesParent === entry.coordinate) steps.push({ coordinate: part.coordinate, link: "HOLDS" });
    }
  }
  if (hidden.size === 0) return steps;
  for (const other of hidden) {
    if (catalogue.entries.get(other)?.requiredBy !== entry.coordinate) continue;
    steps.push({ coordinate: other, link: "REQUIRES" });
  }
  return steps;
}

/** What the rule reads that says on which rows the role sees it, while that rule is in force. */
function readByRule({ coordinate, declared }: Entry, { role, settings, catalogue }: Judging): readonly Coordinate[] {
  const access = declared.access[role] ?? "on";
  const subject = catalogue.subjects.get(splitCoordinate(coordinate).type);
  if (typeof access === "string" || declared.fixed || subject === undefined) return [];
  return access.beyond === "off" && toggleOf(settings, coordinate, role) === true ? [] : readBy(access.on, subject);
}

function linkTo(need: Coordinate, { coordinate, kind, declared }: Entry): Link {
  if (declared.madeFrom.includes(need)) return "MADE_FROM";
  if (declared.reads.includes(need)) return "READS";
  if (coordinate.startsWith(`${need}.`) || coordinate.startsWith(`${need}(`)) return "BELONGS_TO";
  return kind === "field" ? "SHOWS" : "TAKES";
}

/** Why an open field shows on some rows only: its own condition, that of what it is made from, values that are closed. */
export function whatMasks(asked: Coordinate, judging: Judging, path: readonly Step[] = []): readonly Decider[] {
  const { catalogue, role, settings } = judging;
  const { type, member } = splitCoordinate(asked);
  const entry = catalogue.entries.get(asked);
  if (entry === undefined) return [];
  const found: Decider[] = [...closedValues(asked, judging, path)];
  const access = entry.declared.access[role] ?? "on";
  if (typeof access === "object" && !(access.beyond === "off" && toggleOf(settings, asked, role) === true)) {
    const change = access.beyond === "off" ? { coordinate: asked, audience: role } : undefined;
    found.unshift({ kind: "CONDITION", coordinate: asked, role, change, condition: access.on, path });
  }
  for (const source of entry.declared.madeFrom) {
    const coordinate = source as Coordinate; // cast: the catalogue has read it
    if (member === "" || splitCoordinate(coordinate).type !== type) continue;
    found.push(...whatMasks(coordinate, judging, [...path, { coordinate, link: "MADE_FROM" }]));
  }
  return found;
}

function closedValues(asked: Coordinate, judging: Judging, path: readonly Step[]): readonly Decider[] {
  const { type, member } = splitCoordinate(asked);
  const source = judging.catalogue.subjects.get(type)?.fields[member]?.source;
  if (source?.kind !== "enum") return [];
  return (judging.catalogue.parts.get(typeCoordinate(source.enum)) ?? []).flatMap((value) =>
    whatCloses(value, judging).map((decider) => ({
      ...decider,
      path: [...path, { coordinate: value, link: "HAS_VALUE" as const }, ...decider.path],
    })),
  );
}
