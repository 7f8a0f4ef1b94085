import { describe, expect, it } from "@jest/globals";
import { createAccount } from "../../src/identity/create-account.ts";
import { databaseFor, KINDS, sql } from "../database.ts";

describe.each(KINDS)("an account, on %s,", (kind) => {
  const database = databaseFor(kind);

  it("is made once for a slug", async () => {
    const account = { slug: "only-once", name: "Once", timezone: "UTC", currency: "EUR" };
    await database().write((transaction) => createAccount(transaction, account));
    const again = database().write((transaction) => createAccount(transaction, account));
    await expect(again).rejects.toMatchObject({ code: "ACCOUNT_EXISTS" });
  });

  it.each([
    ["a slug with a space", { slug: "a b" }],
    ["no name", { name: " " }],
    ["an offset for a zone", { timezone: "+02:00" }],
    ["a zone that nobody knows", { timezone: "Mars/Olympus" }],
    ["a currency that is none", { currency: "euro" }],
  ])("is not made with %s", async (_name, wrong) => {
    const account = { slug: "good", name: "Good", timezone: "UTC", currency: "EUR", ...wrong };
    const made = database().write((transaction) => createAccount(transaction, account));
    await expect(made).rejects.toMatchObject({ code: "ACCOUNT_INVALID" });
    expect(await sql(database(), "SELECT 1 FROM account WHERE slug = 'good'")).toEqual([]);
  });
});
