// What an import may not change behind anybody's back, and what it may not carry along.
import { describe, expect, it } from "@jest/globals";
import { databaseFor, KINDS } from "../database.ts";
import { acts, first, second } from "./importing.ts";

describe.each(KINDS)("an import, on %s,", (kind) => {
  const { imported, newAccount, rows } = acts(databaseFor(kind));

  it.each(["SUBMITTED", "APPROVED", "INVOICED"])(
    "leaves an entry that is %s as it was, and says so",
    async (status) => {
      const id = await newAccount();
      await imported(id, [first, second]);
      await rows(id, `UPDATE time_entry SET status = '${status}' WHERE account_id = $1`);
      const changed = second.replace(",55,", ",50,");
      expect(await imported(id, [first, changed])).toMatchObject({
        unchanged: 1,
        updated: 0,
        listed: [{ line: 3, reason: "ENTRY_LOCKED" }],
      });
      expect(await rows(id, "SELECT sum(duration_seconds) FROM time_entry WHERE account_id = $1")).toEqual([["6900"]]);
    },
  );

  it("empties the internal note of an entry that comes to another team, and of no other", async () => {
    const id = await newAccount();
    await imported(id, [first, second]);
    await rows(id, "UPDATE time_entry SET internal_note = 'ours' WHERE account_id = $1");
    const moved = first.replace(",red,", ",blue,");
    expect(await imported(id, [moved, second.replace(",55,", ",50,")])).toMatchObject({ updated: 2 });
    const text = `SELECT external_id, internal_note FROM time_entry WHERE account_id = $1 ORDER BY 1`;
    expect(await rows(id, text)).toEqual([
      ["1", null],
      ["2", "ours"],
    ]);
  });

  it.each([
    ["to another day", first.replaceAll("2024-03-04", "2024-03-14"), [null, "OPEN"]],
    ["to another person", first.replace(",ann,", ",bob,"), [null, "OPEN"]],
    ["nowhere, but is shorter,", first.replace(",60,", ",30,"), ["2024-03-04", "REJECTED"]],
  ])("takes an entry that moves %s out of the week that it was in", async (_where, changed, expected) => {
    const id = await newAccount();
    await imported(id, [first]);
    const sheet = `INSERT INTO timesheet (account_id, member_id, period_start, period_end, status)
      SELECT account_id, id, '2024-03-04', '2024-03-10', 'REJECTED' FROM member WHERE account_id = $1`;
    await rows(id, sheet);
    const put = `UPDATE time_entry e SET timesheet_id = s.id, status = s.status FROM timesheet s
      WHERE e.account_id = $1 AND s.account_id = e.account_id`;
    await rows(id, put);
    expect(await imported(id, [changed])).toMatchObject({ updated: 1 });
    const text = `SELECT s.period_start, e.status FROM time_entry e LEFT JOIN timesheet s ON s.id = e.timesheet_id
      WHERE e.account_id = $1`;
    expect(await rows(id, text)).toEqual([expected]);
  });
});
