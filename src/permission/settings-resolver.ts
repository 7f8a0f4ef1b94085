/** How administrators of an account read and set its toggles. */
import { Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { DECLARED, onlyFor } from "./declare.ts";
import type { ResolverContext, SetTogglesAnswer, ToggleAnswer } from "./resolver-context.ts";
import { SetTogglesArguments, SetTogglesPayload, Toggle, TogglesArguments } from "./toggle-type.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

@Resolver()
export class SettingsResolver {
  @Query(() => [Toggle], { description: "What is on and off for this account, and why. Admins of the account." })
  @Extensions(admin)
  toggles(
    @Args(() => TogglesArguments) filter: TogglesArguments,
    @Ctx() context: ResolverContext,
  ): Promise<readonly ToggleAnswer[]> {
    return context.toggles(filter);
  }

  @Mutation(() => SetTogglesPayload, { description: "Switches coordinates on and off. Admins of the account." })
  @Extensions(admin)
  setToggles(
    @Args(() => SetTogglesArguments) input: SetTogglesArguments,
    @Ctx() context: ResolverContext,
  ): Promise<SetTogglesAnswer> {
    return context.desk.set(input);
  }
}
