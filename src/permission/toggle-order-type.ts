/** What is asked of the desk at which an account's toggles are changed. */
import { ArgsType, Extensions, Field, ID, Int } from "type-graphql";
import type { Coordinate as CoordinateText } from "./coordinate.ts";
import { DECLARED, onlyFor } from "./declare.ts";
import { Coordinate } from "./scalar.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

/** The arguments of `toggleHistory`. */
@ArgsType()
export class ToggleHistoryArguments {
  @Field(() => Int, { nullable: true, description: "The first so many changes, 50 when nothing is said, 500 at most." })
  @Extensions(admin)
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Only changes behind this cursor." })
  @Extensions(admin)
  after?: string | null;

  @Field(() => Coordinate, { nullable: true, description: "Only changes of this coordinate." })
  @Extensions(admin)
  coordinate?: CoordinateText | null;
}

/** The arguments of `toggleDifference`. */
@ArgsType()
export class ToggleDifferenceArguments {
  @Field(() => Int, { description: "A revision that the account has had." })
  @Extensions(admin)
  fromRevision!: number;

  @Field(() => Int, { nullable: true, description: "Another one; the present one when nothing is said." })
  @Extensions(admin)
  toRevision?: number | null;
}

/** The arguments of `revertToggles`. */
@ArgsType()
export class RevertTogglesArguments {
  @Field(() => Int, { description: "A revision that the account has had." })
  @Extensions(admin)
  toRevision!: number;

  @Field(() => Int, { description: "Refuse if the account's revision is another one by now." })
  @Extensions(admin)
  expectedRevision!: number;

  @Field(() => String, { nullable: true, description: "Why, for those who read the history." })
  @Extensions(admin)
  reason?: string | null;
}

/** The arguments of `confirmToggles`. */
@ArgsType()
export class ConfirmTogglesArguments {
  @Field(() => ID, { description: "Of the proposal." })
  @Extensions(admin)
  id!: string;

  @Field(() => String, { description: "Its hash, as it was read." })
  @Extensions(admin)
  hash!: string;
}

/** The arguments of `withdrawToggles` and of `cancelScheduledToggles`. */
@ArgsType()
export class WaitingTogglesArguments {
  @Field(() => ID, { description: "Of what waits." })
  @Extensions(admin)
  id!: string;
}
