/** Documents that were seen: validated once a text, their operations found by name, their variables coerced without words. */
import {
  type GraphQLError,
  getVariableValues,
  Kind,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { Variables } from "../permission/input.ts";
import { problem, type Fault, type Problem } from "../problem.ts";
import { limitDocument, limitVariables } from "./limits.ts";
import type { GateRequest } from "./operation.ts";

type Sent = Pick<GateRequest, "text" | "document" | "operationName">;

export interface KnownOperation {
  /** As its caller knows it. */
  readonly schema: GraphQLSchema;
  readonly text: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Above so many characters all are forgotten: whoever sends ever new documents pays for validating them, not our memory. */
const REMEMBERED = 8 * 1024 * 1024;
/** What the shortest document weighs all the same, as it is parsed, judged and planned. */
const LEAST = 2_000;

export class Documents {
  /** By the schema on which they were found valid: what one caller may ask is for another a document full of faults. */
  #known = new WeakMap<GraphQLSchema, Map<string, ReadonlyMap<string, KnownOperation>>>();
  #characters = 0;

  /** Throws OPERATION_TOO_LARGE, GRAPHQL_VALIDATION_FAILED or OPERATION_RESOLUTION_FAILURE. */
  operation(request: Sent, schema: GraphQLSchema): KnownOperation {
    const operations = this.#known.get(schema)?.get(request.text) ?? this.#read(request, schema);
    const name = request.operationName ?? (operations.size === 1 ? operations.keys().next().value : undefined);
    const found = name === undefined ? undefined : operations.get(name);
    if (found === undefined) throw problem("OPERATION_RESOLUTION_FAILURE");
    return found;
  }

  #read(request: Sent, schema: GraphQLSchema): ReadonlyMap<string, KnownOperation> {
    limitDocument(request.document);
    const errors = validate(schema, request.document, specifiedRules, { hideSuggestions: true });
    if (errors.length > 0) {
      throw invalid(errors.map(({ message, locations }) => ({ message: withoutValues(message), locations })));
    }
    const operations = new Map<string, KnownOperation>();
    for (const operation of request.document.definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
      // graphql-js validates no further what the schema has no root for, and calls that valid.
      if (!schema.getRootType(operation.operation)) {
        throw invalid([{ message: `The schema has no ${operation.operation}.` }]);
      }
      operations.set(operation.name?.value ?? "", {
        schema,
        text: request.text,
        document: request.document,
        operation,
      });
    }
    if (this.#characters > REMEMBERED) {
      this.#known = new WeakMap();
      this.#characters = 0;
    }
    const known = this.#known.get(schema) ?? new Map<string, ReadonlyMap<string, KnownOperation>>();
    known.set(request.text, operations);
    this.#known.set(schema, known);
    this.#characters += request.text.length + LEAST;
    return operations;
  }

  /** With defaults. Throws BAD_USER_INPUT that names the variable and the place, never the value. */
  variables(of: KnownOperation, given: Readonly<Record<string, unknown>>): Variables {
    const definitions = of.operation.variableDefinitions ?? [];
    if (definitions.length === 0) return NO_VARIABLES;
    limitVariables(given);
    const { coerced, errors } = getVariableValues(of.schema, definitions, given, {
      maxErrors: 10,
      hideSuggestions: true,
    });
    if (errors === undefined) return coerced;
    throw problem("BAD_USER_INPUT", { extensions: { variables: errors.map(faultOf) } });
  }
}

const NO_VARIABLES: Variables = {};

const invalid = (faults: readonly Fault[]): Problem => problem("GRAPHQL_VALIDATION_FAILED", { faults });

/** A literal of the wrong form may be somebody's secret in the wrong place: its type is what the client needs. */
const withoutValues = (message: string): string =>
  message
    .replace(/^(Expected value of type .*?), found .*$/s, "$1.")
    .replace(/^(.* cannot represent (?:.*? )?value): .*$/s, "$1.")
    .replace(/^Value ".*" does not exist in (".*?" enum)\..*$/s, "The value does not exist in $1.");

/** graphql-js writes values into its messages; the place, and what was expected there, are what the client needs. */
function faultOf({ message, originalError }: GraphQLError): { readonly at: string; readonly reason: string } {
  const variable = /^Variable "\$(\w+)"/.exec(message)?.[1] ?? "";
  const inner = originalError?.message;
  if (inner === undefined)
    return { at: variable, reason: message.replace(/^Variable "\$\w+" /, "").replace(/got invalid value.*$/s, "") };
  // The place stands right before the inner message: before it there may be a value, with anything in it.
  const before = message.slice(0, -inner.length - "; ".length);
  return { at: / at "([\w.[\]]+)"$/.exec(before)?.[1] ?? variable, reason: withoutValues(inner) };
}
