// Changes that need a second administrator, as administrators propose and confirm them.
import { beforeAll } from "@jest/globals";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Caller } from "../../src/caller.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";
import { sql } from "../database.ts";
import { asMember, asRole, openGate, people, type Answer } from "./asking.ts";

const PAYLOAD = `{ revision changed { coordinate audience enabled } scheduled { effectiveAt } proposal { id hash effectiveAt
  toRevision reason proposedBy changes { coordinate audience enabled } approvals { by counts } } }`;
export const SET = `mutation ($changes: [ToggleChangeInput!]!, $at: DateTime) {
  setToggles(changes: $changes, at: $at, reason: "a ticket") ${PAYLOAD} }`;
export const CONFIRM = `mutation ($id: ID!, $hash: String!) { confirmToggles(id: $id, hash: $hash) ${PAYLOAD} }`;
export const REVERT = `mutation ($to: Int!, $expected: Int!) {
  revertToggles(toRevision: $to, expectedRevision: $expected) ${PAYLOAD} }`;

/** Three administrators of harbour, and somebody who is any. */
export const [ann, bea, cleo] = [people.ADMIN, asMember("m02"), asMember("m05")];
export const anyAdmin = asRole("ADMIN");

/** `Team.name on`, for staff where no audience is named. */
export function toChange(change: string): object {
  const [coordinate, state, audience = "SUPPORT"] = change.split(" ");
  return { coordinate, audience, enabled: state === "on" };
}

export interface Proposed {
  readonly id: string;
  readonly hash: string;
}

export interface AtDesk {
  readonly set: (who: Caller, changes: readonly string[], at?: string) => Promise<Answer>;
  readonly confirm: (who: Caller, of: Proposed) => Promise<Answer>;
  readonly revision: () => Promise<number>;
  /** What is on for staff, as it is written. */
  readonly supportOf: () => Promise<readonly unknown[]>;
}

/** For the tests of the describe block in which this is called. Each question goes to a gate of its own. */
export function atDesk(database: () => OpenDatabase): AtDesk {
  beforeAll(async () => {
    await seedSmall(database());
    const give = `insert into member_role (account_id, member_id, role) select account_id, id, 'ADMIN' from member
      where account_id = $1 and external_id in ('m02', 'm05')`;
    await sql(database(), give, [ann.account]);
  });
  const ask = (who: Caller, text: string, variables: Readonly<Record<string, unknown>>): Promise<Answer> =>
    openGate(database()).ask(who, text, { variables });
  return {
    set: (who, changes, at) => ask(who, SET, { at, changes: changes.map(toChange) }),
    confirm: (who, { id, hash }) => ask(who, CONFIRM, { id, hash }),
    revision: async () => (await ask(ann, "{ viewer { revision } }", {})).revision,
    supportOf: async () =>
      (await sql(database(), "select coordinate from toggle where audience = 'SUPPORT' and enabled order by 1")).flat(),
  };
}

export const proposedBy = (answer: Answer, mutation = "setToggles"): Proposed =>
  answer.at(`${mutation}.proposal`) as Proposed; // cast: as asked above
