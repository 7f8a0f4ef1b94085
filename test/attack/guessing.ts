// Every place of an operation in which somebody can try names, on the schema that the one who tries knows.
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { usesOf } from "../permission/uses.ts";

export interface Sent {
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Somewhere a name can be tried, and the operation that tries some. */
export interface Place {
  readonly name: string;
  /** What is really there, seen by the caller or not. */
  readonly there: readonly string[];
  /** The part of it that the caller sees. */
  readonly shown: readonly string[];
  readonly ask: (words: readonly string[]) => Sent;
  /** How many names one operation may try, where an answer names only so many faults. */
  readonly most?: number;
}

/** `known` is the caller's schema, `whole` what there is. */
export function places(known: GraphQLSchema, whole: GraphQLSchema): readonly Place[] {
  const types = Object.values(known.getTypeMap()).filter((type) => !isIntrospectionType(type));
  return [
    ...types.flatMap((type) => [...fieldPlaces(type, known, whole), ...inputPlaces(type, known, whole)]),
    ...typePlaces(known, whole),
    ...rootPlaces(known, whole),
  ];
}

/** Members and arguments by the names of a type in the whole schema. */
export function namesIn(type: GraphQLNamedType | undefined): readonly string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : [];
}

const tried = (words: readonly string[]): string => words.map((word) => `${word}: 1`).join(", ");

const argumentsOf = (type: GraphQLNamedType | undefined, field: string): readonly string[] =>
  isObjectType(type) || isInterfaceType(type) ? (type.getFields()[field]?.args ?? []).map(({ name }) => name) : [];

const asked = (field: GraphQLField<unknown, unknown>, words: readonly string[]): string =>
  `${field.name}(${tried(words)})${isCompositeType(getNamedType(field.type)) ? " { __typename }" : ""}`;

function fieldPlaces(type: GraphQLNamedType, known: GraphQLSchema, whole: GraphQLSchema): readonly Place[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const { name } = type;
  const inside = selecting(known, name);
  const names = { there: namesIn(whole.getType(name)), shown: namesIn(type) };
  const fields = Object.values(type.getFields());
  return [
    { name: `fields of ${name}`, ...names, ask: (words) => inside(words.join(" ")) },
    {
      name: `fields with fields of ${name}`,
      ...names,
      ask: (words) => inside(words.map((word) => `${word} { id ${word} }`).join(" ")),
    },
    ...fields
      .filter((field) => field.args.length > 0 || argumentsOf(whole.getType(name), field.name).length > 0)
      .map((field): Place => ({
        name: `arguments of ${name}.${field.name}`,
        there: argumentsOf(whole.getType(name), field.name),
        shown: argumentsOf(type, field.name),
        ask: (words) => inside(asked(field, words)),
      })),
    {
      name: `arguments of a field of ${name} that takes none`,
      there: fields.flatMap((field) => argumentsOf(whole.getType(name), field.name)),
      shown: fields.flatMap((field) => argumentsOf(type, field.name)),
      ask: (words) => inside(fields[0] === undefined ? "__typename" : asked(fields[0], words)),
    },
  ];
}

/** Inside an object of the type, where an operation leads to one; else in a fragment that nobody uses. */
function selecting(known: GraphQLSchema, name: string): (inside: string) => Sent {
  const uses = usesFor(known);
  try {
    const start = uses.selected(name, "INSIDE");
    return (inside) => ({ text: start.replace("INSIDE", inside) });
  } catch {
    return (inside) => ({ text: `{ __typename } fragment F on ${name} { ${inside} }` });
  }
}

const remembered = new WeakMap<GraphQLSchema, ReturnType<typeof usesOf>>();
function usesFor(schema: GraphQLSchema): ReturnType<typeof usesOf> {
  const uses = remembered.get(schema) ?? usesOf(schema);
  remembered.set(schema, uses);
  return uses;
}

const objects = (words: readonly string[]): string => `{ ${tried(words)} }`;

/** Input fields and values of enums: written in the document, and in the variables. */
function inputPlaces(type: GraphQLNamedType, known: GraphQLSchema, whole: GraphQLSchema): readonly Place[] {
  if (!isInputObjectType(type) && !isEnumType(type)) return [];
  const { name } = type;
  const names = { there: namesIn(whole.getType(name)), shown: namesIn(type) };
  const isInput = isInputObjectType(type);
  const found: Place[] = [
    {
      name: `${name} as the default of a variable`,
      ...names,
      ask: (words) => ({
        text: `query ($v: [${name}] = [${isInput ? objects(words) : words.join(", ")}]) { __typename }`,
      }),
    },
  ];
  const [position] = positionsOf(type, known);
  if (position === undefined) return found;
  const put = (text: string): string => position.put(text);
  found.push(
    {
      name: `${name} in a document`,
      ...names,
      most: isInput ? 50 : 1,
      ask: (words) => ({ text: put(isInput ? objects(words) : words.join(" ")) }),
    },
    {
      name: `${name} in the variables`,
      ...names,
      most: isInput ? 8 : 1,
      ask: (words) => {
        const value = isInput ? Object.fromEntries(words.map((word) => [word, 1])) : words[0];
        const kind = put("$v").startsWith("mutation") ? "mutation" : "query";
        const text = `${kind} ($v: ${String(position.type)}) ${put("$v").replace(/^(query|mutation) /, "")}`;
        return { text, variables: { v: isListed(position.type) ? [value] : value } };
      },
    },
  );
  return found;
}

const isListed = (type: GraphQLInputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

interface Position {
  readonly type: GraphQLInputType;
  readonly put: (inside: string) => string;
}

/** Arguments and input fields that take the type. */
function positionsOf(of: GraphQLNamedType, known: GraphQLSchema): readonly Position[] {
  const uses = usesFor(known);
  const positions = Object.values(known.getTypeMap()).flatMap((type): readonly Position[] => {
    if (isIntrospectionType(type)) return [];
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).flatMap((field) =>
        getNamedType(field.type) === of
          ? [{ type: field.type, put: (inside: string) => uses.given(`${type.name}.${field.name}`, inside) }]
          : [],
      );
    }
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      field.args.flatMap((argument) =>
        getNamedType(argument.type) === of
          ? [
              {
                type: argument.type,
                put: (inside: string) => uses.argued(`${type.name}.${field.name}(${argument.name}:)`, inside),
              },
            ]
          : [],
      ),
    );
  });
  return positions.filter(({ put }) => isReached(put));
}

function isReached(put: Position["put"]): boolean {
  try {
    return put("null").length > 0;
  } catch {
    return false;
  }
}

const each = (words: readonly string[], write: (word: string, at: number) => string): string =>
  words.map(write).join(" ");

function typePlaces(known: GraphQLSchema, whole: GraphQLSchema): readonly Place[] {
  const [there, shown] = [whole, known].map((schema) => Object.keys(schema.getTypeMap()));
  const names = { there: there ?? [], shown: shown ?? [] };
  const asks: readonly (readonly [string, Place["ask"]])[] = [
    ["variables", (words) => ({ text: `query (${each(words, (word, at) => `$v${at}: ${word}`)}) { __typename }` })],
    ["lists", (words) => ({ text: `query (${each(words, (word, at) => `$v${at}: [${word}!]!`)}) { __typename }` })],
    ["fragments", (words) => ({ text: `{ ${each(words, (word) => `... on ${word} { __typename }`)} }` })],
    [
      "named fragments",
      (words) => ({
        text: `{ ${each(words, (_, at) => `...F${at}`)} } ${each(words, (word, at) => `fragment F${at} on ${word} { __typename }`)}`,
      }),
    ],
    [
      "fragments on nodes",
      (words) => ({
        text: `{ node(id: "AAkBnKigYalwAIABEAAAAAAB") { ${each(words, (word) => `... on ${word} { id }`)} } }`,
      }),
    ],
    [
      "fragments of the schema",
      (words) => ({ text: `{ __schema { types { ${each(words, (word) => `... on ${word} { name }`)} } } }` }),
    ],
    [
      "__type",
      (words) => ({
        text: `{ ${each(words, (word, at) => `t${at}: __type(name: "${word}") { kind name description fields { name } enumValues { name } inputFields { name } possibleTypes { name } }`)} }`,
      }),
    ],
    [
      "__type by variables",
      (words) => ({
        text: `query (${each(words, (_, at) => `$n${at}: String!`)}) { ${each(words, (_, at) => `t${at}: __type(name: $n${at}) { kind name }`)} }`,
        variables: Object.fromEntries(words.map((word, at) => [`n${at}`, word])),
      }),
    ],
  ];
  return asks.map(([name, ask]) => ({ name: `types in ${name}`, ...names, ask }));
}

function rootPlaces(known: GraphQLSchema, whole: GraphQLSchema): readonly Place[] {
  const [there, shown] = [whole, known].map((schema) =>
    ["Query", "Mutation"].flatMap((type) => namesIn(schema.getType(type))),
  );
  const names = { there: there ?? [], shown: shown ?? [] };
  return [
    ...ownPlaces(names, whole),
    { name: "roots", ...names, ask: (words) => ({ text: `{ ${words.join(" ")} }` }) },
    {
      name: "roots of a fragment",
      ...names,
      ask: (words) => ({ text: `{ ...F } fragment F on Query { ${words.join(" ")} }` }),
    },
    { name: "mutations", ...names, ask: (words) => ({ text: `mutation { ${words.join(" ")} }` }) },
    {
      name: "mutations of a fragment",
      ...names,
      ask: (words) => ({ text: `mutation { ...F } fragment F on Mutation { ${words.join(" ")} }` }),
    },
    { name: "subscriptions", ...names, ask: (words) => ({ text: `subscription { ${words.join(" ")} }` }) },
    {
      name: "roots that are skipped",
      ...names,
      ask: (words) => ({ text: `{ __typename ${words.map((word) => `${word} @skip(if: true)`).join(" ")} }` }),
    },
    {
      name: "roots with an alias",
      ...names,
      ask: (words) => ({ text: `{ ${words.map((word, at) => `a${at}: ${word} { __typename }`).join(" ")} }` }),
    },
  ];
}

/** Directives, and what every schema says of itself. */
function ownPlaces(names: Pick<Place, "there" | "shown">, whole: GraphQLSchema): readonly Place[] {
  // Names that every schema has of itself.
  const own = Object.values(whole.getTypeMap()).flatMap((type) =>
    isIntrospectionType(type) ? [...namesIn(type), ...namesIn(type).flatMap((field) => argumentsOf(type, field))] : [],
  );
  const every = ["name", "if", ...own];
  const meta = { there: [...names.there, ...every], shown: [...names.shown, ...every] };
  return [
    {
      name: "directives",
      ...meta,
      ask: (words) => ({ text: `{ __typename ${words.map((word) => `@${word}`).join(" ")} }` }),
    },
    {
      name: "arguments of directives",
      ...meta,
      ask: (words) => ({ text: `{ __typename @skip(if: false, ${words.map((word) => `${word}: 1`).join(", ")}) }` }),
    },
    {
      name: "arguments of __type",
      ...meta,
      ask: (words) => ({ text: `{ __type(name: "Query", ${words.map((word) => `${word}: 1`).join(", ")}) { name } }` }),
    },
    {
      name: "fields of __Type",
      ...meta,
      ask: (words) => ({ text: `{ __type(name: "Query") { fields { ${words.join(" ")} } } }` }),
    },
  ];
}
