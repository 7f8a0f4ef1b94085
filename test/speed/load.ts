// One run of load against one server: prepared requests over twenty connections that stay open, from another process.
import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchRequest } from "./operations.ts";

export const CONNECTIONS = 20;

/** `wrk` where it is installed: it takes less of the machine than anything written in JavaScript. */
export const TOOL = spawnSync("wrk", ["-v"], { stdio: "ignore" }).error === undefined ? "wrk" : "own loader";

export interface Loaded {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers other than 200, and broken connections. */
  readonly failed: number;
}

/** Writes the requests down for the tool; gives the path of what it wrote. */
export function prepare(
  place: { readonly folder: string; readonly name: string },
  url: string,
  requests: readonly BenchRequest[],
): string {
  const raw = requests.map((request) => rawRequest(new URL(url).host, request));
  const path = join(place.folder, `${place.name}.${TOOL === "wrk" ? "lua" : "json"}`);
  writeFileSync(path, TOOL === "wrk" ? script(raw) : JSON.stringify(raw));
  return path;
}

function rawRequest(host: string, { method, path, headers, body }: BenchRequest): string {
  const length = body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries({ host, ...headers, ...length }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", body].join("\r\n");
}

const script = (raw: readonly string[]): string => `local requests = {\n${raw.map(lua).join(",\n")}\n}
local at = 0
request = function() at = at % #requests + 1; return requests[at] end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('RESULT {"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"failed":%d}\\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status + e.connect + e.read + e.write + e.timeout))
end\n`;

/** What is in our requests, JSON and Lua quote alike, but for a line's end in a document. */
const lua = (text: string): string => JSON.stringify(text);

export function load(prepared: string, url: string, seconds: number): Promise<Loaded> {
  const time = String(seconds);
  const loader = join(
    import.meta.dirname,
    `loader${import.meta.filename.slice(import.meta.filename.lastIndexOf("."))}`,
  );
  const [command, given] =
    TOOL === "wrk"
      ? ["wrk", ["-t1", `-c${String(CONNECTIONS)}`, `-d${time}s`, "--timeout", "30s", "-s", prepared, url]]
      : [process.execPath, [loader, url, prepared, time, String(CONNECTIONS)]];
  return new Promise((resolve, reject) => {
    execFile(command, given, (failure, out, error) => {
      const result = /RESULT (\{.*\})/.exec(out)?.[1];
      if (result === undefined) reject(new Error(`${command} failed: ${failure?.message ?? ""} ${error} ${out}`));
      else resolve(JSON.parse(result) as Loaded); // cast: printed by the script above or by loader.ts
    });
  });
}
