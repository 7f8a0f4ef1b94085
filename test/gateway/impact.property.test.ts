// What an admin is told that a change takes is what the judge then takes: of any operation, by any change, from anybody.
import { describe, expect, it } from "@jest/globals";
import { validate } from "graphql";
import type { Role } from "../../src/caller.ts";
import { Documents, type KnownOperation } from "../../src/gateway/document.ts";
import { mentioned, withMentioned } from "../../src/gateway/mentioned.ts";
import { ViewerSchemas } from "../../src/gateway/viewer-schema.ts";
import { check, type Verdict } from "../../src/permission/check.ts";
import type { PermissionSet } from "../../src/permission/compile.ts";
import { splitCoordinate, typeCoordinate, type Coordinate } from "../../src/permission/coordinate.ts";
import { Standings } from "../../src/permission/current.ts";
import { Impact } from "../../src/permission/impact.ts";
import type { Variables } from "../../src/permission/input.ts";
import { DENIED_AS, settingsOf, type Settings, type ToggleSetting } from "../../src/permission/settings.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { subjects } from "../../src/tables.ts";
import { catalogue } from "../gateway.ts";
import { generate } from "../oracle/generate.ts";
import { bareSchema } from "../oracle/naive-execute.ts";
import { sightOf, type Sight } from "../oracle/naive-sight.ts";
import { random as choices, type Random } from "../oracle/random.ts";
import { askers, AUDIENCES, switchableOf, world as makeWorld } from "../oracle/world.ts";

const { schema, declarations } = await buildGatewaySchema({ subjects });
const bare = bareSchema(schema);
const switchable = switchableOf(declarations);
const standings = new Standings(catalogue);
const schemas = new ViewerSchemas(catalogue.schema);
const documents = new Documents();

/** An operation that was sent, and by whom. */
interface Sent {
  readonly known: KnownOperation;
  readonly variables: Variables;
  readonly roles: readonly Role[];
  readonly before: Settings;
}

/** Undefined where the generator was careless, and the gate would not have understood it. */
function send(random: Random, sight: Sight, before: Settings): Sent | undefined {
  const { roles } = sight.asker;
  const { text, document, variables } = generate(random, bare, sight);
  const viewers = schemas.of(standings.setOf(roles, before).hidden);
  if (validate(viewers, document).length > 0) return undefined;
  const known = documents.operation({ text, document, operationName: undefined }, viewers);
  try {
    return { known, variables: documents.variables(known, variables), roles, before };
  } catch {
    return undefined;
  }
}

const judge = ({ known, variables }: Sent, set: PermissionSet): Verdict =>
  check({ schema: catalogue.schema, document: known.document, operation: known.operation, variables, set });

/** Some switches, mostly of what the operation touches: others would hit nothing. */
function someChanges(random: Random, touched: readonly Coordinate[]): readonly ToggleSetting[] {
  const near = touched.filter((coordinate) => switchable.includes(coordinate));
  return Array.from({ length: 1 + random.below(4) }, () => ({
    coordinate: near.length > 0 && random.chance(0.7) ? random.pick(near) : random.pick(switchable),
    audience: random.chance(0.6) ? ("EVERYONE" as const) : random.pick(AUDIENCES),
    enabled: random.chance(0.25),
  }));
}

interface Outcome {
  readonly lost: readonly Coordinate[];
  readonly refused: boolean;
}

const NOTHING: Outcome = { lost: [], refused: false };

/** What the judge says of the same operation before and after. */
function comes(sent: Sent, [before, after]: readonly [PermissionSet, PermissionSet]): Outcome {
  if (judge(sent, before).kind === "refused") return NOTHING;
  if (validate(schemas.of(after.hidden), sent.known.document).length > 0) return { lost: [], refused: true };
  const verdict = judge(sent, after);
  const denials = verdict.kind === "cleared" ? verdict.clearance.denials : verdict.refusals;
  const lost = denials.map(({ coordinate }) => coordinate).filter((coordinate) => before.open.has(coordinate));
  return { lost: [...new Set(lost)].toSorted(), refused: verdict.kind === "refused" };
}

/** Of a type that nobody named the judge says nothing: its rows are as if absent. An admin is told, as something goes. */
const isSilent = (coordinate: Coordinate, after: PermissionSet): boolean =>
  !after.open.has(typeCoordinate(splitCoordinate(coordinate).type));

describe.each(DENIED_AS)("where what is closed is %s,", (deniedAs) => {
  it.each([...Array(3).keys()])("what is told is what comes, in world %i", (seed) => {
    const world = makeWorld(choices(seed), switchable);
    const people = askers(world).map((asker) => sightOf({ law: { schema, declarations }, subjects, world }, asker));
    const seen = { lost: 0, refused: 0, nothing: 0 };
    for (let at = 0; at < 50; at += 1) {
      const random = choices(seed * 1_000 + at);
      const sight = random.pick(people);
      const toggles = world.toggles.filter(({ account }) => account === sight.asker.account);
      const sent = send(random, sight, settingsOf(toggles, deniedAs));
      if (sent === undefined) continue;
      const { roles, before, known } = sent;
      const verdict = judge(sent, standings.setOf(roles, before));
      const touched = verdict.kind === "cleared" ? verdict.clearance.uses : verdict.uses;
      const changes = someChanges(
        random,
        touched.map(({ coordinate }) => coordinate),
      );
      const after = settingsOf([...toggles, ...changes], deniedAs);
      const impact = new Impact({ catalogue, standings }, { before, after, onDenied: "NULL" });
      const uses = withMentioned(touched, mentioned(known));
      const loss = impact.lossOf({ uses }, roles);

      const sets = [standings.setOf(roles, before), standings.setOf(roles, after)] as const;
      const real = comes(sent, sets);
      const told = loss?.coordinates.filter((one) => real.lost.includes(one) || !isSilent(one, sets[1])) ?? [];
      const words = [known.text, JSON.stringify(sent.variables), roles.join(" "), JSON.stringify(changes)].join("\n");
      expect([words, loss?.refused ?? false]).toEqual([words, real.refused]);
      // Of an operation that is refused the judge names why, and not all that it would have lost besides.
      const shared = real.refused ? told.filter((one) => real.lost.includes(one)) : told;
      expect([words, shared.toSorted()]).toEqual([words, real.lost]);
      // All that is read of the database are operations that touch one of the candidates.
      const candidates = new Set(impact.candidates());
      const isRead = uses.some(({ coordinate }) => candidates.has(coordinate));
      expect([words, loss !== undefined && !isRead]).toEqual([words, false]);
      seen[real.refused ? "refused" : real.lost.length > 0 ? "lost" : "nothing"] += 1;
    }
    // Otherwise nothing was tried. What is hidden is never answered with null.
    expect(seen.refused).toBeGreaterThan(5);
    expect(seen.lost > 5).toBe(deniedAs === "DENIED");
  });
});
