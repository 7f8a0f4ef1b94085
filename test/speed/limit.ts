// The limit of what a server on this database could do: Node's own HTTP, one statement an operation that gives the
// finished text, nobody verified and nothing judged. Nobody would serve this; it says how much there is to win.
//
// DATABASE_URL=… node limit.js     prints the address at which it listens
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "pg";
import { limitSql } from "./limit-sql.ts";
import { OPERATIONS, ROLES } from "./operations.ts";

const pool = new Pool({
  connectionString: process.env["DATABASE_URL"],
  max: 8,
  options: "-c plan_cache_mode=force_generic_plan -c jit=off -c datestyle=ISO",
});
const statements = new Map<string, { readonly name: string; readonly text: string }>();
for (const operation of OPERATIONS) {
  for (const role of ROLES) {
    const name = `${operation}/${role}`;
    statements.set(name, { name, text: limitSql(operation, role) });
  }
}

const server = createServer((request, response) => {
  const [account = "", role = "", member = ""] = String(request.headers["x-caller"]).split("/");
  const [, operation = "", id] = (request.url ?? "").split("/");
  const statement = statements.get(`${operation}/${role}`);
  if (statement === undefined) {
    response.writeHead(404).end();
    return;
  }
  const values = id === undefined ? [account, member] : [account, member, uuidOf(id)];
  answer(response, statement, values).catch((failure: unknown) => {
    process.stderr.write(`${String(failure)}\n`);
    response.writeHead(500).end();
  });
});

async function answer(response: ServerResponse, statement: { name: string; text: string }, values: string[]) {
  const { rows } = await pool.query<string[]>({ ...statement, values, rowMode: "array" });
  const body = `{"data":${rows[0]?.[0] ?? "null"}}`;
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

const uuidOf = (id: string): string => Buffer.from(id, "base64url").subarray(2).toString("hex");

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // cast: it listens on a port
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${String(port)}` })}\n`);
});
