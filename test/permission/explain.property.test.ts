// Whatever is switched, of the real schema: an explanation names all that stands in the way, and nothing else.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ROLES, type Role } from "../../src/caller.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import { splitCoordinate, type Coordinate } from "../../src/permission/coordinate.ts";
import { tellCoordinate } from "../../src/permission/explain-answer.ts";
import { explain, withChanges } from "../../src/permission/explain.ts";
import { AUDIENCES, DENIED_AS, settingsOf } from "../../src/permission/settings.ts";
import { catalogue } from "../gateway.ts";

const coordinates = [...catalogue.entries.keys()];
const change = fc.record({
  coordinate: fc.constantFrom(...coordinates),
  audience: fc.constantFrom(...AUDIENCES),
  enabled: fc.boolean(),
});
const changes = fc.uniqueArray(change, { maxLength: 25, selector: (one) => `${one.coordinate} ${one.audience}` });
const roles = fc.subarray([...ROLES], { minLength: 1 });
const fewRows = fc.subarray<Role>(["EMPLOYEE", "MANAGER"], { minLength: 1 });
/** What rules about rows and cells of others speak of. */
const telling = fc.subarray([
  "EntryStatus.INVOICED",
  "EntryStatus.OPEN",
  "TimesheetStatus.REJECTED",
  "TimeEntry.member",
  "Timesheet.member",
  "TimeEntry.team",
]);
const settings = fc
  .tuple(changes, fc.constantFrom(...DENIED_AS))
  .map(([toggles, deniedAs]) => settingsOf(toggles, deniedAs));

const isWhole = (set: PermissionSet, coordinate: Coordinate): boolean =>
  set.open.has(coordinate) && !set.masks.has(coordinate);

describe("an explanation, whatever is switched,", () => {
  it("says of every coordinate what the gate says of it, with the gate's reason", () => {
    fc.assert(
      fc.property(settings, roles, (now, who) => {
        const set = compileSet(who, now, catalogue);
        const of = { roles: who, settings: now, catalogue, set };
        for (const coordinate of coordinates.filter((_, at) => at % 3 === now.toggles.size % 3)) {
          const { state, reason, roles: each } = explain(coordinate, of);
          const shown = state === "OPEN" || state === "MASKED";
          expect([coordinate, shown, reason]).toEqual([
            coordinate,
            set.open.has(coordinate),
            set.closed.get(coordinate) ?? (set.masks.has(coordinate) ? "ROW_CONDITION" : undefined),
          ]);
          expect(state === "HIDDEN").toBe(set.hidden.has(coordinate));
          for (const { role, state: its, reason: said } of each) {
            const alone = compileSet([role], { ...now, deniedAs: "DENIED" }, catalogue);
            if (alone.hidden.size > 0) continue;
            expect([coordinate, role, its === "DENIED", its === "MASKED"]).toEqual([
              coordinate,
              role,
              !alone.open.has(coordinate),
              alone.masks.has(coordinate),
            ]);
            expect([coordinate, its === "DENIED" ? said : undefined]).toEqual([
              coordinate,
              alone.closed.get(coordinate),
            ]);
          }
        }
      }),
      { numRuns: 3, seed: 11 },
    );
  });

  it("names the fewest switches that open it, and says that there are none only where no switch could", () => {
    fc.assert(
      fc.property(settings, roles, fc.nat(), (now, who, start) => {
        const set = compileSet(who, now, catalogue);
        const shut = coordinates.filter((coordinate) => !isWhole(set, coordinate));
        const some = Array.from(
          { length: Math.min(12, shut.length) },
          (_, at) => shut[(start + at * 31) % shut.length],
        );
        for (const coordinate of some) {
          if (coordinate === undefined) continue;
          const { fix, state } = explain(coordinate, { roles: who, settings: now, catalogue, set });
          const opens = (by: Parameters<typeof withChanges>[1]): boolean => {
            const after = compileSet(who, withChanges(now, by), catalogue);
            return state === "MASKED" ? isWhole(after, coordinate) : after.open.has(coordinate);
          };
          const all = coordinates.flatMap((one) => AUDIENCES.map((audience) => ({ coordinate: one, audience })));
          expect([coordinate, opens(fix ?? all)]).toEqual([coordinate, fix !== undefined]);
          for (const left of fix ?? []) expect(opens((fix ?? []).filter((one) => one !== left))).toBe(false);
        }
      }),
      { numRuns: 60, seed: 12 },
    );
  });

  it("tells nobody of what is hidden from them", () => {
    fc.assert(
      fc.property(changes, telling, fc.oneof(roles, fewRows), (toggles, off, who) => {
        const more = off.map((coordinate) => ({ coordinate, audience: "EVERYONE" as const, enabled: false }));
        const now = settingsOf([...toggles, ...more], "HIDDEN");
        const set = compileSet(who, now, catalogue);
        const inquiry = { roles: who, settings: now, catalogue, set };
        const knows = (coordinate: Coordinate): boolean => !set.hidden.has(coordinate);
        const to = { inquiry, revision: 1, at: undefined, knows, setBy: undefined };
        for (const coordinate of coordinates.filter(knows)) {
          const told = tellCoordinate(coordinate, to);
          const named = JSON.stringify(told).match(/[A-Z]\w*(\.\w+(\(\w+:\))?)?/g) ?? [];
          const fields =
            (told.rows ?? "").match(/\w+/g)?.map((word) => `${splitCoordinate(coordinate).type}.${word}`) ?? [];
          const hidden = [...named, ...fields].filter((name) => set.hidden.has(name as Coordinate)); // cast: only looked up
          expect([coordinate, hidden]).toEqual([coordinate, []]);
        }
      }),
      { numRuns: 12, seed: 13 },
    );
  });
});
