/** The GraphQL schema: generated from the subjects, joined with what was written by hand, and checked as a whole. */
import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync, getMetadataStorage } from "type-graphql";
import { fixedPart, type Declared, type Subject } from "../permission/declare.ts";
import { scalars } from "../permission/scalar.ts";
import { enumerations, references, resolvers as written, type Written } from "../resolvers.ts";
import { classify } from "./classification.ts";
import { makeFilters, makeOrders } from "./generated-filter.ts";
import { makeObjects } from "./generated-object.ts";
import { makeReport } from "./generated-report.ts";
import { makeRoots } from "./generated-root.ts";
import { makeEnum, openWorkshop, say } from "./workshop.ts";

export interface GatewaySchema {
  readonly schema: GraphQLSchema;
  /** What every coordinate declares, in the order of the schema. */
  readonly declarations: ReadonlyMap<string, Declared>;
}

export interface SchemaParts {
  readonly subjects: readonly Subject[];
  /** Hand-written resolver classes; those of the register when nothing is said. */
  readonly resolvers?: readonly Written[];
}

export async function buildGatewaySchema({ subjects, resolvers = written }: SchemaParts): Promise<GatewaySchema> {
  const shop = openWorkshop(new Map(references.map((reference) => [reference.subject, reference])));
  const schema = undisturbed(() => {
    // First: an enum of a subject may be listed too, where an input written by hand holds it.
    for (const enumeration of enumerations) makeEnum(shop, enumeration, fixedPart);
    makeObjects(shop, subjects);
    makeReport(shop, subjects);
    makeFilters(shop, subjects);
    makeOrders(shop, subjects);
    const roots = makeRoots(shop, subjects);
    return buildSchemaSync({ resolvers: [roots, ...resolvers], validate: false });
  });
  for (const name of ["Query", "Mutation", ...scalars.map((scalar) => scalar.name)]) say(shop, name, fixedPart);
  return { schema, declarations: classify(schema, shop.declarations) };
}

/**
 * type-graphql keeps what decorators say in one global place. What a build adds is taken out again, so that a second
 * build finds the place as the first did; nothing is awaited meanwhile, so that no other build can come between.
 */
function undisturbed<T>(build: () => T): T {
  const storage = getMetadataStorage();
  const before = storage.clone();
  try {
    return build();
  } finally {
    Object.assign(storage, before);
  }
}
