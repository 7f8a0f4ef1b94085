/**
 * Changes of an account's switches that wait for a moment.
 *
 * What was scheduled takes effect by the clock of each statement, and no job has to run: the account's revision is the
 * written one and one more for each batch that is due. Whoever changes the account next *settles* those batches first,
 * each under the number that statements have been giving it, so that no number is ever two things.
 *
 * From here on `toggle_change.enabled` may be null: going back to an earlier revision sets a switch back to its default.
 */
import { Keeping } from "./keeping.ts";

/** Commits follow the check within this time: nothing takes effect between the two. */
const MARGIN = "interval '100 milliseconds'";
const WAITING = "settled_revision IS NULL AND cancelled_at IS NULL";

const collides = (of: string): string => `
          RAISE EXCEPTION USING ERRCODE = 'serialization_failure', CONSTRAINT = '${of}_in_time', TABLE = '${of}',
            MESSAGE = 'a scheduled change takes effect just now'`;

export class ToggleDesk extends Keeping {
  override up(): void {
    this.schedules();
    this.waiting();
    this.settling();
    this.counting();
    this.inTime();
    this.kept("toggle_schedule", "DELETE OR TRUNCATE");
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
    this.addSql(
      `CREATE INDEX toggle_schedule_waiting_idx ON toggle_schedule (account_id, effective_at, id) WHERE ${WAITING}`,
    );
    this.onlyEnds("toggle_schedule", ["settled_revision", "cancelled_by", "cancelled_at"], WAITING);
  }

  /**
   * Every statement asks what is due. The moment of the next batch is kept with the account, so that those for whom nothing
   * waits pay for a comparison with null. It is worked out whatever is written into it.
   */
  private waiting(): void {
    this.addSql(`ALTER TABLE account ADD COLUMN waiting_from timestamptz(3)`);
    this.addSql(`
      CREATE FUNCTION account_waiting_from() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        new.waiting_from := (SELECT min(effective_at) FROM toggle_schedule WHERE account_id = new.id AND ${WAITING});
        RETURN new;
      END $$`);
    this.addSql(`
      CREATE TRIGGER account_waiting_from BEFORE INSERT OR UPDATE OF waiting_from ON account
      FOR EACH ROW EXECUTE FUNCTION account_waiting_from()`);
    this.addSql(`
      CREATE FUNCTION toggle_schedule_waits() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        UPDATE account SET waiting_from = NULL WHERE id = new.account_id;
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE TRIGGER toggle_schedule_waits AFTER INSERT OR UPDATE ON toggle_schedule
      FOR EACH ROW EXECUTE FUNCTION toggle_schedule_waits()`);
    this.addSql(`ALTER TABLE account ENABLE ALWAYS TRIGGER account_waiting_from`);
    this.addSql(`ALTER TABLE toggle_schedule ENABLE ALWAYS TRIGGER toggle_schedule_waits`);
    // A function, as its table is then opened only where it is called; stable, so it sees what its statement sees.
    this.addSql(`
      CREATE FUNCTION toggles_due(of_account uuid) RETURNS integer LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
      BEGIN
        RETURN (SELECT count(*) FROM toggle_schedule WHERE account_id = of_account AND ${WAITING}
          AND effective_at <= statement_timestamp());
      END $$`);
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
}
