/** What the hand-written resolvers may ask of the operation that they run in. */
import type { Denials, SetDenialsArguments } from "./denials-type.ts";
import type { AccessExplanation, ExplainArguments } from "./explain-type.ts";
import type {
  ConfirmTogglesArguments,
  RevertTogglesArguments,
  ToggleDifferenceArguments,
  ToggleHistoryArguments,
} from "./toggle-order-type.ts";
import type { ScheduledToggles, ToggleChangeConnection, ToggleDifference, ToggleProposal } from "./toggle-desk-type.ts";
import type { SetTogglesArguments, SetTogglesPayload, Toggle, TogglesArguments } from "./toggle-type.ts";

export interface ViewerAnswer {
  readonly id: string;
  readonly kind: "MEMBER" | "STAFF" | "INTEGRATION";
  readonly name: string;
  readonly roles: readonly string[];
  readonly accounts: readonly AccountRefAnswer[];
  readonly revision: number;
  readonly abilities: Promise<readonly (readonly unknown[])[]>;
}

export interface AccountRefAnswer {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export type ToggleAnswer = Toggle;
export type SetTogglesAnswer = SetTogglesPayload;

export interface DeskContext {
  history(input: ToggleHistoryArguments): Promise<ToggleChangeConnection>;
  difference(input: ToggleDifferenceArguments): Promise<readonly ToggleDifference[]>;
  scheduled(): Promise<readonly ScheduledToggles[]>;
  proposals(): Promise<readonly ToggleProposal[]>;
  set(input: SetTogglesArguments): Promise<SetTogglesAnswer>;
  revert(input: RevertTogglesArguments): Promise<SetTogglesAnswer>;
  confirm(input: ConfirmTogglesArguments): Promise<SetTogglesAnswer>;
  withdraw(id: string): Promise<SetTogglesAnswer>;
  cancel(id: string): Promise<SetTogglesAnswer>;
}

export interface ResolverContext {
  denials(): Promise<Denials>;
  setDenials(input: SetDenialsArguments): Promise<Denials>;
  viewer(): Promise<ViewerAnswer>;
  toggles(filter: TogglesArguments): Promise<readonly ToggleAnswer[]>;
  /** Where toggles are changed. */
  readonly desk: DeskContext;
  explain(input: ExplainArguments): Promise<AccessExplanation>;
  /** Runs the mutation of this name as a plan, and answers with its payload. */
  write(mutation: string, args: object): Promise<object>;
}
