// A leak of each use of a field is planted in the gate, and found: a proof that could not fail would prove nothing.
import { expect, it } from "@jest/globals";
import type { Gate } from "../../src/gateway/operation.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { buildCatalogue, type Catalogue } from "../../src/permission/catalogue.ts";
import { any, flag, own, some } from "../../src/permission/condition.ts";
import type { Declared, Subject } from "../../src/permission/declare.ts";
import { NOTHING_YET, prove, type Finding } from "../../src/proof/prove.ts";
import type { Database } from "../../src/storage/database.ts";
import { subjects, tables } from "../../src/tables.ts";
import { catalogue } from "../gateway.ts";
import { account, gateFor, provingOn, SWITCHED } from "./proving.ts";
import { tellingCursors } from "./telling.ts";

const proving = provingOn(SWITCHED);

type MakeGate = (database: Database) => Gate;

interface Leak {
  readonly use: string;
  readonly caller: string;
  readonly plant: () => Promise<MakeGate>;
  /** What the smallest operation that shows it must hold. */
  readonly shows: RegExp;
  /** What must have been changed for it. */
  readonly hidden: RegExp;
}

/** The catalogue with other words for one coordinate. */
async function misread(coordinate: string, wrong: Partial<Declared>, of = subjects): Promise<Catalogue> {
  const { schema, declarations } = await buildGatewaySchema({ subjects: of });
  const declared = declarations.get(coordinate);
  if (declared === undefined) throw new Error(`there is no ${coordinate}`);
  const changed = new Map(declarations).set(coordinate, { ...declared, ...wrong });
  return buildCatalogue({ schema, declarations: changed, subjects: of });
}

const unread = async (coordinate: string): Promise<MakeGate> => gateFor(await misread(coordinate, { reads: [] }));

/** The true gate, but for operations of which something is true. */
function only(test: RegExp, leaky: MakeGate): MakeGate {
  return (database) => {
    const [honest, telling] = [gateFor(catalogue)(database), leaky(database)];
    return { execute: (request) => (test.test(request.text) ? telling : honest).execute(request) };
  };
}

const employee = "a member with the role EMPLOYEE";
const manager = "a member with the role MANAGER";

const withRows = (name: string, rows: Partial<Subject["rows"]>): readonly Subject[] =>
  subjects.map((subject) => (subject.name === name ? { ...subject, rows: { ...subject.rows, ...rows } } : subject));

const LEAKS: readonly Leak[] = [
  {
    use: "selected: a field without its access",
    caller: employee,
    plant: async () => gateFor(await misread("TimeEntry.costRate", { access: {} })),
    shows: /costRate/,
    hidden: /time_entry\.cost_rate/,
  },
  {
    use: "filtered: an input field that forgot what it reads",
    caller: employee,
    plant: () => unread("TimeEntryFilter.costRate"),
    shows: /costRate: \{|filter: \$/,
    hidden: /time_entry\.cost_rate/,
  },
  {
    use: "ordered: an order value that forgot what it reads",
    caller: employee,
    plant: () => unread("TimeEntryOrderField.COST_RATE"),
    shows: /COST_RATE|orderBy: \$/,
    hidden: /time_entry\.cost_rate/,
  },
  {
    use: "grouped: a dimension that forgot what it reads",
    caller: "the role FINANCE",
    plant: () => unread("ReportDimension.BILLABLE"),
    shows: /BILLABLE|groupBy: \$/,
    hidden: /time_entry\.billable/,
  },
  {
    use: "aggregated: a total that forgot what it reads",
    caller: employee,
    plant: () => unread("TimeTotals.costAmount"),
    shows: /costAmount/,
    hidden: /time_entry\.cost_rate/,
  },
  {
    use: "paged: a cursor made of the raw value",
    caller: employee,
    plant: () => Promise.resolve(tellingCursors(gateFor(catalogue), account)),
    shows: /cursor|Cursor/,
    hidden: /time_entry\.cost_rate/,
  },
  {
    use: "searched: text of a closed field looked into",
    caller: manager,
    plant: async () => only(/contains/, await unread("ProjectFilter.name")),
    shows: /contains/,
    hidden: /project\.name/,
  },
  {
    use: "written: a mutation that answers from a closed field",
    caller: employee,
    plant: async () => only(/^mutation/, gateFor(await misread("TimeEntry.costRate", { access: {} }))),
    shows: /mutation[^]*costRate/,
    hidden: /cost_rate/,
  },
  {
    use: "used in a condition: a row rule that reads a hidden column",
    caller: employee,
    plant: async () => {
      const of = withRows("TimeEntry", { EMPLOYEE: some(any(own("member_id"), flag("billable"))) });
      return gateFor(await misread("TimeEntry", {}, of));
    },
    shows: /./,
    hidden: /time_entry/,
  },
  {
    use: "masked: a field that shows on every row",
    caller: "a member with the roles INTEGRATION and MANAGER",
    plant: async () => gateFor(await misread("TimeEntry.internalNote", { access: {} })),
    shows: /internalNote/,
    hidden: /time_entry\.internal_note/,
  },
];

async function find({ caller, plant }: Leak): Promise<Finding | undefined> {
  const { copies, callers } = proving();
  const size = { changes: 1, operations: 150 };
  const parts = {
    catalogue,
    tables,
    account,
    copies,
    makeGate: await plant(),
    size,
    seed: 7,
    triples: 20_000,
    most: 1,
  };
  const asked = callers.filter(({ words }) => words === caller);
  expect(asked).toHaveLength(1);
  const { findings } = await prove({ ...parts, callers: asked }, NOTHING_YET, () => undefined);
  return findings[0];
}

/** So that a person sees at a glance what it is. */
const SHORT = 250;

it.each(LEAKS)("a planted leak is found and made small: $use", async (leak) => {
  const finding = await find(leak);
  expect(finding?.operation).toMatch(leak.shows);
  expect(finding?.operation.length).toBeLessThan(SHORT);
  expect(finding?.changes.length).toBeLessThan(3);
  expect(finding?.changes[0]).toMatch(leak.hidden);
});
