/** Looks at everything that a start needs, changes nothing, and says what is wrong and what to do about it. */
import { statSync } from "node:fs";
import { MEMORY, type Config, type ExternalIssuer } from "../config.ts";
import { Problem } from "../problem.ts";
import { checkSchema } from "../storage/migrate.ts";
import { openDatabase, type OpenDatabase } from "../storage/open.ts";
import type { Surroundings } from "./context.ts";

interface Finding {
  readonly what: string;
  readonly well: boolean;
  readonly words: string;
}

const JWKS_LIMIT_MILLISECONDS = 5000;

/** The exit code. The database is given where a server has it open. */
export async function examine(
  { config, output }: Surroundings,
  open: OpenDatabase | undefined,
  json: boolean,
): Promise<number> {
  const findings = [settings(config), ...(await database(config, open)), ...(await issuer(config.externalIssuer))];
  const well = findings.every((finding) => finding.well);
  if (json) output.line(JSON.stringify({ well, findings }));
  else for (const finding of findings) output.line(line(finding));
  if (!well) output.note("fieldgate: something is wrong; it is named above.");
  return well ? 0 : 1;
}

const line = ({ what, well, words }: Finding): string => `${well ? "well " : "WRONG"}  ${what}: ${words}`;

function settings({ production, externalIssuer, databaseUrl }: Config): Finding {
  const nobody = production && externalIssuer === undefined;
  const words = [
    production ? "production" : "demo and development",
    databaseUrl === undefined ? "embedded database" : "PostgreSQL",
    nobody ? "FIELDGATE_DEMO is 0 and JWKS_URL is not set, so nobody can sign in" : "tokens are taken",
  ];
  return { what: "settings", well: !nobody, words: words.join("; ") };
}

async function database(config: Config, open: OpenDatabase | undefined): Promise<readonly Finding[]> {
  if (open !== undefined) return [await schema(open)];
  const { databaseUrl, databaseOwnerUrl, dataDir } = config;
  if (databaseUrl === undefined) return embedded(dataDir);
  const found = await inspect("DATABASE_URL", databaseUrl, schema);
  if (databaseOwnerUrl === undefined) return [found];
  return [found, await inspect("DATABASE_OWNER_URL", databaseOwnerUrl, reached)];
}

async function reached(): Promise<Finding> {
  return { what: "DATABASE_OWNER_URL", well: true, words: "can be reached" };
}

async function embedded(dataDir: string): Promise<readonly Finding[]> {
  // To open a folder that is not there would make it.
  if (dataDir !== MEMORY && statSync(dataDir, { throwIfNoEntry: false }) === undefined) {
    return [{ what: "DATA_DIR", well: true, words: "not there yet: the first start makes it" }];
  }
  return [await attempt("DATA_DIR", () => openDatabase({ folder: dataDir }), schema)];
}

const inspect = (what: string, url: string, look: (database: OpenDatabase) => Promise<Finding>): Promise<Finding> =>
  attempt(what, () => openDatabase({ url, poolSize: 1 }), look);

async function attempt(
  what: string,
  open: () => Promise<OpenDatabase>,
  look: (database: OpenDatabase) => Promise<Finding>,
): Promise<Finding> {
  try {
    const database = await open();
    try {
      return await look(database);
    } finally {
      await database.close();
    }
  } catch (failure) {
    return { what, well: false, words: wordsOf(failure) };
  }
}

async function schema(database: OpenDatabase): Promise<Finding> {
  try {
    await checkSchema(database);
    return { what: "schema", well: true, words: "as this version needs it" };
  } catch (failure) {
    // An embedded database is brought up by the next start.
    const behind = failure instanceof Problem && failure.code === "SCHEMA_BEHIND" && database.kind === "pglite";
    return { what: "schema", well: behind, words: behind ? "the next start brings it up" : wordsOf(failure) };
  }
}

function wordsOf(failure: unknown): string {
  if (failure instanceof Problem)
    return [`${failure.message} (${failure.code})`, failure.log].filter(Boolean).join(" ");
  return failure instanceof Error ? failure.name : "failed";
}

async function issuer(external: ExternalIssuer | undefined): Promise<readonly Finding[]> {
  if (external === undefined) return [];
  try {
    const answer = await fetch(external.keys, { signal: AbortSignal.timeout(JWKS_LIMIT_MILLISECONDS) });
    const body: unknown = await answer.json();
    const well = answer.ok && typeof body === "object" && body !== null && "keys" in body && Array.isArray(body.keys);
    return [{ what: "JWKS_URL", well, words: well ? "gives keys" : "does not give a set of keys" }];
  } catch {
    return [{ what: "JWKS_URL", well: false, words: "cannot be reached, or gives no JSON" }];
  }
}
