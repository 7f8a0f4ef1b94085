// Conditions that look through lists of lists multiply what the database has to look at.
import { expect, it } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import { onEachDatabase } from "../database.ts";
import { asMember, openGate } from "../gateway/asking.ts";

const nested = (times: number): string => {
  const lists = Array.from({ length: times }, (_, at) => (at % 2 === 0 ? "teams" : "members"));
  const filter = lists.reduceRight((inside, list) => `{ ${list}: { some: ${inside} } }`, "{}");
  return `{ members(filter: ${filter}) { totalCount } }`;
};

onEachDatabase("a condition through lists", (database) => {
  it("is answered three lists deep, and refused with OPERATION_TOO_LARGE beyond", async () => {
    await seedSmall(database());
    const gateway = openGate(database());
    const answers = await Promise.all([1, 2, 3, 4, 9].map((times) => gateway.ask(asMember("m01"), nested(times))));
    const large = ["OPERATION_TOO_LARGE"];
    expect(answers.map(({ codes }) => codes)).toEqual([[], [], [], large, large]);
  });
});
