// The limit's statements: one for each operation and role, written by hand for that role, giving the finished text.
// Parameters: $1 the account, $2 the member, and what the operation takes.
import { LIST_SIZE, NESTED_SIZE, YEAR, type BenchRole, type Operation } from "./operations.ts";

const isLimited = (role: BenchRole): boolean => role === "EMPLOYEE" || role === "MANAGER";

const id = (tag: number, column: string): string =>
  `translate(encode('\\x${tag.toString(16).padStart(4, "0")}'::bytea || uuid_send(${column}), 'base64'), '+/', '-_')`;
const text = (column: string): string => `to_json(${column})::text`;

const TEAMS = "select team_id from team_member where account_id = $1::uuid and member_id = $2::uuid";
const LED_TEAMS = `${TEAMS} and lead`;
const members = (teams: string): string =>
  `select member_id from team_member where account_id = $1::uuid and team_id = any(array(${teams}))`;
const PROJECTS: Readonly<Record<string, string>> = {
  EMPLOYEE: "select project_id from project_member where account_id = $1::uuid and member_id = $2::uuid",
  MANAGER: `select project_id from project_member where account_id = $1::uuid
    and (member_id = $2::uuid or member_id = any(array(${members(LED_TEAMS)})))`,
};

/** Who leads a team is in it, so the people of one's teams are all whom a manager sees. */
const seesMember = (role: BenchRole, alias: string): string =>
  isLimited(role) ? ` and (${alias}.id = $2::uuid or ${alias}.id = any(array(${members(TEAMS)})))` : "";
const seesProject = (role: BenchRole, column: string): string =>
  isLimited(role) ? ` and ${column} = any(array(${PROJECTS[role] ?? ""}))` : "";

/** True: a statement has to name all of its parameters. */
const ANYBODY = "$2::uuid is not null";
const ENTRY_ROWS: Readonly<Record<BenchRole, string>> = {
  EMPLOYEE: "te.account_id = $1::uuid and te.member_id = $2::uuid",
  MANAGER: `te.account_id = $1::uuid and (te.member_id = $2::uuid or te.team_id = any(array(${LED_TEAMS})))`,
  FINANCE: `te.account_id = $1::uuid and ${ANYBODY}`,
  ADMIN: `te.account_id = $1::uuid and ${ANYBODY}`,
};

const cost = (role: BenchRole): string =>
  isLimited(role)
    ? "null"
    : `' || case when te.cost_rate_minor is null then 'null' else '{"minor":' || te.cost_rate_minor || ',"currency":"' || te.cost_rate_currency || '"}' end || '`;
const NEWEST = "order by te.date desc, te.id desc";

/** The newest entries. A manager's are merged from the heads of the teams led and of the manager's own entries. */
function page(role: BenchRole): string {
  const columns = `te.id, te.date, te.started_at, te.duration_seconds, te.description, te.billable, te.cost_rate_minor,
    te.cost_rate_currency, te.member_id, te.project_id, te.task_id`;
  const head = (where: string): string =>
    `(select ${columns} from time_entry te where te.account_id = $1::uuid and ${where} ${NEWEST} limit ${String(LIST_SIZE)})`;
  if (role !== "MANAGER") return head(role === "EMPLOYEE" ? "te.member_id = $2::uuid" : ANYBODY);
  const own = head(`te.member_id = $2::uuid and (te.team_id is null or te.team_id <> all(array(${LED_TEAMS})))`);
  const led = `select heads.* from (${LED_TEAMS}) led, lateral ${head("te.team_id = led.team_id")} heads`;
  return `(select te.* from (${led} union all ${own}) te ${NEWEST} limit ${String(LIST_SIZE)})`;
}

const list = (role: BenchRole): string => `select '{"timeEntries":{"nodes":[' || coalesce(string_agg(
  '{"id":"' || ${id(9, "te.id")} || '","date":"' || te.date::text || '","start":' || coalesce('"' || to_char(te.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"', 'null')
  || ',"durationSeconds":' || te.duration_seconds || ',"description":' || coalesce(${text("te.description")}, 'null') || ',"billable":' || te.billable::text
  || ',"costRate":${cost(role)},"member":' || case when m.id is null then 'null' else '{"id":"' || ${id(2, "m.id")} || '","name":' || ${text("m.name")} || '}' end
  || ',"project":' || case when p.id is null then 'null' else '{"id":"' || ${id(5, "p.id")} || '","name":' || ${text("p.name")} || ',"customer":'
    || case when c.id is null then 'null' else '{"id":"' || ${id(4, "c.id")} || '","name":' || ${text("c.name")} || '}' end || '}' end
  || ',"task":' || case when t.id is null then 'null' else '{"id":"' || ${id(6, "t.id")} || '","name":' || ${text("t.name")} || '}' end || '}',
  ',' ${NEWEST}), '') || ']}}'
  from ${page(role)} te
  left join member m on m.account_id = $1::uuid and m.id = te.member_id${seesMember(role, "m")}
  left join project p on p.account_id = $1::uuid and p.id = te.project_id${seesProject(role, "p.id")}
  left join customer c on c.account_id = $1::uuid and c.id = p.customer_id
  left join task t on t.account_id = $1::uuid and t.id = te.task_id${seesProject(role, "t.project_id")}`;

const entryFields = (
  role: BenchRole,
): string => `'{"id":"' || ${id(9, "te.id")} || '","durationSeconds":' || te.duration_seconds
  || ',"description":' || coalesce(${text("te.description")}, 'null') || ',"costRate":${cost(role)},"member":'
  || case when m.id is null then 'null' else '{"name":' || ${text("m.name")} || '}' end || '}'`;
const entryMember = (role: BenchRole): string =>
  `left join member m on m.account_id = $1::uuid and m.id = te.member_id${seesMember(role, "m")}`;

const nested = (role: BenchRole): string => `select '{"projects":{"nodes":[' || coalesce(string_agg(
  '{"id":"' || ${id(5, "p.id")} || '","name":' || ${text("p.name")} || ',"customer":' || case when c.id is null then 'null' else '{"name":' || ${text("c.name")} || '}' end
  || ',"members":[' || coalesce(people.j, '') || '],"timeEntries":{"nodes":[' || coalesce(entries.j, '') || ']}}', ',' order by p.name, p.id), '') || ']}}'
  from (select id, name, customer_id from project where account_id = $1::uuid${seesProject(role, "id")} order by name, id limit ${String(NESTED_SIZE)}) p
  left join customer c on c.account_id = $1::uuid and c.id = p.customer_id
  cross join lateral (select string_agg('{"id":"' || ${id(2, "m.id")} || '","name":' || ${text("m.name")} || '}', ',' order by m.name, m.id) j
    from project_member pm join member m on m.account_id = $1::uuid and m.id = pm.member_id
    where pm.account_id = $1::uuid and pm.project_id = p.id${seesMember(role, "m")}) people
  cross join lateral (select string_agg(${entryFields(role)}, ',' ${NEWEST}) j
    from (select te.id, te.date, te.duration_seconds, te.description, te.cost_rate_minor, te.cost_rate_currency, te.member_id
      from time_entry te where te.project_id = p.id and ${ENTRY_ROWS[role]} ${NEWEST} limit ${String(NESTED_SIZE)}) te
    ${entryMember(role)}) entries`;

const one = (role: BenchRole): string => `select '{"node":' || coalesce((select ${entryFields(role)} from time_entry te
  ${entryMember(role)} where te.id = $3::uuid and ${ENTRY_ROWS[role]}), 'null') || '}'`;

/** By project, month and currency, then by project and month: an amount is a list of sums. */
function report(role: BenchRole): string {
  const money = role !== "EMPLOYEE";
  const sums = money
    ? `, case when te.billable then te.billable_rate_currency end currency,
      sum(case when te.billable then round(te.duration_seconds::numeric * te.billable_rate_minor / 3600)::bigint end) minor`
    : "";
  const amounts = money
    ? `'[' || coalesce(string_agg('{"minor":' || g.minor || ',"currency":"' || g.currency || '"}', ',' order by g.currency) filter (where g.currency is not null), '') || ']'`
    : "'null'";
  const grouped = `select te.project_id, date_trunc('month', te.date::timestamp)::date as month, sum(te.duration_seconds) seconds${sums}
    from time_entry te where ${ENTRY_ROWS[role]} and te.date >= '${YEAR.first}' and te.date <= '${YEAR.last}'
    group by te.project_id, date_trunc('month', te.date::timestamp)::date${money ? ", currency" : ""}`;
  return `select '{"timeReport":{"rows":[' || coalesce(string_agg('{"key":[{"dimension":"PROJECT","value":' || coalesce('"' || ${id(5, "f.id")} || '"', 'null')
    || ',"label":' || coalesce(${text("f.name")}, 'null') || '},{"dimension":"MONTH","value":"' || to_char(f.month, 'YYYY-MM') || '","label":"' || to_char(f.month, 'YYYY-MM')
    || '"}],"totals":{"seconds":' || f.seconds || ',"billableAmount":' || f.amounts || '}}', ',' order by f.name nulls last, f.id, f.month), '') || ']}}'
    from (select p.id, p.name, g.month, sum(g.seconds) seconds, ${amounts} amounts from (${grouped}) g
      left join project p on p.account_id = $1::uuid and p.id = g.project_id${seesProject(role, "p.id")}
      group by p.id, p.name, g.month) f`;
}

export function limitSql(operation: Operation, role: BenchRole): string {
  switch (operation) {
    case "list":
      return list(role);
    case "nested":
      return nested(role);
    case "one":
      return one(role);
    case "report":
      return report(role);
    default:
      return operation satisfies never;
  }
}
