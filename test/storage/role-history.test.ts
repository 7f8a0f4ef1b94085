// Who had which role when: written down by the database, whoever changes a role, and kept.
import { expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { smallId } from "../../seeds/small-rows.ts";
import { onEachDatabase, sql } from "../database.ts";

onEachDatabase("the history of roles", (database) => {
  const account = smallId("harbour", "account", "account");
  const member = smallId("harbour", "member", "m04");
  const written = async (): Promise<readonly unknown[]> => {
    const text = `SELECT role, given, found, revision - (SELECT revision FROM account WHERE id = $1) FROM member_role_change
      WHERE account_id = $1 AND member_id = $2 ORDER BY id`;
    return (await sql(database(), text, [account, member])).map((row) => row.join(" "));
  };

  it("has the roles that people began with", async () => {
    await seedSmall(database());
    expect(await written()).toEqual(["EMPLOYEE t f 0"]);
  });

  it("grows with every change that is one, under the revision that it made", async () => {
    const who = [account, member];
    const where = "WHERE account_id = $1 AND member_id = $2";
    await sql(database(), "INSERT INTO member_role (account_id, member_id, role) VALUES ($1, $2, 'MANAGER')", who);
    expect((await written()).at(-1)).toBe("MANAGER t f 0");
    await sql(database(), `UPDATE member_role SET role = 'FINANCE' ${where} AND role = 'MANAGER'`, who);
    expect((await written()).slice(-2)).toEqual(["MANAGER f f 0", "FINANCE t f 0"]);
    await sql(database(), `UPDATE member_role SET role = role ${where}`, who);
    expect(await written()).toHaveLength(4);
    await sql(database(), `DELETE FROM member_role ${where} AND role = 'FINANCE'`, who);
    expect(await written()).toEqual([
      "EMPLOYEE t f -4",
      "MANAGER t f -3",
      "MANAGER f f -2",
      "FINANCE t f -2",
      "FINANCE f f 0",
    ]);
  });

  it.each([
    "UPDATE member_role_change SET given = NOT given",
    "DELETE FROM member_role_change",
    "TRUNCATE member_role_change",
  ])("is never rewritten: %s is refused", async (text) => {
    const before = await written();
    await expect(sql(database(), text)).rejects.toMatchObject({ code: "23001", constraint: "member_role_change_kept" });
    const asReplica = database().write(async (transaction) => {
      await sql(transaction, "SET LOCAL session_replication_role = replica");
      await sql(transaction, text);
    });
    await expect(asReplica).rejects.toMatchObject({ constraint: "member_role_change_kept" });
    expect(await written()).toEqual(before);
  });
});
