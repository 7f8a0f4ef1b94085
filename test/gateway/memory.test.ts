// What is remembered of documents is bounded, whoever sends ever new ones.
import { expect, it } from "@jest/globals";
import { parse } from "graphql";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Documents } from "../../src/gateway/document.ts";
import { Judgements } from "../../src/gateway/judgement.ts";
import { Standings } from "../../src/permission/current.ts";
import { NO_SETTINGS } from "../../src/permission/settings.ts";
import { timeReport } from "../../src/timesheet/report.ts";
import { catalogue } from "../gateway.ts";
import { people } from "./asking.ts";

const { schema } = catalogue;
const documents = new Documents();
const judgements = new Judgements(catalogue, timeReport);
const set = new Standings(catalogue).setOf(["ADMIN"], NO_SETTINGS);

function judge(text: string): WeakRef<object> {
  const more = {
    caller: people.ADMIN,
    operationName: undefined,
    variables: {},
    onDenied: "null",
    requestId: "",
  } as const;
  const known = documents.operation({ text, document: parse(text), ...more }, schema);
  const judgement = judgements.of(known, set, {});
  expect(judgements.of(known, set, {})).toBe(judgement);
  return new WeakRef(judgement);
}

it("a judgement is let go with its document", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const first = judge("{ timeEntries { nodes { id } } }");
  // A weak reference holds until the end of the turn in which it was made.
  await new Promise((soon) => setTimeout(soon));
  collect();
  expect(first.deref()).toBeDefined();
  for (let at = 0; at < 10; at += 1) judge(`{ a${at}: timeEntries { nodes { id } } }${" ".repeat(1_000_000)}`);
  await new Promise((soon) => setTimeout(soon));
  collect();
  expect(first.deref()).toBeUndefined();
});
