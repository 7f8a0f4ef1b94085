/** What an hour of an entry is sold for and costs, where nobody says: read whether or not the writer may see it. */
import { memberTable } from "../identity/member.ts";
import type { Cells, Door, Facts } from "../plan/door.ts";
import type { Table } from "../storage/table.ts";
import { customerTable } from "./customer.ts";
import { projectTable } from "./project.ts";

interface Rate {
  readonly minor: string | null;
  readonly currency: string | null;
}

/** The project's rate, else its customer's, else the member's. */
export async function billableRate(
  door: Door,
  of: { readonly member: string; readonly project: string | null },
): Promise<Rate> {
  const project = await find(door, projectTable, { id: of.project, columns: [...BILLABLE, "customer_id"] });
  if (project !== undefined && project.billable_rate_minor !== null) return billable(project);
  const customer = await find(door, customerTable, { id: project?.customer_id ?? null, columns: BILLABLE });
  if (customer !== undefined && customer.billable_rate_minor !== null) return billable(customer);
  return billable(await find(door, memberTable, { id: of.member, columns: BILLABLE }));
}

export async function costRate(door: Door, member: string): Promise<Rate> {
  const found = await find(door, memberTable, { id: member, columns: ["cost_rate_minor", "cost_rate_currency"] });
  return { minor: found?.cost_rate_minor ?? null, currency: found?.cost_rate_currency ?? null };
}

export const rateCells = (
  column: "billable_rate" | "cost_rate",
  rate: Rate | { readonly minor: number; readonly currency: string } | null,
): Cells => ({ [`${column}_minor`]: rate?.minor ?? null, [`${column}_currency`]: rate?.currency ?? null });

const BILLABLE = ["billable_rate_minor", "billable_rate_currency"] as const;

const billable = (row: Facts<(typeof BILLABLE)[number]> | undefined): Rate => ({
  minor: row?.billable_rate_minor ?? null,
  currency: row?.billable_rate_currency ?? null,
});

async function find<Name extends string>(
  door: Door,
  table: Table,
  { id, columns }: { readonly id: string | null; readonly columns: readonly Name[] },
): Promise<Facts<Name> | undefined> {
  if (id === null) return undefined;
  const [row] = await door.facts(table, { columns, where: [{ column: "id", is: "=", value: id }] });
  return row;
}
