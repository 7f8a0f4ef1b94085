/** How timesheets are handed in and decided on. */
import { Args, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import type { Role } from "../caller.ts";
import { type Access, DECLARED, declared } from "../permission/declare.ts";
import type { ResolverContext } from "../permission/resolver-context.ts";
import {
  ApproveTimesheetArguments,
  RejectTimesheetArguments,
  SubmitTimesheetArguments,
  TimesheetPayload,
} from "./sheet-type.ts";

const writing = (access: Partial<Record<Role, Access>>): Record<string, unknown> => ({
  [DECLARED]: declared({ sensitivity: "INTERNAL", access: { FINANCE: "never", INTEGRATION: "never", ...access } }),
});
/** Nobody decides by being employed: who leads a team is a manager. */
const deciding = writing({ EMPLOYEE: "never" });

@Resolver()
export class TimesheetResolver {
  @Mutation(() => TimesheetPayload, { description: "Hands a week in." })
  @Extensions(writing({}))
  submitTimesheet(
    @Args(() => SubmitTimesheetArguments) args: SubmitTimesheetArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("submitTimesheet", args);
  }

  @Mutation(() => TimesheetPayload, { description: "Agrees to a week that was handed in." })
  @Extensions(deciding)
  approveTimesheet(
    @Args(() => ApproveTimesheetArguments) args: ApproveTimesheetArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("approveTimesheet", args);
  }

  @Mutation(() => TimesheetPayload, { description: "Sends a week back to be mended." })
  @Extensions(deciding)
  rejectTimesheet(
    @Args(() => RejectTimesheetArguments) args: RejectTimesheetArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("rejectTimesheet", args);
  }

  @Mutation(() => TimesheetPayload, { description: "Opens a week again that was approved." })
  @Extensions(deciding)
  reopenTimesheet(
    @Args(() => RejectTimesheetArguments) args: RejectTimesheetArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("reopenTimesheet", args);
  }
}
