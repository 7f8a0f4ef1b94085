/** The files that are made of the schema and committed: their difference is the review of the API and of what it shows. */
import { lexicographicSortSchema, printSchema } from "graphql";
import { ROLES, type Role } from "../caller.ts";
import type { Access, Declared } from "../permission/declare.ts";
import { buildCatalogue } from "../permission/catalogue.ts";
import { demandSound } from "../permission/soundness.ts";
import { subjects } from "../tables.ts";
import { writeInferences } from "./inferred.ts";
import { buildGatewaySchema } from "./schema.ts";

type Declarations = ReadonlyMap<string, Declared>;

/** By name of the file. The same source gives the same text. */
export async function emittedTexts(): Promise<Readonly<Record<string, string>>> {
  const { schema, declarations } = await buildGatewaySchema({ subjects });
  const catalogue = buildCatalogue({ schema, declarations, subjects });
  demandSound(catalogue);
  return {
    "schema.graphql": `${printSchema(lexicographicSortSchema(schema))}\n`,
    "toggles.txt": writeToggles(declarations),
    "inferences.txt": writeInferences(catalogue),
  };
}

const HEAD = `# Every coordinate of the schema: how much it can hurt, whether a toggle can move it (fixed: none can), and what each
# role has of it while nobody has set a toggle: on; off, until it is switched on; never; or on some rows, and on the
# others off or never. What a coordinate reads or is made from closes it, and is counted in.
`;

export function writeToggles(declarations: Declarations): string {
  // By code unit: an order that no locale moves.
  const lines = [...declarations.keys()].toSorted().map((coordinate) => line(coordinate, declarations));
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const rows = lines.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return `${HEAD}${rows.map((row) => `${row.trimEnd()}\n`).join("")}`;
}

function line(coordinate: string, declarations: Declarations): readonly string[] {
  const said = declarations.get(coordinate);
  if (said === undefined) return [coordinate];
  const roles = ROLES.map((role) => `${role}=${leastOf(coordinate, role, declarations)}`);
  const plain = said.reads.filter((source) => !said.madeFrom.includes(source));
  const reads = plain.length > 0 ? [`reads ${plain.join(", ")}`] : [];
  const madeFrom = said.madeFrom.length > 0 ? [`made from ${said.madeFrom.join(", ")}`] : [];
  return [coordinate, said.sensitivity, said.fixed ? "fixed" : "", roles.join(" "), ...madeFrom, ...reads];
}

/** From the least to the most; a coordinate has no more than the least of what it reads. */
const DEGREES = ["never", "off", "some/never", "some/off", "on"] as const;
type Degree = (typeof DEGREES)[number];

function leastOf(coordinate: string, role: Role, declarations: Declarations): Degree {
  const said = declarations.get(coordinate);
  const degrees = (said?.reads ?? []).map((source) => leastOf(source, role, declarations));
  const all = [degreeOf(said?.access[role] ?? "on"), ...degrees];
  return DEGREES.find((degree) => all.includes(degree)) ?? "on";
}

const degreeOf = (access: Access): Degree => (typeof access === "string" ? access : `some/${access.beyond}`);
