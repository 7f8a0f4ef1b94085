/**
 * Changes of an account's switches that wait: for a moment, or for a second pair of hands.
 *
 * What was scheduled takes effect by the clock of each statement, and no job has to run: the account's revision is the
 * written one and one more for each batch that is due. Whoever changes the account next *settles* those batches first,
 * each under the number that statements have been giving it, so that no number is ever two things.
 *
 * From here on `toggle_change.enabled` may be null: going back to an earlier revision sets a switch back to its default.
 */
import { Migration } from "@mikro-orm/migrations";

const AUDIENCES = `ARRAY['EVERYONE', 'EMPLOYEE', 'MANAGER', 'FINANCE', 'ADMIN', 'SUPPORT', 'INTEGRATION']`;
/** Commits follow the check within this time: nothing takes effect between the two. */
const MARGIN = "interval '100 milliseconds'";
const WAITING = "settled_revision IS NULL AND cancelled_at IS NULL";

const collides = (of: string): string => `
          RAISE EXCEPTION USING ERRCODE = 'serialization_failure', CONSTRAINT = '${of}_in_time', TABLE = '${of}',
            MESSAGE = 'a scheduled change takes effect just now'`;

export class ToggleDesk extends Migration {
  override up(): void {
    this.schedules();
    this.settling();
    this.counting();
    this.inTime();
    this.proposals();
    this.approvals();
    this.twoPeople();
    for (const table of ["toggle_schedule", "toggle_proposal"]) this.kept(table, "DELETE OR TRUNCATE");
    this.kept("toggle_approval", "UPDATE OR DELETE OR TRUNCATE");
  }

  /** What a row changes is in the row itself: it cannot grow when the row is there. */
  private changes(table: string): string {
    return `
        coordinates text[] COLLATE "C" NOT NULL,
        audiences text[] COLLATE "C" NOT NULL,
        enabled boolean[] NOT NULL,
        CONSTRAINT ${table}_changes_whole CHECK (cardinality(coordinates) > 0 AND array_position(coordinates, NULL) IS NULL
          AND cardinality(audiences) = cardinality(coordinates) AND cardinality(enabled) = cardinality(coordinates)),
        CONSTRAINT ${table}_audiences_one_of CHECK (audiences <@ ${AUDIENCES})`;
  }

  private schedules(): void {
    this.addSql(`
      CREATE TABLE toggle_schedule (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        effective_at timestamptz(3) NOT NULL,
        reason text COLLATE "C",
        created_by text COLLATE "C" NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        settled_revision integer,
        cancelled_by text COLLATE "C",
        cancelled_at timestamptz(3),${this.changes("toggle_schedule")},
        CONSTRAINT toggle_schedule_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT toggle_schedule_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT toggle_schedule_settled_revision_key UNIQUE (account_id, settled_revision),
        CONSTRAINT toggle_schedule_states_known CHECK (array_position(enabled, NULL) IS NULL),
        CONSTRAINT toggle_schedule_ahead CHECK (effective_at > created_at),
        CONSTRAINT toggle_schedule_one_end CHECK (settled_revision IS NULL OR cancelled_at IS NULL),
        CONSTRAINT toggle_schedule_cancelled_whole CHECK (num_nonnulls(cancelled_by, cancelled_at) IN (0, 2)),
        CONSTRAINT toggle_schedule_cancelled_ahead CHECK (cancelled_at < effective_at)
      )`);
    // Every statement looks in here: for accounts that have nothing waiting it is a page that is empty.
    this.addSql(
      `CREATE INDEX toggle_schedule_waiting_idx ON toggle_schedule (account_id, effective_at, id) WHERE ${WAITING}`,
    );
    this.onlyEnds("toggle_schedule", ["settled_revision", "cancelled_by", "cancelled_at"], WAITING);
  }

  /** Answers the account's revision, under its lock; null where there is no such account. */
  private settling(): void {
    this.addSql(`
      CREATE FUNCTION settle_toggles(of_account uuid) RETURNS integer LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      DECLARE
        number integer;
        batch toggle_schedule;
      BEGIN
        SELECT revision INTO number FROM account WHERE id = of_account FOR NO KEY UPDATE;
        FOR batch IN SELECT * FROM toggle_schedule WHERE account_id = of_account AND ${WAITING}
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
      END $$`);
  }

  /** As before, and what is due is settled first: it had its number before what is counted now. */
  private counting(): void {
    this.addSql(`
      CREATE OR REPLACE FUNCTION count_change(touched uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
          WHERE account_id = account.id AND ${WAITING} AND effective_at <= clock_timestamp());
        UPDATE account SET revision = revision + 1 WHERE id = ANY (uncounted);
        PERFORM set_config('fieldgate.counted', counted || array_to_string(uncounted, ' '), true);
      END $$`);
  }

  /**
   * A change must not be under way while another takes effect by the clock: statements in between would have given its
   * number to the other. Looked at when the transaction commits; who is refused tries again, and finds it settled.
   */
  private inTime(): void {
    this.addSql(`
      CREATE FUNCTION account_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        IF EXISTS (SELECT FROM toggle_schedule WHERE account_id = new.id AND ${WAITING}
          AND effective_at <= clock_timestamp() + ${MARGIN}) THEN${collides("account")};
        END IF;
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE CONSTRAINT TRIGGER account_in_time AFTER UPDATE ON account DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
      WHEN (new.revision <> old.revision AND current_setting('fieldgate.settling', true) IS DISTINCT FROM 'on')
      EXECUTE FUNCTION account_in_time()`);
    this.addSql(`
      CREATE FUNCTION toggle_schedule_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        IF new.effective_at <= clock_timestamp() + ${MARGIN} THEN${collides("toggle_schedule")};
        END IF;
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE CONSTRAINT TRIGGER toggle_schedule_in_time AFTER INSERT OR UPDATE OF cancelled_at ON toggle_schedule
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION toggle_schedule_in_time()`);
    for (const table of ["account", "toggle_schedule"]) {
      this.addSql(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_in_time`);
    }
  }

  private proposals(): void {
    // enabled is null where a switch goes back to its default. member_id is null where nobody in particular proposed.
    this.addSql(`
      CREATE TABLE toggle_proposal (
        account_id uuid NOT NULL,
        id uuid NOT NULL DEFAULT uuidv7(),
        hash text COLLATE "C" NOT NULL,
        effective_at timestamptz(3),
        to_revision integer,
        reason text COLLATE "C",
        proposed_by text COLLATE "C" NOT NULL,
        member_id uuid,
        proposed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz(3) NOT NULL DEFAULT clock_timestamp() + interval '168 hours',
        made_at timestamptz(3),
        withdrawn_by text COLLATE "C",
        withdrawn_at timestamptz(3),${this.changes("toggle_proposal")},
        CONSTRAINT toggle_proposal_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT toggle_proposal_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT toggle_proposal_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member (account_id, id),
        CONSTRAINT toggle_proposal_expires CHECK (expires_at <= proposed_at + interval '169 hours'),
        CONSTRAINT toggle_proposal_one_end CHECK (made_at IS NULL OR withdrawn_at IS NULL),
        CONSTRAINT toggle_proposal_withdrawn_whole CHECK (num_nonnulls(withdrawn_by, withdrawn_at) IN (0, 2))
      )`);
    const open = "made_at IS NULL AND withdrawn_at IS NULL";
    this.addSql(`CREATE INDEX toggle_proposal_open_idx ON toggle_proposal (account_id, proposed_at) WHERE ${open}`);
    this.addSql(`CREATE INDEX toggle_proposal_member_id_idx ON toggle_proposal (account_id, member_id)`);
    this.onlyEnds("toggle_proposal", ["made_at", "withdrawn_by", "withdrawn_at"], open);
  }

  private approvals(): void {
    this.addSql(`
      CREATE TABLE toggle_approval (
        account_id uuid NOT NULL,
        proposal_id uuid NOT NULL,
        member_id uuid NOT NULL,
        approved_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT toggle_approval_pkey PRIMARY KEY (account_id, proposal_id, member_id),
        CONSTRAINT toggle_approval_proposal_id_fkey FOREIGN KEY (account_id, proposal_id) REFERENCES toggle_proposal (account_id, id),
        CONSTRAINT toggle_approval_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member (account_id, id)
      )`);
    this.addSql(`CREATE INDEX toggle_approval_member_id_idx ON toggle_approval (account_id, member_id)`);
    this.guard("toggle_approval", "BEFORE INSERT", {
      name: "toggle_approval_open",
      unless: `EXISTS (SELECT FROM member_role WHERE account_id = new.account_id AND member_id = new.member_id AND role = 'ADMIN')
          AND EXISTS (SELECT FROM toggle_proposal WHERE account_id = new.account_id AND id = new.proposal_id
            AND made_at IS NULL AND withdrawn_at IS NULL AND expires_at > clock_timestamp())`,
      words: "only administrators approve, and only what is still open",
    });
  }

  /** What the vendor's staff may see grows by two administrators of the account, and not by SQL of one's own either. */
  private twoPeople(): void {
    this.guard("toggle_proposal", "BEFORE UPDATE OF made_at", {
      name: "toggle_proposal_two_people",
      unless: `new.expires_at > clock_timestamp() AND 2 <= (SELECT count(DISTINCT a.member_id) FROM toggle_approval a
          JOIN member_role r ON r.account_id = a.account_id AND r.member_id = a.member_id AND r.role = 'ADMIN'
          WHERE a.account_id = new.account_id AND a.proposal_id = new.id)`,
      when: "new.made_at IS NOT NULL",
      words: "two administrators have to stand behind a proposal before it is made",
    });
    this.guard("toggle_proposal", "BEFORE INSERT", {
      name: "toggle_proposal_begins_open",
      unless: "false",
      when: "new.made_at IS NOT NULL",
      words: "a proposal is made by approvals, and not by writing it down",
    });
    const words = "what the staff of the vendor may see grows by a proposal that two administrators stand behind";
    this.guard("toggle_schedule", "BEFORE INSERT", {
      name: "toggle_schedule_proposed",
      unless: `NOT EXISTS (SELECT FROM unnest(new.coordinates, new.audiences, new.enabled) AS w (coordinate, audience, enabled)
          WHERE w.audience = 'SUPPORT' AND w.enabled AND NOT EXISTS (SELECT FROM toggle_proposal p,
            unnest(p.coordinates, p.audiences, p.enabled) AS c (coordinate, audience, enabled)
            WHERE p.account_id = new.account_id AND p.made_at IS NOT NULL AND c.coordinate = w.coordinate
              AND c.audience = 'SUPPORT' AND c.enabled))`,
      words,
    });
    this.guard("toggle", "BEFORE INSERT OR UPDATE", {
      name: "toggle_support_proposed",
      unless: `EXISTS (SELECT FROM toggle_proposal p, unnest(p.coordinates, p.audiences, p.enabled) AS c (coordinate, audience, enabled)
          WHERE p.account_id = new.account_id AND p.made_at IS NOT NULL AND c.coordinate = new.coordinate
            AND c.audience = 'SUPPORT' AND c.enabled)`,
      when: "new.audience = 'SUPPORT' AND new.enabled",
      words,
    });
  }

  private guard(table: string, moment: string, rule: Rule): void {
    const { name, unless, when, words } = rule;
    this.addSql(`
      CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        IF NOT (${unless}) THEN
          RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = '${name}', TABLE = '${table}', MESSAGE = '${words}';
        END IF;
        RETURN new;
      END $$`);
    this.addSql(
      `CREATE TRIGGER ${name} ${moment} ON ${table} FOR EACH ROW ${when === undefined ? "" : `WHEN (${when})`}
      EXECUTE FUNCTION ${name}()`,
    );
    this.addSql(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`);
  }

  /** Of a row that waits only its end is written, once. */
  private onlyEnds(table: string, ends: readonly string[], waiting: string): void {
    const rest = (row: string): string => `to_jsonb(${row}) - ARRAY['${ends.join("', '")}']`;
    const old = waiting.replaceAll(/(\w+) IS NULL/g, "old.$1 IS NULL");
    const due =
      table === "toggle_schedule" ? " AND (new.settled_revision IS NULL OR new.effective_at <= clock_timestamp())" : "";
    this.guard(table, "BEFORE UPDATE", {
      name: `${table}_only_ends`,
      unless: `${rest("new")} = ${rest("old")} AND ${old}${due}`,
      words: "of what waits only its end is written",
    });
  }

  private kept(table: string, changes: string): void {
    const name = `${table}_kept`;
    this.addSql(`
      CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = '${name}', TABLE = '${table}',
          MESSAGE = 'what was proposed, approved or scheduled stays written down';
      END $$`);
    this.addSql(`CREATE TRIGGER ${name} BEFORE ${changes} ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`);
    this.addSql(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`);
  }
}

interface Rule {
  readonly name: string;
  readonly unless: string;
  readonly when?: string;
  readonly words: string;
}
