/** What administrators are told of a change of toggles: what it hides, and what is left that tells it. */
import { Extensions, Field, ObjectType } from "type-graphql";
import type { Coordinate as CoordinateText } from "./coordinate.ts";
import { DECLARED, onlyFor } from "./declare.ts";
import { Coordinate } from "./scalar.ts";

const admin = { [DECLARED]: onlyFor("ADMIN") };

@ObjectType({ description: "Something hidden that can be worked out.", simpleResolvers: true })
@Extensions(admin)
export class Inference {
  @Field(() => Coordinate, { description: "What is hidden, on some rows or on all." })
  @Extensions(admin)
  hidden!: CoordinateText;

  @Field(() => [Coordinate], { description: "What tells it, all of it together; empty where the visible rows do." })
  @Extensions(admin)
  from!: readonly CoordinateText[];

  @Field(() => String, { description: "How: exactly, or nearly." })
  @Extensions(admin)
  how!: string;

  @Field(() => [String], { description: "By which roles." })
  @Extensions(admin)
  roles!: readonly string[];
}
