/** Why a change was not made, for the person who asked for it. */
import { Extensions, Field, ObjectType } from "type-graphql";
import { DECLARED, fixedPart } from "./declare.ts";

const fixed = { [DECLARED]: fixedPart };

@ObjectType({ description: "Why a change was not made.", simpleResolvers: true })
@Extensions(fixed)
export class UserError {
  @Field(() => [String], { nullable: true, description: "The input it is about, as a path." })
  @Extensions(fixed)
  field!: string[] | null;

  @Field(() => String, { description: "A stable code for programs." })
  @Extensions(fixed)
  code!: string;

  @Field(() => String, { description: "What is wrong and what to do, for people." })
  @Extensions(fixed)
  message!: string;
}
