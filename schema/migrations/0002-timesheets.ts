/** What people work on, and the time and money they note down. */
import { Migration } from "@mikro-orm/migrations";

/** Money is two columns, minor units and a currency: both are there or neither is. */
const money = (table: string, name: string): string => `
        CONSTRAINT ${table}_${name}_whole CHECK (num_nonnulls(${name}_minor, ${name}_currency) IN (0, 2)),
        CONSTRAINT ${table}_${name}_currency_form CHECK (${name}_currency ~ '^[A-Z]{3}$')`;

/** A row points only at rows of its own account, because the account is in the key that it points at. */
const reference = (table: string, column: string, target: string): string =>
  `CONSTRAINT ${table}_${column}_fkey FOREIGN KEY (account_id, ${column}) REFERENCES ${target} (account_id, id)`;

const ofAccount = (table: string): string =>
  `CONSTRAINT ${table}_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)`;

const entryStatuses = `('OPEN', 'SUBMITTED', 'APPROVED', 'REJECTED', 'INVOICED')`;

export class Timesheets extends Migration {
  override up(): void {
    this.projects();
    this.tasks();
    this.labels();
    this.timesheets();
    this.entries();
    this.entryTags();
    this.entryIndexes();
    this.expenses();
  }

  private projects(): void {
    this.addSql(`
      CREATE TABLE customer (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        external_id text COLLATE "C",
        name text COLLATE "C" NOT NULL,
        billable_rate_minor bigint,
        billable_rate_currency text COLLATE "C",
        CONSTRAINT customer_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT customer_external_id_key UNIQUE (account_id, external_id),
        ${ofAccount("customer")},${money("customer", "billable_rate")}
      )`);
    this.addSql(`
      CREATE TABLE project (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        external_id text COLLATE "C",
        name text COLLATE "C" NOT NULL,
        customer_id uuid,
        archived boolean NOT NULL DEFAULT false,
        budget_minor bigint,
        budget_currency text COLLATE "C",
        billable_rate_minor bigint,
        billable_rate_currency text COLLATE "C",
        CONSTRAINT project_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT project_external_id_key UNIQUE (account_id, external_id),
        ${ofAccount("project")},
        ${reference("project", "customer_id", "customer")},${money("project", "budget")},${money("project", "billable_rate")}
      )`);
    this.addSql(`CREATE INDEX project_customer_id_idx ON project (account_id, customer_id)`);
    this.addSql(`
      CREATE TABLE project_member (
        account_id uuid NOT NULL,
        project_id uuid NOT NULL,
        member_id uuid NOT NULL,
        CONSTRAINT project_member_pkey PRIMARY KEY (account_id, project_id, member_id),
        ${ofAccount("project_member")},
        ${reference("project_member", "project_id", "project")},
        ${reference("project_member", "member_id", "member")}
      )`);
    this.addSql(`CREATE INDEX project_member_member_id_idx ON project_member (account_id, member_id, project_id)`);
  }

  private tasks(): void {
    this.addSql(`
      CREATE TABLE task (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        external_id text COLLATE "C",
        name text COLLATE "C" NOT NULL,
        project_id uuid,
        parent_id uuid,
        estimate_seconds integer,
        done boolean NOT NULL DEFAULT false,
        CONSTRAINT task_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT task_external_id_key UNIQUE (account_id, external_id),
        ${ofAccount("task")},
        ${reference("task", "project_id", "project")},
        ${reference("task", "parent_id", "task")},
        CONSTRAINT task_parent_id_other CHECK (parent_id <> id),
        CONSTRAINT task_estimate_seconds_range CHECK (estimate_seconds >= 0)
      )`);
    this.addSql(`CREATE INDEX task_project_id_idx ON task (account_id, project_id)`);
    this.addSql(`CREATE INDEX task_parent_id_idx ON task (account_id, parent_id)`);
  }

  private labels(): void {
    this.addSql(`
      CREATE TABLE activity (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        external_id text COLLATE "C",
        name text COLLATE "C" NOT NULL,
        CONSTRAINT activity_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT activity_external_id_key UNIQUE (account_id, external_id),
        ${ofAccount("activity")}
      )`);
    this.addSql(`
      CREATE TABLE tag (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        name text COLLATE "C" NOT NULL,
        CONSTRAINT tag_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT tag_name_key UNIQUE (account_id, name),
        ${ofAccount("tag")}
      )`);
  }

  private timesheets(): void {
    this.addSql(`
      CREATE TABLE timesheet (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        member_id uuid NOT NULL,
        period_start date NOT NULL,
        period_end date NOT NULL,
        status text COLLATE "C" NOT NULL DEFAULT 'OPEN',
        submitted_at timestamptz(3),
        decided_by_id uuid,
        decided_at timestamptz(3),
        comment text COLLATE "C",
        CONSTRAINT timesheet_pkey PRIMARY KEY (account_id, id),
        ${ofAccount("timesheet")},
        ${reference("timesheet", "member_id", "member")},
        ${reference("timesheet", "decided_by_id", "member")},
        CONSTRAINT timesheet_status_one_of CHECK (status IN ('OPEN', 'SUBMITTED', 'APPROVED', 'REJECTED')),
        CONSTRAINT timesheet_period_order CHECK (period_end >= period_start),
        CONSTRAINT timesheet_period_alone EXCLUDE USING gist (
          account_id WITH =, member_id WITH =, daterange(period_start, period_end, '[]') WITH &&
        )
      )`);
    this.addSql(`CREATE INDEX timesheet_period_idx ON timesheet (account_id, period_start DESC, id DESC)`);
    this.addSql(
      `CREATE INDEX timesheet_member_id_idx ON timesheet (account_id, member_id, period_start DESC, id DESC)`,
    );
    this.addSql(`CREATE INDEX timesheet_decided_by_id_idx ON timesheet (account_id, decided_by_id)`);
  }

  private entries(): void {
    this.addSql(`
      CREATE TABLE time_entry (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        external_id text COLLATE "C",
        member_id uuid NOT NULL,
        team_id uuid,
        project_id uuid,
        task_id uuid,
        activity_id uuid,
        timesheet_id uuid,
        date date NOT NULL,
        started_at timestamptz(3),
        ended_at timestamptz(3),
        timezone text COLLATE "C" NOT NULL,
        duration_seconds integer NOT NULL,
        break_seconds integer NOT NULL DEFAULT 0,
        description text COLLATE "C",
        internal_note text COLLATE "C",
        billable boolean NOT NULL DEFAULT false,
        billable_rate_minor bigint,
        billable_rate_currency text COLLATE "C",
        cost_rate_minor bigint,
        cost_rate_currency text COLLATE "C",
        status text COLLATE "C" NOT NULL DEFAULT 'OPEN',
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT time_entry_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT time_entry_external_id_key UNIQUE (account_id, external_id),
        ${ofAccount("time_entry")},
        ${reference("time_entry", "member_id", "member")},
        ${reference("time_entry", "team_id", "team")},
        ${reference("time_entry", "project_id", "project")},
        ${reference("time_entry", "task_id", "task")},
        ${reference("time_entry", "activity_id", "activity")},
        ${reference("time_entry", "timesheet_id", "timesheet")},
        CONSTRAINT time_entry_time_order CHECK (ended_at >= started_at),
        CONSTRAINT time_entry_duration_seconds_range CHECK (duration_seconds >= 0),
        CONSTRAINT time_entry_break_seconds_range CHECK (break_seconds >= 0),
        CONSTRAINT time_entry_status_one_of CHECK (status IN ${entryStatuses}),${money("time_entry", "billable_rate")},
        ${money("time_entry", "cost_rate").trim()}
      )`);
  }

  private entryTags(): void {
    this.addSql(`
      CREATE TABLE time_entry_tag (
        account_id uuid NOT NULL,
        time_entry_id uuid NOT NULL,
        tag_id uuid NOT NULL,
        CONSTRAINT time_entry_tag_pkey PRIMARY KEY (account_id, time_entry_id, tag_id),
        ${ofAccount("time_entry_tag")},
        ${reference("time_entry_tag", "time_entry_id", "time_entry")},
        ${reference("time_entry_tag", "tag_id", "tag")}
      )`);
    this.addSql(`CREATE INDEX time_entry_tag_tag_id_idx ON time_entry_tag (account_id, tag_id, time_entry_id)`);
  }

  /** The lists are by day, newest first, under the condition of a role: one index for each. */
  private entryIndexes(): void {
    const keys = {
      date: "date DESC, id DESC",
      member_id: "member_id, date DESC, id DESC",
      team_id: "team_id, date DESC, id DESC",
      project_id: "project_id, date DESC, id DESC",
      task_id: "task_id",
      activity_id: "activity_id",
      timesheet_id: "timesheet_id",
      started_at: "started_at, id",
    };
    for (const [name, key] of Object.entries(keys)) {
      this.addSql(`CREATE INDEX time_entry_${name}_idx ON time_entry (account_id, ${key})`);
    }
    // Without these the planner multiplies the shares of account, member, project and team, which go together.
    this.addSql(`
      CREATE STATISTICS time_entry_together (ndistinct, dependencies, mcv)
      ON account_id, member_id, project_id, team_id FROM time_entry`);
  }

  private expenses(): void {
    this.addSql(`
      CREATE TABLE expense (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        member_id uuid NOT NULL,
        project_id uuid,
        date date NOT NULL,
        description text COLLATE "C",
        amount_minor bigint,
        amount_currency text COLLATE "C",
        billable boolean NOT NULL DEFAULT false,
        status text COLLATE "C" NOT NULL DEFAULT 'OPEN',
        CONSTRAINT expense_pkey PRIMARY KEY (account_id, id),
        ${ofAccount("expense")},
        ${reference("expense", "member_id", "member")},
        ${reference("expense", "project_id", "project")},
        CONSTRAINT expense_status_one_of CHECK (status IN ${entryStatuses}),${money("expense", "amount")}
      )`);
    this.addSql(`CREATE INDEX expense_date_idx ON expense (account_id, date DESC, id DESC)`);
    this.addSql(`CREATE INDEX expense_member_id_idx ON expense (account_id, member_id, date DESC, id DESC)`);
    this.addSql(`CREATE INDEX expense_project_id_idx ON expense (account_id, project_id)`);
  }
}
