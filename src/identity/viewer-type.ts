/** The caller, as they see themselves. */
import { Extensions, Field, ID, Int, ObjectType } from "type-graphql";
import { DECLARED, fixedPart } from "../permission/declare.ts";
import { fixedEnumeration } from "../permission/enumeration.ts";
import type { AccountRefAnswer, ViewerAnswer } from "../permission/resolver-context.ts";
import { PackedRule } from "../permission/scalar.ts";

const fixed = { [DECLARED]: fixedPart };

export const ViewerKind = fixedEnumeration("ViewerKind", "What kind of caller.", ["MEMBER", "STAFF", "INTEGRATION"]);

@ObjectType({ description: "An account, as the caller may name it.", simpleResolvers: true })
@Extensions(fixed)
export class AccountRef implements AccountRefAnswer {
  @Field(() => ID, { description: "Its global id." })
  @Extensions(fixed)
  id!: string;

  @Field(() => String, { description: "For the request header fieldgate-account." })
  @Extensions(fixed)
  slug!: string;

  @Field(() => String, { description: "What the company is called." })
  @Extensions(fixed)
  name!: string;
}

@ObjectType({ description: "The caller.", simpleResolvers: true })
@Extensions(fixed)
export class Viewer implements ViewerAnswer {
  @Field(() => ID, { description: "Of the member, where the caller is one; else of the account's role." })
  @Extensions(fixed)
  id!: string;

  @Field(() => ViewerKind.values, { description: "What kind of caller." })
  @Extensions(fixed)
  kind!: ViewerAnswer["kind"];

  @Field(() => String, { description: "Their name." })
  @Extensions(fixed)
  name!: string;

  @Field(() => [String], { description: "Their roles in the account." })
  @Extensions(fixed)
  roles!: readonly string[];

  @Field(() => [AccountRef], { description: "The account of this request." })
  @Extensions(fixed)
  accounts!: readonly AccountRef[];

  @Field(() => Int, { description: "The account's revision: what was decided under another one may be out of date." })
  @Extensions(fixed)
  revision!: number;

  @Field(() => [PackedRule], {
    description:
      "What the caller may do, for unpackRules of @casl/ability in a frontend. `read` TYPE, field: it shows; where on some rows only, the rule has conditions on fields of the row, by their paths, so ask for those. `use` TYPE, member: a mutation (of the type of that root), an argument (of the type of its field, as `field(argument:)`), an input field, a value of an enum. What is denied has an inverted rule with the reason.",
  })
  @Extensions(fixed)
  abilities!: Promise<readonly (readonly unknown[])[]>;
}
