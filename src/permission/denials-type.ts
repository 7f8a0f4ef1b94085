/** What people are told of what they may not use, as administrators of an account see and set it. */
import { ArgsType, Extensions, Field, Int, ObjectType } from "type-graphql";
import { DECLARED, fixedPart, onlyFor } from "./declare.ts";
import { enumerationOf } from "./enumeration.ts";
import type { DeniedAs as DeniedAsWord, OnDenied as OnDeniedWord } from "./settings.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

export const DeniedAs = enumerationOf("DeniedAs", "What people are told of what they may not use.", {
  DENIED: { description: "That it is there and closed to them, and why.", declared: fixedPart },
  HIDDEN: { description: "Nothing: for them it does not exist.", declared: fixedPart },
});

export const OnDenied = enumerationOf("OnDenied", "What becomes of an operation that asks for something denied.", {
  NULL: { description: "It is answered, with null in that place and an error.", declared: fixedPart },
  REJECT: { description: "It is refused as a whole.", declared: fixedPart },
});

@ObjectType({ description: "What people are told of what they may not use.", simpleResolvers: true })
@Extensions(admin)
export class Denials {
  @Field(() => DeniedAs.values, { description: "Whether they are told that it is there." })
  @Extensions(admin)
  deniedAs!: DeniedAsWord;

  @Field(() => OnDenied.values, {
    description: "What becomes of an operation that asks for it, where the header fieldgate-on-denied says nothing.",
  })
  @Extensions(admin)
  onDenied!: OnDeniedWord;

  @Field(() => Int, { description: "The account's revision." })
  @Extensions(admin)
  revision!: number;
}

/** The arguments of `setDenials`. */
@ArgsType()
export class SetDenialsArguments {
  @Field(() => DeniedAs.values, { nullable: true, description: "Left out: as before." })
  @Extensions(admin)
  deniedAs?: DeniedAsWord | null;

  @Field(() => OnDenied.values, { nullable: true, description: "Left out: as before." })
  @Extensions(admin)
  onDenied?: OnDeniedWord | null;

  @Field(() => Int, { nullable: true, description: "Refuse if the account's revision is another one by now." })
  @Extensions(admin)
  expectedRevision?: number | null;

  @Field(() => String, { nullable: true, description: "Why, for those who read the history." })
  @Extensions(admin)
  reason?: string | null;
}
