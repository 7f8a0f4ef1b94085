// Words to try: what is hidden, one letter beside it, and nothing like it; and which of the names of a schema only hide.
import type { Random } from "../oracle/random.ts";
import type { Sent } from "./guessing.ts";

/** Seldom in English, so that what is made with them is no word of a message. */
const SELDOM = Array.from("jqxz");
const CONSONANTS = Array.from("bcdfghjklmnpqrstvwxz");

/** Each name with one letter changed to what is no name: `salary` is `salarx`. All of them differ. */
export function nearMisses(words: readonly string[], random: Random, names: ReadonlySet<string>): readonly string[] {
  return distinct(words, names, (word) => {
    const at = random.below(word.length);
    const letter = random.pick(SELDOM);
    return word.slice(0, at) + (/[A-Z]/.test(word) ? letter.toUpperCase() : letter) + word.slice(at + 1);
  });
}

/** As long, so that places in the document are the same, and like no name. */
export const farMisses = (words: readonly string[], random: Random, names: ReadonlySet<string>): readonly string[] =>
  distinct(words, names, (word) => Array.from(word, () => random.pick(CONSONANTS)).join(""));

function distinct(
  words: readonly string[],
  names: ReadonlySet<string>,
  make: (word: string) => string,
): readonly string[] {
  const taken = new Set<string>();
  return words.map((word) => {
    for (let tries = 0; tries < 500; tries += 1) {
      const made = make(word);
      if (names.has(made) || taken.has(made)) continue;
      taken.add(made);
      return made;
    }
    throw new Error(`there is nothing like ${word} that is no name`);
  });
}

/** An answer to a miss, as it would read with the words that were missed. */
export function asked(body: string, misses: readonly string[], words: readonly string[]): string {
  const back = new Map(misses.map((miss, at) => [miss, words[at] ?? miss]));
  const plain = body.replaceAll(/(decisionId\\*":\\*")[\w-]+/g, "$1");
  return plain.replaceAll(/\w+/g, (word) => back.get(word) ?? word);
}

const WORD = /[A-Za-z_]\w*/g;
/** Between quotes, in JSON or in a text inside it; or written as no English word is. */
const NAME = /(?<=")[a-z]+(?=\\?")|\b[A-Za-z_]*[A-Z_0-9]\w*/g;

/** Keys of every answer that has errors. */
const PROTOCOL: ReadonlySet<string> = new Set([
  "code",
  "count",
  "reason",
  "usage",
  "coordinate",
  "revision",
  "variables",
]);

/** Hidden names that stand in an answer and that the one who asked had not written himself. */
export function leaked(answer: string, sent: Sent, hidden: ReadonlySet<string>): readonly string[] {
  const found = new Set(answer.match(NAME)?.filter((word) => hidden.has(word) && !PROTOCOL.has(word)));
  if (found.size === 0) return [];
  const own = new Set(`${sent.text} ${JSON.stringify(sent.variables ?? {})}`.match(WORD));
  return [...found].filter((word) => !own.has(word));
}

/** Of a coordinate what it adds to that of which it is a part. */
export const nameOf = (coordinate: string): string => /(\w+)[:)]*$/.exec(coordinate)?.[1] ?? coordinate;
