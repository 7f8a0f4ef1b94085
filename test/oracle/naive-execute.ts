/** The answer that a caller must get, worked out by graphql-js over rows in memory. */
import {
  buildSchema,
  defaultFieldResolver,
  execute,
  getVariableValues,
  Kind,
  printSchema,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { Use } from "./naive-argument.ts";
import { judge, type Judgement } from "./naive-judge.ts";
import { comparison, cursorOf, matches, page, type Input } from "./naive-list.ts";
import { cutSchema } from "./naive-schema.ts";
import { report, totals } from "./naive-report.ts";
import { fieldOf, type Sight } from "./naive-sight.ts";
import { readGlobalId, related, relatives, seen } from "./naive-value.ts";
import type { PlainRow } from "./world.ts";

export type NaiveAnswer =
  | { readonly kind: "refused"; readonly judgement: Judgement }
  | {
      readonly kind: "answered";
      readonly judgement: Judgement;
      readonly data: unknown;
      readonly denied: readonly Use[];
      /** How many cells of a field were left out because it does not show on their rows. */
      readonly masked: ReadonlyMap<string, number>;
    };

/** The same schema without the resolvers, scalars and extensions of the product. */
export const bareSchema = (schema: GraphQLSchema): GraphQLSchema => buildSchema(printSchema(schema));

export interface Request {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function naiveAnswer(request: Request, sight: Sight): NaiveAnswer {
  const { schema, document } = request;
  const unknown = namesHidden(request, sight);
  if (unknown !== undefined) return { kind: "refused", judgement: { ...NOTHING, problems: [unknown] } };
  const judgement = judge({ schema, document, variables: coerced(request) }, sight);
  if (judgement.refused.length + judgement.problems.length > 0) return { kind: "refused", judgement };
  const masked = new Map<string, number>();
  const result = execute({
    schema,
    document,
    variableValues: request.variables,
    contextValue: sight,
    fieldResolver: (...[source, args, , info]: [unknown, Input, unknown, GraphQLResolveInfo]) =>
      resolve({ sight, masked, source, args, info }),
    typeResolver: (value: unknown) => (isRow(value) ? value.subject : undefined),
  });
  const { data, errors } = finished(result);
  if (errors !== undefined) throw new Error(`the naive executor failed: ${errors.map(String).join("; ")}`);
  return { kind: "answered", judgement, data, denied: judgement.denied, masked };
}

const NOTHING: Judgement = { denied: [], refused: [], problems: [], beneath: { refused: [], problems: [] } };

/** What is wrong with a request in the schema that the caller knows: there is nothing hidden in that. */
function namesHidden({ schema, document, variables }: Request, sight: Sight): string | undefined {
  if (sight.hidden.size === 0) return undefined;
  const known = knownSchema(schema, sight);
  if (validate(known, document).length > 0) return "GRAPHQL_VALIDATION_FAILED";
  const values = getVariableValues(known, operationOf(document)?.variableDefinitions ?? [], { ...variables });
  return values.coerced === undefined ? "BAD_USER_INPUT" : undefined;
}

const known = new Map<string, GraphQLSchema>();

/** The schema without what is hidden from the caller; one for all from whom the same is hidden. */
export function knownSchema(schema: GraphQLSchema, { hidden }: Sight): GraphQLSchema {
  if (hidden.size === 0) return schema;
  const key = [...hidden.keys()].toSorted().join(" ");
  const cut = known.get(key) ?? cutSchema(schema, (coordinate) => hidden.has(coordinate));
  if (known.size > 50) known.clear();
  known.set(key, cut);
  return cut;
}

function operationOf(document: DocumentNode): OperationDefinitionNode | undefined {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation : undefined;
}

function coerced({ schema, document, variables }: Request): Readonly<Record<string, unknown>> {
  const values = getVariableValues(schema, operationOf(document)?.variableDefinitions ?? [], { ...variables });
  if (values.coerced === undefined) throw new Error(`variables do not fit: ${values.errors.map(String).join("; ")}`);
  return values.coerced;
}

function finished(result: ReturnType<typeof execute>): ExecutionResult {
  if ("then" in result) throw new Error("naive resolvers answer at once");
  return result;
}

/** A row of a subject, an edge of a list, or a page of one. */
interface RowValue {
  readonly subject: string;
  readonly row: PlainRow;
}
const isRow = (value: unknown): value is RowValue => typeof value === "object" && value !== null && "row" in value;

interface Resolving {
  readonly sight: Sight;
  readonly masked: Map<string, number>;
  readonly source: unknown;
  readonly args: Input;
  readonly info: GraphQLResolveInfo;
}

function resolve(of: Resolving): unknown {
  const { sight, source, args, info } = of;
  if (sight.access.closed(`${info.parentType.name}.${info.fieldName}`) !== undefined) return null;
  if (info.parentType === info.schema.getQueryType()) return root(sight, info.fieldName, args);
  if (isRow(source) && info.parentType.name === source.subject) return cell(sight, source, of);
  return defaultFieldResolver(source, { ...args }, sight, info);
}

function root(sight: Sight, name: string, args: Input): unknown {
  switch (name) {
    case "account":
      return sight.rows("Account").map((row) => ({ subject: "Account", row }))[0];
    case "node":
      return node(sight, args["id"]);
    case "nodes":
      return (Array.isArray(args["ids"]) ? args["ids"] : [args["ids"]]).map((id) => node(sight, id));
    case "timeReport":
      return report(sight, args);
    default: {
      const subject = sight.rootSubject(name);
      if (subject === undefined) throw new Error(`the naive executor does not know Query.${name}`);
      return connection(sight, { subject, rows: sight.rows(subject), args });
    }
  }
}

function node(sight: Sight, id: unknown): RowValue | null {
  const read = readGlobalId(id);
  const subject = read && sight.subjectOfTag(read.tag);
  const row = subject && sight.row(subject.name, read.id);
  return row === undefined ? null : { subject: subject?.name ?? "", row };
}

function cell(sight: Sight, { subject, row }: RowValue, { info, args, masked }: Resolving): unknown {
  const at = { subject, field: info.fieldName };
  if (!sight.shows(subject, info.fieldName, row)) {
    const coordinate = `${subject}.${info.fieldName}`;
    masked.set(coordinate, (masked.get(coordinate) ?? 0) + 1);
    return null;
  }
  const { source } = fieldOf(sight, subject, info.fieldName);
  if (source.kind === "one") {
    const target = related(sight, at, row);
    return target && { subject: source.type, row: target };
  }
  if (source.kind !== "many" && source.kind !== "connection" && source.kind !== "totals") return seen(sight, at, row);
  const rows = relatives(sight, at, row);
  if (rows === undefined) return null;
  if (source.kind === "totals") return totals(sight, rows);
  if (source.kind === "connection") return connection(sight, { subject: source.type, rows, args });
  const order = comparison(sight, source.type, undefined);
  return rows.toSorted(order).map((target) => ({ subject: source.type, row: target }));
}

interface Listing {
  readonly subject: string;
  readonly rows: readonly PlainRow[];
  readonly args: Input;
}

function connection(sight: Sight, { subject, rows, args }: Listing): unknown {
  const order = comparison(sight, subject, args["orderBy"]);
  const list = rows.filter(matches(sight, subject, args["filter"])).toSorted(order);
  const place = (cursor: string): PlainRow | undefined => sight.rows(subject).find((row) => cursorOf(row) === cursor);
  const found = page({ list, order, place }, args);
  const cursors = found.rows.map(cursorOf);
  return {
    edges: found.rows.map((row) => ({ cursor: cursorOf(row), node: { subject, row } })),
    nodes: found.rows.map((row) => ({ subject, row })),
    pageInfo: {
      hasNextPage: found.hasNextPage,
      hasPreviousPage: found.hasPreviousPage,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
    totalCount: found.totalCount,
  };
}
