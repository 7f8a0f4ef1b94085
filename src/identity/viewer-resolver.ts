/** How callers learn who they are and what they may do. */
import { Ctx, Extensions, Query, Resolver } from "type-graphql";
import { DECLARED, fixedPart } from "../permission/declare.ts";
import type { ResolverContext, ViewerAnswer } from "../permission/resolver-context.ts";
import { Viewer } from "./viewer-type.ts";

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: "The caller, and what they may do." })
  @Extensions({ [DECLARED]: fixedPart })
  viewer(@Ctx() context: ResolverContext): Promise<ViewerAnswer> {
    return context.viewer();
  }
}
