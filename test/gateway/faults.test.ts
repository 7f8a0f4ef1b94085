// What nobody classified cannot be served: the schema is not built, and the failure names every fault.
import { describe, expect, it } from "@jest/globals";
import { Arg, type ClassType, Extensions, Field, InputType, ObjectType, Query, Resolver } from "type-graphql";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { DECLARED, declared, fixedPart } from "../../src/permission/declare.ts";
import { resolvers } from "../../src/resolvers.ts";
import { subjects } from "../../src/tables.ts";
import { EntryStatus } from "../../src/timesheet/entry-type.ts";

describe("a schema is not built", () => {
  it.each([
    [
      "a type that declares nothing",
      undeclaredType(),
      ["Planted declares nothing", "Planted.secret declares nothing", "Query.planted declares nothing"],
    ],
    [
      "a field that can be closed and never be null",
      neverNull(),
      ["Guarded.rate can be closed and must therefore be nullable"],
    ],
    [
      "an input that declares nothing",
      undeclaredInput(),
      ["Loose.value declares nothing", "Query.loose(value:) declares nothing"],
    ],
    [
      "a default that can be closed",
      closableDefault(),
      ["Query.loose(value:) is EntryStatus.OPEN by default, which can be closed and must therefore be fixed"],
    ],
    ["a source that does not exist", misread(), ["Query.misread reads TimeEntry.costRat, which does not exist"]],
  ])("with %s", async (_, planted, faults) => {
    const failure = await buildGatewaySchema({ subjects, resolvers: [...resolvers, planted] }).then(
      () => "built",
      (error: unknown) => String(error),
    );
    for (const fault of faults) expect(failure).toContain(`\n  ${fault}`);
  });

  it("where a subject's field was left without the subject that it leads to", async () => {
    await expect(buildGatewaySchema({ subjects: subjects.filter(({ name }) => name !== "Tag") })).rejects.toThrow(
      "Tag",
    );
  });

  it("with what an earlier build was given", async () => {
    const broken = buildGatewaySchema({ subjects, resolvers: [...resolvers, undeclaredType()] });
    await expect(broken).rejects.toThrow("Planted");
    const again = await buildGatewaySchema({ subjects });
    const third = await buildGatewaySchema({ subjects });
    expect([...again.declarations]).toEqual([...third.declarations]);
    expect(again.schema.getType("Planted")).toBeUndefined();
  });
});

function undeclaredType(): ClassType {
  @ObjectType()
  class Planted {
    @Field(() => String, { nullable: true })
    secret!: string | null;
  }
  @Resolver()
  class PlantedResolver {
    @Query(() => Planted, { nullable: true })
    planted(): Planted | null {
      return null;
    }
  }
  return PlantedResolver;
}

function neverNull(): ClassType {
  @ObjectType()
  @Extensions({ [DECLARED]: fixedPart })
  class Guarded {
    @Field(() => String)
    @Extensions({ [DECLARED]: declared({ sensitivity: "MONEY" }) })
    rate!: string;
  }
  @Resolver()
  class GuardedResolver {
    @Query(() => Guarded, { nullable: true })
    @Extensions({ [DECLARED]: declared() })
    guarded(): Guarded | null {
      return null;
    }
  }
  return GuardedResolver;
}

function undeclaredInput(): ClassType {
  @InputType()
  @Extensions({ [DECLARED]: fixedPart })
  class Loose {
    @Field(() => String, { nullable: true })
    value!: string | null;
  }
  return queryTaking(Loose);
}

function closableDefault(): ClassType {
  @Resolver()
  class DefaultResolver {
    @Query(() => String, { nullable: true })
    @Extensions({ [DECLARED]: declared() })
    loose(@Arg("value", () => EntryStatus.values, { defaultValue: "OPEN" }) value: string): string {
      return value;
    }
  }
  return DefaultResolver;
}

function queryTaking(input: ClassType): ClassType {
  @Resolver()
  class LooseResolver {
    @Query(() => String, { nullable: true })
    @Extensions({ [DECLARED]: declared() })
    loose(@Arg("value", () => input, { nullable: true }) value: unknown): string {
      return String(value);
    }
  }
  return LooseResolver;
}

function misread(): ClassType {
  @Resolver()
  class MisreadResolver {
    @Query(() => String, { nullable: true })
    @Extensions({ [DECLARED]: declared({ reads: ["TimeEntry.costRat"] }) })
    misread(): string | null {
      return null;
    }
  }
  return MisreadResolver;
}
