/** The Apollo server and every option of it, each with its reason. It parses and carries; it judges nothing. */
import { ApolloServer, type ApolloServerOptions, type GraphQLRequestContextWillSendResponse } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError, type DocumentNode, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import type { Caller } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Signals } from "../signal.ts";
import { answerError, problemOf } from "./answer.ts";
import type { Gate, GateAnswer, OnDenied } from "./operation.ts";
import type { Running } from "./running.ts";
import { MOST_TOKENS, syntaxWords } from "./syntax.ts";

/** What arrival found out, handed through Apollo to the gate. */
export interface OperationContext {
  readonly caller: Caller;
  readonly onDenied: OnDenied | undefined;
  readonly requestId: string;
  /** The content type of the answer. */
  readonly mediaType: string;
}

export interface Rooms {
  /** The whole schema, one for everybody; what a caller may use of it is the gate's affair. */
  readonly schema: GraphQLSchema;
  readonly gate: Gate;
  readonly running: Running;
  readonly signals: Signals;
}

export type Apollo = ApolloServer<OperationContext>;

export async function startApollo(rooms: Rooms): Promise<Apollo> {
  const server = new ApolloServer<OperationContext>(options(rooms));
  await server.start();
  return server;
}

function options(rooms: Rooms): ApolloServerOptions<OperationContext> {
  return {
    gateway: {
      load: async () => ({ executor: (request: ApolloRequest) => execute(request, rooms) }),
      onSchemaLoadOrUpdate: (loaded: (schema: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void) => {
        loaded({ apiSchema: rooms.schema, coreSupergraphSdl: "" });
        return () => {};
      },
      stop: async () => {},
    },
    // The gate validates, once for each text, and without the suggestions that Apollo's validation would make.
    dangerouslyDisableValidation: true,
    // Apollo's own store of documents is left on, 30 MiB by the hash of their text: with validation off it holds what was
    // parsed and nothing that was judged, so it does not matter that it forgets who asked.
    // A document registered by one caller could be run by another; and a store of documents is memory others can fill.
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    // There are no cookies: a request carries its right in a header that a foreign page cannot set without being asked.
    csrfPrevention: false,
    // The schema is no secret: it is emitted and published, and shows nobody's data.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // Otherwise Apollo reads the environment, and tells more where it believes to be in development.
    nodeEnv: "production",
    // The command line stops the server, when what runs has ended.
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    plugins: [
      { requestDidStart: async () => ({ willSendResponse: async (sent) => settleStatus(sent) }) },
      // Walks the whole answer on every request to compute a header that is always the same here.
      ApolloServerPluginCacheControlDisabled(),
      // Loads a page from elsewhere.
      ApolloServerPluginLandingPageDisabled(),
    ],
    // The gate's answer is text already: to parse it in order to write it again would cost as much as making it.
    stringifyResult: (result) => (result.data instanceof Finished ? result.data.text : JSON.stringify(result)),
    formatError: (formatted, thrown) => inOurWords(formatted, thrown, rooms.signals),
  };
}

/** Carries the gate's text through Apollo untouched. */
class Finished {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What we read of Apollo's request context; its own types say `any` for most of it. */
interface ApolloRequest {
  readonly context: Record<string, unknown>;
  readonly document: DocumentNode;
  readonly source: string;
  readonly operation?: unknown;
  readonly request: { readonly operationName?: string; readonly variables?: Record<string, unknown> };
  readonly response?: { readonly http?: ApolloHead };
}

interface ApolloHead {
  status?: number;
  readonly headers: { set(name: string, value: string): unknown };
}

interface ApolloResult {
  data?: Record<string, unknown>;
  errors?: GraphQLError[];
}

/**
 * Plain JSON says 200 of every request that could be read, whatever became of the operation; its own media type says of
 * an operation that could not run that the request was bad (GraphQL over HTTP, "Status codes").
 */
function settleStatus({
  source,
  response,
  contextValue,
}: GraphQLRequestContextWillSendResponse<OperationContext>): void {
  const isRead = source !== undefined;
  const isPlain = contextValue.mediaType.startsWith("application/json");
  if (response.http.status === 400 && isRead && isPlain) response.http.status = 200;
}

async function execute(apollo: ApolloRequest, rooms: Rooms): Promise<ApolloResult> {
  // Apollo insists on an error of its own kind where the document has no such operation.
  if (apollo.operation === undefined) return { errors: [unresolved()] };
  const context = apollo.context as unknown as OperationContext; // cast: made by http.ts, copied by Apollo
  const answer = await judge(apollo, context, rooms);
  const head = apollo.response?.http;
  if (head !== undefined) {
    head.status = answer.status;
    head.headers.set("content-type", context.mediaType);
    for (const [name, value] of Object.entries(answer.headers)) head.headers.set(name, value);
  }
  // cast: Apollo hands `data` to `stringifyResult` as it is and looks at it nowhere else
  return { data: new Finished(answer.body) as unknown as Record<string, unknown> };
}

async function judge(apollo: ApolloRequest, context: OperationContext, rooms: Rooms): Promise<GateAnswer> {
  const { gate, running, signals } = rooms;
  const ended = running.begin();
  try {
    return await gate.execute({
      caller: context.caller,
      text: apollo.source,
      document: apollo.document,
      operationName: apollo.request.operationName,
      variables: apollo.request.variables ?? {},
      onDenied: context.onDenied,
      requestId: context.requestId,
    });
  } catch (thrown) {
    return answerError(thrown, { requestId: context.requestId, signals });
  } finally {
    ended();
  }
}

function unresolved(): GraphQLError {
  const { message, status } = problem("OPERATION_RESOLUTION_FAILURE");
  return new GraphQLError(message, { extensions: { http: { status } } });
}

/** Errors that Apollo makes before the gate is asked. Its own sentences are fixed and hold no values, but for the parser's. */
function inOurWords(formatted: GraphQLFormattedError, thrown: unknown, signals: Signals): GraphQLFormattedError {
  const code = formatted.extensions?.["code"];
  switch (code) {
    case "GRAPHQL_PARSE_FAILED": {
      const message = syntaxWords(formatted.message);
      const place = message.startsWith("Syntax Error: ") ? { locations: formatted.locations ?? [] } : {};
      return { message, ...place, extensions: { code } };
    }
    case "BAD_REQUEST":
    case "OPERATION_RESOLUTION_FAILURE":
    case "PERSISTED_QUERY_NOT_SUPPORTED":
      return { message: formatted.message, extensions: { code } };
    default: {
      const found = problemOf(unwrapped(thrown), { requestId: crypto.randomUUID(), signals });
      return { message: found.message, extensions: { code: found.code, ...found.extensions } };
    }
  }
}

function unwrapped(thrown: unknown): unknown {
  return thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
}
