import { describe, expect, it } from "@jest/globals";
import { refusalOf } from "../../src/storage/refusal.ts";
import { databaseFor, KINDS, sql } from "../database.ts";

const acme = "00000000-0000-7000-8000-00000000000a";
const bolt = "00000000-0000-7000-8000-00000000000b";
/** The same number in both accounts is not the same thing: the account is part of every key. */
const one = "00000000-0000-7000-8000-000000000001";
/** In acme only. */
const two = "00000000-0000-7000-8000-000000000002";
const none = "00000000-0000-7000-8000-0000000000ff";

const WORLD = [
  `INSERT INTO account (id, slug, name, timezone, currency) VALUES ('${acme}', 'acme', 'A', 'UTC', 'EUR'), ('${bolt}', 'bolt', 'B', 'UTC', 'EUR')`,
  `INSERT INTO member (account_id, id, name, timezone) VALUES
    ('${acme}', '${one}', 'M', 'UTC'), ('${acme}', '${two}', 'N', 'UTC'), ('${bolt}', '${one}', 'O', 'UTC')`,
  ...["team", "customer", "project", "task", "activity", "tag"].map(
    (table) =>
      `INSERT INTO ${table} (account_id, id, name) VALUES ('${acme}', '${one}', 'x'), ('${acme}', '${two}', 'y'), ('${bolt}', '${one}', 'x')`,
  ),
  `INSERT INTO timesheet (account_id, id, member_id, period_start, period_end) VALUES
    ('${acme}', '${one}', '${one}', '2026-03-02', '2026-03-08'), ('${acme}', '${two}', '${one}', '2026-03-09', '2026-03-15')`,
  `INSERT INTO time_entry (account_id, id, external_id, member_id, date, timezone, duration_seconds) VALUES
    ('${acme}', '${one}', 'x1', '${one}', '2026-03-02', 'UTC', 60), ('${acme}', '${two}', NULL, '${one}', '2026-03-02', 'UTC', 0)`,
  `INSERT INTO expense (account_id, id, member_id, date) VALUES ('${acme}', '${one}', '${one}', '2026-03-02')`,
  `INSERT INTO member_role VALUES ('${acme}', '${one}', 'ADMIN')`,
  `INSERT INTO toggle_schedule (account_id, effective_at, created_by, coordinates, audiences, enabled, settled_revision)
    VALUES ('${acme}', '2999-01-01Z', 'a test', '{Team.name}', '{EVERYONE}', '{t}', 7)`,
  `INSERT INTO toggle_proposal (account_id, id, hash, proposed_by, coordinates, audiences, enabled)
    VALUES ('${acme}', '${one}', 'h', 'a test', '{Team.name}', '{EVERYONE}', '{t}')`,
  `INSERT INTO toggle_approval VALUES ('${acme}', '${one}', '${one}')`,
  `INSERT INTO operation VALUES ('${acme}', 'h', NULL, '{ viewer }', '{Query.viewer}', '{-1}')`,
  `INSERT INTO operation_use VALUES ('${acme}', 'h', '2026-03-02', '{ADMIN}', NULL, 1)`,
];

const set = (table: string, what: string): string =>
  `UPDATE ${table} SET ${what} WHERE account_id = '${acme}' AND id = '${one}'`;

const denialChange = (column: string, word: string): string => {
  const [deniedAs, onDenied] = column === "denied_as" ? [word, "NULL"] : ["DENIED", word];
  return `INSERT INTO denial_change (account_id, revision, denied_as, on_denied, was_denied_as, was_on_denied, changed_by)
    VALUES ('${acme}', 2, '${deniedAs}', '${onDenied}', 'DENIED', 'NULL', 'a test')`;
};

const CHANGES = { coordinates: "'{Team.name}'", audiences: "'{EVERYONE}'", enabled: "'{t}'" };
const insert = (table: string, columns: Readonly<Record<string, string>>): string =>
  `INSERT INTO ${table} (account_id, ${Object.keys(columns).join(", ")}) VALUES ('${acme}', ${Object.values(columns).join(", ")})`;
const schedule = (columns: Readonly<Record<string, string>>): string =>
  insert("toggle_schedule", { effective_at: "'2999-01-01Z'", created_by: "'a test'", ...CHANGES, ...columns });
const proposal = (columns: Readonly<Record<string, string>>): string =>
  insert("toggle_proposal", { hash: "'h'", proposed_by: "'a test'", ...CHANGES, ...columns });
const ragged = [
  { coordinates: "'{}'" },
  { coordinates: "'{Team.name,Team.id}'" },
  { coordinates: "'{NULL}'" },
  { enabled: "'{}'" },
];
const cancelled = { cancelled_by: "'a test'", cancelled_at: "clock_timestamp()" };

/** Changes that wait: each refused as soon as it is written down. */
const waitingOnes: Readonly<Record<string, readonly string[]>> = {
  toggle_schedule_changes_whole: ragged.map(schedule),
  toggle_schedule_audiences_one_of: [schedule({ audiences: "'{NOBODY}'" })],
  toggle_schedule_states_known: [schedule({ enabled: "'{NULL}'" })],
  toggle_schedule_ahead: [schedule({ effective_at: "'2020-01-01Z'" })],
  toggle_schedule_one_end: [schedule({ ...cancelled, settled_revision: "2" })],
  toggle_schedule_cancelled_whole: [schedule({ cancelled_by: "'a test'" })],
  toggle_schedule_cancelled_ahead: [schedule({ ...cancelled, cancelled_at: "'2999-01-02Z'" })],
  toggle_schedule_settled_revision_key: [schedule({ settled_revision: "7" })],
  toggle_proposal_changes_whole: ragged.map(proposal),
  toggle_proposal_audiences_one_of: [proposal({ audiences: "'{NOBODY}'" })],
  toggle_proposal_expires: [proposal({ expires_at: "clock_timestamp() + interval '8 days'" })],
  toggle_proposal_member_id_fkey: [proposal({ member_id: `'${none}'` })],
  toggle_proposal_withdrawn_whole: [proposal({ withdrawn_by: "'a test'" })],
  toggle_approval_pkey: [insert("toggle_approval", { proposal_id: `'${one}'`, member_id: `'${one}'` })],
};

/** By the constraint that refuses them. A reference to a row that only another account has is refused like one to nothing. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  account_slug_form: ["", "Acme", "-acme", "acme-", "a b", "a".repeat(64)].map(
    (slug) => `UPDATE account SET slug = '${slug}'`,
  ),
  account_slug_key: ["UPDATE account SET slug = 'bolt'"],
  account_name_form: ["UPDATE account SET name = ' '"],
  account_currency_form: ["UPDATE account SET currency = 'eur'", "UPDATE account SET currency = 'EURO'"],
  account_denied_as_one_of: ["UPDATE account SET denied_as = 'MAYBE'"],
  account_on_denied_one_of: ["UPDATE account SET on_denied = 'MAYBE'"],
  denial_change_denied_as_one_of: [denialChange("denied_as", "MAYBE")],
  denial_change_on_denied_one_of: [denialChange("on_denied", "MAYBE")],
  ...waitingOnes,
  account_revision_range: [
    "INSERT INTO account (slug, name, timezone, currency, revision) VALUES ('c', 'C', 'UTC', 'EUR', 0)",
  ],
  member_external_id_key: ["UPDATE member SET external_id = 'same'"],
  member_manager_id_fkey: [
    set("member", `manager_id = '${none}'`),
    `UPDATE member SET manager_id = '${two}' WHERE account_id = '${bolt}'`,
  ],
  member_weekly_hours_range: [-1, 169, "'NaN'"].map((hours) => set("member", `weekly_hours = ${hours}`)),
  ...money("member", ["billable_rate", "cost_rate", "salary"]),
  member_role_pkey: [`INSERT INTO member_role VALUES ('${acme}', '${one}', 'ADMIN')`],
  member_role_role_one_of: [`INSERT INTO member_role VALUES ('${acme}', '${one}', 'ROOT')`],
  member_role_change_role_one_of: [
    `INSERT INTO member_role_change (account_id, revision, member_id, role, given) VALUES ('${acme}', 2, '${one}', 'ROOT', true)`,
  ],
  member_role_member_id_fkey: [`INSERT INTO member_role VALUES ('${bolt}', '${two}', 'ADMIN')`],
  team_member_team_id_fkey: [`INSERT INTO team_member VALUES ('${bolt}', '${two}', '${one}')`],
  team_member_member_id_fkey: [`INSERT INTO team_member VALUES ('${bolt}', '${one}', '${two}')`],
  ...money("customer", ["billable_rate"]),
  project_customer_id_fkey: [`UPDATE project SET customer_id = '${two}' WHERE account_id = '${bolt}'`],
  ...money("project", ["budget", "billable_rate"]),
  project_member_project_id_fkey: [`INSERT INTO project_member VALUES ('${bolt}', '${two}', '${one}')`],
  project_member_member_id_fkey: [`INSERT INTO project_member VALUES ('${bolt}', '${one}', '${two}')`],
  task_project_id_fkey: [`UPDATE task SET project_id = '${two}' WHERE account_id = '${bolt}'`],
  task_parent_id_fkey: [`UPDATE task SET parent_id = '${two}' WHERE account_id = '${bolt}'`],
  task_parent_id_other: ["UPDATE task SET parent_id = id"],
  task_estimate_seconds_range: ["UPDATE task SET estimate_seconds = -1"],
  tag_name_key: [`UPDATE tag SET name = 'same' WHERE account_id = '${acme}'`],
  timesheet_period_order: [set("timesheet", "period_end = '2026-03-01'")],
  timesheet_period_alone: [
    set("timesheet", "period_end = '2026-03-09'"),
    `INSERT INTO timesheet (account_id, member_id, period_start, period_end) VALUES ('${acme}', '${one}', '2026-03-08', '2026-03-08')`,
  ],
  timesheet_status_one_of: [set("timesheet", "status = 'INVOICED'")],
  timesheet_decided_by_id_fkey: [set("timesheet", `decided_by_id = '${none}'`)],
  time_entry_external_id_key: [`UPDATE time_entry SET external_id = 'same'`],
  time_entry_time_order: [set("time_entry", "started_at = '2026-03-02 10:00Z', ended_at = '2026-03-02 09:59:59.999Z'")],
  time_entry_duration_seconds_range: [-1, 8_640_001].map((seconds) =>
    set("time_entry", `duration_seconds = ${seconds}`),
  ),
  time_entry_break_seconds_range: [-1, 8_640_001].map((seconds) => set("time_entry", `break_seconds = ${seconds}`)),
  time_entry_status_one_of: [set("time_entry", "status = 'open'")],
  ...money("time_entry", ["billable_rate", "cost_rate"]),
  ...references("time_entry", ["member", "team", "project", "task", "activity", "timesheet"]),
  time_entry_tag_tag_id_fkey: [`INSERT INTO time_entry_tag VALUES ('${acme}', '${one}', '${none}')`],
  time_entry_tag_time_entry_id_fkey: [`INSERT INTO time_entry_tag VALUES ('${bolt}', '${one}', '${one}')`],
  ...money("expense", ["amount"]),
  ...references("expense", ["member", "project"]),
  expense_status_one_of: [set("expense", "status = ''")],
  toggle_audience_one_of: [`INSERT INTO toggle VALUES ('${acme}', 'A.b', 'DIRECTOR', true, null, 'me', now(), 2)`],
  toggle_account_id_fkey: [`INSERT INTO toggle VALUES ('${none}', 'A.b', 'ADMIN', true, null, 'me', now(), 2)`],
  toggle_change_audience_one_of: [
    `INSERT INTO toggle_change VALUES ('${acme}', 2, 'A.b', 'DIRECTOR', true, true, null, 'me', now())`,
  ],
  operation_beneath_whole: [
    `INSERT INTO operation VALUES ('${acme}', 'i', NULL, '{ viewer }', '{Query.viewer}', '{}')`,
    "UPDATE operation SET beneath = '{-1,0}'",
  ],
  operation_use_key: [used({ day: "'2026-03-02'", roles: "'{ADMIN}'" })],
  operation_use_hash_fkey: [used({ hash: "'i'" }), used({ account_id: `'${bolt}'` })],
  operation_use_member_id_fkey: [used({ member_id: `'${none}'` })],
  operation_use_requests_range: [used({ requests: "0" }), "UPDATE operation_use SET requests = -1"],
  operation_use_roles_known: [used({ roles: "'{ADMIN,ROOT}'" })],
  ...Object.fromEntries(
    ["member", "team", "customer", "project", "task", "activity", "tag"].map((table) => [
      `${table}_pkey`,
      [`UPDATE ${table} SET id = '${two}' WHERE account_id = '${acme}'`],
    ]),
  ),
};

/** A use of the operation in acme, with something else in one of its columns. */
function used(other: Readonly<Record<string, string>>): string {
  const columns = {
    account_id: `'${acme}'`,
    hash: "'h'",
    day: "'2026-03-03'",
    roles: "'{}'",
    member_id: "NULL",
    requests: "1",
  };
  const values = Object.entries(columns).map(([name, value]) => other[name] ?? value);
  return `INSERT INTO operation_use VALUES (${values.join(", ")})`;
}

function money(table: string, names: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const name of names) {
    found[`${table}_${name}_whole`] = [set(table, `${name}_minor = 5`), set(table, `${name}_currency = 'EUR'`)];
    found[`${table}_${name}_range`] = [1, -1].map((sign) =>
      set(table, `${name}_minor = ${sign * 1_000_000_000_001}, ${name}_currency = 'EUR'`),
    );
    found[`${table}_${name}_currency_form`] = ["eur", "EU", "EURO", "€"].map((code) =>
      set(table, `${name}_minor = 5, ${name}_currency = '${code}'`),
    );
  }
  return found;
}

function references(table: string, names: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(names.map((name) => [`${table}_${name}_id_fkey`, [set(table, `${name}_id = '${none}'`)]]));
}

describe.each(KINDS)("the database itself, on %s,", (kind) => {
  const database = databaseFor(kind);

  it("takes a world that is in order", async () => {
    for (const text of WORLD) await sql(database(), text);
    expect(await sql(database(), "SELECT DISTINCT account_id = id FROM account")).toEqual([["t"]]);
  });

  it.each(Object.entries(REFUSED))("refuses, by %s", async (constraint, statements) => {
    for (const text of statements) {
      const before = await contents();
      const failure: unknown = await sql(database(), text).catch((thrown: unknown) => thrown);
      expect([text, refusalOf(failure)?.constraint]).toEqual([text, constraint]);
      expect(await contents()).toEqual(before);
    }
  });

  it("takes what stands at the edge of what is refused", async () => {
    await sql(database(), set("time_entry", "started_at = '2026-03-02 10:00Z', ended_at = '2026-03-02 10:00Z'"));
    await sql(database(), set("timesheet", "period_end = period_start"));
    await sql(
      database(),
      set("member", `weekly_hours = 168, manager_id = '${two}', salary_minor = 0, salary_currency = 'XTS'`),
    );
    await sql(
      database(),
      `INSERT INTO time_entry (account_id, member_id, date, timezone, duration_seconds)
      VALUES ('${acme}', '${one}', '2026-03-02', 'UTC', 8640000), ('${acme}', '${one}', '2026-03-02', 'UTC', 0)`,
    );
    await sql(
      database(),
      `INSERT INTO timesheet (account_id, member_id, period_start, period_end)
      VALUES ('${acme}', '${two}', '2026-03-02', '2026-03-08')`,
    );
    expect(await sql(database(), "SELECT count(*) FROM time_entry WHERE external_id IS NULL")).toEqual([["3"]]);
  });

  it("gives an id that grows with time to a row without one", async () => {
    const add = `INSERT INTO team (account_id, name) VALUES ('${acme}', 'new') RETURNING id, uuid_extract_version(id)`;
    const made = [await sql(database(), add), await sql(database(), add)].map(([row]) => row);
    expect(made.map((row) => row?.[1])).toEqual(["7", "7"]);
    expect((made[0]?.[0] ?? "") < (made[1]?.[0] ?? "")).toBe(true);
  });

  it("names every constraint that is tried here, and tries every one that it has", async () => {
    const rows = await sql(
      database(),
      `SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      AND contype IN ('c', 'x', 'u', 'f', 'p') AND conname !~ '_account_id_fkey$' ORDER BY conname`,
    );
    const untried = rows.flatMap(([name]) => (name === null || name === undefined || name in REFUSED ? [] : [name]));
    expect(untried.filter((name) => !/_(pkey|external_id_key|name_key)$/.test(name))).toEqual([
      "timesheet_member_id_fkey",
      // Triggers come before these, and say the same: nothing is approved by nobody, or made and withdrawn.
      "toggle_approval_member_id_fkey",
      "toggle_approval_proposal_id_fkey",
      "toggle_proposal_one_end",
    ]);
  });

  async function contents(): Promise<unknown> {
    const tables = [
      "account",
      "member",
      "member_role",
      "team_member",
      "timesheet",
      "time_entry",
      "expense",
      "toggle",
      "toggle_schedule",
      "toggle_proposal",
    ];
    const text = tables.map(
      (table) => `SELECT coalesce(string_agg(${table}::text, ' ' ORDER BY ${table}::text), '') FROM ${table}`,
    );
    return sql(database(), text.join(" UNION ALL "));
  }
});
