// What is closed to a role, whatever is switched: the compiled set and the law read straight from the declarations agree.
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { ROLES } from "../../src/caller.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { buildCatalogue } from "../../src/permission/catalogue.ts";
import { compileSet } from "../../src/permission/compile.ts";
import { settingsOf } from "../../src/permission/settings.ts";
import { subjects } from "../../src/tables.ts";
import { accessOfRole } from "./naive-access.ts";

const { schema, declarations } = await buildGatewaySchema({ subjects });
const catalogue = buildCatalogue({ schema, declarations, subjects });
const law = { schema, declarations, subjects };

/** By chance alone, what the rule of a cell reads would hardly ever be switched off. */
const often = [
  "TimeEntry.team",
  "Team",
  "TimeEntry.internalNote",
  "Member.email",
  "Member.staffNumber",
  "TimeEntry.status",
];
const toggle = fc.record({
  coordinate: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...often) }, fc.constantFrom(...declarations.keys())),
  audience: fc.constantFrom("EVERYONE" as const, ...ROLES),
  enabled: fc.constantFrom(false, false, true),
});
const toggles = fc.uniqueArray(toggle, {
  minLength: 4,
  maxLength: 8,
  selector: (one) => `${one.coordinate} ${one.audience}`,
});

it("both close the same, and the reason that is given is one of those there are", () => {
  let byCells = 0;
  fc.assert(
    fc.property(toggles, fc.constantFrom("MANAGER" as const, ...ROLES), (switched, role) => {
      const set = compileSet([role], settingsOf(switched), catalogue);
      const naive = accessOfRole(
        law,
        switched.map((one) => ({ ...one, account: "" })),
        role,
      );
      const closed = [...naive].flatMap(([coordinate, state]) => (state.kind === "closed" ? [coordinate] : []));
      expect([...set.closed.keys()].toSorted()).toEqual(closed.toSorted());
      for (const [coordinate, reason] of set.closed) {
        const state = naive.get(coordinate);
        expect(state?.kind === "closed" && state.reasons.has(reason)).toBe(true);
      }
      const isOff = switched.some(({ coordinate, enabled }) => coordinate === "TimeEntry.internalNote" && !enabled);
      if (role === "MANAGER" && !isOff && closed.includes("TimeEntry.internalNote")) byCells += 1;
    }),
    { numRuns: 200, seed: 11 },
  );
  expect(byCells).toBeGreaterThan(3);
});
