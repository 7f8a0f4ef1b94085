import { expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { demandKnownToggles } from "../../src/permission/settings.ts";
import { onEachDatabase, sql } from "../database.ts";
import { catalogue } from "../gateway.ts";

onEachDatabase("what an account has switched off", (database) => {
  it("is never opened by a version that has lost it: TOGGLES_LOST names it, and the server does not start", async () => {
    await seedSmall(database());
    const insert = `insert into toggle (account_id, coordinate, audience, enabled, changed_by, revision)
      select id, $1, 'EVERYONE', $2, 'a test', revision from account where slug = 'harbour'`;
    await sql(database(), insert, ["TimeEntry.date", false]);
    await sql(database(), insert, ["TimeEntry.formerName", true]);
    await expect(demandKnownToggles(database(), catalogue)).resolves.toBeUndefined();
    await sql(database(), insert, ["TimeEntry.former", false]);
    await expect(demandKnownToggles(database(), catalogue)).rejects.toMatchObject({
      code: "TOGGLES_LOST",
      extensions: { because: ["TimeEntry.former"] },
    });
    // What will be switched off is lost in the same way.
    await sql(
      database(),
      `insert into toggle_schedule (account_id, effective_at, created_by, coordinates, audiences, enabled)
      select id, '2999-01-01Z', 'a test', '{TimeEntry.later,TimeEntry.laterOn}', '{EVERYONE,EVERYONE}', '{f,t}' from account
      where slug = 'harbour'`,
    );
    await expect(demandKnownToggles(database(), catalogue)).rejects.toMatchObject({
      extensions: { because: ["TimeEntry.former", "TimeEntry.later"] },
    });
  });
});
