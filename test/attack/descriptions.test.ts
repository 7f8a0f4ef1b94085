// What introspection says of a thing in words must not name another that may be hidden while the thing is there.
import { expect, it } from "@jest/globals";
import { ROLES, type Role } from "../../src/caller.ts";
import { buildCatalogue } from "../../src/permission/catalogue.ts";
import { compileSet } from "../../src/permission/compile.ts";
import { settingsOf } from "../../src/permission/settings.ts";
import { subjects } from "../../src/tables.ts";
import { random } from "../oracle/random.ts";
import { declarations, schema } from "./callers.ts";
import { leaked, nameOf } from "./names.ts";

const catalogue = buildCatalogue({ schema, declarations, subjects });
const entries = [...catalogue.entries.values()];
const closable = entries.filter(({ declared }) => !declared.fixed).map(({ coordinate }) => coordinate);

/** Words in backticks are names, too; a word that only begins a sentence is none. */
const namesIn = (words: string): string =>
  words.replaceAll("`", '"').replaceAll(/(?<=^|[.:] )[A-Z](?=[a-z]+\b)/g, (letter) => letter.toLowerCase());

function tellingOf(switched: readonly string[], role: Role): readonly string[] {
  const toggles = switched.map((coordinate) => ({ coordinate, audience: "EVERYONE" as const, enabled: false }));
  const { hidden } = compileSet([role], settingsOf(toggles, "HIDDEN"), catalogue);
  const shown = entries.filter(({ coordinate }) => !hidden.has(coordinate));
  const names = new Set(shown.map(({ coordinate }) => nameOf(coordinate)));
  const gone = new Set([...hidden].map(nameOf).filter((name) => !names.has(name)));
  return shown.flatMap(({ coordinate, description = "" }) =>
    leaked(namesIn(description), { text: "" }, gone).map(
      (name) => `${coordinate} tells ${role} of ${name}: ${description}`,
    ),
  );
}

it("no description names what is hidden, whichever one thing is switched off", () => {
  const found = new Set(
    closable.flatMap((coordinate) => tellingOf([coordinate], random(coordinate.length).pick(ROLES))),
  );
  expect([...found]).toEqual([]);
}, 300_000);

it("no description names what is hidden, whatever is switched off", () => {
  const found = new Set<string>();
  for (let seed = 0; seed < 200; seed += 1) {
    const stream = random(seed);
    const switched = stream.shuffle(closable).slice(0, 1 + stream.below(30));
    for (const telling of tellingOf(switched, stream.pick(ROLES))) found.add(telling);
  }
  expect([...found]).toEqual([]);
}, 300_000);
