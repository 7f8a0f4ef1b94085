// What administrators are told of switches is what holds, or would hold, for their people.
import { beforeAll, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor } from "../database.ts";
import { contentOf, openGate, people, setToggles, type Answer, type Gateway } from "./asking.ts";

const database = databaseFor("pglite");
let gateway: Gateway;
beforeAll(async () => {
  await seedSmall(database());
  gateway = openGate(database());
});

const CHANGE = `mutation ($dryRun: Boolean!, $enabled: Boolean!) {
  setToggles(dryRun: $dryRun, changes: [{ coordinate: "TimeEntry.costRate", enabled: $enabled }]) {
    account { slug revision } changed { coordinate enabled changedBy } closes userErrors { code } } }`;
const change = (dryRun: boolean, enabled: boolean): Promise<Answer> =>
  gateway.ask(people.ADMIN, CHANGE, { variables: { dryRun, enabled } });

it("a change that is only asked about is shown as it would be, and nothing is written", async () => {
  const before = await contentOf(database());
  const answer = await change(true, false);
  expect(answer.at("setToggles.changed")).toEqual([
    { coordinate: "TimeEntry.costRate", enabled: false, changedBy: null },
  ]);
  expect(answer.at("setToggles.closes")).toContain("TimeEntry.costAmount");
  expect(answer.at("setToggles.closes")).not.toContain("TimeEntry.costRate");
  expect(await contentOf(database())).toBe(before);
});

it("a change that is made says the same, with who made it and the account after it", async () => {
  const asked = await change(true, false);
  const made = await change(false, false);
  expect(made.at("setToggles.changed.@.enabled")).toEqual([false]);
  expect(made.at("setToggles.changed.@.changedBy")).not.toEqual([null]);
  expect(made.at("setToggles.closes")).toEqual(asked.at("setToggles.closes"));
  expect(made.at("setToggles.account")).toEqual({ slug: "harbour", revision: made.revision });
  expect((await change(false, true)).at("setToggles.changed.@.enabled")).toEqual([true]);
});

interface Shown {
  readonly coordinate: string;
  readonly enabled: boolean;
}

it("what is closed with something else is shown as off for everyone", async () => {
  const shown = async (): Promise<unknown> => {
    const text = `{ toggles(type: "TimeEntry", audience: EVERYONE) { coordinate enabled } }`;
    const rows: unknown = (await gateway.ask(people.ADMIN, text)).at("toggles");
    const names = ["TimeEntry.billableRate", "TimeEntry.billableAmount", "TimeEntry.id"];
    const known = new Map((rows as readonly Shown[]).map((row) => [row.coordinate, row.enabled])); // cast: as asked above
    return names.map((name) => known.get(name));
  };
  expect(await shown()).toEqual([true, true, true]);
  await setToggles(gateway, "TimeEntry.billableRate off");
  expect(await shown()).toEqual([false, false, true]);
  await setToggles(gateway, "TimeEntry.billableRate on");
  expect(await shown()).toEqual([true, true, true]);
});
