// Law 15: a maximum; and the loopholes of the type checker, each closed or made to give its reason.
import { child, extent, isNode, text, violation, walk, type Node, type Source, type Violation } from "./source.ts";

const mostLines = 300;
const mostFunctionLines = 50;
const mostParameters = 3;

const functions = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ClassMethod",
  "PrivateMethod",
  "Constructor",
  "MethodProperty",
  "GetterProperty",
  "SetterProperty",
]);

/** Tools that read their settings or their plugins from a default export, and from nothing else. */
const insistOnDefault = [
  "codegen.ts",
  "src/console/vite.config.ts",
  "test/begin.mjs",
  "test/end.mjs",
  "test/house/reporter.mjs",
  "test/house/slowest-first.mjs",
];

const comment = /\/\/|\/\*|^\s*\*|\*\/\s*$/;
const unfinished = /\b(TO[D]O|FIX[M]E)\b/;

export function tooLong(file: Source): readonly Violation[] {
  const lines = file.text.trimEnd().split("\n").length;
  return lines > mostLines
    ? [{ path: file.path, line: mostLines + 1, words: `has ${lines} lines of ${mostLines}` }]
    : [];
}

/** A `describe` is a chapter of a test file, not a function anybody has to understand at once. */
export function longFunctions(file: Source): readonly Violation[] {
  return [...walk(file.tree)].flatMap(({ node, above }) => {
    if (!functions.has(node.type) || isPassedTo("describe", above) || isPassedTo("onEachDatabase", above)) return [];
    const { first, last } = extent(file, node);
    const lines = last - first + 1;
    return lines > mostFunctionLines
      ? [violation(file, node, `a function has ${lines} lines of ${mostFunctionLines}`)]
      : [];
  });
}

function isPassedTo(name: string, [call]: readonly Node[]): boolean {
  if (call?.type !== "CallExpression") return false;
  return [...walk(child(call, "callee"))].some(({ node }) => text(node) === name);
}

/** The columns of an `it.each` table are no parameters: there is no caller who could confuse them. */
export function manyParameters(file: Source): readonly Violation[] {
  return [...walk(file.tree)].flatMap(({ node, above }) => {
    if (!functions.has(node.type) || isPassedTo("each", above)) return [];
    const count = parameters(node).length;
    return count > mostParameters
      ? [violation(file, node, `${count} parameters of ${mostParameters}: pass an object`)]
      : [];
  });
}

/** A method's parameters lie one object deeper, in an object without a kind. */
function parameters(node: Node): readonly Node[] {
  const inner: unknown = node["function"] ?? node;
  if (typeof inner !== "object" || inner === null || !("params" in inner)) return [];
  return Array.isArray(inner.params) ? inner.params.filter(isNode) : [];
}

export function loopholes(file: Source): readonly Violation[] {
  return [...walk(file.tree)].flatMap(({ node }) => {
    const words = loophole(node, file.path);
    return words === undefined ? [] : [violation(file, node, words)];
  });
}

function loophole(node: Node, path: string): string | undefined {
  switch (node.type) {
    case "TsKeywordType":
      return node["kind"] === "any" ? "any: use unknown and look" : undefined;
    case "TsNonNullExpression":
      return "a non-null assertion: handle the absence";
    case "ExportDefaultDeclaration":
    case "ExportDefaultExpression":
      return insistOnDefault.includes(path) ? undefined : "a default export: give it a name";
    case "ExportSpecifier":
      return text(child(node, "exported")) === "default" ? "a default export: give it a name" : undefined;
    default:
      return undefined;
  }
}

/** `as X` tells the compiler what to believe. `as const` tells it only to look closer. */
export function casts(file: Source): readonly Node[] {
  return [...walk(file.tree)]
    .map(({ node }) => node)
    .filter(({ type }) => type === "TsAsExpression" || type === "TsTypeAssertion");
}

/** Outside `storage/`, where rows come in untyped, a cast must say in a comment beside it why it is true. */
export function unexplainedCasts(file: Source): readonly Violation[] {
  if (file.path.startsWith("src/storage/")) return [];
  return casts(file)
    .filter((node) => {
      const { first, last } = extent(file, node);
      return !file.lines.slice(Math.max(0, first - 2), last).some((line) => comment.test(line.replaceAll("://", "")));
    })
    .map((node) => violation(file, node, "a cast without its reason on the same line or the line before"));
}

export function leftForLater(file: Source): readonly Violation[] {
  return file.lines.flatMap((line, at) =>
    unfinished.test(line)
      ? [{ path: file.path, line: at + 1, words: "left for later: do it, or write down the decision" }]
      : [],
  );
}
