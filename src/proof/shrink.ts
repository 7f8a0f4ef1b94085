/** Makes what shows a difference smaller while it still does, so that a person can read it. */
import {
  Kind,
  parse,
  print,
  validate,
  visit,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from "graphql";
import type { Operation } from "./generate.ts";

/** As few elements as still show it: first without large parts, then without each one. */
export async function fewest<T>(
  all: readonly T[],
  shows: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let best = all;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && best.length > 1;) {
      const fewer = [...best.slice(0, at), ...best.slice(at + size)];
      if (fewer.length > 0 && (await shows(fewer))) best = fewer;
      else at += size;
    }
  }
  return best;
}

const REMOVABLE: ReadonlySet<string> = new Set([
  Kind.FIELD,
  Kind.FRAGMENT_SPREAD,
  Kind.INLINE_FRAGMENT,
  Kind.DIRECTIVE,
  Kind.ARGUMENT,
  Kind.OBJECT_FIELD,
]);
const IN_LISTS: ReadonlySet<string> = new Set([Kind.OBJECT, Kind.ENUM, Kind.STRING, Kind.INT, Kind.FLOAT]);

/** Takes one part away after the other until nothing can be spared, or it was tried often enough. */
export async function smallest(
  schema: GraphQLSchema,
  start: Operation,
  shows: (smaller: Operation) => Promise<boolean>,
): Promise<Operation> {
  let best = start;
  let spared = true;
  for (let tries = 400, at = 0; tries > 0;) {
    const candidates = candidatesOf(best.document, at);
    if (candidates === undefined) {
      if (!spared) return best;
      [at, spared] = [0, false];
      continue;
    }
    const found = await firstShown(
      candidates.filter((one) => validate(schema, one).length === 0),
      best,
      shows,
    );
    tries -= candidates.length;
    if (found === undefined) at += 1;
    else [best, spared] = [found, true];
  }
  return best;
}

async function firstShown(
  documents: readonly DocumentNode[],
  from: Operation,
  shows: (smaller: Operation) => Promise<boolean>,
): Promise<Operation | undefined> {
  for (const document of documents) {
    const text = print(document);
    if (text === print(from.document)) continue;
    const used = usedVariables(document);
    const variables = Object.fromEntries(Object.entries(from.variables).filter(([name]) => used.has(name)));
    const smaller = { ...from, document, text, variables, hooks: [] };
    if (await shows(smaller)) return smaller;
  }
  return undefined;
}

/** The document without its n-th part, or with what is inside the part in its place; undefined where it has no so many. */
function candidatesOf(document: DocumentNode, part: number): readonly DocumentNode[] | undefined {
  const without = edited(document, part, () => null);
  if (without === undefined) return undefined;
  const opened = edited(document, part, (node) =>
    node.kind === Kind.INLINE_FRAGMENT && (node.directives?.length ?? 0) > 0 ? { ...node, directives: [] } : undefined,
  );
  return opened === undefined ? [without] : [without, opened];
}

function edited(
  document: DocumentNode,
  part: number,
  edit: (node: ASTNode) => ASTNode | null | undefined,
): DocumentNode | undefined {
  let at = -1;
  const changed = visit(document, {
    enter(node, _key, parent) {
      const listed = IN_LISTS.has(node.kind) && Array.isArray(parent);
      if (!REMOVABLE.has(node.kind) && !listed) return undefined;
      at += 1;
      return at === part ? edit(node) : undefined;
    },
    leave: (node) => (node.kind === Kind.SELECTION_SET && node.selections.length === 0 ? EMPTY : undefined),
  });
  return at < part ? undefined : parse(print(tidy(changed)));
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };
const EMPTY = { kind: Kind.SELECTION_SET, selections: [TYPENAME] };

/** Without the fragments and variables that nothing uses any more. */
function tidy(document: DocumentNode): DocumentNode {
  const spreads = namesOf(document, Kind.FRAGMENT_SPREAD);
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== Kind.FRAGMENT_DEFINITION || spreads.has(definition.name.value),
  );
  if (definitions.length < document.definitions.length) return tidy({ ...document, definitions });
  const used = usedVariables(document);
  return visit(document, {
    VariableDefinition: (node) => (used.has(node.variable.name.value) ? undefined : null),
  });
}

function namesOf(document: ASTNode, kind: Kind): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    enter(node) {
      if (node.kind === kind && "name" in node && node.name) names.add(node.name.value);
    },
  });
  return names;
}

const usedVariables = (document: DocumentNode): ReadonlySet<string> =>
  namesOf(visit(document, { VariableDefinition: () => null }), Kind.VARIABLE);
