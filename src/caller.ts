/** Who is asking. Made by `identity/` from a verified token, and by nothing else. */

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

export type AccountId = Branded<string, "AccountId">;
export type MemberId = Branded<string, "MemberId">;
/** Grows by one with every change of an account's toggles or of its members' roles. */
export type Revision = Branded<number, "Revision">;

export const ROLES = ["EMPLOYEE", "MANAGER", "FINANCE", "ADMIN", "INTEGRATION"] as const;
export type Role = (typeof ROLES)[number];

/** The id that no member has: a caller without a member row compares against it and matches nothing. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

export type Caller = MemberCaller | RoleCaller | StaffCaller;

/** A person of an account. Roles are not in here: they are read at the account's site, with the revision. */
export interface MemberCaller {
  readonly kind: "member";
  readonly account: AccountId;
  readonly member: MemberId;
}

/** A caller who is a role and nobody in particular: an integration, or a role token of the development issuer. */
export interface RoleCaller {
  readonly kind: "role";
  readonly account: AccountId;
  readonly role: Role;
}

/** One of the vendor's people. Has no role in any account: only a grant lets them in. */
export interface StaffCaller {
  readonly kind: "staff";
  readonly email: string;
}
