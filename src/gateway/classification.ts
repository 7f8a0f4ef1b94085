/**
 * What every coordinate of the schema declares. A coordinate that says nothing stops the start, so that nothing can be
 * shown which nobody thought about; so does a word about a coordinate that is not there, for then something is misnamed.
 */
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { argumentCoordinate, memberCoordinate, typeCoordinate } from "../permission/coordinate.ts";
import { DECLARED, type Declared } from "../permission/declare.ts";

interface Found {
  readonly coordinate: string;
  /** What a decorator said in the source, for hand-written parts. */
  readonly written: Declared | undefined;
  /** An output field that can never be null, so that closing it has no answer. */
  readonly neverNull: boolean;
  /** What of an argument or input field is used where nothing is said. */
  readonly byDefault: readonly string[];
}

/** All coordinates of the schema with what they declare, in the order of the schema; or an error naming every fault. */
export function classify(
  schema: GraphQLSchema,
  generated: ReadonlyMap<string, Declared>,
): ReadonlyMap<string, Declared> {
  const found = coordinates(schema);
  const faults: string[] = [];
  const defaults: (readonly [string, string])[] = [];
  const declarations = new Map<string, Declared>();
  for (const { coordinate, written, neverNull, byDefault } of found) {
    defaults.push(...byDefault.map((used): readonly [string, string] => [coordinate, used]));
    const made = generated.get(coordinate);
    const declared = made ?? written;
    if (made !== undefined && written !== undefined) faults.push(`${coordinate} is declared twice`);
    if (declared === undefined) {
      faults.push(`${coordinate} declares nothing`);
      continue;
    }
    if (neverNull && !declared.fixed) faults.push(`${coordinate} can be closed and must therefore be nullable`);
    declarations.set(coordinate, declared);
  }
  for (const coordinate of generated.keys()) {
    if (!declarations.has(coordinate)) faults.push(`${coordinate} is declared and does not exist`);
  }
  faults.push(...misread(declarations), ...closable(defaults, declarations));
  if (faults.length > 0) throw new Error(`the schema cannot be served:\n  ${faults.join("\n  ")}`);
  return declarations;
}

/** Sources that do not exist would never be closed, and what is made from them would stay open. */
function misread(declarations: ReadonlyMap<string, Declared>): readonly string[] {
  return [...declarations].flatMap(([coordinate, { reads, madeFrom, determinedBy }]) =>
    [...new Set([...reads, ...madeFrom, ...determinedBy.flatMap(({ from }) => from)])]
      .filter((source) => !declarations.has(source))
      .map((source) => `${coordinate} reads ${source}, which does not exist`),
  );
}

/** Closed, they would be refused to those who never named them; hidden, the schema that is left could not name them either. */
const closable = (
  defaults: readonly (readonly [string, string])[],
  declarations: ReadonlyMap<string, Declared>,
): readonly string[] =>
  defaults
    .filter(([, used]) => declarations.get(used)?.fixed !== true)
    .map(
      ([coordinate, used]) => `${coordinate} is ${used} by default, which can be closed and must therefore be fixed`,
    );

function coordinates(schema: GraphQLSchema): readonly Found[] {
  // Closing a mutation refuses the whole operation before it runs, so there is no answer that would have to be null.
  const mutation = schema.getMutationType();
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type) => [found(typeCoordinate(type.name), type), ...members(type, type !== mutation)]);
}

function members(type: GraphQLNamedType, answers: boolean): readonly Found[] {
  if (isObjectType(type) || isInterfaceType(type)) {
    return Object.values(type.getFields()).flatMap((field) => [
      { ...found(memberCoordinate(type.name, field.name), field), neverNull: answers && isNonNullType(field.type) },
      ...field.args.map((argument) => ({
        ...found(argumentCoordinate(type.name, field.name, argument.name), argument),
        byDefault: usedIn(argument.type, argument.defaultValue),
      })),
    ]);
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => ({
      ...found(memberCoordinate(type.name, field.name), field),
      byDefault: usedIn(field.type, field.defaultValue),
    }));
  }
  if (isEnumType(type)) {
    return type.getValues().map((value) => found(memberCoordinate(type.name, value.name), value));
  }
  return [];
}

function found(coordinate: string, { extensions }: { readonly extensions: Readonly<Record<string, unknown>> }): Found {
  // cast: the key is ours, and nothing but a declaration is ever put under it
  return { coordinate, written: extensions[DECLARED] as Declared | undefined, neverNull: false, byDefault: [] };
}

/** Values of enums and input fields in a default, at any depth. */
function usedIn(type: GraphQLInputType, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (isNonNullType(type)) return usedIn(type.ofType, value);
  if (isListType(type)) return (Array.isArray(value) ? value : [value]).flatMap((one) => usedIn(type.ofType, one));
  if (isEnumType(type)) return [memberCoordinate(type.name, String(type.serialize(value)))];
  if (!isInputObjectType(type)) return [];
  const fields = type.getFields();
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields[name];
    return field === undefined ? [] : [memberCoordinate(type.name, name), ...usedIn(field.type, inner)];
  });
}
