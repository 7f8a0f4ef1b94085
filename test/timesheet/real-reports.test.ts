// What the gate answers over a real log adds up to what its own notes state, for those who may see it, and for nobody else.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "graphql";
import type { AccountId, Caller, MemberId } from "../../src/caller.ts";
import { systemClock } from "../../src/clock.ts";
import { createAccount } from "../../src/identity/create-account.ts";
import { changeRole } from "../../src/identity/roles.ts";
import { importGeneric } from "../../src/timesheet/import/generic.ts";
import { databaseFor, KINDS, sql } from "../database.ts";
import { gateOf } from "../gateway.ts";
import { cesaw, mapOf, there } from "./real-data.ts";

const REPORT = `query ($by: [ReportDimension!]!) {
  timeReport(groupBy: $by) { rows { key { label } totals { seconds entryCount } } totals { seconds entryCount } }
}`;

interface Answer {
  readonly timeReport: {
    readonly rows: readonly { readonly key: readonly [{ readonly label: string }]; readonly totals: Totals }[];
    readonly totals: Totals;
  };
  readonly timeEntries: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string; readonly externalId: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
  readonly mine: { readonly nodes: readonly [{ readonly id: string }] };
  readonly other: { readonly nodes: readonly [{ readonly id: string }] };
  readonly nodes: readonly ({ readonly id: string } | null)[];
  readonly node: object | null;
}

interface Totals {
  readonly seconds: number;
  readonly entryCount: number;
}

(there ? describe : describe.skip).each(KINDS)("over a real log, on %s,", (kind) => {
  const database = databaseFor(kind);
  const accounts = new Map<string, AccountId>();

  beforeAll(async () => {
    for (const name of ["B", "D"]) {
      const zone = { timezone: "America/New_York", currency: "USD" };
      const slug = `org-${name.toLowerCase()}`;
      const id = await database().write((transaction) => createAccount(transaction, { slug, name: slug, ...zone }));
      accounts.set(slug, id as AccountId);
      const account = { id, ...zone };
      await importGeneric({ database: database(), account, source: cesaw, map: mapOf(name), clock: systemClock });
    }
  });

  async function ask(caller: Caller, text: string, variables = {}): Promise<Answer> {
    const document = parse(text);
    const request = {
      caller,
      text,
      document,
      operationName: undefined,
      variables,
      onDenied: "null",
      requestId: "real",
    } as const;
    const answer = await gateOf(database()).execute(request);
    return (JSON.parse(answer.body) as { readonly data: Answer }).data;
  }

  const admin = (slug: string): Caller => ({ kind: "role", account: accounts.get(slug) as AccountId, role: "ADMIN" });

  /** Minutes by label, of both organisations, the largest first. */
  async function largest(by: string, limit: number) {
    const sums = new Map<string, number>();
    for (const slug of accounts.keys()) {
      const { timeReport } = await ask(admin(slug), REPORT, { by: [by] });
      for (const { key, totals } of timeReport.rows) {
        sums.set(key[0].label, (sums.get(key[0].label) ?? 0) + totals.seconds / 60);
      }
    }
    return [...sums].toSorted(([, one], [, other]) => other - one).slice(0, limit);
  }

  it("the reports of the two admins add up to the stated figures", async () => {
    const totals: Totals[] = [];
    for (const slug of accounts.keys())
      totals.push((await ask(admin(slug), REPORT, { by: ["MEMBER"] })).timeReport.totals);
    expect(totals.reduce((sum, { seconds }) => sum + seconds, 0) / 60).toBe(1_912_086);
    expect(totals.reduce((sum, { entryCount }) => sum + entryCount, 0)).toBe(52_069);
    expect(await largest("PROJECT", 5)).toEqual([
      ["95", 330_890],
      ["181", 235_577],
      ["184", 189_931],
      ["101", 174_672],
      ["180", 156_612],
    ]);
    expect(await largest("MEMBER", 5)).toEqual([
      ["649", 135_981],
      ["643", 105_177],
      ["645", 97_728],
      ["647", 82_162],
      ["650", 53_006],
    ]);
    expect(await largest("ACTIVITY", 3)).toEqual([
      ["Code", 239_920],
      ["Code Inspect", 158_628],
      ["Design", 129_353],
    ]);
    expect(await largest("MONTH", 3)).toEqual([
      ["2012-10", 163_559],
      ["2012-08", 142_737],
      ["2012-09", 142_373],
    ]);
  });

  it("the lead of team 22 sees the entries booked under team 22, and no others, on every road", async () => {
    const account = accounts.get("org-b") as AccountId;
    await changeRole(database(), { account: "org-b", member: "198", role: "MANAGER", remove: false, lead: ["22"] });
    const rows = await sql(
      database(),
      `select e.external_id from time_entry e left join team t on t.account_id = e.account_id and t.id = e.team_id
       join member m on m.account_id = e.account_id and m.id = e.member_id
       where e.account_id = $1 and (t.external_id = '22' or m.external_id = '198')`,
      [account],
    );
    const expected = rows.map(([id]) => id ?? "").toSorted();
    const [own] = await sql(database(), "select id from member where account_id = $1 and external_id = '198'", [
      account,
    ]);
    const lead: Caller = { kind: "member", account, member: own?.[0] as MemberId };
    const seen: string[] = [];
    const page = `query ($after: String) { timeEntries(first: 500, after: $after) {
      totalCount nodes { externalId } pageInfo { hasNextPage endCursor } } }`;
    for (let after: string | null = null, more = true; more;) {
      const { timeEntries } = await ask(lead, page, { after });
      seen.push(...timeEntries.nodes.map(({ externalId }) => externalId));
      expect(timeEntries.totalCount).toBe(expected.length);
      ({ hasNextPage: more, endCursor: after } = timeEntries.pageInfo);
    }
    expect(seen.toSorted()).toEqual(expected);
    const { timeReport } = await ask(lead, REPORT, { by: ["TEAM"] });
    expect(timeReport.totals.entryCount).toBe(expected.length);
    const both = await ask(
      admin("org-b"),
      `{ mine: timeEntries(filter: { team: { externalId: { eq: "22" } } }, first: 1) { nodes { id } }
      other: timeEntries(filter: { team: { externalId: { eq: "61" } } }, first: 1) { nodes { id } } }`,
    );
    const ids = [both.mine.nodes[0].id, both.other.nodes[0].id];
    const found = await ask(lead, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    expect(found.nodes).toEqual([{ id: ids[0] }, null]);
  });

  it("one organisation never sees the other", async () => {
    const { timeEntries } = await ask(admin("org-d"), "{ timeEntries(first: 1) { nodes { id } } }");
    const { node } = await ask(admin("org-b"), "query ($id: ID!) { node(id: $id) { id } }", {
      id: timeEntries.nodes[0]?.id,
    });
    expect(node).toBeNull();
  });
});
