/**
 * The schema as one class of callers may know it: what is hidden from them is not in it. Validation, introspection and
 * coercion run on it, so that hidden and unknown are the same thing to the very code that answers.
 */
import {
  getNamedType,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLArgumentConfig,
  type GraphQLFieldConfig,
  type GraphQLInputFieldConfig,
  type GraphQLNamedType,
  type GraphQLType,
} from "graphql";
import { argumentCoordinate, memberCoordinate, typeCoordinate, type Coordinate } from "../permission/coordinate.ts";
import { digest } from "../storage/digest.ts";

/** Cut schemas that are kept, each of some 120 kB; the one that nobody has asked for longest is then cut anew. */
const KEPT = 512;

/** One schema for each set of hidden coordinates, made when it is first needed and shared by all whom it fits. */
export class ViewerSchemas {
  readonly #whole: GraphQLSchema;
  readonly #made = new Map<string, GraphQLSchema>();
  /** A set is one object for all callers of its class: its name is made once. */
  readonly #names = new WeakMap<ReadonlySet<Coordinate>, string>();

  constructor(whole: GraphQLSchema) {
    this.#whole = whole;
  }

  of(hidden: ReadonlySet<Coordinate>): GraphQLSchema {
    if (hidden.size === 0) return this.#whole;
    const name = this.#nameOf(hidden);
    const schema = this.#made.get(name) ?? new Cut(this.#whole, hidden).schema();
    // A Map keeps the order of insertion: what is put in anew is the youngest.
    this.#made.delete(name);
    this.#made.set(name, schema);
    const oldest = this.#made.keys().next();
    if (this.#made.size > KEPT && oldest.done !== true) this.#made.delete(oldest.value);
    return schema;
  }

  #nameOf(hidden: ReadonlySet<Coordinate>): string {
    const known = this.#names.get(hidden);
    if (known !== undefined) return known;
    const name = digest([...hidden].toSorted().join(" "));
    this.#names.set(hidden, name);
    return name;
  }
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;
interface Composed {
  readonly fields: () => Record<string, GraphQLFieldConfig<unknown, unknown>>;
  readonly interfaces: () => GraphQLInterfaceType[];
}
type Entries<T> = readonly (readonly [string, T])[];

/** Copies what is left. The hidden set is whole: whatever could not stand without something hidden is in it too. */
class Cut {
  readonly #whole: GraphQLSchema;
  readonly #hidden: ReadonlySet<Coordinate>;
  readonly #copies = new Map<string, GraphQLNamedType>();

  constructor(whole: GraphQLSchema, hidden: ReadonlySet<Coordinate>) {
    this.#whole = whole;
    this.#hidden = hidden;
  }

  schema(): GraphQLSchema {
    for (const type of Object.values(this.#whole.getTypeMap())) {
      if (isIntrospectionType(type) || isSpecifiedScalarType(type) || this.#isGone(typeCoordinate(type.name))) continue;
      this.#copies.set(type.name, this.#copy(type));
    }
    const config = this.#whole.toConfig();
    return new GraphQLSchema({
      ...config,
      query: this.#root(config.query),
      mutation: this.#root(config.mutation),
      subscription: this.#root(config.subscription),
      types: [...this.#copies.values()],
    });
  }

  #isGone(coordinate: Coordinate): boolean {
    return this.#hidden.has(coordinate);
  }

  #root(type: GraphQLObjectType | null | undefined): GraphQLObjectType | undefined {
    const copy = this.#copies.get(type?.name ?? "");
    return isObjectType(copy) ? copy : undefined;
  }

  #copy(type: GraphQLNamedType): GraphQLNamedType {
    if (isObjectType(type)) return new GraphQLObjectType({ ...type.toConfig(), ...this.#composed(type) });
    if (isInterfaceType(type)) return new GraphQLInterfaceType({ ...type.toConfig(), ...this.#composed(type) });
    if (isInputObjectType(type)) {
      return new GraphQLInputObjectType({ ...type.toConfig(), fields: () => this.#inputs(type) });
    }
    if (isUnionType(type)) {
      return new GraphQLUnionType({ ...type.toConfig(), types: () => this.#kept(type.getTypes(), isObjectType) });
    }
    if (!isEnumType(type)) return type;
    const config = type.toConfig();
    return new GraphQLEnumType({ ...config, values: Object.fromEntries(this.#members(type.name, config.values)) });
  }

  #composed(type: Composite): Composed {
    return { fields: () => this.#fields(type), interfaces: () => this.#kept(type.getInterfaces(), isInterfaceType) };
  }

  #kept<T extends GraphQLNamedType>(types: readonly T[], is: (type: unknown) => type is T): T[] {
    return types.map((type) => this.#copies.get(type.name)).filter(is);
  }

  #members<T>(type: string, members: Readonly<Record<string, T>>): Entries<T> {
    return Object.entries(members).filter(([name]) => !this.#isGone(memberCoordinate(type, name)));
  }

  #fields(type: Composite): Record<string, GraphQLFieldConfig<unknown, unknown>> {
    const fields: Entries<GraphQLFieldConfig<unknown, unknown>> = this.#members(type.name, type.toConfig().fields);
    return Object.fromEntries(
      fields.map(([name, field]) => {
        const args = Object.entries(field.args ?? {})
          .filter(([argument]) => !this.#isGone(argumentCoordinate(type.name, name, argument)))
          .map(([argument, config]): [string, GraphQLArgumentConfig] => [argument, this.#rewired(config)]);
        return [name, { ...this.#rewired(field), args: Object.fromEntries(args) }];
      }),
    );
  }

  #inputs(type: GraphQLInputObjectType): Record<string, GraphQLInputFieldConfig> {
    const fields = this.#members(type.name, type.toConfig().fields);
    return Object.fromEntries(fields.map(([name, field]) => [name, this.#rewired(field)]));
  }

  #rewired<T extends { readonly type: GraphQLType }>(part: T): T {
    return { ...part, type: this.#wired(part.type) };
  }

  /** The same type in terms of the copies. */
  #wired(type: GraphQLType): GraphQLType {
    if (isNonNullType(type)) return new GraphQLNonNull(this.#wired(type.ofType) as GraphQLNamedType); // cast: inside "not null" there is no second one
    if (isListType(type)) return new GraphQLList(this.#wired(type.ofType));
    return this.#copies.get(getNamedType(type).name) ?? type;
  }
}
