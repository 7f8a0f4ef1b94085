// What a class of callers is not told of, and what goes with it: a schema can be cut by the hidden set, and is whole after it.
import { describe, expect, it } from "@jest/globals";
import { buildSchema, printSchema, validateSchema } from "graphql";
import { ViewerSchemas } from "../../src/gateway/viewer-schema.ts";
import { buildCatalogue, type Catalogue } from "../../src/permission/catalogue.ts";
import { compileSet, type PermissionSet } from "../../src/permission/compile.ts";
import { declared, type Declared } from "../../src/permission/declare.ts";
import { settingsOf } from "../../src/permission/settings.ts";

const schema = buildSchema(`
  type Query { shelf(of: Kind, only: ShelfFilter): Shelf  secret: Secret  page(size: Size!): Page  open: Int }
  type Mutation { shake(secret: SecretInput!): Int }
  type Shelf { id: ID! label: String secret: Secret }
  type Secret { word: String page: Page }
  type Page { text: String size: Size }
  enum Size { LARGE SMALL }
  enum Kind { WOOD STEEL }
  input ShelfFilter { label: String secret: SecretInput }
  input SecretInput { word: String! hint: String }
`);

/** Everything is on, but for what the test says of employees. */
function catalogueOf(said: Readonly<Record<string, Partial<Declared>>>): Catalogue {
  const declarations = new Map<string, Declared>();
  const say = (coordinate: string): unknown => declarations.set(coordinate, declared(said[coordinate]));
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    say(type.name);
    for (const field of "getFields" in type ? Object.values(type.getFields()) : []) {
      say(`${type.name}.${field.name}`);
      for (const argument of "args" in field ? field.args : []) say(`${type.name}.${field.name}(${argument.name}:)`);
    }
    for (const value of "getValues" in type ? type.getValues() : []) say(`${type.name}.${value.name}`);
  }
  return buildCatalogue({ schema, declarations, subjects: [] });
}

const NEVER = { access: { EMPLOYEE: "never" } } as const;
const INTERNAL = { ...NEVER, internal: true } as const;

const setOf = (said: Readonly<Record<string, Partial<Declared>>>, deniedAs: "DENIED" | "HIDDEN"): PermissionSet =>
  compileSet(["EMPLOYEE"], settingsOf([], deniedAs), catalogueOf(said));
const hiddenOf = (...of: Parameters<typeof setOf>): readonly string[] => [...setOf(...of).hidden].toSorted();

describe("what is hidden", () => {
  it("is nothing where an account denies, and nothing where nothing is closed", () => {
    expect(hiddenOf({ "Shelf.label": NEVER }, "DENIED")).toEqual([]);
    expect(hiddenOf({}, "HIDDEN")).toEqual([]);
  });

  it("is what the vendor keeps to itself, also where an account denies", () => {
    expect(hiddenOf({ "Shelf.label": INTERNAL, "Kind.WOOD": NEVER }, "DENIED")).toEqual(["Shelf.label"]);
  });

  it.each([
    ["a field alone", "Shelf.label", ["Shelf.label"]],
    ["the arguments of a field", "Query.shelf", expect.arrayContaining(["Query.shelf(of:)", "Query.shelf(only:)"])],
    ["a field with its required argument", "Query.page(size:)", ["Query.page", "Query.page(size:)"]],
    ["an input with its required field", "SecretInput.word", expect.arrayContaining(["SecretInput", "Mutation.shake"])],
    ["a mutation that was the only one", "Mutation.shake", expect.arrayContaining(["Mutation"])],
    [
      "an enum to which nothing leads any more",
      "Query.shelf(of:)",
      ["Kind", "Kind.STEEL", "Kind.WOOD", "Query.shelf(of:)"],
    ],
    ["fields that show a type", "Page", expect.arrayContaining(["Query.page", "Secret.page", "Page.text"])],
  ])("is also what a schema cannot have without it: %s", (_words, coordinate, hidden) => {
    expect(hiddenOf({ [coordinate]: NEVER }, "HIDDEN")).toEqual(hidden);
  });

  it("is a type of which nothing is left", () => {
    const hidden = hiddenOf({ "Secret.word": NEVER, "Secret.page": NEVER }, "HIDDEN");
    expect(hidden).toEqual(expect.arrayContaining(["Secret", "Query.secret", "Shelf.secret"]));
    expect(hidden).not.toContain("Page");
  });

  it("is closed too, and nothing that is open", () => {
    const set = setOf({ "Secret.word": NEVER, "Secret.page": NEVER }, "HIDDEN");
    expect([...set.hidden].filter((one) => !set.closed.has(one))).toEqual([]);
    expect([...set.hidden].filter((one) => set.open.has(one))).toEqual([]);
  });

  it("names the class: who hides and who denies share nothing that was compiled", () => {
    expect(setOf({ "Shelf.label": NEVER }, "HIDDEN").class).not.toBe(setOf({ "Shelf.label": NEVER }, "DENIED").class);
  });
});

describe("a schema that is cut by it", () => {
  const coordinates = [...catalogueOf({}).entries.keys()].filter((one) => one !== "Query" && one !== "Query.open");

  it.each(coordinates)("is one that GraphQL takes, and has no word of it: %s", (coordinate) => {
    const { hidden } = setOf({ [coordinate]: NEVER }, "HIDDEN");
    const cut = new ViewerSchemas(schema).of(hidden);
    expect(validateSchema(cut)).toEqual([]);
    const again = buildSchema(printSchema(cut));
    const types = [...hidden].filter((one) => !one.includes("."));
    expect(types.filter((type) => again.getType(type) !== undefined)).toEqual([]);
  });

  it("is the same object for all who are not told of the same things, and the whole one for everybody else", () => {
    const schemas = new ViewerSchemas(schema);
    const one = setOf({ "Shelf.label": NEVER }, "HIDDEN").hidden;
    expect(schemas.of(one)).toBe(schemas.of(new Set(one)));
    expect(schemas.of(new Set())).toBe(schema);
  });
});
