// The real gate and its plans against the evaluator by another hand, on both databases.
import { describe, expect, it } from "@jest/globals";
import { createGate } from "../../src/gateway/gate.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { buildCatalogue } from "../../src/permission/catalogue.ts";
import { subjects } from "../../src/tables.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { databaseFor, type Kind } from "../database.ts";
import { askGate } from "./ask.ts";
import { load } from "./load.ts";
import { bareSchema } from "./naive-execute.ts";
import { sightOf, type Place } from "./naive-sight.ts";
import { random } from "./random.ts";
import { tryOne, type Tally } from "./trial.ts";
import { askers, switchableOf, world as makeWorld } from "./world.ts";

const { schema, declarations } = await buildGatewaySchema({ subjects });
const bare = bareSchema(schema);
const catalogue = buildCatalogue({ schema, declarations, subjects });
const switchable = switchableOf(declarations);

/** After so many differences the rest would say the same again. */
const ENOUGH = 5;

describe.each<[Kind, number, number]>([
  ["pglite", 25, 200],
  ["postgresql", 5, 100],
])("on %s,", (kind, worlds, operations) => {
  const database = databaseFor(kind);

  it(`${worlds * operations} random operations get the answer that the law gives them`, async () => {
    const gate = createGate({ catalogue, report: timeReport, database: database(), cursorKey: "a key of tests" });
    const tally: Tally = { answered: 0, denied: 0, refused: 0, paged: 0 };
    const differences: string[] = [];
    for (let seed = 0; seed < worlds && differences.length < ENOUGH; seed += 1) {
      const place: Place = {
        law: { schema, declarations },
        subjects,
        world: makeWorld(random(seed), switchable),
      };
      await load(database(), place.world);
      const people = askers(place.world).map((asker) => sightOf(place, asker));
      for (let at = 0; at < operations && differences.length < ENOUGH; at += 1) {
        const chance = random(seed).fork(at);
        const trial = {
          schema: bare,
          sight: chance.pick(people),
          answering: (asker: Parameters<typeof askGate>[1], of: Parameters<typeof askGate>[2]) =>
            askGate(gate, asker, of),
          tries: 150,
        };
        const found = await tryOne(trial, chance, tally);
        if (found !== undefined) differences.push(`world ${seed}, operation ${at}: ${found}`);
      }
    }
    expect(differences.join("\n\n")).toBe("");
    // A run that mostly refuses, or never pages on, would prove little.
    const all = worlds * operations;
    expect(tally.answered + tally.denied).toBeGreaterThan(all * 0.8);
    expect(tally.denied).toBeGreaterThan(all * 0.2);
    expect(tally.refused).toBeGreaterThan(all * 0.03);
    expect(tally.paged).toBeGreaterThan(all * 0.1);
  }, 900_000);
});
