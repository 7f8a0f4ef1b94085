// Somebody tries all the names there are, in all the places there are. What is hidden answers as what there never was.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { getIntrospectionQuery, buildClientSchema, lexicographicSortSchema, printSchema } from "graphql";
import { databaseFor } from "../database.ts";
import { people, type Answer, type Gateway } from "../gateway/asking.ts";
import { random, type Random } from "../oracle/random.ts";
import { usesOf, type Uses } from "../permission/uses.ts";
import { ALL_NAMES, CALLERS, declarations, knownTo, NAMES, schema, switchedGateway, type Known } from "./callers.ts";
import { places, type Place, type Sent } from "./guessing.ts";
import { asked, farMisses, leaked, nearMisses } from "./names.ts";

/** What is switched is named to those who switch it. */
const OF_SWITCHES = /^query { (toggles|toggle[A-Z]\w+|scheduledToggles)\b/;

const same = ({ status, headers, body }: Answer): string => JSON.stringify([status, headers, body]);

describe.each(["HIDDEN", "DENIED"] as const)("where an account tells of what it denies as %s,", (deniedAs) => {
  const database = databaseFor("pglite");
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await switchedGateway(database(), deniedAs);
  });

  // Where nothing is hidden, names are only missed, by whomever.
  const callers = deniedAs === "HIDDEN" ? CALLERS : CALLERS.slice(-2);
  describe.each(callers)("%s", (_words, who, roles) => {
    const known = knownTo(roles, deniedAs);
    const stream = random(who.length);
    const ask = ({ text, variables = {} }: Sent): Promise<Answer> => gateway.ask(people[who], text, { variables });

    it("who tries names everywhere is told the same of what is hidden, of a near miss and of a far one", async () => {
      const wrong: string[] = [];
      let tried = 0;
      for (const place of places(known.schema, schema)) {
        for (const words of wordsFor(place, deniedAs, stream)) {
          const parted = await tellsApart({ place, words, stream, known, ask, deniedAs });
          tried += 1;
          if (parted !== undefined) wrong.push(`${place.name}: ${parted}`);
        }
      }
      expect(wrong.slice(0, 5).join("\n\n")).toBe("");
      expect(tried).toBeGreaterThan(300);
    }, 600_000);

    it("who asks for all that is there for them meets no name of what is not", async () => {
      const uses = usesOf(known.schema);
      const wrong: string[] = [];
      for (const coordinate of declarations.keys()) {
        if (known.hidden.has(coordinate)) continue;
        const text = textOf(uses, coordinate);
        if (text === undefined || text.startsWith("mutation") || OF_SWITCHES.test(text)) continue;
        const answer = await ask({ text });
        const found = leaked(`${answer.body} ${JSON.stringify(answer.headers)}`, { text }, known.words);
        if (found.length > 0) wrong.push(`${text} tells of ${found.join()}: ${answer.body}`);
        const denied = answer.denied.filter((line) => known.hidden.has(line.split(" ")[0] ?? ""));
        if (denied.length > 0) wrong.push(`${text} is denied ${denied.join()}`);
        if (answer.failed.length > 0) wrong.push(`${text} fails: ${answer.failed.join()}`);
      }
      expect(wrong.slice(0, 5).join("\n\n")).toBe("");
    }, 600_000);

    it("who asks what the schema is gets all that is not hidden, and no word of the rest", async () => {
      const text = getIntrospectionQuery({
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      });
      const answer = await ask({ text });
      expect(answer.codes).toEqual([]);
      expect(leaked(answer.body, { text }, known.words)).toEqual([]);
      const told = buildClientSchema(answer.data as Parameters<typeof buildClientSchema>[0]); // cast: the query is graphql-js's own
      expect(printSchema(lexicographicSortSchema(told))).toBe(printSchema(lexicographicSortSchema(known.schema)));
    });
  });
});

function textOf(uses: Uses, coordinate: string): string | undefined {
  try {
    return uses.operation(coordinate);
  } catch {
    return undefined; // nothing leads there
  }
}

/** What is hidden in a place, in groups, with some names of other places: none of them is there for the caller. */
function wordsFor(
  { there, shown, most = 40 }: Place,
  deniedAs: string,
  stream: Random,
): readonly (readonly string[])[] {
  // Where nothing is hidden, what is there is only missed.
  const hidden = deniedAs === "HIDDEN" ? there.filter((name) => !shown.includes(name)) : there;
  const strangers = stream.shuffle(NAMES.filter((name) => !there.includes(name))).slice(0, most === 1 ? 1 : 12);
  const words = [...new Set([...hidden, ...(deniedAs === "HIDDEN" ? strangers : strangers.slice(0, 2))])];
  return Array.from({ length: Math.ceil(words.length / most) }, (_, at) => words.slice(at * most, (at + 1) * most));
}

interface Trying {
  readonly place: Place;
  readonly words: readonly string[];
  readonly stream: Random;
  readonly known: Known;
  readonly deniedAs: string;
  readonly ask: (sent: Sent) => Promise<Answer>;
}

async function tellsApart({ place, words, stream, known, ask, deniedAs }: Trying): Promise<string | undefined> {
  const [near, far] = [nearMisses(words, stream, ALL_NAMES), farMisses(words, stream, ALL_NAMES)];
  const tries = deniedAs === "HIDDEN" ? [words, near, far] : [near, far];
  const told: string[] = [];
  for (const tried of tries) {
    const sent = place.ask(tried);
    const answer = await ask(sent);
    const found = leaked(`${answer.body} ${JSON.stringify(answer.headers)}`, sent, known.words);
    if (found.length > 0) return `${sent.text} tells of ${found.join()}: ${answer.body.slice(0, 600)}`;
    if (answer.failed.length > 0) return `${sent.text} fails: ${answer.failed.join()}`;
    told.push(asked(same(answer), tried, words));
  }
  const other = told.findIndex((one) => one !== told[0]);
  return other < 0
    ? undefined
    : `${JSON.stringify(place.ask(tries[other] ?? []))}\n${told[0]?.slice(0, 900)}\nnot\n${told[other]?.slice(0, 900)}`;
}
