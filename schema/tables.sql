column account.account_id uuid not null generated s as id
column account.created_at timestamp(3) with time zone not null default clock_timestamp()
column account.currency text collate "C" not null
column account.denied_as text collate "C" not null default 'DENIED'::text
column account.id uuid not null default uuidv7()
column account.name text collate "C" not null
column account.on_denied text collate "C" not null default 'NULL'::text
column account.revision integer not null default 1
column account.slug text collate "C" not null
column account.timezone text collate "C" not null
column account.waiting_from timestamp(3) with time zone
column activity.account_id uuid not null
column activity.external_id text collate "C"
column activity.id uuid not null default uuidv7()
column activity.name text collate "C" not null
column customer.account_id uuid not null
column customer.billable_rate_currency text collate "C"
column customer.billable_rate_minor bigint
column customer.external_id text collate "C"
column customer.id uuid not null default uuidv7()
column customer.name text collate "C" not null
column denial_change.account_id uuid not null
column denial_change.changed_at timestamp(3) with time zone not null default clock_timestamp()
column denial_change.changed_by text collate "C" not null
column denial_change.denied_as text collate "C" not null
column denial_change.on_denied text collate "C" not null
column denial_change.reason text collate "C"
column denial_change.revision integer not null
column denial_change.was_denied_as text collate "C" not null
column denial_change.was_on_denied text collate "C" not null
column expense.account_id uuid not null
column expense.amount_currency text collate "C"
column expense.amount_minor bigint
column expense.billable boolean not null default false
column expense.date date not null
column expense.description text collate "C"
column expense.id uuid not null default uuidv7()
column expense.member_id uuid not null
column expense.project_id uuid
column expense.status text collate "C" not null default 'OPEN'::text
column gateway_secret.created_at timestamp(3) with time zone not null default clock_timestamp()
column gateway_secret.name text collate "C" not null
column gateway_secret.value text collate "C" not null
column member.account_id uuid not null
column member.billable_rate_currency text collate "C"
column member.billable_rate_minor bigint
column member.cost_rate_currency text collate "C"
column member.cost_rate_minor bigint
column member.email text collate "C"
column member.external_id text collate "C"
column member.id uuid not null default uuidv7()
column member.manager_id uuid
column member.name text collate "C" not null
column member.salary_currency text collate "C"
column member.salary_minor bigint
column member.staff_number text collate "C"
column member.timezone text collate "C" not null
column member.weekly_hours double precision
column member_role.account_id uuid not null
column member_role.member_id uuid not null
column member_role.role text collate "C" not null
column member_role_change.account_id uuid not null
column member_role_change.changed_at timestamp(3) with time zone not null default clock_timestamp()
column member_role_change.found boolean not null default false
column member_role_change.given boolean not null
column member_role_change.id bigint not null identity
column member_role_change.member_id uuid not null
column member_role_change.revision integer not null
column member_role_change.role text collate "C" not null
column migration.executed_at timestamp(3) with time zone not null default clock_timestamp()
column migration.id integer not null identity
column migration.name text collate "C" not null
column operation.account_id uuid not null
column operation.beneath integer[] not null
column operation.coordinates text[] collate "C" not null
column operation.document text collate "C" not null
column operation.hash text collate "C" not null
column operation.name text collate "C"
column operation_use.account_id uuid not null
column operation_use.day date not null
column operation_use.hash text collate "C" not null
column operation_use.member_id uuid
column operation_use.requests bigint not null
column operation_use.roles text[] collate "C" not null
column project.account_id uuid not null
column project.archived boolean not null default false
column project.billable_rate_currency text collate "C"
column project.billable_rate_minor bigint
column project.budget_currency text collate "C"
column project.budget_minor bigint
column project.customer_id uuid
column project.external_id text collate "C"
column project.id uuid not null default uuidv7()
column project.name text collate "C" not null
column project_member.account_id uuid not null
column project_member.member_id uuid not null
column project_member.project_id uuid not null
column tag.account_id uuid not null
column tag.id uuid not null default uuidv7()
column tag.name text collate "C" not null
column task.account_id uuid not null
column task.done boolean not null default false
column task.estimate_seconds integer
column task.external_id text collate "C"
column task.id uuid not null default uuidv7()
column task.name text collate "C" not null
column task.parent_id uuid
column task.project_id uuid
column team.account_id uuid not null
column team.external_id text collate "C"
column team.id uuid not null default uuidv7()
column team.name text collate "C" not null
column team_member.account_id uuid not null
column team_member.lead boolean not null default false
column team_member.member_id uuid not null
column team_member.team_id uuid not null
column time_entry.account_id uuid not null
column time_entry.activity_id uuid
column time_entry.billable boolean not null default false
column time_entry.billable_rate_currency text collate "C"
column time_entry.billable_rate_minor bigint
column time_entry.break_seconds integer not null default 0
column time_entry.cost_rate_currency text collate "C"
column time_entry.cost_rate_minor bigint
column time_entry.created_at timestamp(3) with time zone not null default clock_timestamp()
column time_entry.date date not null
column time_entry.description text collate "C"
column time_entry.duration_seconds integer not null
column time_entry.ended_at timestamp(3) with time zone
column time_entry.external_id text collate "C"
column time_entry.id uuid not null default uuidv7()
column time_entry.internal_note text collate "C"
column time_entry.member_id uuid not null
column time_entry.project_id uuid
column time_entry.started_at timestamp(3) with time zone
column time_entry.status text collate "C" not null default 'OPEN'::text
column time_entry.task_id uuid
column time_entry.team_id uuid
column time_entry.timesheet_id uuid
column time_entry.timezone text collate "C" not null
column time_entry.updated_at timestamp(3) with time zone not null default clock_timestamp()
column time_entry_tag.account_id uuid not null
column time_entry_tag.tag_id uuid not null
column time_entry_tag.time_entry_id uuid not null
column timesheet.account_id uuid not null
column timesheet.comment text collate "C"
column timesheet.decided_at timestamp(3) with time zone
column timesheet.decided_by_id uuid
column timesheet.id uuid not null default uuidv7()
column timesheet.member_id uuid not null
column timesheet.period_end date not null
column timesheet.period_start date not null
column timesheet.status text collate "C" not null default 'OPEN'::text
column timesheet.submitted_at timestamp(3) with time zone
column toggle.account_id uuid not null
column toggle.audience text collate "C" not null
column toggle.changed_at timestamp(3) with time zone not null default clock_timestamp()
column toggle.changed_by text collate "C" not null
column toggle.coordinate text collate "C" not null
column toggle.enabled boolean not null
column toggle.reason text collate "C"
column toggle.revision integer not null
column toggle_approval.account_id uuid not null
column toggle_approval.approved_at timestamp(3) with time zone not null default clock_timestamp()
column toggle_approval.member_id uuid not null
column toggle_approval.proposal_id uuid not null
column toggle_change.account_id uuid not null
column toggle_change.audience text collate "C" not null
column toggle_change.changed_at timestamp(3) with time zone not null default clock_timestamp()
column toggle_change.changed_by text collate "C" not null
column toggle_change.coordinate text collate "C" not null
column toggle_change.enabled boolean
column toggle_change.reason text collate "C"
column toggle_change.revision integer not null
column toggle_change.was boolean
column toggle_proposal.account_id uuid not null
column toggle_proposal.audiences text[] collate "C" not null
column toggle_proposal.coordinates text[] collate "C" not null
column toggle_proposal.effective_at timestamp(3) with time zone
column toggle_proposal.enabled boolean[] not null
column toggle_proposal.expires_at timestamp(3) with time zone not null default (clock_timestamp() + 'PT168H'::interval)
column toggle_proposal.hash text collate "C" not null
column toggle_proposal.id uuid not null default uuidv7()
column toggle_proposal.made_at timestamp(3) with time zone
column toggle_proposal.member_id uuid
column toggle_proposal.proposed_at timestamp(3) with time zone not null default clock_timestamp()
column toggle_proposal.proposed_by text collate "C" not null
column toggle_proposal.reason text collate "C"
column toggle_proposal.to_revision integer
column toggle_proposal.withdrawn_at timestamp(3) with time zone
column toggle_proposal.withdrawn_by text collate "C"
column toggle_schedule.account_id uuid not null
column toggle_schedule.audiences text[] collate "C" not null
column toggle_schedule.cancelled_at timestamp(3) with time zone
column toggle_schedule.cancelled_by text collate "C"
column toggle_schedule.coordinates text[] collate "C" not null
column toggle_schedule.created_at timestamp(3) with time zone not null default clock_timestamp()
column toggle_schedule.created_by text collate "C" not null
column toggle_schedule.effective_at timestamp(3) with time zone not null
column toggle_schedule.enabled boolean[] not null
column toggle_schedule.id uuid not null default uuidv7()
column toggle_schedule.reason text collate "C"
column toggle_schedule.settled_revision integer
constraint account.account_currency_form CHECK ((currency ~ '^[A-Z]{3}$'::text))
constraint account.account_denied_as_one_of CHECK ((denied_as = ANY (ARRAY['DENIED'::text, 'HIDDEN'::text])))
constraint account.account_in_time TRIGGER DEFERRABLE INITIALLY DEFERRED
constraint account.account_name_form CHECK ((btrim(name) <> ''::text))
constraint account.account_on_denied_one_of CHECK ((on_denied = ANY (ARRAY['NULL'::text, 'REJECT'::text])))
constraint account.account_pkey PRIMARY KEY (id)
constraint account.account_revision_range CHECK ((revision >= 1))
constraint account.account_slug_form CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::text))
constraint account.account_slug_key UNIQUE (slug)
constraint activity.activity_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint activity.activity_external_id_key UNIQUE (account_id, external_id)
constraint activity.activity_pkey PRIMARY KEY (account_id, id)
constraint customer.customer_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint customer.customer_billable_rate_currency_form CHECK ((billable_rate_currency ~ '^[A-Z]{3}$'::text))
constraint customer.customer_billable_rate_range CHECK (((billable_rate_minor >= '-1000000000000'::bigint) AND (billable_rate_minor <= '1000000000000'::bigint)))
constraint customer.customer_billable_rate_whole CHECK ((num_nonnulls(billable_rate_minor, billable_rate_currency) = ANY (ARRAY[0, 2])))
constraint customer.customer_external_id_key UNIQUE (account_id, external_id)
constraint customer.customer_pkey PRIMARY KEY (account_id, id)
constraint denial_change.denial_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint denial_change.denial_change_denied_as_one_of CHECK ((denied_as = ANY (ARRAY['DENIED'::text, 'HIDDEN'::text])))
constraint denial_change.denial_change_on_denied_one_of CHECK ((on_denied = ANY (ARRAY['NULL'::text, 'REJECT'::text])))
constraint denial_change.denial_change_pkey PRIMARY KEY (account_id, revision)
constraint expense.expense_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint expense.expense_amount_currency_form CHECK ((amount_currency ~ '^[A-Z]{3}$'::text))
constraint expense.expense_amount_range CHECK (((amount_minor >= '-1000000000000'::bigint) AND (amount_minor <= '1000000000000'::bigint)))
constraint expense.expense_amount_whole CHECK ((num_nonnulls(amount_minor, amount_currency) = ANY (ARRAY[0, 2])))
constraint expense.expense_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id)
constraint expense.expense_pkey PRIMARY KEY (account_id, id)
constraint expense.expense_project_id_fkey FOREIGN KEY (account_id, project_id) REFERENCES project(account_id, id)
constraint expense.expense_status_one_of CHECK ((status = ANY (ARRAY['OPEN'::text, 'SUBMITTED'::text, 'APPROVED'::text, 'REJECTED'::text, 'INVOICED'::text])))
constraint gateway_secret.gateway_secret_pkey PRIMARY KEY (name)
constraint member.member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint member.member_billable_rate_currency_form CHECK ((billable_rate_currency ~ '^[A-Z]{3}$'::text))
constraint member.member_billable_rate_range CHECK (((billable_rate_minor >= '-1000000000000'::bigint) AND (billable_rate_minor <= '1000000000000'::bigint)))
constraint member.member_billable_rate_whole CHECK ((num_nonnulls(billable_rate_minor, billable_rate_currency) = ANY (ARRAY[0, 2])))
constraint member.member_cost_rate_currency_form CHECK ((cost_rate_currency ~ '^[A-Z]{3}$'::text))
constraint member.member_cost_rate_range CHECK (((cost_rate_minor >= '-1000000000000'::bigint) AND (cost_rate_minor <= '1000000000000'::bigint)))
constraint member.member_cost_rate_whole CHECK ((num_nonnulls(cost_rate_minor, cost_rate_currency) = ANY (ARRAY[0, 2])))
constraint member.member_external_id_key UNIQUE (account_id, external_id)
constraint member.member_manager_id_fkey FOREIGN KEY (account_id, manager_id) REFERENCES member(account_id, id)
constraint member.member_pkey PRIMARY KEY (account_id, id)
constraint member.member_salary_currency_form CHECK ((salary_currency ~ '^[A-Z]{3}$'::text))
constraint member.member_salary_range CHECK (((salary_minor >= '-1000000000000'::bigint) AND (salary_minor <= '1000000000000'::bigint)))
constraint member.member_salary_whole CHECK ((num_nonnulls(salary_minor, salary_currency) = ANY (ARRAY[0, 2])))
constraint member.member_weekly_hours_range CHECK (((weekly_hours >= (0)::double precision) AND (weekly_hours <= (168)::double precision)))
constraint member_role.member_role_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint member_role.member_role_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id)
constraint member_role.member_role_pkey PRIMARY KEY (account_id, member_id, role)
constraint member_role.member_role_role_one_of CHECK ((role = ANY (ARRAY['EMPLOYEE'::text, 'MANAGER'::text, 'FINANCE'::text, 'ADMIN'::text, 'INTEGRATION'::text])))
constraint member_role_change.member_role_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint member_role_change.member_role_change_pkey PRIMARY KEY (account_id, id)
constraint member_role_change.member_role_change_role_one_of CHECK ((role = ANY (ARRAY['EMPLOYEE'::text, 'MANAGER'::text, 'FINANCE'::text, 'ADMIN'::text, 'INTEGRATION'::text])))
constraint migration.migration_name_key UNIQUE (name)
constraint migration.migration_pkey PRIMARY KEY (id)
constraint operation.operation_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint operation.operation_beneath_whole CHECK ((cardinality(beneath) = cardinality(coordinates)))
constraint operation.operation_pkey PRIMARY KEY (account_id, hash)
constraint operation_use.operation_use_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint operation_use.operation_use_hash_fkey FOREIGN KEY (account_id, hash) REFERENCES operation(account_id, hash)
constraint operation_use.operation_use_key UNIQUE NULLS NOT DISTINCT (account_id, hash, day, roles, member_id)
constraint operation_use.operation_use_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id) ON DELETE CASCADE
constraint operation_use.operation_use_requests_range CHECK ((requests >= 1))
constraint operation_use.operation_use_roles_known CHECK ((roles <@ ARRAY['EMPLOYEE'::text, 'MANAGER'::text, 'FINANCE'::text, 'ADMIN'::text, 'INTEGRATION'::text]))
constraint project.project_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint project.project_billable_rate_currency_form CHECK ((billable_rate_currency ~ '^[A-Z]{3}$'::text))
constraint project.project_billable_rate_range CHECK (((billable_rate_minor >= '-1000000000000'::bigint) AND (billable_rate_minor <= '1000000000000'::bigint)))
constraint project.project_billable_rate_whole CHECK ((num_nonnulls(billable_rate_minor, billable_rate_currency) = ANY (ARRAY[0, 2])))
constraint project.project_budget_currency_form CHECK ((budget_currency ~ '^[A-Z]{3}$'::text))
constraint project.project_budget_range CHECK (((budget_minor >= '-1000000000000'::bigint) AND (budget_minor <= '1000000000000'::bigint)))
constraint project.project_budget_whole CHECK ((num_nonnulls(budget_minor, budget_currency) = ANY (ARRAY[0, 2])))
constraint project.project_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id)
constraint project.project_external_id_key UNIQUE (account_id, external_id)
constraint project.project_pkey PRIMARY KEY (account_id, id)
constraint project_member.project_member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint project_member.project_member_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id)
constraint project_member.project_member_pkey PRIMARY KEY (account_id, project_id, member_id)
constraint project_member.project_member_project_id_fkey FOREIGN KEY (account_id, project_id) REFERENCES project(account_id, id)
constraint tag.tag_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint tag.tag_name_key UNIQUE (account_id, name)
constraint tag.tag_pkey PRIMARY KEY (account_id, id)
constraint task.task_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint task.task_estimate_seconds_range CHECK ((estimate_seconds >= 0))
constraint task.task_external_id_key UNIQUE (account_id, external_id)
constraint task.task_parent_id_fkey FOREIGN KEY (account_id, parent_id) REFERENCES task(account_id, id)
constraint task.task_parent_id_other CHECK ((parent_id <> id))
constraint task.task_pkey PRIMARY KEY (account_id, id)
constraint task.task_project_id_fkey FOREIGN KEY (account_id, project_id) REFERENCES project(account_id, id)
constraint team.team_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint team.team_external_id_key UNIQUE (account_id, external_id)
constraint team.team_pkey PRIMARY KEY (account_id, id)
constraint team_member.team_member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint team_member.team_member_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id)
constraint team_member.team_member_pkey PRIMARY KEY (account_id, team_id, member_id)
constraint team_member.team_member_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id)
constraint time_entry.time_entry_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint time_entry.time_entry_activity_id_fkey FOREIGN KEY (account_id, activity_id) REFERENCES activity(account_id, id)
constraint time_entry.time_entry_billable_rate_currency_form CHECK ((billable_rate_currency ~ '^[A-Z]{3}$'::text))
constraint time_entry.time_entry_billable_rate_range CHECK (((billable_rate_minor >= '-1000000000000'::bigint) AND (billable_rate_minor <= '1000000000000'::bigint)))
constraint time_entry.time_entry_billable_rate_whole CHECK ((num_nonnulls(billable_rate_minor, billable_rate_currency) = ANY (ARRAY[0, 2])))
constraint time_entry.time_entry_break_seconds_range CHECK (((break_seconds >= 0) AND (break_seconds <= 8640000)))
constraint time_entry.time_entry_cost_rate_currency_form CHECK ((cost_rate_currency ~ '^[A-Z]{3}$'::text))
constraint time_entry.time_entry_cost_rate_range CHECK (((cost_rate_minor >= '-1000000000000'::bigint) AND (cost_rate_minor <= '1000000000000'::bigint)))
constraint time_entry.time_entry_cost_rate_whole CHECK ((num_nonnulls(cost_rate_minor, cost_rate_currency) = ANY (ARRAY[0, 2])))
constraint time_entry.time_entry_duration_seconds_range CHECK (((duration_seconds >= 0) AND (duration_seconds <= 8640000)))
constraint time_entry.time_entry_external_id_key UNIQUE (account_id, external_id)
constraint time_entry.time_entry_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id)
constraint time_entry.time_entry_pkey PRIMARY KEY (account_id, id)
constraint time_entry.time_entry_project_id_fkey FOREIGN KEY (account_id, project_id) REFERENCES project(account_id, id)
constraint time_entry.time_entry_status_one_of CHECK ((status = ANY (ARRAY['OPEN'::text, 'SUBMITTED'::text, 'APPROVED'::text, 'REJECTED'::text, 'INVOICED'::text])))
constraint time_entry.time_entry_task_id_fkey FOREIGN KEY (account_id, task_id) REFERENCES task(account_id, id)
constraint time_entry.time_entry_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id)
constraint time_entry.time_entry_time_order CHECK ((ended_at >= started_at))
constraint time_entry.time_entry_timesheet_id_fkey FOREIGN KEY (account_id, timesheet_id) REFERENCES timesheet(account_id, id)
constraint time_entry_tag.time_entry_tag_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint time_entry_tag.time_entry_tag_pkey PRIMARY KEY (account_id, time_entry_id, tag_id)
constraint time_entry_tag.time_entry_tag_tag_id_fkey FOREIGN KEY (account_id, tag_id) REFERENCES tag(account_id, id)
constraint time_entry_tag.time_entry_tag_time_entry_id_fkey FOREIGN KEY (account_id, time_entry_id) REFERENCES time_entry(account_id, id)
constraint timesheet.timesheet_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint timesheet.timesheet_decided_by_id_fkey FOREIGN KEY (account_id, decided_by_id) REFERENCES member(account_id, id)
constraint timesheet.timesheet_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id)
constraint timesheet.timesheet_period_alone EXCLUDE USING gist (account_id WITH =, member_id WITH =, daterange(period_start, period_end, '[]'::text) WITH &&)
constraint timesheet.timesheet_period_order CHECK ((period_end >= period_start))
constraint timesheet.timesheet_pkey PRIMARY KEY (account_id, id)
constraint timesheet.timesheet_status_one_of CHECK ((status = ANY (ARRAY['OPEN'::text, 'SUBMITTED'::text, 'APPROVED'::text, 'REJECTED'::text])))
constraint toggle.toggle_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint toggle.toggle_audience_one_of CHECK ((audience = ANY (ARRAY['EVERYONE'::text, 'EMPLOYEE'::text, 'MANAGER'::text, 'FINANCE'::text, 'ADMIN'::text, 'SUPPORT'::text, 'INTEGRATION'::text])))
constraint toggle.toggle_pkey PRIMARY KEY (account_id, coordinate, audience)
constraint toggle_approval.toggle_approval_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id)
constraint toggle_approval.toggle_approval_pkey PRIMARY KEY (account_id, proposal_id, member_id)
constraint toggle_approval.toggle_approval_proposal_id_fkey FOREIGN KEY (account_id, proposal_id) REFERENCES toggle_proposal(account_id, id)
constraint toggle_change.toggle_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint toggle_change.toggle_change_audience_one_of CHECK ((audience = ANY (ARRAY['EVERYONE'::text, 'EMPLOYEE'::text, 'MANAGER'::text, 'FINANCE'::text, 'ADMIN'::text, 'SUPPORT'::text, 'INTEGRATION'::text])))
constraint toggle_change.toggle_change_pkey PRIMARY KEY (account_id, revision, coordinate, audience)
constraint toggle_proposal.toggle_proposal_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint toggle_proposal.toggle_proposal_audiences_one_of CHECK ((audiences <@ ARRAY['EVERYONE'::text, 'EMPLOYEE'::text, 'MANAGER'::text, 'FINANCE'::text, 'ADMIN'::text, 'SUPPORT'::text, 'INTEGRATION'::text]))
constraint toggle_proposal.toggle_proposal_changes_whole CHECK (((cardinality(coordinates) > 0) AND (array_position(coordinates, NULL::text) IS NULL) AND (cardinality(audiences) = cardinality(coordinates)) AND (cardinality(enabled) = cardinality(coordinates))))
constraint toggle_proposal.toggle_proposal_expires CHECK ((expires_at <= (proposed_at + 'PT169H'::interval)))
constraint toggle_proposal.toggle_proposal_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member(account_id, id)
constraint toggle_proposal.toggle_proposal_one_end CHECK (((made_at IS NULL) OR (withdrawn_at IS NULL)))
constraint toggle_proposal.toggle_proposal_pkey PRIMARY KEY (account_id, id)
constraint toggle_proposal.toggle_proposal_withdrawn_whole CHECK ((num_nonnulls(withdrawn_by, withdrawn_at) = ANY (ARRAY[0, 2])))
constraint toggle_schedule.toggle_schedule_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
constraint toggle_schedule.toggle_schedule_ahead CHECK ((effective_at > created_at))
constraint toggle_schedule.toggle_schedule_audiences_one_of CHECK ((audiences <@ ARRAY['EVERYONE'::text, 'EMPLOYEE'::text, 'MANAGER'::text, 'FINANCE'::text, 'ADMIN'::text, 'SUPPORT'::text, 'INTEGRATION'::text]))
constraint toggle_schedule.toggle_schedule_cancelled_ahead CHECK ((cancelled_at < effective_at))
constraint toggle_schedule.toggle_schedule_cancelled_whole CHECK ((num_nonnulls(cancelled_by, cancelled_at) = ANY (ARRAY[0, 2])))
constraint toggle_schedule.toggle_schedule_changes_whole CHECK (((cardinality(coordinates) > 0) AND (array_position(coordinates, NULL::text) IS NULL) AND (cardinality(audiences) = cardinality(coordinates)) AND (cardinality(enabled) = cardinality(coordinates))))
constraint toggle_schedule.toggle_schedule_in_time TRIGGER DEFERRABLE INITIALLY DEFERRED
constraint toggle_schedule.toggle_schedule_one_end CHECK (((settled_revision IS NULL) OR (cancelled_at IS NULL)))
constraint toggle_schedule.toggle_schedule_pkey PRIMARY KEY (account_id, id)
constraint toggle_schedule.toggle_schedule_settled_revision_key UNIQUE (account_id, settled_revision)
constraint toggle_schedule.toggle_schedule_states_known CHECK ((array_position(enabled, NULL::boolean) IS NULL))
extension btree_gist
extension pgcrypto
function account_denials_count() CREATE OR REPLACE FUNCTION public.account_denials_count()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  new.revision := greatest(new.revision, old.revision + 1);
  RETURN new;
  END $function$
function account_in_time() CREATE OR REPLACE FUNCTION public.account_in_time()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF EXISTS (SELECT FROM toggle_schedule WHERE account_id = new.id AND settled_revision IS NULL AND cancelled_at IS NULL
  AND effective_at <= clock_timestamp() + interval '100 milliseconds') THEN
  RAISE EXCEPTION USING ERRCODE = 'serialization_failure', CONSTRAINT = 'account_in_time', TABLE = 'account',
  MESSAGE = 'a scheduled change takes effect just now';
  END IF;
  RETURN NULL;
  END $function$
function account_revision_back() CREATE OR REPLACE FUNCTION public.account_revision_back()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'account_revision_back', TABLE = 'account', MESSAGE = 'the revision of an account is never lowered';
  END $function$
function account_waiting_from() CREATE OR REPLACE FUNCTION public.account_waiting_from()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  new.waiting_from := (SELECT min(effective_at) FROM toggle_schedule WHERE account_id = new.id AND settled_revision IS NULL AND cancelled_at IS NULL);
  RETURN new;
  END $function$
function count_change(touched uuid[]) CREATE OR REPLACE FUNCTION public.count_change(touched uuid[])
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  DECLARE
  mark text := format('%s %s ', pg_current_xact_id(), extract(epoch FROM statement_timestamp()));
  counted text := coalesce(current_setting('fieldgate.counted', true), '');
  uncounted uuid[];
  BEGIN
  IF current_setting('fieldgate.settling', true) = 'on' THEN
  RETURN;
  END IF;
  IF NOT starts_with(counted, mark) THEN
  counted := mark;
  END IF;
  uncounted := ARRAY(SELECT id FROM unnest(touched) AS id WHERE position(id::text IN counted) = 0);
  -- In the order of ids: two statements that touch the same accounts then wait, and do not kill each other.
  PERFORM FROM account WHERE id = ANY (uncounted) ORDER BY id FOR NO KEY UPDATE;
  PERFORM settle_toggles(id) FROM account WHERE id = ANY (uncounted) AND EXISTS (SELECT FROM toggle_schedule
  WHERE account_id = account.id AND settled_revision IS NULL AND cancelled_at IS NULL AND effective_at <= clock_timestamp());
  UPDATE account SET revision = revision + 1 WHERE id = ANY (uncounted);
  PERFORM set_config('fieldgate.counted', counted || array_to_string(uncounted, ' '), true);
  END $function$
function denial_change_kept() CREATE OR REPLACE FUNCTION public.denial_change_kept()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'denial_change_kept', TABLE = 'denial_change',
  MESSAGE = 'what was changed stays written down';
  END $function$
function member_role_change_kept() CREATE OR REPLACE FUNCTION public.member_role_change_kept()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'member_role_change_kept',
  TABLE = 'member_role_change', MESSAGE = 'who had which role stays written down';
  END $function$
function member_role_delete_counts() CREATE OR REPLACE FUNCTION public.member_role_delete_counts()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  PERFORM count_change(ARRAY(SELECT DISTINCT account_id FROM old_rows));
  RETURN NULL;
  END $function$
function member_role_delete_written() CREATE OR REPLACE FUNCTION public.member_role_delete_written()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  INSERT INTO member_role_change (account_id, revision, member_id, role, given)
  SELECT r.account_id, a.revision, r.member_id, r.role, false
  FROM old_rows AS r JOIN account a ON a.id = r.account_id ORDER BY r.account_id, r.member_id, r.role;
  RETURN NULL;
  END $function$
function member_role_insert_counts() CREATE OR REPLACE FUNCTION public.member_role_insert_counts()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  PERFORM count_change(ARRAY(SELECT DISTINCT account_id FROM new_rows));
  RETURN NULL;
  END $function$
function member_role_insert_written() CREATE OR REPLACE FUNCTION public.member_role_insert_written()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  INSERT INTO member_role_change (account_id, revision, member_id, role, given)
  SELECT r.account_id, a.revision, r.member_id, r.role, true
  FROM new_rows AS r JOIN account a ON a.id = r.account_id ORDER BY r.account_id, r.member_id, r.role;
  RETURN NULL;
  END $function$
function member_role_truncate() CREATE OR REPLACE FUNCTION public.member_role_truncate()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'member_role_truncate', TABLE = 'member_role', MESSAGE = 'member_role is never truncated';
  END $function$
function member_role_update_counts() CREATE OR REPLACE FUNCTION public.member_role_update_counts()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  PERFORM count_change(ARRAY(SELECT account_id FROM old_rows UNION SELECT account_id FROM new_rows));
  RETURN NULL;
  END $function$
function member_role_update_written() CREATE OR REPLACE FUNCTION public.member_role_update_written()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  INSERT INTO member_role_change (account_id, revision, member_id, role, given)
  SELECT r.account_id, a.revision, r.member_id, r.role, false
  FROM (SELECT * FROM old_rows EXCEPT SELECT * FROM new_rows) AS r JOIN account a ON a.id = r.account_id ORDER BY r.account_id, r.member_id, r.role;
  INSERT INTO member_role_change (account_id, revision, member_id, role, given)
  SELECT r.account_id, a.revision, r.member_id, r.role, true
  FROM (SELECT * FROM new_rows EXCEPT SELECT * FROM old_rows) AS r JOIN account a ON a.id = r.account_id ORDER BY r.account_id, r.member_id, r.role;
  RETURN NULL;
  END $function$
function settle_toggles(of_account uuid) CREATE OR REPLACE FUNCTION public.settle_toggles(of_account uuid)
  RETURNS integer
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  DECLARE
  number integer;
  batch toggle_schedule;
  BEGIN
  SELECT revision INTO number FROM account WHERE id = of_account FOR NO KEY UPDATE;
  FOR batch IN SELECT * FROM toggle_schedule WHERE account_id = of_account AND settled_revision IS NULL AND cancelled_at IS NULL
  AND effective_at <= clock_timestamp() ORDER BY effective_at, id
  LOOP
  number := number + 1;
  PERFORM set_config('fieldgate.settling', 'on', true);
  UPDATE account SET revision = number WHERE id = of_account;
  UPDATE toggle_schedule SET settled_revision = number WHERE account_id = of_account AND id = batch.id;
  INSERT INTO toggle_change (account_id, revision, coordinate, audience, enabled, was, reason, changed_by, changed_at)
  SELECT of_account, number, c.coordinate, c.audience, c.enabled, t.enabled, batch.reason, batch.created_by, batch.effective_at
  FROM unnest(batch.coordinates, batch.audiences, batch.enabled) AS c (coordinate, audience, enabled)
  LEFT JOIN toggle t ON t.account_id = of_account AND t.coordinate = c.coordinate AND t.audience = c.audience
  WHERE t.enabled IS DISTINCT FROM c.enabled;
  INSERT INTO toggle (account_id, coordinate, audience, enabled, reason, changed_by, changed_at, revision)
  SELECT of_account, c.coordinate, c.audience, c.enabled, batch.reason, batch.created_by, batch.effective_at, number
  FROM unnest(batch.coordinates, batch.audiences, batch.enabled) AS c (coordinate, audience, enabled)
  ON CONFLICT (account_id, coordinate, audience) DO UPDATE SET enabled = excluded.enabled, reason = excluded.reason,
  changed_by = excluded.changed_by, changed_at = excluded.changed_at, revision = excluded.revision;
  PERFORM set_config('fieldgate.settling', '', true);
  END LOOP;
  RETURN number;
  END $function$
function toggle_approval_kept() CREATE OR REPLACE FUNCTION public.toggle_approval_kept()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_approval_kept', TABLE = 'toggle_approval',
  MESSAGE = 'what was proposed, approved or scheduled stays written down';
  END $function$
function toggle_approval_open() CREATE OR REPLACE FUNCTION public.toggle_approval_open()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF NOT (EXISTS (SELECT FROM member_role WHERE account_id = new.account_id AND member_id = new.member_id AND role = 'ADMIN')
  AND EXISTS (SELECT FROM toggle_proposal WHERE account_id = new.account_id AND id = new.proposal_id
  AND made_at IS NULL AND withdrawn_at IS NULL AND expires_at > clock_timestamp())) THEN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_approval_open', TABLE = 'toggle_approval', MESSAGE = 'only administrators approve, and only what is still open';
  END IF;
  RETURN new;
  END $function$
function toggle_change_kept() CREATE OR REPLACE FUNCTION public.toggle_change_kept()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_change_kept', TABLE = 'toggle_change', MESSAGE = 'what was changed stays written down';
  END $function$
function toggle_delete_counts() CREATE OR REPLACE FUNCTION public.toggle_delete_counts()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  PERFORM count_change(ARRAY(SELECT DISTINCT account_id FROM old_rows));
  RETURN NULL;
  END $function$
function toggle_insert_counts() CREATE OR REPLACE FUNCTION public.toggle_insert_counts()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  PERFORM count_change(ARRAY(SELECT DISTINCT account_id FROM new_rows));
  RETURN NULL;
  END $function$
function toggle_proposal_begins_open() CREATE OR REPLACE FUNCTION public.toggle_proposal_begins_open()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF NOT (false) THEN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_proposal_begins_open', TABLE = 'toggle_proposal', MESSAGE = 'a proposal is made by approvals, and not by writing it down';
  END IF;
  RETURN new;
  END $function$
function toggle_proposal_kept() CREATE OR REPLACE FUNCTION public.toggle_proposal_kept()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_proposal_kept', TABLE = 'toggle_proposal',
  MESSAGE = 'what was proposed, approved or scheduled stays written down';
  END $function$
function toggle_proposal_only_ends() CREATE OR REPLACE FUNCTION public.toggle_proposal_only_ends()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF NOT (to_jsonb(new) - ARRAY['made_at', 'withdrawn_by', 'withdrawn_at'] = to_jsonb(old) - ARRAY['made_at', 'withdrawn_by', 'withdrawn_at'] AND old.made_at IS NULL AND old.withdrawn_at IS NULL) THEN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_proposal_only_ends', TABLE = 'toggle_proposal', MESSAGE = 'of what waits only its end is written';
  END IF;
  RETURN new;
  END $function$
function toggle_proposal_two_people() CREATE OR REPLACE FUNCTION public.toggle_proposal_two_people()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF NOT (new.expires_at > clock_timestamp() AND 2 <= (SELECT count(DISTINCT a.member_id) FROM toggle_approval a
  JOIN member_role r ON r.account_id = a.account_id AND r.member_id = a.member_id AND r.role = 'ADMIN'
  WHERE a.account_id = new.account_id AND a.proposal_id = new.id)) THEN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_proposal_two_people', TABLE = 'toggle_proposal', MESSAGE = 'two administrators have to stand behind a proposal before it is made';
  END IF;
  RETURN new;
  END $function$
function toggle_schedule_in_time() CREATE OR REPLACE FUNCTION public.toggle_schedule_in_time()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF new.effective_at <= clock_timestamp() + interval '100 milliseconds' THEN
  RAISE EXCEPTION USING ERRCODE = 'serialization_failure', CONSTRAINT = 'toggle_schedule_in_time', TABLE = 'toggle_schedule',
  MESSAGE = 'a scheduled change takes effect just now';
  END IF;
  RETURN NULL;
  END $function$
function toggle_schedule_kept() CREATE OR REPLACE FUNCTION public.toggle_schedule_kept()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_schedule_kept', TABLE = 'toggle_schedule',
  MESSAGE = 'what was proposed, approved or scheduled stays written down';
  END $function$
function toggle_schedule_only_ends() CREATE OR REPLACE FUNCTION public.toggle_schedule_only_ends()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF NOT (to_jsonb(new) - ARRAY['settled_revision', 'cancelled_by', 'cancelled_at'] = to_jsonb(old) - ARRAY['settled_revision', 'cancelled_by', 'cancelled_at'] AND old.settled_revision IS NULL AND old.cancelled_at IS NULL AND (new.settled_revision IS NULL OR new.effective_at <= clock_timestamp())) THEN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_schedule_only_ends', TABLE = 'toggle_schedule', MESSAGE = 'of what waits only its end is written';
  END IF;
  RETURN new;
  END $function$
function toggle_schedule_proposed() CREATE OR REPLACE FUNCTION public.toggle_schedule_proposed()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF NOT (NOT EXISTS (SELECT FROM unnest(new.coordinates, new.audiences, new.enabled) AS w (coordinate, audience, enabled)
  WHERE w.audience = 'SUPPORT' AND w.enabled AND NOT EXISTS (SELECT FROM toggle_proposal p,
  unnest(p.coordinates, p.audiences, p.enabled) AS c (coordinate, audience, enabled)
  WHERE p.account_id = new.account_id AND p.made_at IS NOT NULL AND c.coordinate = w.coordinate
  AND c.audience = 'SUPPORT' AND c.enabled))) THEN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_schedule_proposed', TABLE = 'toggle_schedule', MESSAGE = 'what the staff of the vendor may see grows by a proposal that two administrators stand behind';
  END IF;
  RETURN new;
  END $function$
function toggle_schedule_waits() CREATE OR REPLACE FUNCTION public.toggle_schedule_waits()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  UPDATE account SET waiting_from = NULL WHERE id = new.account_id;
  RETURN NULL;
  END $function$
function toggle_support_proposed() CREATE OR REPLACE FUNCTION public.toggle_support_proposed()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  IF NOT (EXISTS (SELECT FROM toggle_proposal p, unnest(p.coordinates, p.audiences, p.enabled) AS c (coordinate, audience, enabled)
  WHERE p.account_id = new.account_id AND p.made_at IS NOT NULL AND c.coordinate = new.coordinate
  AND c.audience = 'SUPPORT' AND c.enabled)) THEN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_support_proposed', TABLE = 'toggle', MESSAGE = 'what the staff of the vendor may see grows by a proposal that two administrators stand behind';
  END IF;
  RETURN new;
  END $function$
function toggle_truncate() CREATE OR REPLACE FUNCTION public.toggle_truncate()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'toggle_truncate', TABLE = 'toggle', MESSAGE = 'toggle is never truncated';
  END $function$
function toggle_update_counts() CREATE OR REPLACE FUNCTION public.toggle_update_counts()
  RETURNS trigger
  LANGUAGE plpgsql
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  PERFORM count_change(ARRAY(SELECT account_id FROM old_rows UNION SELECT account_id FROM new_rows));
  RETURN NULL;
  END $function$
function toggles_due(of_account uuid) CREATE OR REPLACE FUNCTION public.toggles_due(of_account uuid)
  RETURNS integer
  LANGUAGE plpgsql
  STABLE
  SET search_path TO 'public', 'pg_temp'
  AS $function$
  BEGIN
  RETURN (SELECT count(*) FROM toggle_schedule WHERE account_id = of_account AND settled_revision IS NULL AND cancelled_at IS NULL
  AND effective_at <= statement_timestamp());
  END $function$
index account.account_pkey CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)
index account.account_slug_key CREATE UNIQUE INDEX account_slug_key ON public.account USING btree (slug)
index activity.activity_external_id_key CREATE UNIQUE INDEX activity_external_id_key ON public.activity USING btree (account_id, external_id)
index activity.activity_pkey CREATE UNIQUE INDEX activity_pkey ON public.activity USING btree (account_id, id)
index customer.customer_external_id_key CREATE UNIQUE INDEX customer_external_id_key ON public.customer USING btree (account_id, external_id)
index customer.customer_pkey CREATE UNIQUE INDEX customer_pkey ON public.customer USING btree (account_id, id)
index denial_change.denial_change_pkey CREATE UNIQUE INDEX denial_change_pkey ON public.denial_change USING btree (account_id, revision)
index expense.expense_date_idx CREATE INDEX expense_date_idx ON public.expense USING btree (account_id, date DESC, id DESC)
index expense.expense_member_id_idx CREATE INDEX expense_member_id_idx ON public.expense USING btree (account_id, member_id, date DESC, id DESC)
index expense.expense_pkey CREATE UNIQUE INDEX expense_pkey ON public.expense USING btree (account_id, id)
index expense.expense_project_id_idx CREATE INDEX expense_project_id_idx ON public.expense USING btree (account_id, project_id)
index gateway_secret.gateway_secret_pkey CREATE UNIQUE INDEX gateway_secret_pkey ON public.gateway_secret USING btree (name)
index member.member_external_id_key CREATE UNIQUE INDEX member_external_id_key ON public.member USING btree (account_id, external_id)
index member.member_manager_id_idx CREATE INDEX member_manager_id_idx ON public.member USING btree (account_id, manager_id)
index member.member_pkey CREATE UNIQUE INDEX member_pkey ON public.member USING btree (account_id, id)
index member_role.member_role_pkey CREATE UNIQUE INDEX member_role_pkey ON public.member_role USING btree (account_id, member_id, role)
index member_role_change.member_role_change_member_id_idx CREATE INDEX member_role_change_member_id_idx ON public.member_role_change USING btree (account_id, member_id, role, id)
index member_role_change.member_role_change_pkey CREATE UNIQUE INDEX member_role_change_pkey ON public.member_role_change USING btree (account_id, id)
index migration.migration_name_key CREATE UNIQUE INDEX migration_name_key ON public.migration USING btree (name)
index migration.migration_pkey CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (id)
index operation.operation_pkey CREATE UNIQUE INDEX operation_pkey ON public.operation USING btree (account_id, hash)
index operation_use.operation_use_account_id_day_idx CREATE INDEX operation_use_account_id_day_idx ON public.operation_use USING btree (account_id, day)
index operation_use.operation_use_day_idx CREATE INDEX operation_use_day_idx ON public.operation_use USING btree (day)
index operation_use.operation_use_key CREATE UNIQUE INDEX operation_use_key ON public.operation_use USING btree (account_id, hash, day, roles, member_id) NULLS NOT DISTINCT
index operation_use.operation_use_member_id_idx CREATE INDEX operation_use_member_id_idx ON public.operation_use USING btree (account_id, member_id)
index project.project_customer_id_idx CREATE INDEX project_customer_id_idx ON public.project USING btree (account_id, customer_id)
index project.project_external_id_key CREATE UNIQUE INDEX project_external_id_key ON public.project USING btree (account_id, external_id)
index project.project_pkey CREATE UNIQUE INDEX project_pkey ON public.project USING btree (account_id, id)
index project_member.project_member_member_id_idx CREATE INDEX project_member_member_id_idx ON public.project_member USING btree (account_id, member_id, project_id)
index project_member.project_member_pkey CREATE UNIQUE INDEX project_member_pkey ON public.project_member USING btree (account_id, project_id, member_id)
index tag.tag_name_key CREATE UNIQUE INDEX tag_name_key ON public.tag USING btree (account_id, name)
index tag.tag_pkey CREATE UNIQUE INDEX tag_pkey ON public.tag USING btree (account_id, id)
index task.task_external_id_key CREATE UNIQUE INDEX task_external_id_key ON public.task USING btree (account_id, external_id)
index task.task_parent_id_idx CREATE INDEX task_parent_id_idx ON public.task USING btree (account_id, parent_id)
index task.task_pkey CREATE UNIQUE INDEX task_pkey ON public.task USING btree (account_id, id)
index task.task_project_id_idx CREATE INDEX task_project_id_idx ON public.task USING btree (account_id, project_id)
index team.team_external_id_key CREATE UNIQUE INDEX team_external_id_key ON public.team USING btree (account_id, external_id)
index team.team_pkey CREATE UNIQUE INDEX team_pkey ON public.team USING btree (account_id, id)
index team_member.team_member_member_id_idx CREATE INDEX team_member_member_id_idx ON public.team_member USING btree (account_id, member_id, team_id) INCLUDE (lead)
index team_member.team_member_pkey CREATE UNIQUE INDEX team_member_pkey ON public.team_member USING btree (account_id, team_id, member_id)
index time_entry.time_entry_activity_id_idx CREATE INDEX time_entry_activity_id_idx ON public.time_entry USING btree (account_id, activity_id)
index time_entry.time_entry_date_idx CREATE INDEX time_entry_date_idx ON public.time_entry USING btree (account_id, date DESC, id DESC)
index time_entry.time_entry_external_id_key CREATE UNIQUE INDEX time_entry_external_id_key ON public.time_entry USING btree (account_id, external_id)
index time_entry.time_entry_member_id_idx CREATE INDEX time_entry_member_id_idx ON public.time_entry USING btree (account_id, member_id, date DESC, id DESC)
index time_entry.time_entry_pkey CREATE UNIQUE INDEX time_entry_pkey ON public.time_entry USING btree (account_id, id)
index time_entry.time_entry_project_id_idx CREATE INDEX time_entry_project_id_idx ON public.time_entry USING btree (account_id, project_id, date DESC, id DESC)
index time_entry.time_entry_started_at_idx CREATE INDEX time_entry_started_at_idx ON public.time_entry USING btree (account_id, started_at, id)
index time_entry.time_entry_task_id_idx CREATE INDEX time_entry_task_id_idx ON public.time_entry USING btree (account_id, task_id)
index time_entry.time_entry_team_id_idx CREATE INDEX time_entry_team_id_idx ON public.time_entry USING btree (account_id, team_id, date DESC, id DESC)
index time_entry.time_entry_timesheet_id_idx CREATE INDEX time_entry_timesheet_id_idx ON public.time_entry USING btree (account_id, timesheet_id)
index time_entry_tag.time_entry_tag_pkey CREATE UNIQUE INDEX time_entry_tag_pkey ON public.time_entry_tag USING btree (account_id, time_entry_id, tag_id)
index time_entry_tag.time_entry_tag_tag_id_idx CREATE INDEX time_entry_tag_tag_id_idx ON public.time_entry_tag USING btree (account_id, tag_id, time_entry_id)
index timesheet.timesheet_decided_by_id_idx CREATE INDEX timesheet_decided_by_id_idx ON public.timesheet USING btree (account_id, decided_by_id)
index timesheet.timesheet_member_id_idx CREATE INDEX timesheet_member_id_idx ON public.timesheet USING btree (account_id, member_id, period_start DESC, id DESC)
index timesheet.timesheet_period_alone CREATE INDEX timesheet_period_alone ON public.timesheet USING gist (account_id, member_id, daterange(period_start, period_end, '[]'::text))
index timesheet.timesheet_period_idx CREATE INDEX timesheet_period_idx ON public.timesheet USING btree (account_id, period_start DESC, id DESC)
index timesheet.timesheet_pkey CREATE UNIQUE INDEX timesheet_pkey ON public.timesheet USING btree (account_id, id)
index toggle.toggle_pkey CREATE UNIQUE INDEX toggle_pkey ON public.toggle USING btree (account_id, coordinate, audience)
index toggle_approval.toggle_approval_member_id_idx CREATE INDEX toggle_approval_member_id_idx ON public.toggle_approval USING btree (account_id, member_id)
index toggle_approval.toggle_approval_pkey CREATE UNIQUE INDEX toggle_approval_pkey ON public.toggle_approval USING btree (account_id, proposal_id, member_id)
index toggle_change.toggle_change_pkey CREATE UNIQUE INDEX toggle_change_pkey ON public.toggle_change USING btree (account_id, revision, coordinate, audience)
index toggle_proposal.toggle_proposal_member_id_idx CREATE INDEX toggle_proposal_member_id_idx ON public.toggle_proposal USING btree (account_id, member_id)
index toggle_proposal.toggle_proposal_open_idx CREATE INDEX toggle_proposal_open_idx ON public.toggle_proposal USING btree (account_id, proposed_at) WHERE ((made_at IS NULL) AND (withdrawn_at IS NULL))
index toggle_proposal.toggle_proposal_pkey CREATE UNIQUE INDEX toggle_proposal_pkey ON public.toggle_proposal USING btree (account_id, id)
index toggle_schedule.toggle_schedule_pkey CREATE UNIQUE INDEX toggle_schedule_pkey ON public.toggle_schedule USING btree (account_id, id)
index toggle_schedule.toggle_schedule_settled_revision_key CREATE UNIQUE INDEX toggle_schedule_settled_revision_key ON public.toggle_schedule USING btree (account_id, settled_revision)
index toggle_schedule.toggle_schedule_waiting_idx CREATE INDEX toggle_schedule_waiting_idx ON public.toggle_schedule USING btree (account_id, effective_at, id) WHERE ((settled_revision IS NULL) AND (cancelled_at IS NULL))
sequence member_role_change_id_seq
sequence migration_id_seq
statistics time_entry_together CREATE STATISTICS public.time_entry_together ON account_id, member_id, team_id, project_id FROM time_entry
table account
table activity
table customer
table denial_change
table expense
table gateway_secret
table member
table member_role
table member_role_change
table migration
table operation
table operation_use
table project
table project_member
table tag
table task
table team
table team_member
table time_entry
table time_entry_tag
table timesheet
table toggle
table toggle_approval
table toggle_change
table toggle_proposal
table toggle_schedule
trigger account.account_denials_count CREATE TRIGGER account_denials_count BEFORE UPDATE OF denied_as, on_denied ON public.account FOR EACH ROW WHEN (((new.denied_as <> old.denied_as) OR (new.on_denied <> old.on_denied))) EXECUTE FUNCTION account_denials_count() always
trigger account.account_in_time CREATE CONSTRAINT TRIGGER account_in_time AFTER UPDATE ON public.account DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.revision <> old.revision) AND (current_setting('fieldgate.settling'::text, true) IS DISTINCT FROM 'on'::text))) EXECUTE FUNCTION account_in_time() always
trigger account.account_revision_back CREATE TRIGGER account_revision_back BEFORE UPDATE OF revision ON public.account FOR EACH ROW WHEN ((new.revision < old.revision)) EXECUTE FUNCTION account_revision_back() always
trigger account.account_waiting_from CREATE TRIGGER account_waiting_from BEFORE INSERT OR UPDATE OF waiting_from ON public.account FOR EACH ROW EXECUTE FUNCTION account_waiting_from() always
trigger denial_change.denial_change_kept CREATE TRIGGER denial_change_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.denial_change FOR EACH STATEMENT EXECUTE FUNCTION denial_change_kept() always
trigger member_role.member_role_delete_counts CREATE TRIGGER member_role_delete_counts AFTER DELETE ON public.member_role REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION member_role_delete_counts() always
trigger member_role.member_role_delete_written CREATE TRIGGER member_role_delete_written AFTER DELETE ON public.member_role REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION member_role_delete_written() always
trigger member_role.member_role_insert_counts CREATE TRIGGER member_role_insert_counts AFTER INSERT ON public.member_role REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION member_role_insert_counts() always
trigger member_role.member_role_insert_written CREATE TRIGGER member_role_insert_written AFTER INSERT ON public.member_role REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION member_role_insert_written() always
trigger member_role.member_role_truncate CREATE TRIGGER member_role_truncate BEFORE TRUNCATE ON public.member_role FOR EACH STATEMENT EXECUTE FUNCTION member_role_truncate() always
trigger member_role.member_role_update_counts CREATE TRIGGER member_role_update_counts AFTER UPDATE ON public.member_role REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION member_role_update_counts() always
trigger member_role.member_role_update_written CREATE TRIGGER member_role_update_written AFTER UPDATE ON public.member_role REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION member_role_update_written() always
trigger member_role_change.member_role_change_kept CREATE TRIGGER member_role_change_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.member_role_change FOR EACH STATEMENT EXECUTE FUNCTION member_role_change_kept() always
trigger toggle.toggle_delete_counts CREATE TRIGGER toggle_delete_counts AFTER DELETE ON public.toggle REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION toggle_delete_counts() always
trigger toggle.toggle_insert_counts CREATE TRIGGER toggle_insert_counts AFTER INSERT ON public.toggle REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION toggle_insert_counts() always
trigger toggle.toggle_support_proposed CREATE TRIGGER toggle_support_proposed BEFORE INSERT OR UPDATE ON public.toggle FOR EACH ROW WHEN (((new.audience = 'SUPPORT'::text) AND new.enabled)) EXECUTE FUNCTION toggle_support_proposed() always
trigger toggle.toggle_truncate CREATE TRIGGER toggle_truncate BEFORE TRUNCATE ON public.toggle FOR EACH STATEMENT EXECUTE FUNCTION toggle_truncate() always
trigger toggle.toggle_update_counts CREATE TRIGGER toggle_update_counts AFTER UPDATE ON public.toggle REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION toggle_update_counts() always
trigger toggle_approval.toggle_approval_kept CREATE TRIGGER toggle_approval_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.toggle_approval FOR EACH STATEMENT EXECUTE FUNCTION toggle_approval_kept() always
trigger toggle_approval.toggle_approval_open CREATE TRIGGER toggle_approval_open BEFORE INSERT ON public.toggle_approval FOR EACH ROW EXECUTE FUNCTION toggle_approval_open() always
trigger toggle_change.toggle_change_kept CREATE TRIGGER toggle_change_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.toggle_change FOR EACH STATEMENT EXECUTE FUNCTION toggle_change_kept() always
trigger toggle_proposal.toggle_proposal_begins_open CREATE TRIGGER toggle_proposal_begins_open BEFORE INSERT ON public.toggle_proposal FOR EACH ROW WHEN ((new.made_at IS NOT NULL)) EXECUTE FUNCTION toggle_proposal_begins_open() always
trigger toggle_proposal.toggle_proposal_kept CREATE TRIGGER toggle_proposal_kept BEFORE DELETE OR TRUNCATE ON public.toggle_proposal FOR EACH STATEMENT EXECUTE FUNCTION toggle_proposal_kept() always
trigger toggle_proposal.toggle_proposal_only_ends CREATE TRIGGER toggle_proposal_only_ends BEFORE UPDATE ON public.toggle_proposal FOR EACH ROW EXECUTE FUNCTION toggle_proposal_only_ends() always
trigger toggle_proposal.toggle_proposal_two_people CREATE TRIGGER toggle_proposal_two_people BEFORE UPDATE OF made_at ON public.toggle_proposal FOR EACH ROW WHEN ((new.made_at IS NOT NULL)) EXECUTE FUNCTION toggle_proposal_two_people() always
trigger toggle_schedule.toggle_schedule_in_time CREATE CONSTRAINT TRIGGER toggle_schedule_in_time AFTER INSERT OR UPDATE OF cancelled_at ON public.toggle_schedule DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION toggle_schedule_in_time() always
trigger toggle_schedule.toggle_schedule_kept CREATE TRIGGER toggle_schedule_kept BEFORE DELETE OR TRUNCATE ON public.toggle_schedule FOR EACH STATEMENT EXECUTE FUNCTION toggle_schedule_kept() always
trigger toggle_schedule.toggle_schedule_only_ends CREATE TRIGGER toggle_schedule_only_ends BEFORE UPDATE ON public.toggle_schedule FOR EACH ROW EXECUTE FUNCTION toggle_schedule_only_ends() always
trigger toggle_schedule.toggle_schedule_proposed CREATE TRIGGER toggle_schedule_proposed BEFORE INSERT ON public.toggle_schedule FOR EACH ROW EXECUTE FUNCTION toggle_schedule_proposed() always
trigger toggle_schedule.toggle_schedule_waits CREATE TRIGGER toggle_schedule_waits AFTER INSERT OR UPDATE ON public.toggle_schedule FOR EACH ROW EXECUTE FUNCTION toggle_schedule_waits() always
