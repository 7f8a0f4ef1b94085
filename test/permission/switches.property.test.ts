// Whatever is switched, of the real schema: what must hold for every account there could be.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ROLES } from "../../src/caller.ts";
import { compileSet } from "../../src/permission/compile.ts";
import { AUDIENCES, settingsOf } from "../../src/permission/settings.ts";
import { catalogue as real } from "../gateway.ts";

describe("whatever is switched, of the real schema", () => {
  const coordinates = [...real.entries.keys()];
  const change = fc.record({
    coordinate: fc.constantFrom(...coordinates),
    audience: fc.constantFrom(...AUDIENCES),
    enabled: fc.boolean(),
  });
  const changes = fc.uniqueArray(change, { maxLength: 12, selector: (one) => `${one.coordinate} ${one.audience}` });
  const roles = fc.subarray([...ROLES], { minLength: 1 });

  it("closing one more opens nothing", () => {
    fc.assert(
      fc.property(changes, roles, change, (before, who, one) => {
        const off = { ...one, enabled: false };
        const others = before.filter((other) => other.coordinate !== one.coordinate || other.audience !== one.audience);
        const first = compileSet(who, settingsOf(others), real);
        const second = compileSet(who, settingsOf([...others, off]), real);
        expect([...second.open].filter((coordinate) => !first.open.has(coordinate))).toEqual([]);
        const unmasked = [...first.masks.keys()].filter((key) => second.open.has(key) && !second.masks.has(key));
        expect(unmasked).toEqual([]);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("the order of the switches does not matter: a denial beats an allowance", () => {
    fc.assert(
      fc.property(changes, roles, fc.nat(), (all, who, seed) => {
        const turned = all.map((one, at) => [(at * 7919 + seed) % 101, one] as const).toSorted(([a], [b]) => a - b);
        const other = compileSet(who, settingsOf(turned.map(([, one]) => one)), real);
        expect(other).toEqual(compileSet(who, settingsOf(all), real));
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it("one role more closes nothing, and nobody has what its every role may never have", () => {
    fc.assert(
      fc.property(changes, roles, fc.constantFrom(...ROLES), (all, who, more) => {
        const settings = settingsOf(all);
        const few = compileSet(who, settings, real);
        const many = compileSet([...who, more], settings, real);
        expect([...few.open].filter((coordinate) => !many.open.has(coordinate))).toEqual([]);
        const never = [...real.entries.values()].filter(({ declared }) =>
          who.every((role) => declared.access[role] === "never"),
        );
        expect(never.filter(({ coordinate }) => few.open.has(coordinate))).toEqual([]);
      }),
      { numRuns: 40, seed: 3 },
    );
  });
});
