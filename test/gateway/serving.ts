/** A whole server on a database, as `serve` makes it, and a client that asks it. */
import { createGate } from "../../src/gateway/gate.ts";
import { makeArrival } from "../../src/gateway/arrival.ts";
import { makeHttpServer, type HttpServer } from "../../src/gateway/http.ts";
import { makeRunning, type Running } from "../../src/gateway/running.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { makeDirectory } from "../../src/identity/directory.ts";
import { developmentIssuer } from "../../src/identity/issuer.ts";
import { makeTokens, type Claims } from "../../src/identity/token.ts";
import { systemClock } from "../../src/clock.ts";
import { buildCatalogue } from "../../src/permission/catalogue.ts";
import { makeSignals, type Signal } from "../../src/signal.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";
import { subjects } from "../../src/tables.ts";
import { timeReport } from "../../src/timesheet/report.ts";

export interface Served {
  readonly server: HttpServer;
  readonly running: Running;
  readonly address: string;
  readonly heard: Signal[];
  token(claims: Claims): Promise<string>;
}

export async function serveOn(database: OpenDatabase): Promise<Served> {
  const { schema, declarations } = await buildGatewaySchema({ subjects });
  const issuer = developmentIssuer(database, systemClock);
  const signals = makeSignals();
  const heard: Signal[] = [];
  signals.listen((signal) => void heard.push(signal));
  const catalogue = buildCatalogue({ schema, declarations, subjects });
  const running = makeRunning();
  const server = await makeHttpServer({
    schema,
    gate: createGate({ catalogue, report: timeReport, database, cursorKey: "key" }),
    running,
    signals,
    arrive: makeArrival({
      tokens: makeTokens(issuer.verify, systemClock),
      directory: makeDirectory(database, systemClock),
    }),
    checks: [async () => void (await database.run({ name: "", text: "select 1" }, []))],
  });
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  return { server, running, address, heard, token: (claims) => issuer.sign(claims, 3600) };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of the first error; "none" without one. */
  readonly code: string;
}

export async function ask(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, request);
  const text = await response.text();
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !ITS_OWN.includes(name)));
  return { status: response.status, headers, text, code: codeOf(text) };
}

/** What differs from one answer to the next, whatever was asked. */
const ITS_OWN = ["date", "fieldgate-request-id"];

function codeOf(text: string): string {
  const body: { errors?: readonly { extensions?: { code?: string } }[] } = text === "" ? {} : JSON.parse(text);
  return body.errors?.[0]?.extensions?.code ?? "none";
}

export const operation = (query: string, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ query, ...more });
