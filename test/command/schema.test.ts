// The schema as somebody knows it, printed: what is denied to them is marked, what is hidden from them is not there.
import { beforeAll, expect, it } from "@jest/globals";
import { buildSchema } from "graphql";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase, sql } from "../database.ts";
import { catalogue } from "../gateway.ts";
import { call, type Said } from "./calling.ts";

const names = (sdl: string): readonly string[] => Object.keys(buildSchema(sdl).getTypeMap()).toSorted();

onEachDatabase("fieldgate schema", (database) => {
  beforeAll(() => seedSmall(database()));
  const fieldgate = (words: string): Promise<Said> => call(words.split(" "), { database: database() });
  const schemaAs = async (who: string): Promise<string> => {
    const { exit, out, error } = await fieldgate(`schema --account harbour --as ${who}`);
    expect({ exit, error }).toEqual({ exit: 0, error: "" });
    return out;
  };

  it("marks what is denied, and what shows on some rows only", async () => {
    const sdl = await schemaAs("EMPLOYEE");
    expect(Object.keys(buildSchema(sdl).getTypeMap())).toEqual(expect.arrayContaining(["TimeEntry", "Toggle"]));
    expect(sdl).toContain("  costRate: Money @access(state: DENIED, reason: ROLE)\n");
    expect(sdl).toContain("  email: String @access(state: MASKED, reason: ROW_CONDITION)\n");
    expect(sdl).toContain("  COST_RATE @access(state: DENIED, reason: ROLE)\n");
    expect(sdl).toMatch(/^ {2}date: Date$/m);
  });

  it("is whole for an admin, and nothing in it is denied", async () => {
    const sdl = await schemaAs("m01");
    expect(names(sdl)).toEqual(Object.keys(catalogue.schema.getTypeMap()).toSorted());
    expect(sdl).not.toContain("state: DENIED");
  });

  it("says that the account has switched something off, also to its admin", async () => {
    await fieldgate("toggle --account harbour Expense.amount off");
    expect(await schemaAs("admin")).toContain("amount: Money @access(state: DENIED, reason: SWITCHED_OFF_BY_ACCOUNT)");
    await fieldgate("toggle --account harbour Expense.amount on");
  });

  it("has nothing of what an account hides", async () => {
    await sql(database(), "update account set denied_as = 'HIDDEN' where slug = 'harbour'");
    const sdl = await schemaAs("m04");
    expect(Object.keys(buildSchema(sdl).getTypeMap())).toContain("TimeEntry");
    for (const gone of ["costRate", "COST_RATE", "setToggles", "state: DENIED"]) expect(sdl).not.toContain(gone);
    await sql(database(), "update account set denied_as = 'DENIED' where slug = 'harbour'");
  });

  it.each([
    ["nobody of that account", "schema --account harbour --as nobody", "MEMBER_UNKNOWN"],
    ["no such account", "schema --account nowhere --as ADMIN", "ACCOUNT_UNKNOWN"],
  ])("says why not: %s", async (_words, words, code) => {
    const { exit, out, error } = await fieldgate(`${words} --json`);
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(error).toContain(code);
  });
});
