// The load where `wrk` is not installed: raw requests over connections that stay open, each waiting for its answer.
//
// node loader.js URL REQUESTS.json SECONDS CONNECTIONS     prints RESULT {…}
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

const [url = "", path = "", seconds = "", connections = ""] = process.argv.slice(2);
const requests = (JSON.parse(readFileSync(path, "utf8")) as string[]).map((text) => Buffer.from(text)); // cast: written by load.ts
const { hostname, port } = new URL(url);
const begun = performance.now();
const end = begun + Number(seconds) * 1000;
const times: number[] = [];
let at = 0;
let failed = 0;

await Promise.all(Array.from({ length: Number(connections) }, work));
times.sort((one, other) => one - other);
const quantile = (part: number): number => times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? 0;
const took = (performance.now() - begun) / 1000;
const result = { requests: times.length, seconds: took, p50: quantile(0.5), p99: quantile(0.99), failed };
process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);

function work(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let sent = 0;
    let missing = 0;
    const next = (): void => {
      if (performance.now() >= end) {
        socket.end();
        resolve();
        return;
      }
      sent = performance.now();
      socket.write(requests[at++ % requests.length] ?? "");
    };
    socket.on("connect", next);
    socket.on("data", (chunk) => {
      missing = missing === 0 ? lengthOf(chunk) - chunk.length : missing - chunk.length;
      if (missing > 0) return;
      missing = 0;
      times.push(performance.now() - sent);
      next();
    });
    socket.on("error", () => {
      failed += 1;
      resolve();
    });
  });
}

/** Of the whole answer. Its head comes in one piece: both servers write it at once. */
function lengthOf(chunk: Buffer): number {
  const head = chunk.toString("latin1", 0, chunk.indexOf("\r\n\r\n"));
  if (!head.startsWith("HTTP/1.1 200")) failed += 1;
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error("an answer without a length");
  return head.length + 4 + Number(length);
}
