/** Who may say who somebody is: the built-in issuer of demo and development, or one issuer outside. Never both. */
import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type JWTPayload } from "jose";
import type { Clock } from "../clock.ts";
import type { ExternalIssuer } from "../config.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import { readSecret } from "./secret.ts";
import { readClaims, refusal, writeClaims, type Claims, type Verified, type Verify } from "./token.ts";

/** The built-in issuer's own name, and the audience of its tokens. */
const NAME = "fieldgate-development";
/** What signs is what verifies, both with one database as their only secret: a shared key is all that this needs. */
const ALGORITHM = "HS256";

/** Public-key algorithms only: with `HS256` a public key could be passed off as the secret, with `none` nothing is signed. */
const EXTERNAL_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"].concat([
  "EdDSA",
  "Ed25519",
]);
/** Two machines' clocks differ by a little; the built-in issuer's clock is our own. */
const EXTERNAL_TOLERANCE_SECONDS = 5;

export interface DevelopmentIssuer {
  readonly verify: Verify;
  sign(claims: Claims, lifetimeSeconds: number): Promise<string>;
}

/** Its key lies in the database, so that all gateway processes on one database know each other's tokens. */
export function developmentIssuer(database: Reader, clock: Clock): DevelopmentIssuer {
  let key: Promise<Uint8Array> | undefined;
  const knownKey = (): Promise<Uint8Array> => {
    key ??= readSecret(database, "issuer")
      .then(asBytes)
      .catch((failure: unknown) => {
        key = undefined;
        throw failure;
      });
    return key;
  };
  return {
    async verify(token) {
      const secret = await knownKey();
      const options = {
        issuer: NAME,
        audience: NAME,
        algorithms: [ALGORITHM],
        requiredClaims: ["exp"],
        currentDate: clock.now(),
      };
      const { payload } = await jwtVerify(token, secret, options).catch(refused);
      return believed(payload, 0);
    },
    async sign(claims, lifetimeSeconds) {
      const now = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT(writeClaims(claims))
        .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
        .setIssuer(NAME)
        .setAudience(NAME)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .sign(await knownKey());
    },
  };
}

/** Takes memberships only: a role without a person and a person without an account exist for the built-in issuer alone. */
export function externalVerify({ issuer, audience, keys }: ExternalIssuer, clock: Clock): Verify {
  const set = createRemoteJWKSet(keys);
  return async (token) => {
    const options = {
      issuer,
      audience,
      algorithms: EXTERNAL_ALGORITHMS,
      requiredClaims: ["exp"],
      clockTolerance: EXTERNAL_TOLERANCE_SECONDS,
      currentDate: clock.now(),
    };
    const { payload } = await jwtVerify(token, set, options).catch(refused);
    const verified = believed(payload, EXTERNAL_TOLERANCE_SECONDS);
    if (verified.claims.kind !== "accounts") throw problem("UNAUTHENTICATED");
    return verified;
  };
}

function refused(failure: unknown): never {
  throw refusal(failure instanceof errors.JOSEError ? failure.code : undefined, failure);
}

function believed(payload: JWTPayload, toleranceSeconds: number): Verified {
  const claims = readClaims(payload);
  if (claims === undefined || payload.exp === undefined) throw problem("UNAUTHENTICATED");
  return { claims, until: new Date((payload.exp + toleranceSeconds) * 1000) };
}

const asBytes = (secret: string): Uint8Array => Buffer.from(secret, "base64url");
