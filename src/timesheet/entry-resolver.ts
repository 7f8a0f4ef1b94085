/** How time entries are written. */
import { Args, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import type { Role } from "../caller.ts";
import { type Access, DECLARED, declared } from "../permission/declare.ts";
import type { ResolverContext } from "../permission/resolver-context.ts";
import {
  CreateTimeEntryArguments,
  DeletePayload,
  DeleteTimeEntryArguments,
  StartTimerArguments,
  StopTimerArguments,
  TimeEntryPayload,
  UpdateTimeEntryArguments,
} from "./entry-type.ts";

const writing = (access: Partial<Record<Role, Access>>, reads: readonly string[] = []): Record<string, unknown> => ({
  [DECLARED]: declared({ sensitivity: "INTERNAL", reads, access: { INTEGRATION: "never", ...access } }),
});

@Resolver()
export class TimeEntryResolver {
  @Mutation(() => TimeEntryPayload, { description: "Writes down a piece of work." })
  @Extensions(writing({ FINANCE: "never" }))
  createTimeEntry(
    @Args(() => CreateTimeEntryArguments) args: CreateTimeEntryArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("createTimeEntry", args);
  }

  @Mutation(() => TimeEntryPayload, { description: "Begins a piece of one's own work, now. One timer runs at a time." })
  @Extensions(writing({ FINANCE: "never" }, ["TimeEntry.start"]))
  startTimer(
    @Args(() => StartTimerArguments) args: StartTimerArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("startTimer", args);
  }

  @Mutation(() => TimeEntryPayload, { description: "Ends a piece of work that runs, now." })
  @Extensions(writing({ FINANCE: "never" }, ["TimeEntry.start", "TimeEntry.end", "TimeEntry.durationSeconds"]))
  stopTimer(
    @Args(() => StopTimerArguments) args: StopTimerArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("stopTimer", args);
  }

  @Mutation(() => TimeEntryPayload, { description: "Changes a time entry that is not locked." })
  @Extensions(writing({}))
  updateTimeEntry(
    @Args(() => UpdateTimeEntryArguments) args: UpdateTimeEntryArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("updateTimeEntry", args);
  }

  @Mutation(() => DeletePayload, { description: "Deletes a time entry that is not locked." })
  @Extensions(writing({ FINANCE: "never" }))
  deleteTimeEntry(
    @Args(() => DeleteTimeEntryArguments) args: DeleteTimeEntryArguments,
    @Ctx() context: ResolverContext,
  ): Promise<object> {
    return context.write("deleteTimeEntry", args);
  }
}
