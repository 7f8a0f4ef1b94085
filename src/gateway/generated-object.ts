/** Object types of the subjects, and the pages in which they are listed. */
import { declared, declaredField, fixedPart, type Field, type Source, type Subject } from "../permission/declare.ts";
import { enumerationOf, type ValueSaid } from "../permission/enumeration.ts";
import { makeEnum, makeInterface, makeObject, type Part, type Parts, type Workshop } from "./workshop.ts";

const fixed = (type: string, description: string): Part => ({ type, description, declared: fixedPart });

export function makeObjects(shop: Workshop, subjects: readonly Subject[]): void {
  makeInterface(shop, {
    name: "Node",
    description: "Anything with a global id.",
    declared: fixedPart,
    fields: { id: fixed("ID!", "Global id.") },
  });
  makeObject(shop, {
    name: "Money",
    description: "A sum of money.",
    declared: fixedPart,
    fields: {
      minor: fixed("SafeInt!", "In minor units of the currency: cents."),
      currency: fixed("String!", "ISO 4217."),
    },
  });
  makePageInfo(shop);
  for (const subject of subjects) makeSubject(shop, subject);
  for (const subject of listed(subjects)) makeConnection(shop, subject);
}

function makeSubject(shop: Workshop, subject: Subject): void {
  const fields = Object.entries(subject.fields);
  // Where nothing can be closed, the type cannot be either: who could read none of it would have no account.
  const type = fields.every(([, field]) => field.fixed) ? fixedPart : declared({ sensitivity: "INTERNAL" });
  makeObject(
    shop,
    {
      name: subject.name,
      description: subject.description,
      declared: type,
      fields: Object.fromEntries(fields.map(([name, field]) => [name, outputField(subject, field)])),
    },
    ["Node"],
  );
  for (const [, field] of fields) makeSubjectEnum(shop, subject, field);
}

function outputField(subject: Subject, field: Field): Part {
  const named = outputType(field.source);
  const part = {
    type: field.fixed && !mayBeNull(subject, field.source) ? `${named}!` : named,
    description: field.description,
    declared: declaredField(field),
  };
  if (field.source.kind !== "connection") return part;
  return { ...part, arguments: pageArguments(field.source.ordered ? { orderBy: field.source.type } : {}) };
}

function mayBeNull(subject: Subject, source: Source): boolean {
  if (source.kind === "id") return false;
  return source.kind !== "column" || subject.table.columns[source.column]?.nullable !== false;
}

function outputType(source: Source): string {
  switch (source.kind) {
    case "id":
      return "ID";
    case "column":
      return source.scalar;
    case "enum":
      return source.enum;
    case "money":
    case "amount":
    case "sum":
      return "Money";
    case "one":
      return source.type;
    case "many":
      return `[${source.type}!]`;
    case "connection":
      return `${source.type}Connection`;
    case "isOneOf":
      return "Boolean";
    case "totals":
      return "TimeTotals";
    default:
      return source satisfies never;
  }
}

/** An enum is named by each field that shows it, and holds the values of the column. */
function makeSubjectEnum(shop: Workshop, { table }: Subject, { source, description }: Field): void {
  if (source.kind !== "enum" || shop.types.has(source.enum)) return;
  const values = table.columns[source.column]?.oneOf ?? [];
  const said = values.map((value): [string, ValueSaid] => [value, { declared: declared({ sensitivity: "INTERNAL" }) }]);
  makeEnum(shop, enumerationOf(source.enum, description, Object.fromEntries(said)), fixedPart);
}

/** Subjects that have a list: a root, or a list on another subject. */
export function listed(subjects: readonly Subject[]): readonly Subject[] {
  const pointedAt = new Set(
    subjects.flatMap(sources).map((source) => (source.kind === "connection" ? source.type : "")),
  );
  return subjects.filter((subject) => subject.root !== undefined || pointedAt.has(subject.name));
}

export const sources = (subject: Subject): readonly Source[] =>
  Object.values(subject.fields).map(({ source }) => source);

function makePageInfo(shop: Workshop): void {
  makeObject(shop, {
    name: "PageInfo",
    description: "Where a page lies in its list.",
    declared: fixedPart,
    fields: {
      hasNextPage: fixed("Boolean!", "There is more behind it."),
      hasPreviousPage: fixed("Boolean!", "There is more before it."),
      startCursor: fixed("String", "Of its first row; null on an empty page."),
      endCursor: fixed("String", "Of its last row; null on an empty page."),
    },
  });
}

function makeConnection(shop: Workshop, { name }: Subject): void {
  makeObject(shop, {
    name: `${name}Edge`,
    description: `A ${name} and its place in the list.`,
    declared: fixedPart,
    fields: {
      cursor: fixed("String!", "Its place, for after and before."),
      node: fixed(`${name}!`, "The row."),
    },
  });
  makeObject(shop, {
    name: `${name}Connection`,
    description: `A page of those ${name} rows that the caller may see.`,
    declared: fixedPart,
    fields: {
      edges: fixed(`[${name}Edge!]!`, "The rows with their places."),
      nodes: fixed(`[${name}!]!`, "The rows."),
      pageInfo: fixed("PageInfo!", "Where the page lies."),
      totalCount: {
        type: "Int",
        description: "How many rows the list has, for this caller.",
        declared: declared({
          sensitivity: "INTERNAL",
          determinedBy: [{ from: [`${name}.id`], how: "the rows counted, page by page" }],
        }),
      },
    },
  });
}

/** The arguments of a list. Those that page cannot be closed while the list is open. */
export function pageArguments(of: { readonly filter?: string; readonly orderBy?: string }): Parts {
  const page: Parts = {
    first: fixed("Int", "The first so many rows, 50 when nothing is said, 500 at most."),
    after: fixed("String", "Only rows behind this cursor."),
    last: fixed("Int", "The last so many rows; not together with first."),
    before: fixed("String", "Only rows before this cursor."),
  };
  const open = declared({ sensitivity: "INTERNAL" });
  const filter = of.filter && { type: `${of.filter}Filter`, description: "Only rows like this.", declared: open };
  const orderBy = of.orderBy && { type: `[${of.orderBy}Order!]`, description: "Most important first.", declared: open };
  return { ...page, ...(filter && { filter }), ...(orderBy && { orderBy }) };
}
