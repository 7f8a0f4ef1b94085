// Before anything is measured: both servers must give the same bytes, or the comparison means nothing.
import { OPERATIONS, askGateway, askLimit, type BenchCaller, type BenchRequest, type Operation } from "./operations.ts";

const PAIRS_AN_OPERATION = 10;

export interface Servers {
  readonly gateway: string;
  readonly limit: string;
}

/** Throws at the first difference. Gives how many answers were compared. */
export async function verify(callers: readonly BenchCaller[], servers: Servers): Promise<number> {
  let compared = 0;
  for (const operation of OPERATIONS) {
    for (const caller of callers.slice(0, PAIRS_AN_OPERATION)) {
      await compare(operation, caller, servers);
      compared += 1;
    }
  }
  return compared;
}

async function compare(operation: Operation, caller: BenchCaller, servers: Servers): Promise<void> {
  const id = caller.entries[0] ?? "";
  const own = await fetched(servers.gateway, askGateway(operation, caller, id));
  const limit = await fetched(servers.limit, askLimit(operation, caller, id));
  const data = limit.slice('{"data":'.length, -1);
  const where = `${operation} of ${caller.role} ${caller.member}`;
  if (!data.includes(operation === "report" ? '"seconds":' : '"id":')) throw new Error(`${where} is empty: ${limit}`);
  if (!own.includes(`"data":${data},"extensions":`)) throw new Error(`${where} differs:\n${own}\n\n${limit}`);
  // What the gateway is for: employees and managers ask for the cost rate and are told that they may not.
  const told = own.includes("UNAUTHORIZED_FIELD_OR_TYPE");
  const mustBe = operation !== "report" && (caller.role === "EMPLOYEE" || caller.role === "MANAGER");
  if (mustBe && !told) throw new Error(`${where} was not refused a cost rate: ${own}`);
}

async function fetched(url: string, { method, path, headers, body }: BenchRequest): Promise<string> {
  const response = await fetch(new URL(path, url), { method, headers, ...(body === "" ? {} : { body }) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
  return text;
}
