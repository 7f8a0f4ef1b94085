// An administrator who switches something off is told what of it their people can still work out.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor } from "../database.ts";
import { contentOf, openGate, people, setToggles, type Gateway } from "./asking.ts";

const database = databaseFor("pglite");
let gateway: Gateway;
beforeAll(async () => {
  await seedSmall(database());
  gateway = openGate(database());
});

interface Told {
  readonly hidden: string;
  readonly from: readonly string[];
  readonly how: string;
  readonly roles: readonly string[];
}

interface Change {
  readonly coordinate: string;
  readonly audience?: string;
  readonly enabled: boolean;
}

async function told(dryRun: boolean, ...changes: readonly Change[]): Promise<readonly Told[]> {
  const text = `mutation ($dryRun: Boolean, $changes: [ToggleChangeInput!]!) {
    setToggles(dryRun: $dryRun, changes: $changes) { inferences { hidden from how roles } userErrors { code } } }`;
  const answer = await gateway.ask(people.ADMIN, text, { variables: { dryRun, changes } });
  expect(answer.errors).toEqual([]);
  return answer.at("setToggles.inferences") as readonly Told[]; // cast: as asked above
}

const off = (coordinate: string): Change => ({ coordinate, enabled: false });
const EVERYONE = ["EMPLOYEE", "MANAGER", "FINANCE", "ADMIN", "INTEGRATION"];

describe("who switches off", () => {
  it("a duration is told that start and end are left, and what follows of it for whom; asking writes nothing", async () => {
    const before = await contentOf(database());
    const found = await told(true, off("TimeEntry.durationSeconds"));
    const how = "from start to end, but for breaks";
    const from = ["TimeEntry.end", "TimeEntry.start"];
    expect(found).toContainEqual({ hidden: "TimeEntry.durationSeconds", from, how, roles: EVERYONE });
    const cost = found.filter(({ hidden }) => hidden === "TimeEntry.costAmount");
    expect(cost.map(({ roles }) => roles)).toEqual([["FINANCE", "ADMIN"]]);
    expect(await contentOf(database())).toBe(before);
  });

  it("all that tells it as well is told nothing", async () => {
    const changes = ["TimeEntry.durationSeconds", "TimeEntry.start"].map(off);
    const found = await told(true, ...changes);
    expect(found.filter(({ hidden }) => hidden === "TimeEntry.durationSeconds")).toEqual([]);
  });

  it("what nothing tells is told nothing", async () => {
    expect(await told(true, off("TimeEntry.description"))).toEqual([]);
  });

  it("who somebody is, is told that those who see their own rows only know it", async () => {
    const found = await told(true, off("TimeEntry.member"), off("TimeEntry.timesheet"));
    expect(found.filter(({ hidden }) => hidden === "TimeEntry.member")).toEqual([
      { hidden: "TimeEntry.member", from: [], how: "only rows of one's own are seen", roles: ["EMPLOYEE"] },
    ]);
  });
});

it("who switches rates of entries on for managers is told that those tell the rates of people, and amounts", async () => {
  const changes = [{ coordinate: "TimeEntry.costRate", audience: "MANAGER", enabled: true }];
  const found = await told(true, ...changes);
  expect(found.map(({ hidden, from }) => [hidden, ...from])).toEqual([
    ["Member.costRate", "TimeEntry.costRate", "TimeEntry.member"],
    ["TimeEntry.costAmount", "TimeEntry.costRate", "TimeEntry.durationSeconds"],
    ["TimeTotals.costAmount", "TimeEntry.costRate", "TimeEntry.durationSeconds"],
  ]);
  expect(new Set(found.flatMap(({ roles }) => roles))).toEqual(new Set(["MANAGER"]));
});

it("what could be worked out before is told once, and by the change that is made as by the one that is asked about", async () => {
  const asked = await told(true, off("TimeEntry.createdAt"));
  expect(asked.map(({ hidden, from }) => [hidden, from])).toEqual([["TimeEntry.createdAt", ["TimeEntry.id"]]]);
  expect(await told(false, off("TimeEntry.createdAt"))).toEqual(asked);
  expect(await told(false, off("TimeEntry.externalId"))).toEqual([]);
  await setToggles(gateway, "TimeEntry.createdAt on");
  await setToggles(gateway, "TimeEntry.externalId on");
});
