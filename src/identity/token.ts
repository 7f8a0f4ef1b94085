/** What a bearer token says of its holder, once its issuer has been believed; and the words in which it says it. */
import { createHash } from "node:crypto";
import { ROLES, type Role } from "../caller.ts";
import type { Clock } from "../clock.ts";
import { problem, type Problem } from "../problem.ts";
import { remembered } from "./remembered.ts";

/** Where somebody is a member: the account's slug; the member's external id or uuid. */
export interface Membership {
  readonly account: string;
  readonly member: string;
}

export type Claims =
  | { readonly kind: "accounts"; readonly accounts: readonly Membership[] }
  | { readonly kind: "role"; readonly account: string; readonly role: Role }
  | { readonly kind: "staff"; readonly email: string };

/** An employee's and a manager's rows depend on who they are, so those roles are always somebody's. */
export const ROLES_OF_NOBODY = ["FINANCE", "ADMIN", "INTEGRATION"] as const satisfies readonly Role[];

export function isRoleOfNobody(role: Role): boolean {
  return ROLES_OF_NOBODY.some((one) => one === role);
}

/** The names under which claims travel. External issuers put the first one into their tokens; see the room's page. */
export const CLAIM = {
  accounts: "fieldgate_accounts",
  role: "fieldgate_role",
  staff: "fieldgate_staff",
} as const;

export interface Verified {
  readonly claims: Claims;
  readonly until: Date;
}

/** Believes a token or throws a problem. */
export type Verify = (token: string) => Promise<Verified>;

export interface Tokens {
  /** Reads the request header `authorization`. */
  read(authorization: string | undefined): Promise<Claims>;
}

const FORM = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;
const MOST = 10_000;

/**
 * To verify a signature costs more than to answer a small question, so a token that was believed is remembered until
 * it ends. Remembered by its hash: a heap dump then holds no tokens. What was refused is not remembered.
 */
export function makeTokens(verify: Verify, clock: Clock): Tokens {
  const believed = remembered<Verified>(MOST, clock);
  return {
    async read(authorization) {
      const token = FORM.exec(authorization?.trim() ?? "")?.[1];
      if (token === undefined) throw problem("UNAUTHENTICATED");
      const hash = createHash("sha256").update(token).digest("base64url");
      const known = believed.get(hash);
      if (known !== undefined) return known.claims;
      const verified = await verify(token);
      believed.set(hash, verified, verified.until);
      return verified.claims;
    },
  };
}

/** A token says one of three things. What says none of them, or two, or says it wrongly, is no token of ours. */
export function readClaims(payload: Readonly<Record<string, unknown>>): Claims | undefined {
  const said = READERS.filter(([name]) => payload[name] !== undefined);
  const [only] = said;
  return only === undefined || said.length > 1 ? undefined : only[1](payload[only[0]]);
}

export function writeClaims(claims: Claims): Record<string, unknown> {
  if (claims.kind === "accounts") return { [CLAIM.accounts]: claims.accounts };
  if (claims.kind === "staff") return { [CLAIM.staff]: claims.email };
  return { [CLAIM.role]: { account: claims.account, role: claims.role } };
}

function accountClaims(value: unknown): Claims | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const accounts = value.map(membership);
  if (!accounts.every((one) => one !== undefined)) return undefined;
  // Two people of one account: whose rights would hold?
  const distinct = new Set(accounts.map(({ account }) => account));
  return distinct.size === accounts.length ? { kind: "accounts", accounts } : undefined;
}

function membership(value: unknown): Membership | undefined {
  const { account, member } = record(value);
  return isName(account) && isName(member) ? { account, member } : undefined;
}

function roleClaim(value: unknown): Claims | undefined {
  const { account, role } = record(value);
  const known = ROLES.find((one) => one === role);
  if (!isName(account) || known === undefined || !isRoleOfNobody(known)) return undefined;
  return { kind: "role", account, role: known };
}

function staffClaim(value: unknown): Claims | undefined {
  return isName(value) ? { kind: "staff", email: value } : undefined;
}

const READERS: readonly (readonly [string, (value: unknown) => Claims | undefined])[] = [
  [CLAIM.accounts, accountClaims],
  [CLAIM.role, roleClaim],
  [CLAIM.staff, staffClaim],
];

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function isName(value: unknown): value is string {
  // PostgreSQL refuses NUL in a text, with an error that is none of the caller's business.
  return typeof value === "string" && value.length > 0 && value.length <= 256 && !value.includes("\0");
}

/** The refusals that an issuer's check can end in. Anything else means that the check itself could not be made. */
export function refusal(code: string | undefined, cause: unknown): Problem {
  if (code === "ERR_JWT_EXPIRED") return problem("TOKEN_EXPIRED", { cause });
  if (code !== undefined && FAULTS_OF_THE_TOKEN.has(code)) return problem("UNAUTHENTICATED", { cause });
  return problem("ACCESS_UNAVAILABLE", { cause, log: "The keys of the token issuer cannot be had." });
}

const FAULTS_OF_THE_TOKEN: ReadonlySet<string> = new Set([
  "ERR_JWT_CLAIM_VALIDATION_FAILED",
  "ERR_JWT_INVALID",
  "ERR_JWS_INVALID",
  "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
  "ERR_JOSE_ALG_NOT_ALLOWED",
  "ERR_JOSE_NOT_SUPPORTED",
  "ERR_JWKS_NO_MATCHING_KEY",
  "ERR_JWKS_MULTIPLE_MATCHING_KEYS",
]);
