// Gateway processes as they are in production: the built program, each in a process of its own, on one database.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";

export interface Server {
  readonly graphql: string;
  stop(): Promise<void>;
}

const PROGRAM = join(process.cwd(), "dist", "src", "main.js");

export async function startServer(databaseUrl: string): Promise<Server> {
  if (!existsSync(PROGRAM)) throw new Error("the program is not built: npm test builds it, and so does npm run build");
  const environment = { ...process.env, DATABASE_URL: databaseUrl, PORT: "0", NODE_OPTIONS: "" };
  const child = spawn(process.execPath, [PROGRAM, "serve", "--json"], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const graphql = await readiness(child);
  return {
    graphql,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** The address that it says it listens at; or what it said instead. */
function readiness({ stdout, stderr }: ChildProcess): Promise<string> {
  let [said, complained] = ["", ""];
  stderr?.on("data", (chunk: unknown) => (complained += String(chunk)));
  return new Promise((ready, fail) => {
    stdout?.on("data", (chunk: unknown) => {
      said += String(chunk);
      const line = said.split("\n").find((one) => one.startsWith("{") && one.endsWith("}"));
      if (line === undefined) return;
      const { graphql }: { readonly graphql: string } = JSON.parse(line);
      ready(graphql);
    });
    stdout?.on("end", () => fail(new Error(`the server ended: ${said} ${complained}`)));
  });
}

export interface Reply {
  readonly data: unknown;
  readonly revision: number;
  readonly body: string;
}

export interface Asking {
  readonly server: Server;
  readonly token: string;
}

export async function post({ server, token }: Asking, query: string, variables: object = {}): Promise<Reply> {
  const response = await fetch(server.graphql, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const body = await response.text();
  const parsed: { readonly data?: unknown; readonly extensions?: { readonly access?: { readonly revision: number } } } =
    JSON.parse(body);
  return { data: parsed.data, revision: parsed.extensions?.access?.revision ?? -1, body };
}
