/**
 * What a class of callers is not told of: coordinates that for them do not exist. The schema that they get is cut by this
 * set, so it holds everything that a schema cannot have without what is hidden: fields of types that are gone, types of
 * which nothing is left, and types that nothing leads to any more, whose names alone would tell.
 */
import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import type { Catalogue } from "./catalogue.ts";
import {
  argumentCoordinate,
  memberCoordinate,
  splitCoordinate,
  typeCoordinate,
  type Coordinate,
} from "./coordinate.ts";
import type { Reason } from "./rules.ts";
import type { DeniedAs } from "./settings.ts";

const NOTHING: ReadonlySet<Coordinate> = new Set();

/** What is hidden of what is closed. Adds to `closed` what is hidden with it although nothing had closed it. */
export function hide(
  closed: Map<Coordinate, Reason>,
  deniedAs: DeniedAs,
  catalogue: Catalogue,
): ReadonlySet<Coordinate> {
  const isInternal = (coordinate: Coordinate): boolean => catalogue.entries.get(coordinate)?.declared.internal === true;
  let queue = deniedAs === "HIDDEN" ? [...closed.keys()] : [...closed.keys()].filter(isInternal);
  if (queue.length === 0) return NOTHING;
  const hidden = new Set<Coordinate>();
  while (queue.length > 0) {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (hidden.has(next)) continue;
      hidden.add(next);
      const reason = closed.get(next) ?? "ROLE";
      closed.set(next, reason);
      for (const follower of followersOf(next, hidden, catalogue)) {
        if (!closed.has(follower)) closed.set(follower, reason);
        queue.push(follower);
      }
    }
    queue = unreachable(catalogue, hidden);
    // Only of types that stay: one that is gone promises nothing.
    if (queue.length === 0) queue = unkept(catalogue, hidden);
  }
  return hidden;
}

/** What cannot be there without it: all that needs it, what it is required for, and a type of which it was the last part. */
function followersOf(
  coordinate: Coordinate,
  hidden: ReadonlySet<Coordinate>,
  catalogue: Catalogue,
): readonly Coordinate[] {
  const entry = catalogue.entries.get(coordinate);
  const followers = [...(catalogue.dependants.get(coordinate) ?? [])];
  if (entry?.requiredBy !== undefined) followers.push(entry.requiredBy);
  if (entry === undefined || entry.kind === "type" || entry.kind === "argument") return followers;
  const type = typeCoordinate(splitCoordinate(coordinate).type);
  const parts = catalogue.parts.get(type) ?? [];
  return parts.every((part) => hidden.has(part)) ? [...followers, type] : followers;
}

/** Types that still are there and to which no operation leads, and unions of nothing. */
function unreachable({ schema }: Catalogue, hidden: ReadonlySet<Coordinate>): Coordinate[] {
  const isThere = (type: GraphQLNamedType): boolean => !hidden.has(typeCoordinate(type.name));
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const reached = new Set<GraphQLNamedType>(
    roots.filter((type) => type !== undefined && type !== null).filter(isThere),
  );
  const isOfSomething = (type: GraphQLNamedType): boolean => !isUnionType(type) || type.getTypes().some(isThere);
  for (const type of reached) for (const next of nextTo(type, schema, hidden)) if (isThere(next)) reached.add(next);
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .filter((type) => isThere(type) && !(reached.has(type) && isOfSomething(type)))
    .map((type) => typeCoordinate(type.name));
}

/** What interfaces promise of types that are there, and these have no more. */
function unkept({ schema }: Catalogue, hidden: ReadonlySet<Coordinate>): Coordinate[] {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => !hidden.has(typeCoordinate(type.name)));
  return types.flatMap((type) =>
    type.getInterfaces().flatMap((face) => {
      const [own, promised] = [membersOf(face, type.name), membersOf(face, face.name)];
      return promised.filter((coordinate, at) => {
        const kept = own[at];
        return kept !== undefined && hidden.has(kept) && !hidden.has(coordinate);
      });
    }),
  );
}

/** Fields and arguments that are declared here, as those of the type with that name. */
const membersOf = (declaring: GraphQLInterfaceType, type: string): readonly Coordinate[] =>
  Object.values(declaring.getFields()).flatMap((field) => [
    memberCoordinate(type, field.name),
    ...field.args.map((argument) => argumentCoordinate(type, field.name, argument.name)),
  ]);

function nextTo(
  type: GraphQLNamedType,
  schema: GraphQLSchema,
  hidden: ReadonlySet<Coordinate>,
): readonly GraphQLNamedType[] {
  const isThere = (coordinate: Coordinate): boolean => !hidden.has(coordinate);
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(({ name }) => isThere(memberCoordinate(type.name, name)));
    return fields.map((field) => getNamedType(field.type));
  }
  if (isUnionType(type)) return type.getTypes();
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields()).filter(({ name }) => isThere(memberCoordinate(type.name, name)));
  const shown = fields.flatMap((field) => [
    getNamedType(field.type),
    ...field.args
      .filter((argument) => isThere(argumentCoordinate(type.name, field.name, argument.name)))
      .map((argument) => getNamedType(argument.type)),
  ]);
  return [...shown, ...type.getInterfaces(), ...(isInterfaceType(type) ? schema.getPossibleTypes(type) : [])];
}
