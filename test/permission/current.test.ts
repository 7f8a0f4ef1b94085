// Sets are made once and shared, and no number of settings makes the memory of them grow for ever.
import { expect, it } from "@jest/globals";
import { buildSchema } from "graphql";
import { buildCatalogue } from "../../src/permission/catalogue.ts";
import { Standings } from "../../src/permission/current.ts";
import { declared } from "../../src/permission/declare.ts";
import { settingsOf, type Settings } from "../../src/permission/settings.ts";

const fields = Array.from({ length: 11 }, (_, at) => `f${at}`);
const schema = buildSchema(`type Query { ${fields.map((field) => `${field}: String`).join(" ")} }`);
const declarations = new Map(["Query", ...fields.map((field) => `Query.${field}`)].map((name) => [name, declared()]));
const catalogue = buildCatalogue({ schema, declarations, subjects: [] });

/** Each number of 11 bits switches another choice of fields off. */
const settings = (number: number): Settings =>
  settingsOf(
    fields.map((field, at) => ({
      coordinate: `Query.${field}`,
      audience: "EVERYONE",
      enabled: ((number >> at) & 1) === 0,
    })),
  );

it("the oldest set is forgotten above a thousand, and is the same when it is made anew", () => {
  const standings = new Standings(catalogue);
  const sets = Array.from({ length: 1_000 }, (_, at) => standings.setOf(["ADMIN"], settings(at)));
  expect(standings.setOf(["ADMIN"], settings(0))).toBe(sets[0]);
  standings.setOf(["ADMIN"], settings(1_000));
  expect(standings.setOf(["ADMIN"], settings(500))).toBe(sets[500]);
  const anew = standings.setOf(["ADMIN"], settings(0));
  expect(anew).not.toBe(sets[0]);
  expect(anew.class).toBe(sets[0]?.class);
});
