/** Makes an operation smaller while it still shows what was found, so that a person can read it. */
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

export interface Case {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

const REMOVABLE: ReadonlySet<string> = new Set([
  Kind.FIELD,
  Kind.FRAGMENT_SPREAD,
  Kind.INLINE_FRAGMENT,
  Kind.DIRECTIVE,
  Kind.ARGUMENT,
  Kind.OBJECT_FIELD,
]);
const IN_LISTS: ReadonlySet<string> = new Set([Kind.OBJECT, Kind.ENUM, Kind.STRING, Kind.VARIABLE]);

/** Takes one part away after the other, large before small, again and again until nothing more can be spared. */
export async function shrink(
  { schema, tries: most }: { readonly schema: GraphQLSchema; readonly tries: number },
  start: Case,
  shows: (smaller: Case) => Promise<boolean>,
): Promise<Case> {
  let best = start;
  let spared = true;
  for (let tries = most, at = 0; tries > 0;) {
    const document = without(best.document, at);
    if (document === undefined) {
      if (!spared) return best;
      [at, spared] = [0, false];
      continue;
    }
    const smaller = { document, variables: kept(document, best.variables) };
    const valid = validate(schema, document).length === 0 && print(document) !== print(best.document);
    if (valid) tries -= 1;
    if (valid && (await shows(smaller))) [best, spared] = [smaller, true];
    else at += 1;
  }
  return best;
}

/** The document without its n-th removable part; undefined when it has no so many. */
function without(document: DocumentNode, part: number): DocumentNode | undefined {
  let at = -1;
  const removed = visit(document, {
    enter(node, _key, parent) {
      const inList = IN_LISTS.has(node.kind) && parent !== undefined && "kind" in parent && parent.kind === Kind.LIST;
      const listed = IN_LISTS.has(node.kind) && Array.isArray(parent);
      if (!REMOVABLE.has(node.kind) && !inList && !listed) return undefined;
      at += 1;
      return at === part ? null : undefined;
    },
    leave: (node) => (node.kind === Kind.SELECTION_SET && node.selections.length === 0 ? EMPTY : undefined),
  });
  return at < part ? undefined : parse(print(tidy(removed)));
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

function usedVariables(document: DocumentNode): ReadonlySet<string> {
  const bare = visit(document, { VariableDefinition: () => null });
  return namesOf(bare, Kind.VARIABLE);
}

function kept(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Case["variables"] {
  const used = usedVariables(document);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => used.has(name)));
}
