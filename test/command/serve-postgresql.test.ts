import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ask, operation } from "../gateway/serving.ts";
import { openDatabase } from "../../src/storage/open.ts";
import { sql } from "../database.ts";
import { createDatabase } from "../postgresql.ts";
import { openWorkplace, type Server } from "./running.ts";

let url = "";
let drop: () => Promise<void>;
let server: Server | undefined;
const { folder, fieldgate, serve } = openWorkplace(() => ({ DATABASE_URL: url }));
beforeAll(async () => {
  const created = await createDatabase("template0");
  url = created.url;
  drop = () => created.drop();
});
afterAll(async () => {
  server?.process.kill("SIGKILL");
  await server?.ended;
  await drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("on PostgreSQL", () => {
  it("nothing starts on a database that was never migrated, and it is left as it is", async () => {
    for (const command of ["serve", "token --account acme --role ADMIN", "doctor"]) {
      const said = await fieldgate(command);
      expect(said.exit).toBe(1);
      expect(said.out + said.error).toContain("SCHEMA_BEHIND");
    }
    expect(await fieldgate("migrate")).toMatchObject({
      exit: 1,
      error: expect.stringContaining("MIGRATE_NEEDS_OWNER"),
    });
    expect((await fieldgate("doctor")).out).toContain("SCHEMA_BEHIND");
  });

  it("nothing is migrated where the address of those who serve names no login", async () => {
    const nobody = new URL(url);
    nobody.username = "";
    nobody.password = "";
    expect(await fieldgate("migrate", { DATABASE_OWNER_URL: url, DATABASE_URL: nobody.href })).toMatchObject({
      exit: 1,
      error: expect.stringMatching(/MIGRATE_NEEDS_LOGIN[^]*DATABASE_URL|DATABASE_URL[^]*MIGRATE_NEEDS_LOGIN/),
    });
    expect((await fieldgate("doctor")).out).toContain("SCHEMA_BEHIND");
  });

  it("the owner of the tables migrates it, once", async () => {
    const applied = await fieldgate("migrate --json", { DATABASE_OWNER_URL: url });
    expect(JSON.parse(applied.out).applied).toContain("0001-accounts");
    const again = await fieldgate("migrate --json", { DATABASE_OWNER_URL: url });
    expect(JSON.parse(again.out)).toEqual({ applied: [] });
    expect(await fieldgate("doctor")).toMatchObject({ exit: 0, error: "" });
  });

  it("the server writes no demo data of its own accord, and commands work beside it", async () => {
    server = await serve();
    expect((await fieldgate("token --account harbour --role ADMIN")).error).toContain("ACCOUNT_UNKNOWN");
    const load = "import one.csv --account acme --create-account --format generic --map map.json";
    expect((await fieldgate(load)).exit).toBe(0);
    const { out } = await fieldgate("token --account acme --role ADMIN");
    const headers = { authorization: `Bearer ${out.trim()}`, "content-type": "application/json" };
    const body = operation("{ timeEntries { nodes { externalId } } }");
    const answer = await ask(server.graphql, { method: "POST", headers, body });
    expect(JSON.parse(answer.text).data).toEqual({ timeEntries: { nodes: [{ externalId: "1" }] } });
    expect(existsSync(join(folder, ".fieldgate"))).toBe(false);
  });

  it("and stops when it is told to, with all that was asked of it written down", async () => {
    server?.process.kill("SIGINT");
    expect(await server?.ended).toBe(0);
    const database = await openDatabase({ url });
    const used = await sql(
      database,
      "select document, requests from operation join operation_use using (account_id, hash)",
    );
    await database.close();
    expect(used).toEqual([[expect.stringContaining("externalId"), "1"]]);
  });
});

it("a database that cannot be reached is said to be so, without its password", async () => {
  const said = await fieldgate("doctor", { DATABASE_URL: "postgresql://gate:s3cret@127.0.0.1:1/fieldgate" });
  expect(said).toMatchObject({ exit: 1, out: expect.stringContaining("WRONG  DATABASE_URL") });
  expect(said.out + said.error).not.toContain("s3cret");
});
