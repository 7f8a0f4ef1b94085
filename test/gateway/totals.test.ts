// Every total is the sum over the list that the same caller may read, row by row: in worlds of random rows and switches.
import { describe, expect, it } from "@jest/globals";
import type { AccountId, Caller, MemberId } from "../../src/caller.ts";
import { databaseFor, KINDS } from "../database.ts";
import { catalogue } from "../gateway.ts";
import { load } from "../oracle/load.ts";
import { random } from "../oracle/random.ts";
import { askers, world, type Asker } from "../oracle/world.ts";
import { openGate, type Gateway } from "./asking.ts";

interface Money {
  readonly minor: number;
  readonly currency: string;
}
interface Entry {
  readonly id: string;
  readonly date: string;
  readonly durationSeconds: number | null;
  readonly billable: boolean | null;
  readonly billableAmount: Money | null;
  readonly costAmount: Money | null;
  readonly status: string | null;
  readonly project: { readonly id: string } | null;
  readonly member: { readonly id: string } | null;
  readonly timesheet: { readonly id: string } | null;
  readonly tags: readonly { readonly id: string }[] | null;
}
interface Totals {
  readonly seconds: number | null;
  readonly billableSeconds: number | null;
  readonly entryCount: number;
  readonly billableAmount: readonly Money[] | null;
  readonly costAmount: readonly Money[] | null;
}

interface Row {
  readonly key: readonly { readonly value: string | null }[];
  readonly totals: Totals;
}

const TOTALS = "{ seconds billableSeconds entryCount billableAmount { minor currency } costAmount { minor currency } }";
const ENTRY = `{ id date durationSeconds billable billableAmount { minor currency } costAmount { minor currency }
  status project { id } member { id } timesheet { id } tags { id } }`;
const DIMENSIONS = { PROJECT: "project", MEMBER: "member", STATUS: "status", BILLABLE: "billable" } as const;

const FILTERS: readonly object[] = [
  {},
  { billable: { eq: true } },
  { billableAmount: { gt: 1000 } },
  { costRate: { isNull: false } },
  { status: { in: ["OPEN", "APPROVED"] } },
  { not: { durationSeconds: { gt: 3600 } } },
  { project: { archived: { eq: false } } },
  { tags: { some: {} } },
  { or: [{ member: { name: { contains: "a" } } }, { date: { gte: "2024-03-01" } }] },
  { and: [] },
  { or: [] },
];

const callerOf = ({ account, member, roles: [role] }: Asker): Caller => {
  const known = account as AccountId; // cast: an id of the world's own making
  if (member !== null) return { kind: "member", account: known, member: member as MemberId }; // cast: as above
  if (role === undefined) throw new Error("who is no member has a role");
  return { kind: "role", account: known, role };
};

/** The whole list, three rows a page. Undefined where the caller may not ask it so. */
async function listed(gateway: Gateway, who: Caller, filter: object): Promise<readonly Entry[] | undefined> {
  const text = `query ($filter: TimeEntryFilter, $after: String) { timeEntries(filter: $filter, first: 7, after: $after) {
    totalCount nodes ${ENTRY} pageInfo { hasNextPage endCursor } } }`;
  const entries: Entry[] = [];
  for (let after: unknown = null; ;) {
    const answer = await gateway.ask(who, text, { variables: after === null ? { filter } : { filter, after } });
    const nodes = answer.at("timeEntries.nodes");
    if (!Array.isArray(nodes)) return undefined;
    entries.push(...(nodes as readonly Entry[])); // cast: the form that was asked for
    after = answer.at("timeEntries.pageInfo.endCursor");
    if (answer.at("timeEntries.pageInfo.hasNextPage") !== true) {
      const count = answer.at("timeEntries.totalCount");
      // Null where the count itself is closed.
      if (count !== null && count !== entries.length) throw new Error(`another count: ${answer.body}`);
      return entries;
    }
  }
}

function sum(entries: readonly Entry[], said: Totals): Totals {
  const money = (field: "billableAmount" | "costAmount"): readonly Money[] => {
    const sums = new Map<string, number>();
    for (const { [field]: one } of entries)
      if (one !== null) sums.set(one.currency, (sums.get(one.currency) ?? 0) + one.minor);
    return [...sums]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([currency, minor]) => ({ minor, currency }));
  };
  const seconds = (some: readonly Entry[]): number => some.reduce((all, one) => all + (one.durationSeconds ?? 0), 0);
  // What is closed in totals is null there; that it is closed where it must be is tested elsewhere.
  return {
    seconds: said.seconds === null ? null : seconds(entries),
    billableSeconds:
      said.billableSeconds === null ? null : seconds(entries.filter(({ billable }) => billable === true)),
    entryCount: said.entryCount === null ? said.entryCount : entries.length,
    billableAmount: said.billableAmount === null ? null : money("billableAmount"),
    costAmount: said.costAmount === null ? null : money("costAmount"),
  };
}

type Tally = Record<"whole" | "rows" | "sheets" | "budgets", number>;

async function compareReport(
  gateway: Gateway,
  who: Caller,
  of: { filter: object; entries: readonly Entry[]; tally: Tally },
): Promise<void> {
  for (const [dimension, field] of Object.entries(DIMENSIONS).slice(0, Object.keys(of.filter).length === 0 ? 4 : 1)) {
    const text = `query ($filter: TimeEntryFilter) { timeReport(groupBy: [${dimension}], filter: $filter) { totals ${TOTALS} rows { key { value } totals ${TOTALS} } } }`;
    const answer = await gateway.ask(who, text, { variables: { filter: of.filter } });
    expect(answer.failed).toEqual([]);
    const whole = answer.at("timeReport.totals");
    const rows = answer.at("timeReport.rows");
    if (whole === undefined || whole === null || !Array.isArray(rows)) continue;
    expect(whole).toEqual(sum(of.entries, whole as Totals)); // cast: the form that was asked for
    of.tally.whole += 1;
    const valueOf = (entry: Entry): string | null => {
      const value = entry[field as keyof typeof entry]; // cast: a name from the table above
      if (typeof value === "object" && value !== null) return "id" in value ? value.id : null;
      return value === null ? null : String(value);
    };
    expect(new Set((rows as readonly Row[]).map(({ key }) => key[0]?.value))).toEqual(new Set(of.entries.map(valueOf)));
    for (const { key, totals } of rows as readonly Row[]) {
      // cast: as above
      const mine = of.entries.filter((entry) => valueOf(entry) === key[0]?.value);
      expect([dimension, key, totals]).toEqual([dimension, key, sum(mine, totals)]);
      of.tally.rows += 1;
    }
  }
}

async function compareParents(
  gateway: Gateway,
  who: Caller,
  of: { entries: readonly Entry[]; tally: Tally },
): Promise<void> {
  const sheets = await gateway.ask(who, `{ timesheets(first: 500) { nodes { id totals ${TOTALS} } } }`);
  for (const sheet of (sheets.at("timesheets.nodes") ?? []) as readonly { id: string; totals: Totals | null }[]) {
    // cast: as asked
    if (sheet.totals === null) continue;
    const mine = of.entries.filter(({ timesheet }) => timesheet?.id === sheet.id);
    // Where the entries' own pointer is closed, the sums cannot be told apart here.
    if (sheets.denied.length > 0 || of.entries.every(({ timesheet }) => timesheet === null)) continue;
    expect(sheet.totals).toEqual(sum(mine, sheet.totals));
    of.tally.sheets += 1;
  }
  const projects = await gateway.ask(who, `{ projects(first: 500) { nodes { id budgetUsed { minor currency } } } }`);
  for (const project of (projects.at("projects.nodes") ?? []) as readonly { id: string; budgetUsed: Money | null }[]) {
    // cast: as asked
    const used = project.budgetUsed;
    if (used === null || of.entries.every((entry) => entry.project === null)) continue;
    const mine = of.entries.filter(
      (entry) => entry.project?.id === project.id && entry.billableAmount?.currency === used.currency,
    );
    expect(used.minor).toBe(mine.reduce((all, entry) => all + (entry.billableAmount?.minor ?? 0), 0));
    of.tally.budgets += 1;
  }
}

describe.each(KINDS)("on %s,", (kind) => {
  const database = databaseFor(kind);
  const switchable = [...catalogue.entries.values()].flatMap(({ coordinate, declared }) =>
    declared.fixed ? [] : [coordinate],
  );

  it("totals of reports, sheets and budgets are the sums of what the same caller reads in the list", async () => {
    const tally: Tally = { whole: 0, rows: 0, sheets: 0, budgets: 0 };
    for (const seed of [1, 2]) {
      const made = world(random(seed), switchable);
      await load(database(), made);
      const gateway = openGate(database());
      for (const who of askers(made).map(callerOf)) {
        for (const filter of FILTERS) {
          const entries = await listed(gateway, who, filter);
          if (entries !== undefined) await compareReport(gateway, who, { filter, entries, tally });
          if (entries !== undefined && Object.keys(filter).length === 0)
            await compareParents(gateway, who, { entries, tally });
        }
      }
    }
    // A world in which everybody is refused would prove nothing.
    expect(Object.entries(tally).filter(([, count]) => count < 50)).toEqual([]);
  });
});
