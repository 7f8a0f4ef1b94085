// Reads the tree as the house tests see it: every source file with its text and its syntax tree.
import { parseSync } from "@swc/core";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** A node of the parser's tree, known only by its kind; what else it has is asked for by name. */
export interface Node {
  readonly type: string;
  readonly [property: string]: unknown;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly tree: Node;
}

export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly words: string;
}

export interface Import {
  readonly specifier: string;
  /** The file meant, from the top of the repository; absent for a package. */
  readonly target: string | undefined;
  readonly names: readonly string[];
  readonly line: number;
}

export const top = join(import.meta.dirname, "../..");

const code = /\.(ts|tsx|mts|mjs|js|jsx)$/;
const written = /(^|\/)(generated|dist|node_modules)\/|^src\/console\/schema\.ts$/;

/** Every file below the folders, by its path from the top; what a tool has written is left out. */
export function paths(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => list(folder))
    .filter((path) => !written.test(path))
    .toSorted();
}

function list(folder: string): readonly string[] {
  try {
    const entries = readdirSync(join(top, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => posix.join(entry.parentPath.slice(top.length + 1), entry.name));
  } catch {
    // A folder nobody has begun yet holds nothing that could be wrong.
    return [];
  }
}

export function sources(...folders: readonly string[]): readonly Source[] {
  return paths(...folders)
    .filter((path) => code.test(path))
    .map((path) => source(path, readFileSync(join(top, path), "utf8")));
}

export function source(path: string, text: string): Source {
  // The parser counts from the first token, so a token is put before everything; a shebang would then be no comment.
  const anchored = `;${text.replace(/^#!/, "//")}`;
  const tsx = path.endsWith("x");
  const tree: unknown = parseSync(anchored, { syntax: "typescript", tsx, decorators: true, target: "es2024" });
  if (!isNode(tree)) throw new Error(`${path} cannot be read as a module`);
  return { path, text, lines: text.split("\n"), tree };
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The node below `parent` under this name, if there is one. */
export function child(parent: Node, name: string): Node | undefined {
  const value = parent[name];
  return isNode(value) ? value : undefined;
}

export function children(parent: Node, name: string): readonly Node[] {
  const value = parent[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function text(node: Node | undefined): string | undefined {
  return typeof node?.["value"] === "string" ? node["value"] : undefined;
}

/** All nodes with the chain of nodes above each, nearest first. */
export function* walk(value: unknown, above: readonly Node[] = []): Generator<{ node: Node; above: readonly Node[] }> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item, above);
  } else if (typeof value === "object" && value !== null) {
    const node = isNode(value) ? value : undefined;
    if (node) yield { node, above };
    const inner = node ? [node, ...above] : above;
    for (const item of Object.values(value)) if (typeof item === "object") yield* walk(item, inner);
  }
}

export interface Extent {
  readonly first: number;
  readonly last: number;
}

/** The lines a node covers, counted from 1. The parser counts bytes, not characters. */
export function extent(file: Source, node: Node): Extent {
  const bytes = Buffer.from(`;${file.text}`);
  const line = (offset: number) => bytes.subarray(0, offset).toString().split("\n").length;
  const base = offsets(file.tree).start;
  const { start, end } = offsets(node);
  return { first: line(start - base), last: line(end - base) };
}

function offsets(node: Node): { start: number; end: number } {
  const span = node["span"];
  if (typeof span !== "object" || span === null || !("start" in span) || !("end" in span)) return { start: 0, end: 0 };
  return { start: Number(span.start), end: Number(span.end) };
}

export function violation(file: Source, node: Node, words: string): Violation {
  return { path: file.path, line: extent(file, node).first, words };
}

/** Everything a file takes from elsewhere: imports, re-exports, dynamic imports and `import("x").Y` in types. */
export function imports(file: Source): readonly Import[] {
  return [...walk(file.tree)].flatMap(({ node }) => {
    const specifier = text(specifierOf(node));
    if (specifier === undefined) return [];
    const relative = specifier.startsWith(".");
    const target = relative ? posix.join(posix.dirname(file.path), specifier) : undefined;
    const names = children(node, "specifiers").map(
      (item) => text(child(item, "imported") ?? child(item, "local")) ?? "",
    );
    return [{ specifier, target, names, line: extent(file, node).first }];
  });
}

function specifierOf(node: Node): Node | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return child(node, "source");
    case "TsExternalModuleReference":
      return child(node, "expression");
    case "TsImportType":
      return child(node, "argument");
    case "CallExpression":
      return child(node, "callee")?.type === "Import" ? firstArgument(node) : undefined;
    default:
      return undefined;
  }
}

/** A call's arguments are wrapped in objects without a kind. */
function firstArgument(call: Node): Node | undefined {
  const list: unknown = call["arguments"];
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  if (typeof first !== "object" || first === null || !("expression" in first)) return undefined;
  return isNode(first.expression) ? first.expression : undefined;
}

/** What a failing house test prints: one line a violation, with the place to click on. */
export function report(violations: readonly Violation[]): string {
  return violations.map(({ path, line, words }) => `${path}:${line}  ${words}`).join("\n");
}
