/** Secrets that all gateway processes on one database share: made on first use, and kept in that database. */
import { randomBytes } from "node:crypto";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";

/** The key of the built-in issuer's tokens; the key by which cursors are known to be ours. */
export type SecretName = "issuer" | "cursor";

/** 32 random bytes, as base64url. */
export async function readSecret(database: Reader, name: SecretName): Promise<string> {
  // Two processes may start at once: the first one's secret stands, and both read it back.
  await database.run(KEEP, [name, randomBytes(32).toString("base64url")]);
  const [row] = await database.run(READ, [name]);
  const kept = row?.[0];
  if (typeof kept !== "string") throw problem("ACCESS_UNAVAILABLE", { log: `there is no secret ${name}` });
  return kept;
}

const KEEP = {
  name: "secret-keep",
  text: "insert into gateway_secret (name, value) values ($1, $2) on conflict (name) do nothing",
};
const READ = { name: "secret-read", text: "select value from gateway_secret where name = $1" };
