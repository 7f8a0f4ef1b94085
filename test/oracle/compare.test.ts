// That the comparison can fail: one naive side keeps the law, the other has one fault in it, and they are seen to part.
import { describe, expect, it } from "@jest/globals";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { ALL, own, some } from "../../src/permission/condition.ts";
import type { Declared, Field, Subject } from "../../src/permission/declare.ts";
import { subjects } from "../../src/tables.ts";
import { difference, type GateBody } from "./compare.ts";
import { bareSchema, naiveAnswer } from "./naive-execute.ts";
import { sightOf, type Place } from "./naive-sight.ts";
import { random } from "./random.ts";
import { tryOne, type Answering, type Tally } from "./trial.ts";
import { askers, switchableOf, world as makeWorld, type World } from "./world.ts";

const { schema, declarations } = await buildGatewaySchema({ subjects });
const bare = bareSchema(schema);
const switchable = switchableOf(declarations);

const error = (extensions: object) => ({ message: "Unauthorized field or type", extensions: { ...extensions } });

/** A naive side in the clothes of the gate. */
function answeringIn(place: Place): Answering {
  return async (asker, { document, variables }) => {
    const answer = naiveAnswer({ schema: bare, document, variables }, sightOf(place, asker));
    const denial = (use: (typeof answer.judgement.denied)[number]) =>
      error({
        code: "UNAUTHORIZED_FIELD_OR_TYPE",
        coordinate: use.coordinate,
        usage: use.usage,
        reason: [...use.reasons][0],
        affectedPath: use.path.join("."),
      });
    const { problems, refused } = answer.judgement;
    if (answer.kind === "answered") {
      const masked = [...answer.masked].map(([coordinate, count]) =>
        error({ code: "UNAUTHORIZED_FIELD_OR_TYPE", reason: "ROW_CONDITION", coordinate, count }),
      );
      return { data: JSON.parse(JSON.stringify(answer.data)), errors: [...answer.denied.map(denial), ...masked] };
    }
    return { data: null, errors: problems.length > 0 ? problems.map((code) => error({ code })) : refused.map(denial) };
  };
}

const world = makeWorld(random(0), switchable);
const worlds = [world, ...[1, 2, 3, 4, 5].map((seed) => makeWorld(random(seed), switchable))];

async function firstDifference(fault: (place: Place) => Place, operations: number): Promise<string | undefined> {
  const tally: Tally = { answered: 0, denied: 0, refused: 0, paged: 0 };
  for (let at = 0; at < operations; at += 1) {
    const place: Place = { law: { schema, declarations }, subjects, world: worlds[at % worlds.length] ?? world };
    const chance = random(at);
    const sight = sightOf(place, chance.pick(askers(place.world)));
    const answering = answeringIn(fault(place));
    const found = await tryOne({ schema: bare, sight, answering, tries: 20 }, chance, tally);
    if (found !== undefined) return found;
  }
  return undefined;
}

const faultyField =
  (type: string, name: string, change: (field: Field) => Field) =>
  (place: Place): Place => ({
    ...place,
    subjects: place.subjects.map((subject) => {
      const field = subject.fields[name];
      if (subject.name !== type || field === undefined) return subject;
      return { ...subject, fields: { ...subject.fields, [name]: change(field) } };
    }),
  });

const faultySubject =
  (type: string, change: Partial<Subject>) =>
  (place: Place): Place => ({
    ...place,
    subjects: place.subjects.map((subject) => (subject.name === type ? { ...subject, ...change } : subject)),
  });

const faultyDeclaration =
  (coordinate: string, change: Partial<Declared>) =>
  (place: Place): Place => {
    const declared = place.law.declarations.get(coordinate);
    if (declared === undefined) throw new Error(`there is no ${coordinate}`);
    const changed = new Map([...place.law.declarations, [coordinate, { ...declared, ...change }]]);
    return { ...place, law: { ...place.law, declarations: changed } };
  };

const filtersReadNothing = (place: Place): Place => {
  const changed = [...place.law.declarations].map(([coordinate, declared]) => {
    return [coordinate, coordinate.includes("Filter.") ? { ...declared, reads: [] } : declared] as const;
  });
  return { ...place, law: { ...place.law, declarations: new Map(changed) } };
};

const faultyWorld =
  (change: (world: World) => Partial<World>) =>
  (place: Place): Place => ({
    ...place,
    world: { ...place.world, ...change(place.world) },
  });

const entryRows = subjects.find(({ name }) => name === "TimeEntry")?.rows;
const noRules = { EMPLOYEE: ALL, MANAGER: ALL, FINANCE: ALL, ADMIN: ALL, INTEGRATION: ALL };

describe("the comparison sees", () => {
  it.each([
    [
      "a manager who sees too few entries",
      faultySubject("TimeEntry", { rows: { ...noRules, ...entryRows, MANAGER: some(own("member_id")) } }),
    ],
    ["an employee who sees everybody's expenses", faultySubject("Expense", { rows: noRules })],
    [
      "toggles for everyone that nobody obeys",
      faultyWorld(({ toggles }) => ({ toggles: toggles.filter(({ audience }) => audience !== "EVERYONE") })),
    ],
    ["a rate that employees were given", faultyDeclaration("TimeEntry.costRate", { access: {} })],
    ["a mask that fell off", faultyDeclaration("Member.email", { access: {} })],
    ["a filter that reads nothing", filtersReadNothing],
    [
      "an amount that is there though it is not billable",
      faultyField("TimeEntry", "billableAmount", (field) =>
        field.source.kind === "amount"
          ? { ...field, source: { kind: "amount", seconds: field.source.seconds, rate: field.source.rate } }
          : field,
      ),
    ],
    ["a list in the wrong order", faultySubject("TimeEntry", { defaultOrder: [{ field: "date", direction: "ASC" }] })],
  ])("%s", async (_words, fault) => {
    expect(await firstDifference(fault, 400)).toEqual(expect.stringContaining("the law says"));
  });

  it("nothing where both sides keep the law", async () => {
    expect(await firstDifference((place) => place, 60)).toBeUndefined();
  });
});

const naive = (data: unknown) => ({
  kind: "answered" as const,
  data,
  denied: [],
  masked: new Map<string, number>(),
  judgement: { denied: [], refused: [], problems: [], beneath: { refused: [], problems: [] } },
});

const compared = (expected: unknown, found: GateBody) => difference(naive(expected), found, new Map());

it("two answers part by the number of cells that do not show", () => {
  const left = { ...naive({ a: null }), masked: new Map([["Member.email", 2]]) };
  expect(difference(left, { data: { a: null }, errors: [] }, new Map())).toContain("Member.email 2");
});

describe("two answers part by", () => {
  it.each<[string, unknown, unknown]>([
    ["the order of their keys", { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["a key too many", { a: 1 }, { a: 1, b: null }],
    ["a row too few", { a: [{}, {}] }, { a: [{}] }],
    ["null for an empty list", { a: [] }, { a: null }],
    ["a number as text", { a: 1 }, { a: "1" }],
    ["one cursor for two rows", { a: ["cursor:1", "cursor:2"] }, { a: ["x", "x"] }],
    [
      "two cursors for one row of a list",
      { edges: [{ cursor: "cursor:1" }], pageInfo: { endCursor: "cursor:1" } },
      { edges: [{ cursor: "x" }], pageInfo: { endCursor: "y" } },
    ],
  ])("%s", (_words, expected, found) => {
    expect(compared(expected, { data: found })).toEqual(expect.any(String));
    expect(compared(expected, { data: expected })).toBeUndefined();
  });

  it("an error that should not be there", () => {
    const errors = [{ message: "Something", extensions: { code: "INTERNAL" } }];
    expect(compared({ a: 1 }, { data: { a: 1 }, errors })).toContain("INTERNAL");
  });
});
