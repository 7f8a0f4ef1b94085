// Law 14: no drawers. A thing lies with its subject, or becomes one; a drawer is where things go that nobody thought about.
import type { Violation } from "./source.ts";

const drawer = /^(utils?|helpers?|commons?|shared|misc|types|interfaces|constants)$/;
/** `string-utils` is a drawer with a label on it. */
const labelled = /-(utils?|helpers?|misc|types|interfaces|constants)$/;
const barrel = /^index\.(ts|tsx|mts|mjs|js|jsx)$/;

export function drawers(paths: readonly string[]): readonly Violation[] {
  return paths.flatMap((path) => {
    const parts = path.split("/");
    const name = parts.at(-1) ?? "";
    const drawn = parts
      .map((part) => part.split(".")[0] ?? "")
      .filter((part) => drawer.test(part) || labelled.test(part));
    const found = drawn.map((part) => ({ path, line: 1, words: `"${part}" is a drawer: name the subject` }));
    if (barrel.test(name)) found.push({ path, line: 1, words: "is a barrel: import from the file that has the thing" });
    return found;
  });
}
