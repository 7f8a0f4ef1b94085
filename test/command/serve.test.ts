import { afterAll, describe, expect, it } from "@jest/globals";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ask, operation } from "../gateway/serving.ts";
import type { Said } from "./calling.ts";
import { openWorkplace, program, type Server } from "./running.ts";

const { folder, fieldgate, serve } = openWorkplace((own) => ({ DATA_DIR: join(own, "data") }));
const data = join(folder, "data");
const minutes = 60_000;
let server: Server;
afterAll(() => {
  server.process.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
const load = (file: string): Promise<Said> =>
  fieldgate(`import ${file} --account acme --create-account --format generic --map map.json`);
const hours = async (token: string): Promise<unknown> => {
  const headers = { authorization: `Bearer ${token.trim()}`, "content-type": "application/json" };
  const body = operation("{ timeEntries { nodes { externalId costRate { minor } } } }");
  const answer = await ask(server.graphql, { method: "POST", headers, body });
  return { code: answer.code, nodes: JSON.parse(answer.text).data.timeEntries.nodes };
};

describe("one after the other, on one data folder,", () => {
  it(
    "a command makes the database where no server ever ran",
    async () => {
      expect(await load("one.csv")).toMatchObject({ exit: 0, error: "" });
      expect((statSync(data).mode & 0o777).toString(8)).toBe("700");
    },
    2 * minutes,
  );

  it(
    "a server starts on it, and writes no demo data over what is there",
    async () => {
      server = await serve();
      expect(server.said.error).toBe("");
      const health = server.graphql.replace("/graphql", "/health/ready");
      expect(await ask(health, {})).toMatchObject({ status: 200 });
      expect((await fieldgate("token --account harbour --role ADMIN")).error).toContain("ACCOUNT_UNKNOWN");
    },
    2 * minutes,
  );

  it("commands go through the server that holds it: an import with a path of one's own folder", async () => {
    expect(await load("two.csv")).toMatchObject({ exit: 0 });
  });

  it("a role and its lead of nothing", async () => {
    const said = await fieldgate("role --account acme --member bo --role MANAGER");
    expect(said).toMatchObject({ exit: 0, error: "", out: expect.stringContaining("MANAGER") });
  });

  it("a token, with which the server is asked", async () => {
    const { out, exit } = await fieldgate("token --account acme --role ADMIN");
    expect(exit).toBe(0);
    const nodes = [
      { externalId: "2", costRate: null },
      { externalId: "1", costRate: null },
    ];
    expect(await hours(out)).toEqual({ code: "none", nodes });
  });

  it("a toggle, which the very next question obeys", async () => {
    const { out: token } = await fieldgate("token --account acme --role ADMIN");
    expect((await fieldgate("toggle --account acme TimeEntry.costRate off")).exit).toBe(0);
    expect(await hours(token)).toMatchObject({ code: "UNAUTHORIZED_FIELD_OR_TYPE" });
    expect((await fieldgate("toggle --account acme TimeEntry.costRate on")).exit).toBe(0);
    expect(await hours(token)).toMatchObject({ code: "none" });
  });

  it("what is wrong is told as it would be without a server", async () => {
    const said = await fieldgate("toggle --account acme TimeEntry.nothing off");
    expect(said).toMatchObject({ exit: 1, out: "", error: expect.stringContaining("TOGGLE_UNKNOWN") });
    expect(await fieldgate("doctor --json")).toMatchObject({ exit: 0, out: expect.stringContaining('"well":true') });
  });

  it("a second server is refused, and the first one goes on", async () => {
    const said = await fieldgate("serve");
    expect(said).toMatchObject({ exit: 1, out: "", error: expect.stringContaining("DATA_DIR_LOCKED") });
    expect(said.error).toContain(String(server.process.pid));
    expect((await fieldgate("token --account acme --role ADMIN")).exit).toBe(0);
  });

  it(
    "a taken port is named, and the folder is free again",
    async () => {
      const port = new URL(server.graphql).port;
      const said = await fieldgate("serve", { DATA_DIR: "memory:", FIELDGATE_DEMO: "0", PORT: port });
      expect(said).toMatchObject({ exit: 1, out: "", error: expect.stringContaining("PORT_TAKEN") });
    },
    minutes,
  );

  it("the server stops when it is told to, and leaves neither lock nor socket", async () => {
    server.process.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(existsSync(join(data, "control.sock"))).toBe(false);
    expect(existsSync(join(data, "fieldgate.lock"))).toBe(false);
  });

  it(
    "the same commands work without it",
    async () => {
      const said = await fieldgate("role --account acme --member bo --role MANAGER --json");
      expect(JSON.parse(said.out)).toMatchObject({ changed: false, roles: expect.arrayContaining(["MANAGER"]) });
      expect((await fieldgate("toggle --account acme --audience MANAGER TimeEntry.costRate on")).exit).toBe(0);
      expect(await fieldgate("doctor")).toMatchObject({ exit: 0, error: "" });
    },
    2 * minutes,
  );

  it(
    "two commands at once wait for each other",
    async () => {
      const said = await Promise.all([1, 2].map(() => fieldgate("token --account acme --role ADMIN")));
      expect(said.map(({ exit }) => exit)).toEqual([0, 0]);
    },
    2 * minutes,
  );

  it(
    "a server that was killed is no hindrance to the next one",
    async () => {
      server = await serve();
      server.process.kill("SIGKILL");
      await server.ended;
      expect(existsSync(join(data, "control.sock"))).toBe(true);
      server = await serve();
      expect((await fieldgate("token --account acme --role ADMIN")).exit).toBe(0);
    },
    2 * minutes,
  );
});

describe("a wrong setting ends any command with a sentence that names it,", () => {
  it.each([
    ["PORT", { PORT: "many" }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://root:s3cret@db.example/x" }],
  ])("%s", async (name, more) => {
    const said = await fieldgate("serve", more);
    expect(said).toMatchObject({ exit: 1, out: "", error: expect.stringMatching(new RegExp(`^fieldgate: ${name} `)) });
    expect(said.error).not.toContain("s3cret");
  });

  it("but help is given all the same", async () => {
    expect(await fieldgate("token --help", { PORT: "many" })).toMatchObject({ exit: 0, error: "" });
  });

  it("and PostgreSQL is not migrated without its owner's login", async () => {
    const said = await fieldgate("migrate", { DATABASE_URL: "postgresql://gate:s3cret@127.0.0.1:1/fieldgate" });
    expect(said).toMatchObject({ exit: 1, out: "", error: expect.stringContaining("DATABASE_OWNER_URL") });
    expect(said.error).not.toContain("s3cret");
  });
});

it("every command has help, and can speak JSON", async () => {
  const { out } = await fieldgate("--help");
  const names = [...out.matchAll(/^ {2}(\w+) \[options\]/gm)].map(([, name]) => name ?? "");
  expect(names.join(" ")).toBe("serve migrate emit doctor seed token role import toggle schema explain prove");
  for (const name of names) {
    const help = await fieldgate(`${name} --help`);
    expect(help).toMatchObject({ exit: 0, error: "", out: expect.stringContaining("--json") });
  }
  expect(readFileSync(program, "utf8")).toMatch(/^#!/);
});
