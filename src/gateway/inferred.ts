/** The emitted list of what can be worked out of hidden values: a new way to one is read by people before it is served. */
import { ROLES } from "../caller.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import { compileSet } from "../permission/compile.ts";
import { inferences, type Inference } from "../permission/inference.ts";
import { NO_SETTINGS, settingsOf } from "../permission/settings.ts";

const BY_DEFAULT = `# What can be worked out although it is closed, from what is open, and how. By declaration: what follows from a field's source
# or is a fact of the domain; practice (a cost rate that follows the salary) is not known here. Only the shortest ways.
#
# For each role, while nobody has set a toggle:
`;
const ALONE = `#
# For everyone, where one coordinate alone is switched off and all else is open:
`;

export function writeInferences(catalogue: Catalogue): string {
  const byDefault = ROLES.flatMap((role) =>
    inferences(compileSet([role], NO_SETTINGS, catalogue), catalogue).map((inference) => cells(role, inference)),
  );
  const alone = [...catalogue.entries.values()]
    .filter(({ declared, kind }) => !declared.fixed && (kind === "field" || kind === "value"))
    .toSorted((one, other) => (one.coordinate < other.coordinate ? -1 : 1))
    .flatMap(({ coordinate }) => {
      const settings = settingsOf([{ coordinate, audience: "EVERYONE", enabled: false }]);
      return inferences(compileSet(["ADMIN"], settings, catalogue), catalogue)
        .filter(({ hidden }) => hidden === coordinate)
        .map((inference) => cells("EVERYONE", inference));
    });
  return `${BY_DEFAULT}${table(byDefault)}${ALONE}${table(alone)}`;
}

const cells = (audience: string, { hidden, from, how }: Inference): readonly [string, string, string] => [
  audience,
  hidden,
  from.length === 0 ? `by itself: ${how}` : `from ${from.join(", ")}: ${how}`,
];

function table(lines: readonly (readonly [string, string, string])[]): string {
  if (lines.length === 0) return "# (nothing)\n";
  const width = (column: 0 | 1): number => Math.max(...lines.map((line) => line[column].length));
  const [first, second] = [width(0), width(1)];
  return lines
    .map(([audience, hidden, words]) => `${audience.padEnd(first)}  ${hidden.padEnd(second)}  ${words}\n`)
    .join("");
}
