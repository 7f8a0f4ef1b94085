/** Hashes and authentication codes: names for content, and proof that a text came from here. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** SHA-256 in base64url, 43 characters. */
export const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** HMAC-SHA-256 of the text, all 32 bytes. */
export const authenticate = (key: string, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** Compares without telling by time where two codes differ. False for codes of different length. */
export const sameCode = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
