// Law 18: one package, one door; and the same for the environment and the time.
import { child, imports, text, violation, walk, type Node, type Source, type Violation } from "./source.ts";

const subjects = ["identity/", "timesheet/", "support/", "custody/", "oversight/"];

/**
 * Where in `src` each package may be imported: a file, a room (ending in "/"), or the ending of a name (beginning with "*").
 * Every package has a row, so that a new one must first be given its place. No places: nothing of ours imports it.
 */
export const doors: Readonly<Record<string, readonly string[]>> = {
  "@apollo/server": ["gateway/apollo.ts", "gateway/gate.ts"],
  "@as-integrations/fastify": ["gateway/http.ts", "gateway/apollo.ts"],
  "@casl/ability": ["permission/ability.ts"],
  "@electric-sql/pglite": ["storage/"],
  "@mikro-orm/core": ["storage/"],
  "@mikro-orm/migrations": ["storage/", "/schema/migrations/"],
  "@mikro-orm/pglite": ["storage/"],
  "@mikro-orm/postgresql": ["storage/"],
  "@mikro-orm/seeder": ["storage/"],
  "@mikro-orm/sql": ["storage/"],
  // A peer of type-graphql.
  "class-validator": [],
  commander: [
    "command/command.ts",
    "command/explain-command.ts",
    "command/prove-command.ts",
    "command/toggle-command.ts",
  ],
  "csv-parse": ["timesheet/import/"],
  dataloader: ["plan/door.ts"],
  fastify: ["gateway/http.ts"],
  graphql: [
    "permission/catalogue.ts",
    // The schema is cut by what is hidden, so it has to be looked at whole.
    "permission/hidden.ts",
    // Arguments are judged where they are read.
    "permission/input.ts",
    "permission/walk.ts",
    "permission/scalar.ts",
    "plan/",
    "gateway/",
    // Operations are drawn from the schema, and made smaller as trees.
    "proof/",
  ],
  "graphql-scalars": ["gateway/", "permission/declare.ts", "timesheet/"],
  jose: ["identity/"],
  kysely: ["storage/"],
  luxon: ["timesheet/period.ts", "timesheet/import/"],
  "node:crypto": [
    "storage/digest.ts",
    "storage/seal.ts",
    "storage/keys.ts",
    "ledger/line.ts",
    "ledger/checkpoint.ts",
    "identity/",
    // Runs before anything of ours is built.
    "command/prepare.mjs",
  ],
  pg: ["storage/"],
  // Decorators need it before the first of them runs.
  "reflect-metadata": ["main.ts", "permission/declare.ts", "storage/table.ts", "gateway/schema.ts"],
  react: ["console/"],
  "react-dom": ["console/"],
  "type-graphql": [
    ...subjects,
    "*-resolver.ts",
    "*-type.ts",
    "permission/declare.ts",
    "gateway/schema.ts",
    "gateway/workshop.ts",
  ],
};

const environment = ["config.ts"];
const time = [
  "clock.ts",
  // Runs before anything of ours is built.
  "command/prepare.mjs",
];

export function wrongDoors(file: Source): readonly Violation[] {
  return imports(file).flatMap(({ target, specifier, line }) => {
    if (target !== undefined) return [];
    const name = packageOf(specifier);
    const places = doors[name] ?? (name.startsWith("node:") ? [""] : undefined);
    if (places === undefined) return [{ path: file.path, line, words: `${name} has no door: give it one in doors.ts` }];
    if (isAt(file.path, places)) return [];
    return [
      { path: file.path, line, words: `${name} may be imported only in ${places.join(", ") || "no file of ours"}` },
    ];
  });
}

function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function isAt(path: string, places: readonly string[]): boolean {
  // A place outside `src` is written from the top of the repository.
  const place = path.startsWith("src/") ? path.slice("src/".length) : `/${path}`;
  return places.some((allowed) => {
    if (allowed.startsWith("*")) return place.endsWith(allowed.slice(1));
    return allowed === "" || allowed.endsWith("/") ? place.startsWith(allowed) : place === allowed;
  });
}

export function packagesWithoutDoor(dependencies: readonly string[]): readonly string[] {
  return dependencies.filter((name) => !(name in doors));
}

export function readsEnvironment(file: Source): readonly Violation[] {
  if (isAt(file.path, environment)) return [];
  const imported = imports(file).filter(
    ({ specifier, names }) => specifier === "node:process" && names.includes("env"),
  );
  return [
    ...imported.map(({ line }) => ({ path: file.path, line, words: "the environment is read in config.ts" })),
    ...matching(file, isEnvironment).map((node) => violation(file, node, "the environment is read in config.ts")),
  ];
}

export function asksTheTime(file: Source): readonly Violation[] {
  if (isAt(file.path, time)) return [];
  return matching(file, isNow).map((node) => violation(file, node, "the time comes from clock.ts"));
}

function matching(file: Source, is: (node: Node) => boolean): readonly Node[] {
  return [...walk(file.tree)].map(({ node }) => node).filter(is);
}

function isEnvironment(node: Node): boolean {
  // `const { env } = process` and `const p = process` are ways round the rule.
  if (node.type === "VariableDeclarator") return text(child(node, "init")) === "process";
  return isMember(node, ["process"], "env");
}

function isNow(node: Node): boolean {
  const callee = child(node, "callee");
  const given: unknown = node["arguments"];
  const bare = !Array.isArray(given) || given.length === 0;
  if (node.type === "NewExpression") return callee?.type === "Identifier" && text(callee) === "Date" && bare;
  // Called without `new`, Date ignores its arguments and says the present time.
  if (node.type === "CallExpression") return callee?.type === "Identifier" && text(callee) === "Date";
  return isMember(node, ["Date", "DateTime"], "now");
}

function isMember(node: Node, objects: readonly string[], property: string): boolean {
  if (node.type !== "MemberExpression") return false;
  const object = child(node, "object");
  if (object?.type !== "Identifier" || !objects.includes(text(object) ?? "")) return false;
  const named = child(node, "property");
  return text(named?.type === "Computed" ? child(named, "expression") : named) === property;
}
