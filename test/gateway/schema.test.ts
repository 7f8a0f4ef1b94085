// The schema as others see it: the names they were promised, and that nothing is in it which nobody classified.
import { describe, expect, it } from "@jest/globals";
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  type DefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { readFileSync } from "node:fs";
import { ROLES } from "../../src/caller.ts";
import { constantCase, moneyField, type Field } from "../../src/permission/declare.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { subjects } from "../../src/tables.ts";

const { schema, declarations } = await buildGatewaySchema({ subjects });

const reading = (coordinate: string): readonly string[] | undefined => declarations.get(coordinate)?.reads;

const access = (coordinate: string): string =>
  ROLES.map((role) => `${role}=${JSON.stringify(declarations.get(coordinate)?.access[role] ?? "on")}`)
    .join(" ")
    .replaceAll('"', "");

function typeIn(built: GraphQLSchema, name: string): GraphQLNamedType {
  const type = built.getType(name);
  if (type === undefined) throw new Error(`the schema has no ${name}`);
  return type;
}

/** `TimeEntry.costRate: Money`, `Query.node(id:): ID!`, `EntryStatus.OPEN` and so on, of a built type. */
function described(type: GraphQLNamedType): readonly string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name}.${name}`);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => `${type.name}.${field.name}: ${String(field.type)}`);
  if (!isObjectType(type) && !isInterfaceType(type)) return [type.name];
  return Object.values(type.getFields()).flatMap((field) => [
    `${type.name}.${field.name}: ${String(field.type)}`,
    ...field.args.map((argument) => `${type.name}.${field.name}(${argument.name}:): ${String(argument.type)}`),
  ]);
}

/** The same of a type as it was promised. */
function promised(node: DefinitionNode): readonly string[] {
  if (!("name" in node) || node.name === undefined) return [];
  const name = node.name.value;
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) return (node.values ?? []).map((value) => `${name}.${value.name.value}`);
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    return (node.fields ?? []).map((field) => `${name}.${field.name.value}: ${print(field.type)}`);
  }
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [name];
  return (node.fields ?? []).flatMap((field) => [
    `${name}.${field.name.value}: ${print(field.type)}`,
    ...(field.arguments ?? []).map((of) => `${name}.${field.name.value}(${of.name.value}:): ${print(of.type)}`),
  ]);
}

describe("the names that other programs are written against", () => {
  const { definitions } = parse(readFileSync(new URL("names.graphql", import.meta.url), "utf8"));
  const table = definitions.map((node): [string, readonly string[]] => [
    "name" in node ? (node.name?.value ?? "") : "",
    promised(node),
  ]);

  it.each(table)("of %s are served", (name, names) => {
    expect(described(typeIn(schema, name))).toEqual(expect.arrayContaining([...names]));
  });

  it("give a new order its usual direction, and a new switch everyone", () => {
    const order = typeIn(schema, "TimeEntryOrder");
    const change = typeIn(schema, "ToggleChangeInput");
    expect(isInputObjectType(order) && order.getFields()["direction"]?.defaultValue).toBe("ASC");
    expect(isInputObjectType(change) && change.getFields()["audience"]?.defaultValue).toBe("EVERYONE");
  });

  it("say in words what a computed field is made from", () => {
    const entry = typeIn(schema, "TimeEntry");
    const description = isObjectType(entry) ? entry.getFields()["billableAmount"]?.description : undefined;
    expect(description).toContain("made from durationSeconds, billableRate, billable");
  });
});

describe("every coordinate", () => {
  const builtIn = /^(__|String$|Int$|Float$|Boolean$|ID$)/;
  const names = Object.values(schema.getTypeMap())
    .filter(({ name }) => !builtIn.test(name))
    .flatMap((type) => [type.name, ...described(type)])
    .map((text) => text.replace(/: .*$/, ""));

  it("has a declaration, and nothing else has", () => {
    expect([...declarations.keys()].toSorted()).toEqual([...new Set(names)].toSorted());
  });

  it("that names a source names one that exists", () => {
    const sources = [...declarations.values()].flatMap(({ reads, madeFrom }) => [...reads, ...madeFrom]);
    expect(sources.filter((source) => !declarations.has(source))).toEqual([]);
    expect(sources.length).toBeGreaterThan(100);
  });

  it("of the toggles is the administrators' alone, and cannot be taken from them", () => {
    const own = /^(Toggle|ToggleChangeInput|SetTogglesPayload|Inference|Query\.toggles|Mutation\.setToggles)\b/;
    const found = [...declarations].filter(([coordinate]) => own.test(coordinate));
    expect(found.length).toBeGreaterThan(25);
    for (const [, { fixed, access }] of found) {
      expect({ fixed, access }).toEqual({
        fixed: true,
        access: { EMPLOYEE: "never", MANAGER: "never", FINANCE: "never", INTEGRATION: "never" },
      });
    }
  });

  it("that pages a list stays on while the list does", () => {
    const parts = [
      "first:)",
      "after:)",
      "last:)",
      "before:)",
      ".cursor",
      ".pageInfo",
      ".edges",
      ".nodes",
      ".hasNextPage",
    ];
    const found = [...declarations].filter(([coordinate]) => parts.some((part) => coordinate.endsWith(part)));
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter(([, { fixed }]) => !fixed)).toEqual([]);
  });
});

describe("a field that is declared", () => {
  const fields = subjects.flatMap((subject) =>
    Object.entries(subject.fields).map(([name, field]) => ({
      subject,
      name,
      field,
      coordinate: `${subject.name}.${name}`,
    })),
  );

  it.each(fields.filter(({ field }) => !field.fixed).map(({ coordinate }) => [coordinate]))(
    "%s can be null",
    (coordinate) => {
      const [type = "", field = ""] = coordinate.split(".");
      const built = typeIn(schema, type);
      expect(isObjectType(built) && String(built.getFields()[field]?.type)).not.toMatch(/!$|^false$/);
    },
  );

  it("can be filtered exactly where it says so, and the filter reads it", () => {
    for (const { subject, name, field, coordinate } of fields) {
      if (!declarations.has(`${subject.name}Filter`)) continue;
      expect([coordinate, reading(`${subject.name}Filter.${name}`)]).toEqual([
        coordinate,
        field.filter ? [coordinate] : undefined,
      ]);
    }
  });

  it("can be ordered exactly where it says so, and the order reads it", () => {
    for (const { subject, name, field, coordinate } of fields) {
      if (!declarations.has(`${subject.name}Order`)) continue;
      const value = `${subject.name}OrderField.${constantCase(name)}`;
      expect([coordinate, reading(value)]).toEqual([coordinate, field.order ? [coordinate] : undefined]);
    }
  });

  it("can be filtered in every type that a filter leads to", () => {
    for (const type of [
      "Member",
      "Team",
      "Customer",
      "Project",
      "Task",
      "Activity",
      "Tag",
      "TimeEntry",
      "Timesheet",
      "Expense",
    ]) {
      expect([type, declarations.has(`${type}Filter`)]).toEqual([type, true]);
    }
    expect(declarations.has("AccountFilter")).toBe(false);
  });

  it("as sealed is never ordered or searched, and compared only where a lookup is kept", () => {
    const inputs = fields
      .filter(({ field }) => field.sealed)
      .map(({ subject, name }) => {
        const filter = typeIn(schema, `${subject.name}Filter`);
        expect(declarations.has(`${subject.name}OrderField.${constantCase(name)}`)).toBe(false);
        return `${subject.name}.${name}: ${isInputObjectType(filter) ? String(filter.getFields()[name]?.type) : ""}`;
      });
    expect(inputs.toSorted()).toEqual([
      "Expense.description: SealedFilter",
      "Member.email: SealedEqualityFilter",
      "Member.staffNumber: SealedEqualityFilter",
      "TimeEntry.description: SealedFilter",
      "TimeEntry.internalNote: SealedFilter",
      "Timesheet.comment: SealedFilter",
    ]);
    expect(described(typeIn(schema, "SealedFilter"))).toEqual(["SealedFilter.isNull: Boolean"]);
    expect(described(typeIn(schema, "SealedEqualityFilter"))).toHaveLength(3);
  });

  it("anew appears in the type, its filter and its order, each reading it", async () => {
    const grown = await buildGatewaySchema({ subjects: withField("Task", "priceCap", moneyField("cap", "The most.")) });
    expect(grown.declarations.get("Task.priceCap")?.sensitivity).toBe("MONEY");
    expect(grown.declarations.get("TaskFilter.priceCap")?.reads).toEqual(["Task.priceCap"]);
    expect(grown.declarations.get("TaskOrderField.PRICE_CAP")?.reads).toEqual(["Task.priceCap"]);
    expect(declarations.has("Task.priceCap")).toBe(false);
  });
});

describe("what a report groups by and adds", () => {
  it.each([
    ["ReportDimension.WEEK", ["TimeEntry.date"]],
    ["ReportDimension.CUSTOMER", ["TimeEntry.project", "Project.customer"]],
    ["ReportDimension.TAG", ["TimeEntry.tags"]],
    ["ReportDimension.STATUS", ["TimeEntry.status"]],
    ["TimeTotals.seconds", ["TimeEntry.durationSeconds"]],
    ["TimeTotals.billableSeconds", ["TimeEntry.durationSeconds", "TimeEntry.billable"]],
    ["TimeTotals.billableAmount", ["TimeEntry.billableAmount"]],
    ["TimeTotals.costAmount", ["TimeEntry.costAmount"]],
    ["TimeTotals.entryCount", []],
  ])("%s is closed with what it reads", (coordinate, sources) => {
    expect(reading(coordinate)).toEqual(sources);
  });
});

describe("what may be written", () => {
  it.each([
    ["Mutation.createTimeEntry", "EMPLOYEE=on MANAGER=on FINANCE=never ADMIN=on INTEGRATION=never"],
    ["Mutation.updateTimeEntry", "EMPLOYEE=on MANAGER=on FINANCE=on ADMIN=on INTEGRATION=never"],
    ["Mutation.deleteTimeEntry", "EMPLOYEE=on MANAGER=on FINANCE=never ADMIN=on INTEGRATION=never"],
    ["Mutation.submitTimesheet", "EMPLOYEE=on MANAGER=on FINANCE=never ADMIN=on INTEGRATION=never"],
    ["Mutation.approveTimesheet", "EMPLOYEE=never MANAGER=on FINANCE=never ADMIN=on INTEGRATION=never"],
    ["UpdateTimeEntryInput.costRate", "EMPLOYEE=on MANAGER=on FINANCE=on ADMIN=on INTEGRATION=on"],
    ["UpdateTimeEntryInput.durationSeconds", "EMPLOYEE=on MANAGER=on FINANCE=never ADMIN=on INTEGRATION=on"],
  ])("by whom: %s", (coordinate, roles) => {
    expect(access(coordinate)).toBe(roles);
  });

  it.each([
    ["CreateTimeEntryInput", 18],
    ["UpdateTimeEntryInput", 19],
  ])("%s reads the field that each of its inputs writes", (name, count) => {
    const type = typeIn(schema, name);
    const inputs = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
    expect(inputs).toHaveLength(count);
    for (const input of inputs) expect(reading(`${name}.${input}`)).toEqual([`TimeEntry.${input}`]);
  });
});

function withField(type: string, name: string, field: Field): typeof subjects {
  return subjects.map((subject) =>
    subject.name === type ? { ...subject, fields: { ...subject.fields, [name]: field } } : subject,
  );
}
