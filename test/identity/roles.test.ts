import { beforeAll, describe, expect, it } from "@jest/globals";
import { changeRole, type RoleChange } from "../../src/identity/roles.ts";
import { onEachDatabase, sql } from "../database.ts";
import { foundTwoAccounts, peopleIn } from "./founding.ts";
import { problemIn } from "./issuing.ts";

const change = (changes: Partial<RoleChange>): RoleChange => ({
  account: "acme",
  member: "ada",
  role: "MANAGER",
  remove: false,
  lead: [],
  ...changes,
});

onEachDatabase("roles", (database) => {
  beforeAll(() => foundTwoAccounts(database()));
  const leads = async (): Promise<readonly (readonly (string | null)[])[]> =>
    sql(
      database(),
      `select a.slug, m.external_id, t.external_id, tm.lead from team_member tm
        join account a on a.id = tm.account_id
        join member m on m.account_id = a.id and m.id = tm.member_id
        join team t on t.account_id = a.id and t.id = tm.team_id order by 1, 2, 3`,
    );
  const revision = async (): Promise<number> =>
    Number((await sql(database(), "select revision from account where slug = 'acme'"))[0]?.[0]);

  describe("a role that is given", () => {
    it("is the member's from the next revision on, and the teams named are theirs to lead", async () => {
      const before = await revision();
      const given = await changeRole(database(), change({ lead: ["north"] }));
      expect(given).toEqual({ revision: before + 1, changed: true, roles: ["MANAGER"] });
      expect(await revision()).toBe(before + 1);
      expect(await leads()).toEqual([["acme", "ada", "north", "t"]]);
    });

    it("changes nothing the second time", async () => {
      const before = await peopleIn(database());
      const again = await changeRole(database(), change({ lead: ["north"] }));
      expect(again).toEqual({ revision: await revision(), changed: false, roles: ["MANAGER"] });
      expect(await peopleIn(database())).toBe(before);
    });

    it("comes beside the roles that the member has", async () => {
      expect((await changeRole(database(), change({ role: "ADMIN" }))).roles).toEqual(["ADMIN", "MANAGER"]);
    });

    it("leaves the other account's people of the same name as they are", async () => {
      const [row] = await sql(
        database(),
        `select count(*) from member_role r join account a on a.id = r.account_id
          join member m on m.account_id = a.id and m.id = r.member_id where a.slug = 'other' and m.external_id = 'ada'`,
      );
      expect(row).toEqual(["0"]);
    });
  });

  describe("a role that is taken", () => {
    it("is gone from the next revision on; of the teams named they are a plain member", async () => {
      const before = await revision();
      const taken = await changeRole(database(), change({ remove: true, lead: ["north"] }));
      expect(taken).toEqual({ revision: before + 1, changed: true, roles: ["ADMIN"] });
      expect(await leads()).toEqual([["acme", "ada", "north", "f"]]);
    });

    it("cannot be taken twice: nothing changes", async () => {
      const before = await peopleIn(database());
      expect((await changeRole(database(), change({ remove: true }))).changed).toBe(false);
      expect(await peopleIn(database())).toBe(before);
    });
  });

  it.each([
    ["ACCOUNT_UNKNOWN", { account: "nobody" }],
    ["MEMBER_UNKNOWN", { member: "nobody" }],
    ["TEAM_UNKNOWN", { lead: ["north", "nowhere"] }],
    ["MEMBER_UNKNOWN", { account: "other", member: "cy" }],
  ])("a change that names what is not there ends in %s and writes nothing: %j", async (code, changes) => {
    const before = await peopleIn(database());
    expect(await problemIn(changeRole(database(), change({ role: "FINANCE", ...changes })))).toBe(code);
    expect(await peopleIn(database())).toBe(before);
  });
});
