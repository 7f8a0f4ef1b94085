/** How callers ask why. */
import { Args, Ctx, Extensions, Query, Resolver } from "type-graphql";
import { DECLARED, fixedPart } from "./declare.ts";
import { AccessExplanation, ExplainArguments } from "./explain-type.ts";
import type { ResolverContext } from "./resolver-context.ts";

@Resolver()
export class ExplainResolver {
  @Query(() => AccessExplanation, {
    description: "Why a coordinate or an operation is open or closed to the caller, and what would change it.",
  })
  @Extensions({ [DECLARED]: fixedPart })
  explainAccess(
    @Args(() => ExplainArguments) input: ExplainArguments,
    @Ctx() context: ResolverContext,
  ): Promise<AccessExplanation> {
    return context.explain(input);
  }
}
