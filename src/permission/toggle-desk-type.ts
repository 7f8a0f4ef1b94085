/** Changes of toggles that were made, that wait for their moment, and that wait for a second administrator. */
import { Extensions, Field, ID, Int, ObjectType } from "type-graphql";
import { Audience } from "./audience-type.ts";
import type { Coordinate as CoordinateText } from "./coordinate.ts";
import { DECLARED, onlyFor } from "./declare.ts";
import { Coordinate, DateTime } from "./scalar.ts";
import type { Audience as AudienceWord } from "./settings.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

/** Stands for the generated type PageInfo, which is not made yet when these classes are read. */
export class PageInfoReference {
  static readonly subject = "PageInfo";
}

export interface PageInfoAnswer {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

@ObjectType({ description: "What one switch is to become.", simpleResolvers: true })
@Extensions(admin)
export class WantedToggle {
  @Field(() => Coordinate, { description: "What is switched." })
  @Extensions(admin)
  coordinate!: CoordinateText;

  @Field(() => Audience.values, { description: "For whom." })
  @Extensions(admin)
  audience!: AudienceWord;

  @Field(() => Boolean, { nullable: true, description: "On or off; null is back to the default." })
  @Extensions(admin)
  enabled!: boolean | null;
}

@ObjectType({ description: "Changes of toggles that take effect at a moment to come.", simpleResolvers: true })
@Extensions(admin)
export class ScheduledToggles {
  @Field(() => ID, { description: "For cancelScheduledToggles." })
  @Extensions(admin)
  id!: string;

  @Field(() => DateTime, { description: "The first request that starts from then on is judged by them." })
  @Extensions(admin)
  effectiveAt!: string;

  @Field(() => [WantedToggle], { description: "What is switched then." })
  @Extensions(admin)
  changes!: readonly WantedToggle[];

  @Field(() => String, { nullable: true, description: "Why, in their words." })
  @Extensions(admin)
  reason!: string | null;

  @Field(() => String, { description: "Who ordered it." })
  @Extensions(admin)
  scheduledBy!: string;

  @Field(() => DateTime, { description: "When that was." })
  @Extensions(admin)
  scheduledAt!: string;
}

@ObjectType({ description: "Somebody who stands behind a proposal.", simpleResolvers: true })
@Extensions(admin)
export class ToggleApproval {
  @Field(() => String, { description: "Their name." })
  @Extensions(admin)
  by!: string;

  @Field(() => DateTime, { description: "Since when." })
  @Extensions(admin)
  at!: string;

  @Field(() => Boolean, { description: "Whether it counts: they are an administrator now." })
  @Extensions(admin)
  counts!: boolean;
}

@ObjectType({
  description:
    "A change that would let the vendor's staff see more: made when two different administrators stand behind it.",
  simpleResolvers: true,
})
@Extensions(admin)
export class ToggleProposal {
  @Field(() => ID, { description: "For confirmToggles." })
  @Extensions(admin)
  id!: string;

  @Field(() => String, { description: "Stands for all that is approved; confirmToggles has to name it." })
  @Extensions(admin)
  hash!: string;

  @Field(() => [WantedToggle], { description: "What would be switched." })
  @Extensions(admin)
  changes!: readonly WantedToggle[];

  @Field(() => DateTime, { nullable: true, description: "When it would take effect; null is at once." })
  @Extensions(admin)
  effectiveAt!: string | null;

  @Field(() => Int, { nullable: true, description: "The revision to which it would go back, where it is a reversion." })
  @Extensions(admin)
  toRevision!: number | null;

  @Field(() => String, { nullable: true, description: "Why, in their words." })
  @Extensions(admin)
  reason!: string | null;

  @Field(() => String, { description: "Who proposed it." })
  @Extensions(admin)
  proposedBy!: string;

  @Field(() => DateTime, { description: "When that was." })
  @Extensions(admin)
  proposedAt!: string;

  @Field(() => DateTime, { description: "Until when it can be confirmed." })
  @Extensions(admin)
  expiresAt!: string;

  @Field(() => [ToggleApproval], { description: "Who stands behind it; the proposer does at once." })
  @Extensions(admin)
  approvals!: readonly ToggleApproval[];
}

@ObjectType({ description: "One switch that was changed.", simpleResolvers: true })
@Extensions(admin)
export class ToggleChange {
  @Field(() => Int, { description: "The account's revision that the change made." })
  @Extensions(admin)
  revision!: number;

  @Field(() => Coordinate, { description: "What was switched." })
  @Extensions(admin)
  coordinate!: CoordinateText;

  @Field(() => Audience.values, { description: "For whom." })
  @Extensions(admin)
  audience!: AudienceWord;

  @Field(() => Boolean, { nullable: true, description: "On or off; null is back to the default." })
  @Extensions(admin)
  enabled!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "What it was before; null is the default." })
  @Extensions(admin)
  was!: boolean | null;

  @Field(() => String, { description: "Who changed it." })
  @Extensions(admin)
  changedBy!: string;

  @Field(() => DateTime, { description: "When it took effect." })
  @Extensions(admin)
  changedAt!: string;

  @Field(() => String, { nullable: true, description: "Why, in their words." })
  @Extensions(admin)
  reason!: string | null;
}

@ObjectType({ description: "A change and its place in the history.", simpleResolvers: true })
@Extensions(admin)
export class ToggleChangeEdge {
  @Field(() => String, { description: "Its place, for after." })
  @Extensions(admin)
  cursor!: string;

  @Field(() => ToggleChange, { description: "The change." })
  @Extensions(admin)
  node!: ToggleChange;
}

@ObjectType({ description: "A page of the history of toggles, newest first.", simpleResolvers: true })
@Extensions(admin)
export class ToggleChangeConnection {
  @Field(() => [ToggleChangeEdge], { description: "The changes with their places." })
  @Extensions(admin)
  edges!: readonly ToggleChangeEdge[];

  @Field(() => [ToggleChange], { description: "The changes." })
  @Extensions(admin)
  nodes!: readonly ToggleChange[];

  @Field(() => PageInfoReference, { description: "Where the page lies." })
  @Extensions(admin)
  pageInfo!: PageInfoAnswer;

  @Field(() => Int, { description: "How many changes there are in all." })
  @Extensions(admin)
  totalCount!: number;
}

@ObjectType({ description: "A switch that stands otherwise at one revision than at another.", simpleResolvers: true })
@Extensions(admin)
export class ToggleDifference {
  @Field(() => Coordinate, { description: "Which." })
  @Extensions(admin)
  coordinate!: CoordinateText;

  @Field(() => Audience.values, { description: "For whom." })
  @Extensions(admin)
  audience!: AudienceWord;

  @Field(() => Boolean, { nullable: true, description: "At the first; null is the default." })
  @Extensions(admin)
  from!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "At the second; null is the default." })
  @Extensions(admin)
  to!: boolean | null;
}
