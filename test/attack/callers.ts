// Who tries names, what an account has switched, and what then is not there for them.
import type { GraphQLSchema } from "graphql";
import { smallId } from "../../seeds/small-rows.ts";
import { seedSmall } from "../../seeds/seeding.ts";
import type { Role } from "../../src/caller.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import type { OpenDatabase } from "../../src/storage/open.ts";
import { subjects } from "../../src/tables.ts";
import { sql } from "../database.ts";
import { openGate, people, setToggles, type Gateway } from "../gateway/asking.ts";
import { uniteRoles } from "../oracle/naive-access.ts";
import { naiveHidden } from "../oracle/naive-hidden.ts";
import { cutSchema } from "../oracle/naive-schema.ts";
import { AUDIENCES } from "../oracle/world.ts";
import { nameOf } from "./names.ts";

const { schema, declarations } = await buildGatewaySchema({ subjects });
const law = { schema, declarations, subjects };
export const NAMES = [...new Set([...declarations.keys()].flatMap((coordinate) => nameOf(coordinate)))];
export const ALL_NAMES = new Set(NAMES);

export { schema, declarations };

/** So that there is something hidden from everybody, of every kind. */
export const SWITCHED = [
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

export const CALLERS: readonly (readonly [string, keyof typeof people, readonly Role[]])[] = [
  ["an employee", "EMPLOYEE", ["EMPLOYEE"]],
  ["a manager", "MANAGER", ["MANAGER"]],
  ["finance", "FINANCE", ["FINANCE"]],
  ["an admin", "ADMIN", ["ADMIN"]],
  ["an integration", "INTEGRATION", ["INTEGRATION"]],
  ["a manager who is also an employee", "OTHER_MANAGER", ["EMPLOYEE", "MANAGER"]],
];

export interface Known {
  readonly hidden: ReadonlySet<string>;
  readonly schema: GraphQLSchema;
  /** Names that stand for nothing else that the caller may know of. */
  readonly words: ReadonlySet<string>;
}

/** What the law hides from these roles: worked out beside the product. */
export function knownTo(roles: readonly Role[], deniedAs: "DENIED" | "HIDDEN"): Known {
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

/** The small seed, in which somebody has two roles, with all of the above switched. */
export async function switchedGateway(database: OpenDatabase, deniedAs: "DENIED" | "HIDDEN"): Promise<Gateway> {
  await seedSmall(database);
  const gateway = openGate(database);
  const employee = [smallId("harbour", "account", "account"), smallId("harbour", "member", "m05")];
  await sql(database, "insert into member_role (account_id, member_id, role) values ($1, $2, 'EMPLOYEE')", employee);
  await setToggles(gateway, ...SWITCHED);
  await gateway.ask(people.ADMIN, `mutation { setDenials(deniedAs: ${deniedAs}) { revision } }`);
  return gateway;
}
