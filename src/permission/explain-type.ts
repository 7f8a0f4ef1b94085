/** Why something shows or does not, as callers ask for it. Everybody may ask about themselves, and nobody can switch it off. */
import { ArgsType, Extensions, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { Coordinate as CoordinateText } from "./coordinate.ts";
import { DECLARED, fixedPart } from "./declare.ts";
import { fixedEnumeration } from "./enumeration.ts";
import { Coordinate, DateTime } from "./scalar.ts";
import type { Audience as AudienceWord } from "./settings.ts";
import { Audience } from "./audience-type.ts";

const fixed = { [DECLARED]: fixedPart };

export const AccessState = fixedEnumeration(
  "AccessState",
  "OPEN, MASKED (null on some rows), DENIED, or HIDDEN: it does not exist for those callers.",
  ["OPEN", "MASKED", "DENIED", "HIDDEN"],
);
export const AccessReason = fixedEnumeration("AccessReason", "Why, as the errors of an answer name it.", [
  "SWITCHED_OFF_BY_ACCOUNT",
  "ROLE",
  "ROW_CONDITION",
]);
export const AccessDecider = fixedEnumeration(
  "AccessDecider",
  "TOGGLE: switched off. DEFAULT: off for the role until it is switched on. CEILING: never for the role. CONDITION: for the role on some rows only.",
  ["TOGGLE", "DEFAULT", "CEILING", "CONDITION"],
);
export const AccessStepKind = fixedEnumeration("AccessStepKind", "What a step of the chain tells.", [
  "NEEDS",
  "TOGGLE",
  "RULE",
  "CONDITION",
  "VERDICT",
]);

@ObjectType({ description: "Something that stands in the way.", simpleResolvers: true })
@Extensions(fixed)
export class AccessDecision {
  @Field(() => AccessDecider.values, { description: "What kind of thing." })
  @Extensions(fixed)
  kind!: string;

  @Field(() => Coordinate, { description: "Of which coordinate: the one that was asked about, or one that it needs." })
  @Extensions(fixed)
  coordinate!: CoordinateText;

  @Field(() => String, { description: "For which role." })
  @Extensions(fixed)
  role!: string;

  @Field(() => Audience.values, { nullable: true, description: "Whose toggle it is; null where none decided." })
  @Extensions(fixed)
  audience!: AudienceWord | null;

  @Field(() => String, { description: "The same in words." })
  @Extensions(fixed)
  words!: string;

  @Field(() => String, { nullable: true, description: "Who set the toggle. For administrators." })
  @Extensions(fixed)
  changedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When. For administrators." })
  @Extensions(fixed)
  changedAt!: string | null;

  @Field(() => String, { nullable: true, description: "Why, in their words. For administrators." })
  @Extensions(fixed)
  why!: string | null;
}

@ObjectType({
  description: "One step from what was asked to what decided: toggle, rule, condition, verdict.",
  simpleResolvers: true,
})
@Extensions(fixed)
export class AccessStep {
  @Field(() => AccessStepKind.values, { description: "What it tells." })
  @Extensions(fixed)
  kind!: string;

  @Field(() => Coordinate, { description: "Of which coordinate." })
  @Extensions(fixed)
  coordinate!: CoordinateText;

  @Field(() => String, { description: "The step in words." })
  @Extensions(fixed)
  words!: string;
}

@ObjectType({ description: "A toggle to set, as an administrator does.", simpleResolvers: true })
@Extensions(fixed)
export class AccessFix {
  @Field(() => Coordinate, { description: "What to switch." })
  @Extensions(fixed)
  coordinate!: CoordinateText;

  @Field(() => Audience.values, { description: "For whom." })
  @Extensions(fixed)
  audience!: AudienceWord;

  @Field(() => Boolean, { description: "On: nothing is opened by switching off." })
  @Extensions(fixed)
  enabled!: boolean;
}

@ObjectType({ description: "What one of several roles has of it by itself.", simpleResolvers: true })
@Extensions(fixed)
export class AccessVerdict {
  @Field(() => String, { description: "The role." })
  @Extensions(fixed)
  role!: string;

  @Field(() => AccessState.values, { description: "What it comes to." })
  @Extensions(fixed)
  state!: string;

  @Field(() => AccessReason.values, { nullable: true, description: "Why; null where it is open." })
  @Extensions(fixed)
  reason!: string | null;

  @Field(() => [AccessDecision], { description: "All that stands in its way." })
  @Extensions(fixed)
  decidedBy!: readonly AccessDecision[];
}

@ObjectType({ description: "What keeps a document from being judged at all.", simpleResolvers: true })
@Extensions(fixed)
export class AccessFault {
  @Field(() => String, { description: "As it would be told to whoever sends the document." })
  @Extensions(fixed)
  message!: string;

  @Field(() => Int, { nullable: true, description: "Where." })
  @Extensions(fixed)
  line!: number | null;

  @Field(() => Int, { nullable: true, description: "Where." })
  @Extensions(fixed)
  column!: number | null;
}

@ObjectType({ description: "Why something shows or does not, and what would change it.", simpleResolvers: true })
@Extensions(fixed)
export class AccessExplanation {
  @Field(() => Coordinate, { nullable: true, description: "What was asked about; null for a document as a whole." })
  @Extensions(fixed)
  coordinate!: CoordinateText | null;

  @Field(() => [String], { description: "The roles that were judged, each by itself and then together." })
  @Extensions(fixed)
  roles!: readonly string[];

  @Field(() => Int, { description: "The account's revision by which it was judged." })
  @Extensions(fixed)
  revision!: number;

  @Field(() => DateTime, { nullable: true, description: "The moment that was asked about; null for now." })
  @Extensions(fixed)
  at!: string | null;

  @Field(() => AccessState.values, {
    description: "What it comes to. Of a document: OPEN where nothing in it is denied.",
  })
  @Extensions(fixed)
  state!: string;

  @Field(() => AccessReason.values, { nullable: true, description: "Why; null where it is open." })
  @Extensions(fixed)
  reason!: string | null;

  @Field(() => String, { description: "The answer in words." })
  @Extensions(fixed)
  words!: string;

  @Field(() => String, { nullable: true, description: "Whom to ask for more." })
  @Extensions(fixed)
  ask!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Which rows of the type show, in words; null where it has none.",
  })
  @Extensions(fixed)
  rows!: string | null;

  @Field(() => [AccessDecision], { description: "All that stands in the way, what decided first." })
  @Extensions(fixed)
  decidedBy!: readonly AccessDecision[];

  @Field(() => [AccessStep], { description: "From what was asked to what decided, and to the verdict." })
  @Extensions(fixed)
  chain!: readonly AccessStep[];

  @Field(() => [AccessFix], {
    nullable: true,
    description: "Set together, and no fewer of them, these open it; null where no toggle can.",
  })
  @Extensions(fixed)
  fix!: readonly AccessFix[] | null;

  @Field(() => String, { nullable: true, description: "Why no toggle can; null where one can, or need not." })
  @Extensions(fixed)
  whyNoFix!: string | null;

  @Field(() => [AccessVerdict], { description: "What each role has of it by itself." })
  @Extensions(fixed)
  verdicts!: readonly AccessVerdict[];

  @Field(() => String, { nullable: true, description: "Of a denial in a document: how it is used, as errors name it." })
  @Extensions(fixed)
  usage!: string | null;

  @Field(() => String, { nullable: true, description: "Of a denial in a document: where it stands first." })
  @Extensions(fixed)
  affectedPath!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Of a document: whether it would be refused as a whole, and nothing of it run.",
  })
  @Extensions(fixed)
  refused!: boolean | null;

  @Field(() => [AccessExplanation], { description: "Of a document: one for each denial, in the order of its errors." })
  @Extensions(fixed)
  denials!: readonly AccessExplanation[];

  @Field(() => [AccessExplanation], {
    description: "Of a document: one for each field in it that is null on some rows of those that the caller sees.",
  })
  @Extensions(fixed)
  masked!: readonly AccessExplanation[];

  @Field(() => [AccessFault], { description: "Of a document: why it could not be judged." })
  @Extensions(fixed)
  faults!: readonly AccessFault[];
}

@InputType({ description: "For whom to explain: one of these. Others than oneself: admins of the account." })
@Extensions(fixed)
export class ExplainAs {
  @Field(() => String, { nullable: true, description: "Anybody of this role alone." })
  @Extensions(fixed)
  role?: string | null;

  @Field(() => ID, { nullable: true, description: "A member, with all their roles." })
  @Extensions(fixed)
  member?: string | null;

  @Field(() => ID, { nullable: true, description: "Whoever holds a grant." })
  @Extensions(fixed)
  grant?: string | null;
}

/** The arguments of `explainAccess`. */
@ArgsType()
export class ExplainArguments {
  @Field(() => Coordinate, { nullable: true, description: "What to explain: this, or a document." })
  @Extensions(fixed)
  coordinate?: CoordinateText | null;

  @Field(() => String, {
    nullable: true,
    description:
      "An operation to judge, and not to run. Variables without a default count as given: whatever they decide is judged.",
  })
  @Extensions(fixed)
  document?: string | null;

  @Field(() => ExplainAs, { nullable: true, description: "For whom; for the caller when nothing is said." })
  @Extensions(fixed)
  as?: ExplainAs | null;

  @Field(() => DateTime, { nullable: true, description: "As it was at this moment. Admins of the account." })
  @Extensions(fixed)
  at?: string | null;
}
