/**
 * What a role may use, read straight from the declarations and the account's toggles. Written to be obviously the law
 * and not to be fast: it closes coordinates again and again until nothing more closes.
 */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import type { Role } from "../../src/caller.ts";
import type { Condition } from "../../src/permission/condition.ts";
import type { Declared, Source, Subject } from "../../src/permission/declare.ts";
import type { ToggleRow } from "./world.ts";

export type Reason = "SWITCHED_OFF_BY_ACCOUNT" | "ROLE";

/** Closed, with every reason that would close it alone; or open, on all rows or on those that meet the condition. */
export type Access =
  | { readonly kind: "closed"; readonly reasons: ReadonlySet<Reason> }
  | { readonly kind: "open"; readonly where: Condition | undefined };

export type AccessMap = ReadonlyMap<string, Access>;

export interface Law {
  readonly schema: GraphQLSchema;
  readonly declarations: ReadonlyMap<string, Declared>;
}

/** The same with what is said of columns: a rule about rows names those. */
export interface LawOfRows extends Law {
  readonly subjects: readonly Subject[];
}

export function accessOfRole(law: LawOfRows, toggles: readonly ToggleRow[], role: Role): AccessMap {
  const access = new Map<string, Access>();
  for (const [coordinate, declared] of law.declarations) {
    access.set(coordinate, ownAccess({ coordinate, declared, toggles, role }));
  }
  const links = [...closers(law), ...law.subjects.flatMap((subject) => rulesThatRead(subject, access))];
  while (closeOnce(access, links)) continue;
  return access;
}

interface Asked {
  readonly coordinate: string;
  readonly declared: Declared;
  readonly toggles: readonly ToggleRow[];
  readonly role: Role;
}

/** What the coordinate's own declaration and its own toggles say. */
function ownAccess({ coordinate, declared, toggles, role }: Asked): Access {
  const said = declared.access[role] ?? "on";
  const set = (audience: string): boolean | undefined =>
    declared.fixed
      ? undefined
      : toggles.find((toggle) => toggle.coordinate === coordinate && toggle.audience === audience)?.enabled;
  const [everyone, mine] = [set("EVERYONE"), set(role)];
  const reasons = new Set<Reason>();
  if (everyone === false || mine === false) reasons.add("SWITCHED_OFF_BY_ACCOUNT");
  if (said === "never" || (said === "off" && mine !== true)) reasons.add("ROLE");
  if (reasons.size > 0) return { kind: "closed", reasons };
  if (typeof said === "string") return { kind: "open", where: undefined };
  return { kind: "open", where: mine === true && said.beyond === "off" ? undefined : said.on };
}

interface Link {
  readonly coordinate: string;
  readonly closedBy: readonly string[];
}

/** Every coordinate with those that close it when they are closed. */
function closers({ schema, declarations }: Law): readonly Link[] {
  const links: Link[] = [...declarations].map(([coordinate, declared]) => ({ coordinate, closedBy: declared.reads }));
  const root = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields());
      for (const field of fields) links.push(...linksOfField(type.name, field));
      // A root that cannot be null has a fallback of its own: the operation is refused.
      const needed = fields.filter((field) => isNonNullType(field.type) && !root.has(isObjectType(type) ? type : null));
      links.push({ coordinate: type.name, closedBy: needed.map((field) => `${type.name}.${field.name}`) });
    } else links.push(...linksOfMembers(type));
  }
  return links;
}

function linksOfField(type: string, field: GraphQLField<unknown, unknown>): readonly Link[] {
  const coordinate = `${type}.${field.name}`;
  const links = [{ coordinate, closedBy: [type, getNamedType(field.type).name] }];
  for (const argument of field.args) {
    const closedBy = [coordinate, getNamedType(argument.type).name];
    links.push({ coordinate: `${coordinate}(${argument.name}:)`, closedBy });
  }
  return links;
}

function linksOfMembers(type: GraphQLNamedType): readonly Link[] {
  if (isEnumType(type)) {
    return type.getValues().map((value) => ({ coordinate: `${type.name}.${value.name}`, closedBy: [type.name] }));
  }
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).map((field) => ({
    coordinate: `${type.name}.${field.name}`,
    closedBy: [type.name, getNamedType(field.type).name],
  }));
}

/** A field that shows on some rows is closed by what its rule looks at: else its nulls would show that. */
function rulesThatRead({ name, fields }: Subject, access: AccessMap): readonly Link[] {
  const all = Object.entries(fields);
  return [...access].flatMap(([coordinate, state]) => {
    if (!coordinate.startsWith(`${name}.`) || state.kind !== "open" || state.where === undefined) return [];
    const columns = columnsIn(state.where);
    const shown = all.filter(([, { source }]) => columns.some((column) => holds(source, column)));
    return [{ coordinate, closedBy: shown.map(([other]) => `${name}.${other}`) }];
  });
}

function columnsIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "own":
    case "among":
    case "flag":
    case "noneOf":
      return [condition.column];
    case "any":
    case "every":
      return condition.of.flatMap(columnsIn);
    default:
      return condition satisfies never;
  }
}

/** The value of the field is what stands in the column. */
function holds(source: Source, column: string): boolean {
  if (source.kind === "id") return column === "id";
  if (source.kind === "money") return column === source.minor || column === source.currency;
  return (source.kind === "column" || source.kind === "enum" || source.kind === "one") && source.column === column;
}

/** Closes what something closed closes. True when anything changed, be it a reason. */
function closeOnce(access: Map<string, Access>, links: readonly Link[]): boolean {
  let changed = false;
  for (const { coordinate, closedBy } of links) {
    const reasons = closedBy.flatMap((other) => {
      const state = access.get(other);
      return state?.kind === "closed" ? [...state.reasons] : [];
    });
    const before = access.get(coordinate);
    if (before === undefined || reasons.length === 0) continue;
    const known = before.kind === "closed" ? before.reasons : new Set<Reason>();
    if (before.kind === "closed" && reasons.every((reason) => known.has(reason))) continue;
    access.set(coordinate, { kind: "closed", reasons: new Set([...known, ...reasons]) });
    changed = true;
  }
  return changed;
}

/** What several roles may use together: a coordinate is closed when it is closed for each of them. */
export interface Union {
  readonly roles: ReadonlyMap<Role, AccessMap>;
  /** Undefined where it is open for any of the roles. */
  closed(coordinate: string): ReadonlySet<Reason> | undefined;
}

export function uniteRoles(law: LawOfRows, toggles: readonly ToggleRow[], roles: readonly Role[]): Union {
  const maps = new Map(roles.map((role) => [role, accessOfRole(law, toggles, role)] as const));
  const closed = (coordinate: string): ReadonlySet<Reason> | undefined => {
    const states = [...maps.values()].map((map) => map.get(coordinate));
    if (states.some((state) => state === undefined || state.kind === "open")) return undefined;
    return new Set(states.flatMap((state) => (state?.kind === "closed" ? [...state.reasons] : [])));
  };
  return { roles: maps, closed };
}
