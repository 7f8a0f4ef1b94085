/** Asks the real gate as one of a world's people would. */
import { print } from "graphql";
import type { AccountId, Caller, MemberId } from "../../src/caller.ts";
import type { Gate } from "../../src/gateway/operation.ts";
import { Problem } from "../../src/problem.ts";
import type { GateBody } from "./compare.ts";
import type { Case } from "./shrink.ts";
import type { Asker } from "./world.ts";

export async function askGate(gate: Gate, asker: Asker, { document, variables }: Case): Promise<GateBody> {
  try {
    const answer = await gate.execute({
      caller: callerOf(asker),
      text: print(document),
      document,
      operationName: undefined,
      variables,
      onDenied: "null",
      requestId: "oracle",
    });
    return JSON.parse(answer.body) as GateBody; // cast: the form of every GraphQL answer; what is in it is compared
  } catch (thrown) {
    if (thrown instanceof Problem)
      return { errors: [{ message: thrown.log ?? "", extensions: { code: thrown.code } }] };
    const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { errors: [{ message: message.split("\n").slice(0, 6).join(" | "), extensions: { code: "INTERNAL" } }] };
  }
}

function callerOf({ account, member, roles }: Asker): Caller {
  const id = account as AccountId; // cast: an id of the world's own making
  if (member !== null) return { kind: "member", account: id, member: member as MemberId }; // cast: as above
  const [role] = roles;
  if (role === undefined) throw new Error("who is no member has a role");
  return { kind: "role", account: id, role };
}
