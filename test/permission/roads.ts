// The nine ways in which a field of a subject can be used, each as operations that use it so.
import type { GraphQLSchema } from "graphql";
import { constantCase, type Field, type Subject } from "../../src/permission/declare.ts";
import type { Report } from "../../src/plan/report.ts";
import { smallest, type Uses } from "./uses.ts";

export const ROADS = [
  "select",
  "filter",
  "order",
  "group",
  "aggregate",
  "page",
  "search",
  "write",
  "condition",
] as const;
export type Road = (typeof ROADS)[number];

export interface Use {
  readonly road: Road;
  /** The coordinate by which it is used. */
  readonly by: string;
  readonly operation: string;
  /** Cut out of the answer, or the end of the whole operation. */
  readonly closed: "pruned" | "refused";
}

export interface Place {
  readonly schema: GraphQLSchema;
  readonly subjects: readonly Subject[];
  readonly report: Report;
  readonly uses: Uses;
}

interface Asked extends Place {
  readonly subject: Subject;
  readonly name: string;
  readonly field: Field;
}

export function roadsOf(place: Place, subject: Subject, name: string): readonly Use[] {
  const field = subject.fields[name];
  if (field === undefined) throw new Error(`${subject.name} has no ${name}`);
  const asked = { ...place, subject, name, field };
  return [
    ...selects(asked),
    ...filters(asked),
    ...orders(asked),
    ...groups(asked),
    ...aggregates(asked),
    ...writes(asked),
  ];
}

function selects({ uses, subject, name }: Asked): readonly Use[] {
  const by = `${subject.name}.${name}`;
  return [{ road: "select", by, operation: uses.operation(by) ?? "", closed: "pruned" }];
}

/** Itself, within `not` and `or`, and behind every relation of another subject that leads here. */
function filters({ schema, subjects, uses, subject, name }: Asked): readonly Use[] {
  const input = `${subject.name}Filter`;
  const by = `${input}.${name}`;
  const type = inputFields(schema, input)[name]?.type;
  if (type === undefined) return [];
  const use = (road: Road, operation: string): Use => ({ road, by, operation, closed: "refused" });
  const condition = `{ ${name}: ${smallest(type)} }`;
  const searches = Object.keys(inputFields(schema, String(type)))
    .filter((operator) => operator === "contains" || operator === "startsWith")
    .map((operator) => use("search", uses.given(by, `{ ${operator}: "e" }`)));
  const relations = subjects.flatMap((other) =>
    Object.entries(other.fields).flatMap(([relation, { source }]) => {
      if ((source.kind !== "one" && source.kind !== "many") || source.type !== subject.name) return [];
      if (inputFields(schema, `${other.name}Filter`)[relation] === undefined) return [];
      const inside =
        source.kind === "one" ? [condition] : ["some", "every", "none"].map((one) => `{ ${one}: ${condition} }`);
      return inside.map((value) => use("condition", uses.given(`${other.name}Filter.${relation}`, value)));
    }),
  );
  return [
    use("filter", uses.operation(by) ?? ""),
    use("condition", uses.given(`${input}.not`, `{ or: [{}, { and: [{ not: ${condition} }] }] }`)),
    ...searches,
    ...relations,
  ];
}

function inputFields(schema: GraphQLSchema, name: string) {
  const type = schema.getType(name);
  return type !== undefined && type !== null && "getFields" in type && "isOneOf" in type ? type.getFields() : {};
}

function orders({ schema, uses, subject, name }: Asked): readonly Use[] {
  const enumeration = schema.getType(`${subject.name}OrderField`);
  const value = constantCase(name);
  if (enumeration === undefined || !("getValue" in enumeration) || !enumeration.getValue(value)) return [];
  const by = `${subject.name}OrderField.${value}`;
  const ordered = uses.operation(by) ?? "";
  const paged = ordered.replace(/orderBy: (\[.*?\])\) \{.*\} \}$/, "orderBy: $1, first: 1) { edges { cursor } } }");
  if (paged === ordered) throw new Error(`no page of ${ordered}`);
  return [
    { road: "order", by, operation: ordered, closed: "refused" },
    { road: "page", by, operation: paged, closed: "refused" },
  ];
}

/** A dimension uses every field on its way. */
function groups({ report, uses, subject, name }: Asked): readonly Use[] {
  const here = `${subject.name}.${name}`;
  return Object.entries(report.dimensions).flatMap(([value, dimension]) => {
    const by = `ReportDimension.${value}`;
    const used =
      dimension.kind === "date" ? [report.date] : dimension.kind === "row" ? dimension.path : [dimension.field];
    // All ways begin at the report's own type; the second step of one leads on from a project.
    const coordinates = used.map((step, at) => `${at === 0 ? report.type : "Project"}.${step}`);
    if (!coordinates.includes(here)) return [];
    return [{ road: "group" as const, by, operation: uses.operation(by) ?? "", closed: "refused" as const }];
  });
}

/** Totals, and fields that are computed from this one. */
function aggregates({ report, subjects, uses, subject, name }: Asked): readonly Use[] {
  const here = `${subject.name}.${name}`;
  const use = (by: string): Use => ({ road: "aggregate", by, operation: uses.operation(by) ?? "", closed: "pruned" });
  const measures = Object.entries(report.measures).filter(([, measure]) => {
    if (subject.name !== report.type || measure.kind === "count") return false;
    if (measure.kind === "money") return measure.field === name;
    return name === report.seconds || measure.when === name;
  });
  const columns = new Set(columnsOf(subject.fields[name]));
  const computed = subjects.flatMap((other) =>
    Object.entries(other.fields).flatMap(([field, { source }]) => {
      const by = `${other.name}.${field}`;
      if (by === here) return [];
      if (source.kind === "sum") return source.type === subject.name && source.field === name ? [use(by)] : [];
      if (other !== subject) return [];
      const from =
        source.kind === "amount"
          ? [source.seconds, `${source.rate}_minor`, source.when ?? ""]
          : source.kind === "isOneOf"
            ? [source.column]
            : [];
      return from.some((column) => columns.has(column)) ? [use(by)] : [];
    }),
  );
  return [...measures.map(([measure]) => use(`TimeTotals.${measure}`)), ...computed];
}

function columnsOf(field: Field | undefined): readonly string[] {
  if (field === undefined) return [];
  const { source } = field;
  if (source.kind === "money") return [source.minor];
  return source.kind === "column" || source.kind === "enum" ? [source.column] : [];
}

/** Inputs that are named as the fields that they write. */
function writes({ schema, uses, subject, name }: Asked): readonly Use[] {
  const inputs = Object.keys(schema.getTypeMap()).filter((type) =>
    new RegExp(`^(Create|Update)${subject.name}Input$`).test(type),
  );
  const fields = inputs
    .filter((input) => inputFields(schema, input)[name] !== undefined)
    .map((input) => `${input}.${name}`);
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter((field) => field.name.endsWith(subject.name))
    .flatMap((field) =>
      field.args
        .filter((one) => one.name === name && name !== "id")
        .map((one) => `Mutation.${field.name}(${one.name}:)`),
    );
  return [...fields, ...mutations].map((by) => ({
    road: "write",
    by,
    operation: uses.operation(by) ?? "",
    closed: "refused",
  }));
}
