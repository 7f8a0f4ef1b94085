// What is sent reaches the operation as it was sent: absent stays absent, null stays null, dates are in UTC.
import { expect, it } from "@jest/globals";
import { graphql, type GraphQLSchema } from "graphql";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import type { DeskContext, ResolverContext } from "../../src/permission/resolver-context.ts";
import { subjects } from "../../src/tables.ts";

const { schema } = await buildGatewaySchema({ subjects });

/** The operation's own part, which writes down what it is given. */
function listening(
  heard: unknown[],
): Pick<ResolverContext, "viewer" | "toggles" | "write"> & { readonly desk: Pick<DeskContext, "set"> } {
  const hear = (what: string, given: object): void => {
    heard.push(what, JSON.parse(JSON.stringify(given)));
  };
  const account = { id: "a", slug: "acme", name: "Acme", revision: 7, timezone: "Europe/Berlin" };
  return {
    viewer: async () => ({
      id: "m",
      kind: "MEMBER",
      name: "Ada",
      roles: ["ADMIN"],
      accounts: [account],
      revision: 7,
      abilities: Promise.resolve([["use", "TimeEntry"]]),
    }),
    toggles: async (filter) => {
      hear("toggles", filter);
      return [];
    },
    desk: {
      set: async (input) => {
        hear("setToggles", input);
        const nothing = { changed: [], closes: [], inferences: [], impact: null, scheduled: null, proposal: null };
        return { account, revision: 7, ...nothing, userErrors: [] };
      },
    },
    write: async (mutation, args) => {
      hear(mutation, args);
      return { timeEntry: null, timesheet: null, deletedId: "gone", userErrors: [] };
    },
  };
}

async function ask(
  source: string,
  variableValues?: Record<string, unknown>,
): Promise<{ heard: unknown[]; data: unknown }> {
  const heard: unknown[] = [];
  const answer = await graphql({
    schema: schema satisfies GraphQLSchema,
    source,
    variableValues,
    contextValue: listening(heard),
  });
  expect(answer.errors).toBeUndefined();
  return { heard, data: JSON.parse(JSON.stringify(answer.data)) };
}

it("a new entry arrives with what was said of it, and nothing else", async () => {
  const { heard } = await ask(
    "mutation ($input: CreateTimeEntryInput!) { createTimeEntry(input: $input) { userErrors { code } } }",
    {
      input: {
        start: "2024-03-31T02:30:00+02:00",
        project: null,
        tags: ["a"],
        costRate: { minor: 100, currency: "EUR" },
      },
    },
  );
  expect(heard).toEqual([
    "createTimeEntry",
    {
      input: {
        start: "2024-03-31T00:30:00.000Z",
        project: null,
        tags: ["a"],
        costRate: { minor: 100, currency: "EUR" },
      },
    },
  ]);
});

it.each([
  ['updateTimeEntry(id: "e", input: { billable: null })', { id: "e", input: { billable: null } }],
  ['deleteTimeEntry(id: "e")', { id: "e" }],
  ['submitTimesheet(id: "s")', { id: "s" }],
  ['approveTimesheet(id: "s")', { id: "s" }],
  ['rejectTimesheet(id: "s", comment: "Tuesday?")', { id: "s", comment: "Tuesday?" }],
  ['reopenTimesheet(id: "s", comment: "Tuesday.")', { id: "s", comment: "Tuesday." }],
])("%s arrives under its name", async (call, args) => {
  const { heard } = await ask(`mutation { ${call} { userErrors { code } } }`);
  expect(heard).toEqual([call.replace(/\(.*/, ""), args]);
});

it("a change of toggles arrives with its defaults, and is answered with the account", async () => {
  const { heard, data } = await ask(
    `mutation { setToggles(changes: [{ coordinate: "TimeEntry.costRate", enabled: false }]) { account { slug timezone } revision } }`,
  );
  const changes = [{ coordinate: "TimeEntry.costRate", audience: "EVERYONE", enabled: false }];
  expect(heard).toEqual(["setToggles", { changes, dryRun: false }]);
  expect(data).toEqual({ setToggles: { account: { slug: "acme", timezone: "Europe/Berlin" }, revision: 7 } });
});

it("the list of toggles is asked for with what it was narrowed to", async () => {
  const { heard } = await ask('{ toggles(type: "TimeEntry", audience: MANAGER) { coordinate } }');
  expect(heard).toEqual(["toggles", { type: "TimeEntry", audience: "MANAGER" }]);
});

it("the caller learns who they are, with rules for the frontend", async () => {
  const { data } = await ask("{ viewer { kind name accounts { slug } abilities } }");
  expect(data).toEqual({
    viewer: { kind: "MEMBER", name: "Ada", accounts: [{ slug: "acme" }], abilities: [["use", "TimeEntry"]] },
  });
});

it("a list that reaches its resolver is refused: lists are answered by plans", async () => {
  const answer = await graphql({ schema, source: "{ timeEntries { totalCount } }", contextValue: listening([]) });
  expect(answer.data).toEqual({ timeEntries: null });
  expect(answer.errors?.map(({ message }) => message)).toEqual(["Query.timeEntries is never run: planned"]);
});
