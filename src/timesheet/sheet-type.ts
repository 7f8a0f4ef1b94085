/** What is sent to hand in a timesheet or decide on it, and what comes back. */
import { ArgsType, Extensions, Field, ID, ObjectType } from "type-graphql";
import { DECLARED, declared, fixedPart } from "../permission/declare.ts";
import { UserError } from "../permission/user-error-type.ts";

const fixed = { [DECLARED]: fixedPart };
const comment = { [DECLARED]: declared({ sensitivity: "PERSONAL", reads: ["Timesheet.comment"] }) };

/** Stands for the generated type of the subject Timesheet, which is not made yet when these classes are read. */
export class TimesheetReference {
  static readonly subject = "Timesheet";
}

@ObjectType({ description: "A timesheet that was moved on, or why it was not.", simpleResolvers: true })
@Extensions(fixed)
export class TimesheetPayload {
  @Field(() => TimesheetReference, { nullable: true, description: "As the caller may see it now." })
  @Extensions(fixed)
  timesheet!: object | null;

  @Field(() => [UserError], { description: "Why nothing was changed; empty when it was." })
  @Extensions(fixed)
  userErrors!: UserError[];
}

@ArgsType()
export class SubmitTimesheetArguments {
  @Field(() => ID, { description: "Which timesheet." })
  @Extensions(fixed)
  id!: string;
}

@ArgsType()
export class ApproveTimesheetArguments extends SubmitTimesheetArguments {
  @Field(() => String, { nullable: true, description: "What to say about it." })
  @Extensions(comment)
  comment?: string | null;
}

/** To send a week back without a word helps nobody. */
@ArgsType()
export class RejectTimesheetArguments extends SubmitTimesheetArguments {
  @Field(() => String, { description: "What is wrong with it." })
  @Extensions(comment)
  comment!: string;
}
