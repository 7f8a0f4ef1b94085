// Whatever values an operation is sent with, and wherever they stand, none of them is in what is kept of it.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { buildSchema, Kind, parse, print, validate } from "graphql";
import type { KnownOperation } from "../../src/gateway/document.ts";
import { mentioned } from "../../src/gateway/mentioned.ts";
import { normalForm } from "../../src/gateway/normal-form.ts";
import { catalogue } from "../gateway.ts";

// With what our own schema has not: a scalar that takes everything, a directive of one's own, and lists in lists.
const schema = buildSchema(`
  directive @note(text: String, all: [Any]) on FIELD | QUERY | FRAGMENT_SPREAD
  scalar Any
  enum Color { RED GREEN }
  input Box { text: String number: Int part: Float on: Boolean any: Any color: Color colors: [[Color!]] boxes: [Box!] box: Box }
  type Query { find(box: Box, text: String = "x", any: Any, id: ID, colors: [Color!]): Query name: String }
`);

/** Not through the gate: what is kept must not rest on its limits, nor on all of GraphQL's rules. */
function known(text: string, of = schema): KnownOperation {
  const document = parse(text);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error("there is no operation");
  return { schema: of, text, document, operation };
}

const kept = (text: string): string => normalForm(known(text));

/** Long enough that none is found by chance, and in every form that a literal can have. */
const secret = fc.stringMatching(/^[a-z]{12}$/).map((word) => `s${word}`);
const figure = fc.integer({ min: 100_000_000, max: 2_000_000_000 });
const anything = fc.oneof(
  secret.map((word) => JSON.stringify(word)),
  secret.map((word) => `"""\n  ${word}\n    ${word} "quoted"\n"""`),
  secret, // looks like the value of an enum
  figure.map(String),
  figure.map((number) => `-${number}.${number}e3`),
  fc.tuple(secret, figure).map(([word, number]) => `{ ${word}: ${number}, deep: [{ ${word}: "${word}" }] }`),
  fc.tuple(secret, figure).map(([word, number]) => `["${word}", ${number}, [${word}]]`),
);
const word = secret.map((text) => JSON.stringify(text));
const box: fc.Arbitrary<string> = fc
  .record({
    text: word,
    number: figure,
    any: anything,
    inner: fc.option(secret),
    many: fc.array(word, { maxLength: 3 }),
  })
  .map(({ text, number, any, inner, many }) => {
    const boxes = many.map((one) => `{ text: ${one}, color: RED }`).join(", ");
    return `{ text: ${text}, number: ${number}, part: ${number}.5, any: ${any}, colors: [[RED], GREEN], boxes: [${boxes}]
      ${inner === null ? "" : `, box: { text: "${inner}", color: GREEN, on: true }`} }`;
  });
const operation = fc
  .record({ box, any: anything, other: anything, text: word, alias: secret, comment: secret, id: figure })
  .map(
    ({ box: one, any, other, text, alias, comment, id }) => `# ${comment}
    query Q($given: Box = ${one}, $any: Any = ${other}, $text: String = ${text}) @note(text: ${text}) {
      ${alias}: find(box: ${one}, text: ${text}, any: ${any}, id: ${id}) { name ...F @note(text: ${text}, all: [${other}]) }
      find(box: $given, any: $any, text: $text, id: "${id}", colors: RED) { name @include(if: true) } # ${comment}
    }
    fragment F on Query { ${alias}: find(any: { ${alias}: ${any} }) { name @note(all: ${any}) } }`,
  );

describe("what is kept of an operation", () => {
  it("holds none of its values", () => {
    fc.assert(
      fc.property(operation, (text) => {
        expect(validate(schema, parse(text))).toEqual([]);
        const form = kept(text);
        const planted = [...text.matchAll(/s[a-z]{12}|\d{9,}/g)].map(([found]) => found);
        expect(planted.length).toBeGreaterThan(5);
        expect(planted.filter((value) => form.includes(value))).toEqual([]);
        expect(form).not.toMatch(/[1-9]|#|\btrue\b(?!\))/);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("is the same for whatever other values, aliases and spacing", () => {
    const one = `query Q($v: String) { a: find(text: "one", box: { number: 1, text: $v, colors: [[RED], [RED]] }) { name } }`;
    const other = `query   Q( $v : String ) { find(box: { text: $v, number: 22, colors: [[RED]] }, text: """two""") { name, name } # else
      b: find(text: "", box: { colors: [[RED]] number: 0 text: $v }) { again: name } }`;
    expect(kept(other)).toBe(kept(one));
    expect(kept(one)).not.toBe(kept(one.replace("RED", "GREEN")));
    expect(kept(one)).not.toBe(kept(one.replace("name", "__typename")));
  });

  it("is a form that it keeps itself, and one that can be read", () => {
    fc.assert(
      fc.property(operation, (text) => {
        const form = kept(text);
        expect(print(parse(form))).toBe(form);
        expect(kept(form)).toBe(form);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it("holds no sibling of the operation, and no fragment that it does not use", () => {
    const form = kept(`query Q { name ...A } query Other { find { name } }
      fragment C on Query { find { name } } fragment B on Query { name } fragment A on Query { name ...B }`);
    expect(form).toBe(
      "query Q {\n  name\n  ...A\n}\n\nfragment A on Query {\n  name\n  ...B\n}\n\nfragment B on Query {\n  name\n}",
    );
  });

  it("is cut where it is very long", () => {
    const text = `query Q { ${Array.from(
      { length: 900 },
      (_, at) => `find(box: ${"{ box: ".repeat(at % 30)}{}${" }".repeat(at % 30)}) { name }`,
    )
      .map((field, at) => `a${at}: ${field}`)
      .join(" ")} }`;
    expect(kept(text).length).toBeLessThanOrEqual(20_001);
  });

  it("names every coordinate that has to exist for it", () => {
    const text = `query Q($f: TimeEntryFilter, $off: Boolean!) {
      timeEntries(filter: $f, orderBy: [{ field: DATE, direction: ASC }]) @skip(if: $off) { nodes { id } }
      node(id: "x") { ... on Expense { amount { minor } } }
      __schema { types { name } }
    }`;
    expect([...mentioned(known(text, catalogue.schema))].toSorted()).toEqual([
      "Direction.ASC",
      "Expense",
      "Expense.amount",
      "Money.minor",
      "Query.node",
      "Query.node(id:)",
      "Query.timeEntries",
      "Query.timeEntries(filter:)",
      "Query.timeEntries(orderBy:)",
      "TimeEntry.id",
      "TimeEntryConnection.nodes",
      "TimeEntryFilter",
      "TimeEntryOrder.direction",
      "TimeEntryOrder.field",
      "TimeEntryOrderField.DATE",
    ]);
  });
});
