/** The history of an account's toggles, the way back, and what waits. Administrators of the account. */
import { Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { DECLARED, onlyFor } from "./declare.ts";
import type { ResolverContext, SetTogglesAnswer } from "./resolver-context.ts";
import {
  ConfirmTogglesArguments,
  RevertTogglesArguments,
  ToggleDifferenceArguments,
  ToggleHistoryArguments,
  WaitingTogglesArguments,
} from "./toggle-order-type.ts";
import { ScheduledToggles, ToggleChangeConnection, ToggleDifference, ToggleProposal } from "./toggle-desk-type.ts";
import { SetTogglesPayload } from "./toggle-type.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

@Resolver()
export class ToggleDeskResolver {
  @Query(() => ToggleChangeConnection, {
    description: "Who switched what when, newest first: toggles only. Admins of the account.",
  })
  @Extensions(admin)
  toggleHistory(
    @Args(() => ToggleHistoryArguments) input: ToggleHistoryArguments,
    @Ctx() context: ResolverContext,
  ): Promise<ToggleChangeConnection> {
    return context.desk.history(input);
  }

  @Query(() => [ToggleDifference], { description: "What differs between the toggles of two revisions. Admins." })
  @Extensions(admin)
  toggleDifference(
    @Args(() => ToggleDifferenceArguments) input: ToggleDifferenceArguments,
    @Ctx() context: ResolverContext,
  ): Promise<readonly ToggleDifference[]> {
    return context.desk.difference(input);
  }

  @Query(() => [ScheduledToggles], { description: "Changes that wait for their moment, the next one first. Admins." })
  @Extensions(admin)
  scheduledToggles(@Ctx() context: ResolverContext): Promise<readonly ScheduledToggles[]> {
    return context.desk.scheduled();
  }

  @Query(() => [ToggleProposal], { description: "Changes that wait for a second administrator. Admins." })
  @Extensions(admin)
  toggleProposals(@Ctx() context: ResolverContext): Promise<readonly ToggleProposal[]> {
    return context.desk.proposals();
  }

  @Mutation(() => SetTogglesPayload, {
    description: "Sets all toggles as they were at a revision. What was changed since stays in the history. Admins.",
  })
  @Extensions(admin)
  revertToggles(
    @Args(() => RevertTogglesArguments) input: RevertTogglesArguments,
    @Ctx() context: ResolverContext,
  ): Promise<SetTogglesAnswer> {
    return context.desk.revert(input);
  }

  @Mutation(() => SetTogglesPayload, {
    description: "Stands behind a proposal. It is made when two different administrators do. Admins who are members.",
  })
  @Extensions(admin)
  confirmToggles(
    @Args(() => ConfirmTogglesArguments) input: ConfirmTogglesArguments,
    @Ctx() context: ResolverContext,
  ): Promise<SetTogglesAnswer> {
    return context.desk.confirm(input);
  }

  @Mutation(() => SetTogglesPayload, { description: "Takes a proposal back, so that nobody can confirm it. Admins." })
  @Extensions(admin)
  withdrawToggles(
    @Args(() => WaitingTogglesArguments) { id }: WaitingTogglesArguments,
    @Ctx() context: ResolverContext,
  ): Promise<SetTogglesAnswer> {
    return context.desk.withdraw(id);
  }

  @Mutation(() => SetTogglesPayload, { description: "Takes back what waits for its moment. Admins." })
  @Extensions(admin)
  cancelScheduledToggles(
    @Args(() => WaitingTogglesArguments) { id }: WaitingTogglesArguments,
    @Ctx() context: ResolverContext,
  ): Promise<SetTogglesAnswer> {
    return context.desk.cancel(id);
  }
}
