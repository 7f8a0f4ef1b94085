/** How administrators of an account decide what people are told of what they may not use. */
import { Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { DECLARED, onlyFor } from "./declare.ts";
import { Denials, SetDenialsArguments } from "./denials-type.ts";
import type { ResolverContext } from "./resolver-context.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

@Resolver()
export class DenialsResolver {
  @Query(() => Denials, { description: "What people are told of what they may not use. Admins of the account." })
  @Extensions(admin)
  denials(@Ctx() context: ResolverContext): Promise<Denials> {
    return context.denials();
  }

  @Mutation(() => Denials, { description: "Decides what people are told of what they may not use. Admins." })
  @Extensions(admin)
  setDenials(
    @Args(() => SetDenialsArguments) input: SetDenialsArguments,
    @Ctx() context: ResolverContext,
  ): Promise<Denials> {
    return context.setDenials(input);
  }
}
