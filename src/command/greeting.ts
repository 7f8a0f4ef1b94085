/** What `serve` says when it is ready: where it listens, how to get a token, and a first question to ask. */
import { MEMORY, type Config } from "../config.ts";
import type { Clock } from "../clock.ts";
import { firstAccount } from "../identity/directory.ts";
import { developmentIssuer } from "../identity/issuer.ts";
import type { OpenDatabase } from "../storage/open.ts";
import type { Output } from "./context.ts";

export interface Greeting {
  readonly config: Config;
  readonly output: Output;
  readonly clock: Clock;
  /** Where the server listens. */
  readonly address: string;
  readonly database: OpenDatabase;
  readonly json: boolean;
}

export async function greet(greeting: Greeting): Promise<void> {
  const { output, address, json } = greeting;
  const graphql = `${address}/graphql`;
  if (json) {
    output.line(JSON.stringify({ ready: true, graphql }));
    return;
  }
  output.line(`Fieldgate is ready at ${graphql}`);
  for (const line of await firstSteps(greeting, graphql)) output.line(line);
}

const DAY_SECONDS = 86_400;

async function firstSteps({ config, clock, database }: Greeting, graphql: string): Promise<readonly string[]> {
  if (config.externalIssuer !== undefined) return [];
  if (config.production) return ["Nobody can sign in: FIELDGATE_DEMO is 0 and JWKS_URL is not set."];
  const account = (await firstAccount(database)) ?? "SLUG";
  const body = `'{"query":"{ timeEntries(first: 3) { nodes { date durationSeconds project { name } } } }"}'`;
  // Nobody else can reach a database in memory, so its tokens have to come from here.
  const isAlone = config.dataDir === MEMORY && config.databaseUrl === undefined;
  const command = `$(npm run -s fieldgate -- token --account ${account} --role ADMIN)`;
  const token = isAlone ? await tokenFor(database, { clock, account }) : command;
  const ask = `curl -s ${graphql} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d ${body}`;
  return ["", "Ask it something:", `  TOKEN=${token}`, `  ${ask}`];
}

function tokenFor(
  database: OpenDatabase,
  { clock, account }: { readonly clock: Clock; readonly account: string },
): Promise<string> {
  return developmentIssuer(database, clock).sign({ kind: "role", account, role: "ADMIN" }, DAY_SECONDS);
}
