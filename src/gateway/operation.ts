/** What the gate is asked and what it answers: the words between the way in and the judgement. */
import type { DocumentNode } from "graphql";
import type { Caller } from "../caller.ts";

export const ON_DENIED = ["null", "reject"] as const;
export type OnDenied = (typeof ON_DENIED)[number];

export interface GateRequest {
  readonly caller: Caller;
  readonly text: string;
  /** Parsed, and not yet validated. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** As sent, not yet coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Undefined where the request leaves it to the account. */
  readonly onDenied: OnDenied | undefined;
  readonly requestId: string;
}

export interface GateAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole response body, as JSON text. */
  readonly body: string;
}

export interface Gate {
  execute(request: GateRequest): Promise<GateAnswer>;
}
