import { describe, expect, it } from "@jest/globals";
import { readConfig, type Config } from "../../src/config.ts";

const config = (environment: Record<string, string>): Config => {
  const reading = readConfig(environment);
  if (reading.kind === "wrong") throw new Error(reading.faults.join("\n"));
  return reading.config;
};
const faults = (environment: Record<string, string>): readonly string[] => {
  const reading = readConfig(environment);
  return reading.kind === "wrong" ? reading.faults : [];
};

const postgres = "postgresql://gate:s3cret@db.example:5432/fieldgate";
const external = {
  JWKS_URL: "https://id.example/keys.json",
  JWT_ISSUER: "https://id.example/",
  JWT_AUDIENCE: "fieldgate",
};

describe("without any setting", () => {
  it("the program serves this machine alone, on port 4000, from a database of its own", () => {
    expect(config({})).toEqual({
      host: "127.0.0.1",
      port: 4000,
      databaseUrl: undefined,
      databaseOwnerUrl: undefined,
      dataDir: ".fieldgate",
      externalIssuer: undefined,
      production: false,
    });
  });

  it("a variable set to nothing counts as not set", () => {
    expect(config({ HOST: "", PORT: " ", DATABASE_URL: "", DATA_DIR: "", JWKS_URL: "", FIELDGATE_DEMO: "" })).toEqual(
      config({}),
    );
  });

  it("nobody can change the settings afterwards", () => {
    const settings = config(external);
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.externalIssuer)).toBe(true);
  });
});

describe("a setting is taken", () => {
  it.each([
    ["HOST=0.0.0.0", { HOST: "0.0.0.0" }, { host: "0.0.0.0" }],
    ["HOST=::1", { HOST: "::1" }, { host: "::1" }],
    ["PORT=0", { PORT: "0" }, { port: 0 }],
    ["PORT=65535", { PORT: "65535" }, { port: 65_535 }],
    ["DATABASE_URL", { DATABASE_URL: postgres }, { databaseUrl: postgres }],
    [
      "DATABASE_OWNER_URL",
      { DATABASE_URL: postgres, DATABASE_OWNER_URL: "postgres://owner@db.example/fieldgate" },
      { databaseOwnerUrl: "postgres://owner@db.example/fieldgate" },
    ],
    ["DATA_DIR=memory:", { DATA_DIR: "memory:" }, { dataDir: "memory:" }],
    ["FIELDGATE_DEMO=0 as production", { FIELDGATE_DEMO: "0" }, { production: true }],
    ["FIELDGATE_DEMO=1 as demo", { FIELDGATE_DEMO: "1" }, { production: false }],
    ["JWKS_URL as production", external, { production: true }],
    ["JWKS_URL as production even beside FIELDGATE_DEMO=1", { ...external, FIELDGATE_DEMO: "1" }, { production: true }],
    ["JWKS_URL by http on this machine", { ...external, JWKS_URL: "http://127.0.0.1:9/k" }, { production: true }],
  ])("%s", (_name, environment, expected) => {
    expect(config(environment)).toMatchObject(expected);
  });
});

describe("a wrong setting ends the start with a sentence that names it", () => {
  it.each([
    ["HOST", { HOST: "two words" }],
    ["HOST", { HOST: "http://localhost" }],
    ["PORT", { PORT: "http" }],
    ["PORT", { PORT: "65536" }],
    ["PORT", { PORT: "-1" }],
    ["PORT", { PORT: "4000.5" }],
    ["DATABASE_URL", { DATABASE_URL: "db.example:5432" }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://u:s3cret@db.example/fieldgate" }],
    ["DATABASE_URL", { DATABASE_URL: "postgresql://u:s3cret@db.example" }],
    ["DATABASE_OWNER_URL", { DATABASE_URL: postgres, DATABASE_OWNER_URL: "owner:s3cret" }],
    ["DATABASE_OWNER_URL", { DATABASE_OWNER_URL: postgres }],
    ["JWT_ISSUER", { JWT_ISSUER: "https://id.example/" }],
    ["JWT_AUDIENCE", { JWT_AUDIENCE: "fieldgate" }],
    ["JWT_ISSUER", { ...external, JWT_ISSUER: "" }],
    ["JWT_AUDIENCE", { ...external, JWT_AUDIENCE: "" }],
    ["JWKS_URL", { ...external, JWKS_URL: "http://id.example/keys.json" }],
    ["JWKS_URL", { ...external, JWKS_URL: "keys.json" }],
    ["DATA_DIR", { DATA_DIR: "memory://x" }],
    ["FIELDGATE_DEMO", { FIELDGATE_DEMO: "yes" }],
  ])("%s in %j", (name, environment) => {
    const found = faults(environment);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} .+\\.$`));
    expect(found.join()).not.toContain("s3cret");
  });

  it("and all wrong ones are named at once", () => {
    expect(faults({ PORT: "x", FIELDGATE_DEMO: "x", JWT_ISSUER: "x" })).toHaveLength(3);
  });
});
