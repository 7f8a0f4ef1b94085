/** An issuer outside, as a company would have one: keys at an address, tokens signed with them. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from "jose";
import type { Clock } from "../../src/clock.ts";
import { Problem, type ProblemCode } from "../../src/problem.ts";

export interface OutsideIssuer {
  readonly keys: URL;
  readonly issuer: string;
  readonly audience: string;
  readonly privateKey: CryptoKey;
  /** How often the keys were asked for. */
  readonly asked: () => number;
  sign(payload: JWTPayload, key?: CryptoKey): Promise<string>;
  close(): Promise<void>;
}

export async function openIssuer(): Promise<OutsideIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" };
  let asked = 0;
  const server: Server = createServer((_request, response) => {
    asked += 1;
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo; // cast: it listens on a port, not on a path
  return {
    keys: new URL(`http://127.0.0.1:${port}/keys.json`),
    issuer: "https://id.example/",
    audience: "fieldgate",
    privateKey,
    asked: () => asked,
    sign: (payload, key = privateKey) =>
      new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: "one" }).sign(key),
    close: () => new Promise((done) => void server.close(() => done())),
  };
}

/** A clock that stands until it is moved. */
export function standingClock(start = "2026-03-02T09:00:00Z"): Clock & { forward(seconds: number): void } {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    forward: (seconds) => {
      now += seconds * 1000;
    },
  };
}

export const seconds = (clock: Clock, later: number): number => Math.floor(clock.now().getTime() / 1000) + later;

/** What it ends in: the code of the problem, or "none". */
export async function problemIn(work: Promise<unknown>): Promise<ProblemCode | "none"> {
  try {
    await work;
    return "none";
  } catch (failure) {
    if (failure instanceof Problem) return failure.code;
    throw failure;
  }
}
