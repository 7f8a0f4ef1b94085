// Errors that explain: which fault, where, and what was expected; never the value that was sent.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase } from "../database.ts";
import { asMember, openGate, type Gateway } from "./asking.ts";

const SECRET = "5f0c-secret; Expected type";
const FILTER = "query ($f: TimeEntryFilter!) { timeEntries(filter: $f) { totalCount } }";

onEachDatabase("an error", (database) => {
  let gateway: Gateway;
  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
  });

  it("is told for each fault of a document, with its place", async () => {
    const answer = await gateway.ask(asMember("m04"), "{ timeEntries { nope } members { nodes { nix } } }");
    expect(answer.errors.map(({ message }) => message)).toEqual([
      'Cannot query field "nope" on type "TimeEntryConnection".',
      'Cannot query field "nix" on type "Member".',
    ]);
    expect(answer.codes).toEqual(["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_VALIDATION_FAILED"]);
  });

  it.each([
    [
      "a field that there is not",
      { f: { shoeSize: { eq: SECRET } } },
      "f",
      'Field "shoeSize" is not defined by type "TimeEntryFilter".',
    ],
    [
      "a number that is none",
      { f: { durationSeconds: { gt: SECRET } } },
      "f.durationSeconds.gt",
      "Int cannot represent non-integer value.",
    ],
    [
      "a value of no enum",
      { f: { status: { eq: SECRET } } },
      "f.status.eq",
      'The value does not exist in "EntryStatus" enum.',
    ],
    ["nothing where something is needed", {}, "f", 'of required type "TimeEntryFilter!" was not provided.'],
  ])("says of %s where it is and what was expected", async (_what, variables, at, reason) => {
    const answer = await gateway.ask(asMember("m04"), FILTER, { variables });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", variables: [{ at, reason }] });
    expect(answer.body).not.toContain("5f0c");
  });
});
