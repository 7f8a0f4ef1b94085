// Fields that show on some rows only: null on the others, and one error that counts them.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase } from "../database.ts";
import { asMember, openGate, type Gateway } from "./asking.ts";

onEachDatabase("a field that shows on some rows only", (database) => {
  let gateway: Gateway;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
  });

  it("is null on the others, with one error for all of them that says how many", async () => {
    const answer = await gateway.ask(asMember("m04"), "{ members { nodes { externalId email } } }");
    const nodes = answer.at("members.nodes") as readonly { externalId: string; email: string | null }[];
    const hidden = nodes.filter(({ externalId }) => externalId !== "m04");
    expect(nodes.find(({ externalId }) => externalId === "m04")?.email).toContain("@");
    expect(hidden.map(({ email }) => email)).toEqual(hidden.map(() => null));
    expect(answer.errors).toEqual([
      {
        message: "Unauthorized field or type",
        extensions: {
          code: "UNAUTHORIZED_FIELD_OR_TYPE",
          coordinate: "Member.email",
          usage: "SELECT",
          reason: "ROW_CONDITION",
          affectedPath: "members.nodes.@.email",
          count: hidden.length,
          decisionId: expect.any(String),
        },
      },
    ]);
  });

  it("is no error where it shows on all rows of the answer", async () => {
    const text = '{ members(filter: { externalId: { eq: "m04" } }) { nodes { email } } }';
    expect((await gateway.ask(asMember("m04"), text)).errors).toEqual([]);
  });

  it("counts alike however often it is asked for, once for each cell of the answer", async () => {
    const text = "{ members { a: nodes { email } b: nodes { email } } }";
    const once = await gateway.ask(asMember("m04"), "{ members { nodes { email } } }");
    const twice = await gateway.ask(asMember("m04"), text);
    expect(twice.errors).toHaveLength(1);
    expect(twice.errors[0]?.extensions["count"]).toBe(2 * Number(once.errors[0]?.extensions["count"]));
  });

  it("tells no text that looks like the mark of a cell apart from any other text", async () => {
    const text =
      "mutation($input: CreateTimeEntryInput!) { createTimeEntry(input: $input) { timeEntry { description } userErrors { code } } }";
    const description = '"\\u0000m0" \\u0000m0 "\\u00000:00"';
    const input = { date: "2026-01-05", durationSeconds: 60, description };
    const answer = await gateway.ask(asMember("m04"), text, { variables: { input } });
    expect(answer.at("createTimeEntry.timeEntry.description")).toBe(description);
  });
});

onEachDatabase("the payload of a mutation", (database) => {
  it("reads its rows with the variables of the operation", async () => {
    await seedSmall(database());
    const gateway = openGate(database());
    const text = `mutation($input: CreateTimeEntryInput!, $first: Int!, $id: Boolean!) {
      createTimeEntry(input: $input) {
        timeEntry { id @include(if: $id) timesheet { entries(first: $first) { nodes { id } } } }
        userErrors { code }
      }
    }`;
    const input = { date: "2026-01-06", durationSeconds: 60 };
    const answer = await gateway.ask(asMember("m04"), text, { variables: { input, first: 1, id: true } });
    expect(answer.errors).toEqual([]);
    expect(answer.at("createTimeEntry.timeEntry.timesheet.entries.nodes")).toHaveLength(1);
  });
});
