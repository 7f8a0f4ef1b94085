// Somebody tries all the names there are, in all the places there are. What is hidden answers as what there never was.
import { beforeAll, describe, expect, it } from "@jest/globals";
import {
  getIntrospectionQuery,
  buildClientSchema,
  lexicographicSortSchema,
  printSchema,
  type GraphQLSchema,
} from "graphql";
import { smallId } from "../../seeds/small-rows.ts";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Role } from "../../src/caller.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { subjects } from "../../src/tables.ts";
import { databaseFor, sql } from "../database.ts";
import { openGate, people, setToggles, type Answer, type Gateway } from "../gateway/asking.ts";
import { uniteRoles } from "../oracle/naive-access.ts";
import { naiveHidden } from "../oracle/naive-hidden.ts";
import { cutSchema } from "../oracle/naive-schema.ts";
import { random, type Random } from "../oracle/random.ts";
import { AUDIENCES } from "../oracle/world.ts";
import { usesOf, type Uses } from "../permission/uses.ts";
import { places, type Place, type Sent } from "./guessing.ts";
import { asked, farMisses, leaked, nameOf, nearMisses } from "./names.ts";

const { schema, declarations } = await buildGatewaySchema({ subjects });
const law = { schema, declarations, subjects };
const NAMES = [...new Set([...declarations.keys()].flatMap((coordinate) => nameOf(coordinate)))];
const ALL_NAMES = new Set(NAMES);

/** So that there is something hidden from everybody, of every kind. */
const SWITCHED = [
  "Expense off EVERYONE",
  "Tag off INTEGRATION",
  "EntryStatus.INVOICED off EVERYONE",
  "TimesheetStatus.REJECTED off EMPLOYEE",
  "ReportDimension.ACTIVITY off EVERYONE",
  "Query.timeReport(rounding:) off FINANCE",
  "Query.timeReport(weekStart:) off EVERYONE",
  "Query.timeEntries(orderBy:) off MANAGER",
  "TimeEntryFilter.date off EMPLOYEE",
  "Customer off EMPLOYEE",
  "TimeEntry.start off EMPLOYEE",
  "Mutation.createTimeEntry off MANAGER",
  "Team off FINANCE",
];

const CALLERS: readonly (readonly [string, keyof typeof people, readonly Role[]])[] = [
  ["an employee", "EMPLOYEE", ["EMPLOYEE"]],
  ["a manager", "MANAGER", ["MANAGER"]],
  ["finance", "FINANCE", ["FINANCE"]],
  ["an admin", "ADMIN", ["ADMIN"]],
  ["an integration", "INTEGRATION", ["INTEGRATION"]],
  ["a manager who is also an employee", "OTHER_MANAGER", ["EMPLOYEE", "MANAGER"]],
];

interface Known {
  readonly hidden: ReadonlySet<string>;
  readonly schema: GraphQLSchema;
  /** Names that stand for nothing else that the caller may know of. */
  readonly words: ReadonlySet<string>;
}

/** What the law hides from these roles: worked out beside the product. */
function knownTo(roles: readonly Role[], deniedAs: "DENIED" | "HIDDEN"): Known {
  const toggles = SWITCHED.map((line) => {
    const [coordinate = "", , said] = line.split(" ");
    const audience = AUDIENCES.find((one) => one === said) ?? "EVERYONE";
    return { account: "", coordinate, enabled: false, audience };
  });
  const access = uniteRoles(law, toggles, roles);
  const isClosed = (coordinate: string): boolean => access.closed(coordinate) !== undefined;
  const hidden = new Set(naiveHidden({ law, deniedAs, isClosed }).keys());
  const shown = new Set([...declarations.keys()].filter((one) => !hidden.has(one)).map(nameOf));
  return {
    hidden,
    schema: hidden.size === 0 ? schema : cutSchema(schema, (coordinate) => hidden.has(coordinate)),
    words: new Set([...hidden].map(nameOf).filter((name) => !shown.has(name))),
  };
}

/** What is switched is named to those who switch it. */
const OF_SWITCHES = /^query { (toggles|toggle[A-Z]\w+|scheduledToggles)\b/;

const same = ({ status, headers, body }: Answer): string => JSON.stringify([status, headers, body]);

describe.each(["HIDDEN", "DENIED"] as const)("where an account tells of what it denies as %s,", (deniedAs) => {
  const database = databaseFor("pglite");
  let gateway: Gateway;

  beforeAll(async () => {
    await seedSmall(database());
    gateway = openGate(database());
    const employee = [smallId("harbour", "account", "account"), smallId("harbour", "member", "m05")];
    await sql(
      database(),
      "insert into member_role (account_id, member_id, role) values ($1, $2, 'EMPLOYEE')",
      employee,
    );
    await setToggles(gateway, ...SWITCHED);
    await gateway.ask(people.ADMIN, `mutation { setDenials(deniedAs: ${deniedAs}) { revision } }`);
  });

  describe.each(CALLERS)("%s", (_words, who, roles) => {
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
