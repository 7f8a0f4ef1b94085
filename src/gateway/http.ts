/** The HTTP server: sizes, times, headers, routes. What leaves without having been judged leaves through `answer.ts`. */
import { fastifyApolloHandler } from "@as-integrations/fastify";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { Problem, problem, type ProblemCode } from "../problem.ts";
import type { Signals } from "../signal.ts";
import { startApollo, type Apollo, type OperationContext, type Rooms } from "./apollo.ts";
import { answerProblem, PRIVATE, problemOf } from "./answer.ts";
import type { Arrive } from "./arrival.ts";
import { readiness, type Check } from "./health.ts";
import { ON_DENIED, type GateAnswer, type OnDenied } from "./operation.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set on arrival, before the body is read. */
    operation: OperationContext | null;
  }
}

export interface Entrance extends Rooms {
  readonly arrive: Arrive;
  readonly checks: readonly Check[];
}

export interface HttpServer {
  /** Gives back the address at which it listens. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>;
  /** Takes in nothing new and lets what runs finish. False where something had not after the limit, and was cut off. */
  stop(limitMilliseconds: number): Promise<boolean>;
}

const BODY_LIMIT = 1024 * 1024;
const REQUEST_LIMIT_MILLISECONDS = 60_000;

/** Which methods mean something at an address. */
const ROUTES: ReadonlyMap<string, string> = new Map([
  ["/graphql", "GET, POST"],
  ["/health/live", "GET, HEAD"],
  ["/health/ready", "GET, HEAD"],
]);

export async function makeHttpServer(entrance: Entrance): Promise<HttpServer> {
  const apollo = await startApollo(entrance);
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_LIMIT_MILLISECONDS,
    exposeHeadRoutes: false,
    // A caller's own id in our log could be made to look like another's.
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
    // While stopping we answer ourselves, in the form of all other answers.
    return503OnClosing: false,
    frameworkErrors: (failure, request, reply) => void send(reply, failed(failure, request, entrance.signals)),
  });
  app.removeContentTypeParser("text/plain");
  app.decorateRequest("operation", null);
  addEverywhere(app, entrance);
  addGraphql(app, { apollo, entrance });
  addHealth(app, entrance);
  return {
    listen: ({ host, port }) => app.listen({ host, port }),
    async stop(limitMilliseconds) {
      const ended = entrance.running.stop(limitMilliseconds);
      const closed = app.close();
      const timer = setTimeout(() => app.server.closeAllConnections(), limitMilliseconds);
      const allEnded = await ended;
      await closed;
      clearTimeout(timer);
      await apollo.stop();
      return allEnded;
    },
  };
}

function addEverywhere(app: FastifyInstance, { running, signals }: Entrance): void {
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers({ ...PRIVATE, "x-content-type-options": "nosniff", "fieldgate-request-id": request.id });
    if (running.stopping) void reply.header("connection", "close");
    // Now, and not when its turn comes: a body that nobody wants would be read first.
    if (request.is404) await send(reply, notHere(request.url));
  });
  app.addHook("onResponse", async (request, reply) => {
    signals.publish({
      kind: "answered",
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
    });
  });
  app.setErrorHandler((failure, request, reply) => send(reply, failed(failure, request, signals)));
  app.setNotFoundHandler((request, reply) => send(reply, notHere(request.url)));
}

function notHere(url: string): GateAnswer {
  const allow = ROUTES.get(url.split("?", 1)[0] ?? "");
  if (allow === undefined) return answerProblem(problem("NOT_FOUND"));
  return answerProblem(problem("METHOD_NOT_ALLOWED"), { allow });
}

function addGraphql(app: FastifyInstance, { apollo, entrance }: { apollo: Apollo; entrance: Entrance }): void {
  const handler = fastifyApolloHandler(apollo, {
    context: async ({ operation }: FastifyRequest) => {
      if (operation === null) throw problem("UNAUTHENTICATED");
      return operation;
    },
  });
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    // Before the body is read: whoever has no right here cannot make us parse a megabyte.
    onRequest: async (request) => {
      if (entrance.running.stopping) throw problem("STOPPING");
      const accepted = mediaType(request.headers.accept);
      if (accepted === undefined) throw problem("NOT_ACCEPTABLE");
      // The handler below makes an address of it, which a broken host would break.
      if (!URL.canParse(`http://${request.host}/`)) throw problem("HEADER_INVALID", { extensions: { header: "host" } });
      const caller = await entrance.arrive(request.headers);
      request.operation = { caller, onDenied: onDenied(request), requestId: request.id, mediaType: accepted };
    },
    preHandler: async (request) => {
      if (Array.isArray(request.body)) throw problem("BATCH_REFUSED");
    },
    handler,
  });
}

function addHealth(app: FastifyInstance, { checks, running }: Entrance): void {
  const method = ["GET", "HEAD"];
  app.route({ method, url: "/health/live", handler: async () => ({ live: true }) });
  const handler = async (_request: FastifyRequest, reply: FastifyReply) => {
    const { ready, why } = await readiness(checks);
    const causes = running.stopping ? ["The server is stopping.", ...why] : why;
    void reply.code(ready && !running.stopping ? 200 : 503).header("cache-control", "no-store");
    return { ready: causes.length === 0, why: causes };
  };
  app.route({ method, url: "/health/ready", handler });
}

function onDenied(request: FastifyRequest): OnDenied | undefined {
  const said = request.headers["fieldgate-on-denied"];
  if (said === undefined) return undefined;
  const known = ON_DENIED.find((one) => one === said);
  if (known === undefined) throw problem("HEADER_INVALID", { extensions: { header: "fieldgate-on-denied" } });
  return known;
}

/**
 * Chosen before anything runs: Apollo chooses after, and would refuse when a mutation has already been made. What the
 * caller likes best; plain JSON where they leave it to us. Undefined where they take nothing that we have.
 */
function mediaType(accept: string | undefined): string | undefined {
  if (!accept) return JSON_TYPE;
  const ranges = accept.split(",").map((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    return { type, quality: Number(quality) };
  });
  const wanted = ranges.filter(({ type, quality }) => MEDIA_TYPES.has(type) && quality > 0);
  wanted.sort((one, other) => other.quality - one.quality);
  return wanted[0] && MEDIA_TYPES.get(wanted[0].type);
}

const JSON_TYPE = "application/json; charset=utf-8";
/** No plain object: a caller's word like `constructor` would be found in one. */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ["*/*", JSON_TYPE],
  ["application/*", JSON_TYPE],
  ["application/json", JSON_TYPE],
  ["application/graphql-response+json", "application/graphql-response+json; charset=utf-8"],
]);

/** Fastify's own refusals, in our words. */
const BY_FASTIFY_CODE: ReadonlyMap<string, ProblemCode> = new Map([
  ["FST_ERR_CTP_INVALID_MEDIA_TYPE", "CONTENT_TYPE"],
  ["FST_ERR_CTP_BODY_TOO_LARGE", "BODY_TOO_LARGE"],
  ["FST_ERR_CTP_EMPTY_JSON_BODY", "JSON_INVALID"],
  ["FST_ERR_CTP_INVALID_JSON_BODY", "JSON_INVALID"],
  ["FST_ERR_CTP_INVALID_CONTENT_LENGTH", "BAD_REQUEST"],
  ["FST_ERR_BAD_URL", "NOT_FOUND"],
]);

function failed(failure: unknown, request: FastifyRequest, signals: Signals): GateAnswer {
  return answerProblem(problemOf(translated(failure), { requestId: request.id, signals }));
}

function translated(failure: unknown): unknown {
  if (failure instanceof Problem || !(failure instanceof Error)) return failure;
  const known = "code" in failure && typeof failure.code === "string" ? BY_FASTIFY_CODE.get(failure.code) : undefined;
  if (known !== undefined) return problem(known);
  // The JSON parser throws without a code, for instance at a key named __proto__.
  return failure instanceof SyntaxError ? problem("JSON_INVALID") : failure;
}

async function send(reply: FastifyReply, answer: GateAnswer): Promise<FastifyReply> {
  return reply.code(answer.status).headers(answer.headers).header("content-type", JSON_TYPE).send(answer.body);
}
