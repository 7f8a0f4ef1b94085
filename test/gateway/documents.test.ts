// Documents are typed from the emitted schema: an editor knows an answer before it is asked for.
import { expect, it } from "@jest/globals";
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";
import { validate } from "graphql";
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { subjects } from "../../src/tables.ts";
import { top } from "../house/source.ts";
import { hoursOfWeek } from "./entries.documents.ts";

it("a typed document knows what it may be given and what comes back", async () => {
  // The compiler reads these two as well as the runtime: a field that is renamed, or can suddenly not be null, ends here.
  const variables: VariablesOf<typeof hoursOfWeek> = {
    filter: { costRate: { gte: 100 }, status: { in: ["OPEN", "SUBMITTED"] }, not: { description: { isNull: true } } },
    orderBy: [{ field: "DATE", direction: "DESC" }],
  };
  const answer: ResultOf<typeof hoursOfWeek> = {
    timeEntries: { nodes: [{ id: "e", date: null, durationSeconds: 60, costRate: null }], totalCount: null },
  };
  expect(Object.keys(variables)).toEqual(["filter", "orderBy"]);
  expect(answer.timeEntries?.nodes[0]?.durationSeconds).toBe(60);
  const { schema } = await buildGatewaySchema({ subjects });
  expect(validate(schema, hoursOfWeek)).toEqual([]);
});

it("the generated types are those of the schema: mend them with npm run codegen", () => {
  const path = [join(top, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
  const env = { ...process.env, PATH: path, NODE_OPTIONS: "" };
  const run = spawnSync("graphql-codegen", ["--config", "codegen.ts", "--check"], { cwd: top, env, encoding: "utf8" });
  expect(`${run.status} ${run.status === 0 ? "" : run.stdout + run.stderr}`).toBe("0 ");
});
