/** The only reader of the environment: one frozen object, or sentences that each name the variable that is wrong. */

export interface ExternalIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: URL;
}

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** PostgreSQL where it is given; without it the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** For migrations only. */
  readonly databaseOwnerUrl: string | undefined;
  /** A folder, or `memory:`. */
  readonly dataDir: string;
  /** Who signs tokens, where it is not the built-in development issuer. */
  readonly externalIssuer: ExternalIssuer | undefined;
  /** No tokens of the built-in issuer, no demo data. */
  readonly production: boolean;
}

export type Reading =
  { readonly kind: "read"; readonly config: Config } | { readonly kind: "wrong"; readonly faults: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

export const MEMORY = "memory:";

export function readConfig(environment: Environment = process.env): Reading {
  // A variable that is set to nothing counts as not set: that is how a shell or a compose file takes one back.
  const given = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const faults: string[] = [];
  const check = (name: string, problem: string | undefined): void => {
    if (problem !== undefined) faults.push(`${name} ${problem}`);
  };
  const host = given("HOST") ?? "127.0.0.1";
  check("HOST", /^[\w.:%-]+$/.test(host) ? undefined : "must be a host name or an address, such as 127.0.0.1.");
  const port = given("PORT") ?? "4000";
  check("PORT", isPort(port) ? undefined : "must be a whole number from 0 to 65535.");
  for (const name of ["DATABASE_URL", "DATABASE_OWNER_URL"]) check(name, databaseFault(given(name)));
  if (given("DATABASE_OWNER_URL") !== undefined && given("DATABASE_URL") === undefined) {
    faults.push("DATABASE_OWNER_URL is set, but DATABASE_URL is not: it names the login that serves requests.");
  }
  const dataDir = given("DATA_DIR") ?? ".fieldgate";
  const isMeantAsMemory = dataDir.startsWith(MEMORY) && dataDir !== MEMORY;
  check("DATA_DIR", isMeantAsMemory ? "must be a folder, or memory: and nothing more." : undefined);
  const demo = given("FIELDGATE_DEMO");
  check("FIELDGATE_DEMO", demo === undefined || /^[01]$/.test(demo) ? undefined : "must be 0 or 1.");
  faults.push(...issuerFaults(given));
  if (faults.length > 0) return { kind: "wrong", faults };
  const externalIssuer = issuerOf(given);
  return {
    kind: "read",
    config: Object.freeze({
      host,
      port: Number(port),
      databaseUrl: given("DATABASE_URL"),
      databaseOwnerUrl: given("DATABASE_OWNER_URL"),
      dataDir,
      externalIssuer,
      production: externalIssuer !== undefined || demo === "0",
    }),
  };
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

/** Never repeats the value: it holds a password. */
function databaseFault(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["postgres:", "postgresql:"].includes(url.protocol)) {
    return "must be an address such as postgresql://user:password@host:5432/database.";
  }
  return url.pathname.length > 1 ? undefined : "must end in the name of a database: postgresql://.../database.";
}

type Given = (name: string) => string | undefined;

function issuerFaults(given: Given): string[] {
  const keys = given("JWKS_URL");
  const others = ["JWT_ISSUER", "JWT_AUDIENCE"];
  if (keys === undefined) {
    // Somebody meant to use their own issuer: falling back to the built-in one would open what they wanted closed.
    return others
      .filter((name) => given(name) !== undefined)
      .map((name) => `${name} is set, but JWKS_URL is not: it says where the issuer's public keys are.`);
  }
  const faults = others
    .filter((name) => given(name) === undefined)
    .map((name) => `${name} must be set where JWKS_URL is: a token is taken only from that issuer, for that audience.`);
  const url = URL.canParse(keys) ? new URL(keys) : undefined;
  const near = ["localhost", "127.0.0.1", "[::1]"].includes(url?.hostname ?? "");
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && near)) {
    faults.push(
      "JWKS_URL must be an https address (http only on this machine): keys fetched in the clear can be swapped.",
    );
  }
  return faults;
}

function issuerOf(given: Given): ExternalIssuer | undefined {
  const [keys, issuer, audience] = [given("JWKS_URL"), given("JWT_ISSUER"), given("JWT_AUDIENCE")];
  if (keys === undefined || issuer === undefined || audience === undefined) return undefined;
  return Object.freeze({ keys: new URL(keys), issuer, audience });
}
