/** Toggles as administrators of an account see and set them. Nobody else may, and nobody can take them away. */
import { ArgsType, Extensions, Field, InputType, Int, ObjectType } from "type-graphql";
import { Audience } from "./audience-type.ts";
import type { Coordinate as CoordinateText } from "./coordinate.ts";
import { DECLARED, onlyFor, SENSITIVITIES, type Sensitivity as SensitivityName } from "./declare.ts";
import { fixedEnumeration } from "./enumeration.ts";
import { ToggleImpact } from "./impact-type.ts";
import { Inference } from "./inference-type.ts";
import { Coordinate, DateTime } from "./scalar.ts";
import type { Audience as AudienceWord } from "./settings.ts";
import { ScheduledToggles, ToggleProposal } from "./toggle-desk-type.ts";
import { UserError } from "./user-error-type.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

export const Sensitivity = fixedEnumeration("Sensitivity", "How much a value can hurt.", SENSITIVITIES);

/** Stands for the generated type of the subject Account, which is not made yet when these classes are read. */
export class AccountReference {
  static readonly subject = "Account";
}

/** What a reference stands for, as a resolver answers it: the row itself is read by a plan. */
export interface AccountAnswer {
  readonly id: string;
}

@ObjectType({ description: "The switch of one coordinate for one audience.", simpleResolvers: true })
@Extensions(admin)
export class Toggle {
  @Field(() => Coordinate, { description: "What it switches." })
  @Extensions(admin)
  coordinate!: CoordinateText;

  @Field(() => Audience.values, { description: "For whom." })
  @Extensions(admin)
  audience!: AudienceWord;

  @Field(() => Boolean, { description: "Whether it is on now." })
  @Extensions(admin)
  enabled!: boolean;

  @Field(() => Boolean, { description: "Whether it is on where nobody has set it." })
  @Extensions(admin)
  default!: boolean;

  @Field(() => Boolean, {
    description: "Ids, cursors and the like stay on; what an audience may never have stays off.",
  })
  @Extensions(admin)
  canToggle!: boolean;

  @Field(() => Sensitivity.values, { description: "How much the value can hurt." })
  @Extensions(admin)
  sensitivity!: SensitivityName;

  @Field(() => String, { nullable: true, description: "What the coordinate is." })
  @Extensions(admin)
  description!: string | null;

  @Field(() => [Coordinate], { description: "What it is computed from: it is closed with any of them." })
  @Extensions(admin)
  madeFrom!: readonly CoordinateText[];

  @Field(() => [Coordinate], { description: "What is closed with it." })
  @Extensions(admin)
  closesWith!: readonly CoordinateText[];

  @Field(() => String, { nullable: true, description: "Who set it last; null where nobody has." })
  @Extensions(admin)
  changedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When that was." })
  @Extensions(admin)
  changedAt!: string | null;

  @Field(() => String, { nullable: true, description: "Why, in their words." })
  @Extensions(admin)
  reason!: string | null;
}

@InputType({ description: "One switch to set." })
@Extensions(admin)
export class ToggleChangeInput {
  @Field(() => Coordinate, { description: "What to switch." })
  @Extensions(admin)
  coordinate!: CoordinateText;

  @Field(() => Audience.values, { defaultValue: "EVERYONE", description: "For whom; off for everyone is off for all." })
  @Extensions(admin)
  audience!: AudienceWord;

  @Field(() => Boolean, { description: "On or off." })
  @Extensions(admin)
  enabled!: boolean;
}

@ObjectType({ description: "What setting toggles came to.", simpleResolvers: true })
@Extensions(admin)
export class SetTogglesPayload {
  @Field(() => AccountReference, { nullable: true, description: "The account, after the change." })
  @Extensions(admin)
  account!: AccountAnswer | null;

  @Field(() => Int, { nullable: true, description: "The account's revision, after the change." })
  @Extensions(admin)
  revision!: number | null;

  @Field(() => [Toggle], { nullable: true, description: "The toggles that are now different." })
  @Extensions(admin)
  changed!: readonly Toggle[] | null;

  @Field(() => [Coordinate], { nullable: true, description: "What else is closed by the change." })
  @Extensions(admin)
  closes!: readonly CoordinateText[] | null;

  @Field(() => [Inference], { nullable: true, description: "What is hidden now and can still be worked out." })
  @Extensions(admin)
  inferences!: readonly Inference[] | null;

  @Field(() => ToggleImpact, { nullable: true, description: "What it takes from operations that were sent lately." })
  @Extensions(admin)
  impact!: (() => Promise<ToggleImpact>) | null; // a question to the database, for those who ask

  @Field(() => ScheduledToggles, { nullable: true, description: "What waits for its moment, or did until now." })
  @Extensions(admin)
  scheduled!: ScheduledToggles | null;

  @Field(() => ToggleProposal, {
    nullable: true,
    description:
      "What would let the vendor's staff see more: nothing is changed until a second administrator confirms it.",
  })
  @Extensions(admin)
  proposal!: ToggleProposal | null;

  @Field(() => [UserError], { description: "Why nothing was changed; empty when it was." })
  @Extensions(admin)
  userErrors!: readonly UserError[];
}

/** The arguments of `toggles`. */
@ArgsType()
export class TogglesArguments {
  @Field(() => String, { nullable: true, description: "Only coordinates of this type." })
  @Extensions(admin)
  type?: string | null;

  @Field(() => Audience.values, { nullable: true, description: "Only for this audience." })
  @Extensions(admin)
  audience?: AudienceWord | null;

  @Field(() => Boolean, { nullable: true, description: "Only those that are on, or off." })
  @Extensions(admin)
  enabled?: boolean | null;
}

/** The arguments of `setToggles`. */
@ArgsType()
export class SetTogglesArguments {
  @Field(() => [ToggleChangeInput], { description: "All of them are set, or none." })
  @Extensions(admin)
  changes!: ToggleChangeInput[];

  @Field(() => Int, { nullable: true, description: "Refuse if the account's revision is another one by now." })
  @Extensions(admin)
  expectedRevision?: number | null;

  @Field(() => String, { nullable: true, description: "Why, for those who read the history." })
  @Extensions(admin)
  reason?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: "Only say what would happen." })
  @Extensions(admin)
  dryRun?: boolean | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it takes effect, by the database's clock; now if left out.",
  })
  @Extensions(admin)
  at?: string | null;
}
