/** What administrators are told of a change of toggles: which operations of the last days lose something, and who sends them. */
import { Extensions, Field, Int, ObjectType } from "type-graphql";
import type { Coordinate as CoordinateText } from "./coordinate.ts";
import { DECLARED, onlyFor } from "./declare.ts";
import { Coordinate, LocalDate, SafeInt } from "./scalar.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

@ObjectType({ description: "An operation that loses something.", simpleResolvers: true })
@Extensions(admin)
export class OperationImpact {
  @Field(() => String, { nullable: true, description: "As its program names it." })
  @Extensions(admin)
  name!: string | null;

  @Field(() => String, { description: "What it asks for, without any value: numbers are 0, texts are empty." })
  @Extensions(admin)
  document!: string;

  @Field(() => [Coordinate], { description: "What it loses." })
  @Extensions(admin)
  coordinates!: readonly CoordinateText[];

  @Field(() => [Coordinate], { description: "What is null on more rows than before." })
  @Extensions(admin)
  narrowed!: readonly CoordinateText[];

  @Field(() => Boolean, {
    description: "Whether somebody who sends it is refused it as a whole; else it has nulls in its answer.",
  })
  @Extensions(admin)
  refused!: boolean;

  @Field(() => SafeInt, { description: "How often those who lose something sent it." })
  @Extensions(admin)
  requests!: number;

  @Field(() => Int, { description: "How many people of these sent it; programs with a role of their own are none." })
  @Extensions(admin)
  people!: number;

  @Field(() => [String], { description: "The roles that lose something." })
  @Extensions(admin)
  roles!: readonly string[];

  @Field(() => LocalDate, { description: "When it was sent last, a day in UTC." })
  @Extensions(admin)
  lastUsedOn!: string;
}

@ObjectType({
  description:
    "What a change takes from the operations of the last 30 days. What was sent a moment ago may be missing.",
  simpleResolvers: true,
})
@Extensions(admin)
export class ToggleImpact {
  @Field(() => [OperationImpact], { description: "The 100 that were sent most, of those that lose something." })
  @Extensions(admin)
  operations!: readonly OperationImpact[];

  @Field(() => Int, { description: "How many operations lose something, with those that are not listed." })
  @Extensions(admin)
  operationCount!: number;

  @Field(() => SafeInt, { description: "How often they were sent by those who lose something." })
  @Extensions(admin)
  requests!: number;

  @Field(() => Int, { description: "How many people sent one of them and lose something." })
  @Extensions(admin)
  people!: number;

  @Field(() => [String], { description: "The roles that lose something." })
  @Extensions(admin)
  roles!: readonly string[];

  @Field(() => LocalDate, {
    nullable: true,
    description: "The first day of the last 30 of which anything is known; null where nothing is.",
  })
  @Extensions(admin)
  since!: string | null;

  @Field(() => SafeInt, {
    description: "Requests of which only the number is known: the account had too many operations.",
  })
  @Extensions(admin)
  unknown!: number;
}
