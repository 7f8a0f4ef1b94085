/** Accounts, their people and teams, and the switches of each account. */
import { Migration } from "@mikro-orm/migrations";

export class Accounts extends Migration {
  override up(): void {
    this.addSql(`CREATE EXTENSION IF NOT EXISTS btree_gist`);
    this.addSql(`CREATE EXTENSION IF NOT EXISTS pgcrypto`);
    this.accounts();
    this.members();
    this.teams();
    this.toggles();
    this.addSql(`
      CREATE TABLE gateway_secret (
        name text COLLATE "C" PRIMARY KEY,
        value text COLLATE "C" NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
      )`);
  }

  private accounts(): void {
    // account_id repeats id, so that one rule finds the rows of an account in every table.
    this.addSql(`
      CREATE TABLE account (
        account_id uuid GENERATED ALWAYS AS (id) STORED NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        slug text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        timezone text COLLATE "C" NOT NULL,
        currency text COLLATE "C" NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT account_pkey PRIMARY KEY (id),
        CONSTRAINT account_slug_key UNIQUE (slug),
        CONSTRAINT account_slug_form CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
        CONSTRAINT account_name_form CHECK (btrim(name) <> ''),
        CONSTRAINT account_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
        CONSTRAINT account_revision_range CHECK (revision >= 1)
      )`);
  }

  private members(): void {
    this.addSql(`
      CREATE TABLE member (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        external_id text COLLATE "C",
        name text COLLATE "C" NOT NULL,
        email text COLLATE "C",
        staff_number text COLLATE "C",
        manager_id uuid,
        weekly_hours double precision,
        timezone text COLLATE "C" NOT NULL,
        billable_rate_minor bigint,
        billable_rate_currency text COLLATE "C",
        cost_rate_minor bigint,
        cost_rate_currency text COLLATE "C",
        salary_minor bigint,
        salary_currency text COLLATE "C",
        CONSTRAINT member_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT member_external_id_key UNIQUE (account_id, external_id),
        CONSTRAINT member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT member_manager_id_fkey FOREIGN KEY (account_id, manager_id) REFERENCES member (account_id, id),
        CONSTRAINT member_weekly_hours_range CHECK (weekly_hours >= 0 AND weekly_hours <= 168),
        CONSTRAINT member_billable_rate_whole CHECK (num_nonnulls(billable_rate_minor, billable_rate_currency) IN (0, 2)),
        CONSTRAINT member_billable_rate_currency_form CHECK (billable_rate_currency ~ '^[A-Z]{3}$'),
        CONSTRAINT member_cost_rate_whole CHECK (num_nonnulls(cost_rate_minor, cost_rate_currency) IN (0, 2)),
        CONSTRAINT member_cost_rate_currency_form CHECK (cost_rate_currency ~ '^[A-Z]{3}$'),
        CONSTRAINT member_salary_whole CHECK (num_nonnulls(salary_minor, salary_currency) IN (0, 2)),
        CONSTRAINT member_salary_currency_form CHECK (salary_currency ~ '^[A-Z]{3}$')
      )`);
    this.addSql(`CREATE INDEX member_manager_id_idx ON member (account_id, manager_id)`);
    this.addSql(`
      CREATE TABLE member_role (
        account_id uuid NOT NULL,
        member_id uuid NOT NULL,
        role text COLLATE "C" NOT NULL,
        CONSTRAINT member_role_pkey PRIMARY KEY (account_id, member_id, role),
        CONSTRAINT member_role_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT member_role_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member (account_id, id),
        CONSTRAINT member_role_role_one_of CHECK (role IN ('EMPLOYEE', 'MANAGER', 'FINANCE', 'ADMIN', 'INTEGRATION'))
      )`);
  }

  private teams(): void {
    this.addSql(`
      CREATE TABLE team (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        external_id text COLLATE "C",
        name text COLLATE "C" NOT NULL,
        CONSTRAINT team_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT team_external_id_key UNIQUE (account_id, external_id),
        CONSTRAINT team_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id)
      )`);
    this.addSql(`
      CREATE TABLE team_member (
        account_id uuid NOT NULL,
        team_id uuid NOT NULL,
        member_id uuid NOT NULL,
        lead boolean NOT NULL DEFAULT false,
        CONSTRAINT team_member_pkey PRIMARY KEY (account_id, team_id, member_id),
        CONSTRAINT team_member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT team_member_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team (account_id, id),
        CONSTRAINT team_member_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member (account_id, id)
      )`);
    this.addSql(
      `CREATE INDEX team_member_member_id_idx ON team_member (account_id, member_id, team_id) INCLUDE (lead)`,
    );
  }

  private toggles(): void {
    const audiences = `audience IN ('EVERYONE', 'EMPLOYEE', 'MANAGER', 'FINANCE', 'ADMIN', 'SUPPORT', 'INTEGRATION')`;
    this.addSql(`
      CREATE TABLE toggle (
        account_id uuid NOT NULL,
        coordinate text COLLATE "C" NOT NULL,
        audience text COLLATE "C" NOT NULL,
        enabled boolean NOT NULL,
        reason text COLLATE "C",
        changed_by text COLLATE "C" NOT NULL,
        changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        revision integer NOT NULL,
        CONSTRAINT toggle_pkey PRIMARY KEY (account_id, coordinate, audience),
        CONSTRAINT toggle_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT toggle_audience_one_of CHECK (${audiences})
      )`);
    // was is null where the switch stood at its default before. enabled never is: nothing sets a switch back to its default.
    this.addSql(`
      CREATE TABLE toggle_change (
        account_id uuid NOT NULL,
        revision integer NOT NULL,
        coordinate text COLLATE "C" NOT NULL,
        audience text COLLATE "C" NOT NULL,
        enabled boolean,
        was boolean,
        reason text COLLATE "C",
        changed_by text COLLATE "C" NOT NULL,
        changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT toggle_change_pkey PRIMARY KEY (account_id, revision, coordinate, audience),
        CONSTRAINT toggle_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT toggle_change_audience_one_of CHECK (${audiences})
      )`);
  }
}
