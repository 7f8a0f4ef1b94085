// The door shows hand-written code what its caller sees, in one statement, and undoes what fails.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { smallId } from "../../seeds/small-rows.ts";
import type { Role } from "../../src/caller.ts";
import { compileSet } from "../../src/permission/compile.ts";
import { settingsOf } from "../../src/permission/settings.ts";
import { Door, NOW, Taken } from "../../src/plan/door.ts";
import type { Database, Reader } from "../../src/storage/database.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { timesheetTable } from "../../src/timesheet/sheet.ts";
import { onEachDatabase, sql } from "../database.ts";
import { catalogue, everything, undone } from "../gateway.ts";

const id = (table: string, name: string): string => smallId("harbour", table, name);
const set = (role: Role) => compileSet([role], settingsOf([]), catalogue);
const model = { subjects: catalogue.subjects, report: timeReport };

function doorOf(reader: Reader, member: string, role: Role): Door {
  const account = id("account", "account");
  return new Door({ set: set(role), sets: [set(role)], model, account, member: id("member", member), reader });
}

onEachDatabase("the door", (database) => {
  beforeAll(async () => {
    await seedSmall(database());
  });
  const inside = (work: (transaction: Database) => Promise<void>) => undone(database(), work);
  const entries = ["e03", "e05", "e01", "e03"].map((name) => id("time_entry", name));

  it("loads rows in the order of their ids, and none that the caller does not see", async () => {
    const loaded = await doorOf(database(), "m04", "EMPLOYEE").load(
      "TimeEntry",
      ["date", "start", "durationSeconds"],
      entries,
    );
    const march24 = { date: "2026-03-24", start: null, durationSeconds: "9000" };
    const march17 = { date: "2026-03-17", start: "2026-03-17T09:00:00.000Z", durationSeconds: "12600" };
    expect(loaded).toEqual([march24, undefined, march17, march24]);
  });

  it("leaves out closed fields, and masks what shows on other rows", async () => {
    const fields = ["billableRate", "costRate", "internalNote"];
    const rate = { minor: "12000", currency: "GBP" };
    const [seen] = await doorOf(database(), "m04", "EMPLOYEE").load("TimeEntry", fields, [id("time_entry", "e01")]);
    expect(seen).toEqual({});
    const [led] = await doorOf(database(), "m03", "MANAGER").load("TimeEntry", fields, [id("time_entry", "e01")]);
    expect(led).toEqual({ billableRate: rate, internalNote: "Took twice the estimate." });
    await inside(async (inner) => {
      await sql(inner, "update time_entry set internal_note = 'x', team_id = null where external_id = 'e04'");
      const [own] = await doorOf(inner, "m03", "MANAGER").load("TimeEntry", fields, [id("time_entry", "e04")]);
      expect(own).toEqual({ billableRate: rate, internalNote: null });
    });
  });

  it("loads what is asked for together in one statement", async () => {
    let statements = 0;
    const counted: Reader = {
      run: (statement, values) => {
        statements += 1;
        return database().run(statement, values);
      },
    };
    const door = doorOf(counted, "m01", "ADMIN");
    await Promise.all(entries.map((entry) => door.load("TimeEntry", ["date"], [entry])));
    expect(statements).toBe(1);
    await door.load("TimeEntry", ["date"], entries);
    expect(statements).toBe(2);
  });

  it("undoes what a failing attempt wrote, and goes on", async () => {
    await inside(async (inner) => {
      const before = await everything(inner);
      const door = doorOf(inner, "m01", "ADMIN");
      const right = { mutation: "updateTimeEntry" };
      const entry = id("time_entry", "e03");
      const work = door.attempt(async () => {
        await door.follow(timesheetTable, { submitted_at: NOW }, []);
        await door.update("TimeEntry", { external_id: "e05" }, { id: entry, right });
      });
      await expect(work).rejects.toThrow(Taken);
      expect(await everything(inner)).toBe(before);
      expect(await door.update("TimeEntry", { external_id: "e99" }, { id: entry, right })).toEqual({
        kind: "written",
        id: entry,
      });
      expect(await everything(inner)).not.toBe(before);
    });
  });

  it("lets nobody write by a mutation that their roles have not, nor a row of another account", async () => {
    await inside(async (inner) => {
      const before = await everything(inner);
      const refused = { kind: "refused", field: undefined };
      const mutation = "deleteTimeEntry";
      expect(await doorOf(inner, "m02", "FINANCE").remove("TimeEntry", id("time_entry", "e07"), { mutation })).toEqual(
        refused,
      );
      const theirs = smallId("kestrel", "time_entry", "e01");
      const right = { mutation: "updateTimeEntry" };
      expect(
        await doorOf(inner, "m01", "ADMIN").update("TimeEntry", { break_seconds: 1 }, { id: theirs, right }),
      ).toEqual(refused);
      expect(await everything(inner)).toBe(before);
    });
  });
});
