/**
 * An account's revision counts changes of its switches and of its people's roles. It is the database that counts, so that
 * nobody can forget to, not even by SQL of their own: a revision that stands still lets old rights live on in every cache.
 */
import { Migration } from "@mikro-orm/migrations";

export class Revision extends Migration {
  override up(): void {
    this.step();
    this.count("toggle");
    this.count("member_role");
    this.neverBack();
    this.appendOnly();
  }

  /**
   * One step for a statement and an account, however many rows it changed; none where it changed no row. One statement can
   * call two of the triggers (INSERT … ON CONFLICT DO UPDATE does): what was counted already is remembered under the
   * transaction's number and the statement's time, in a setting that ends with the transaction.
   */
  private step(): void {
    this.addSql(`
      CREATE FUNCTION count_change(touched uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      DECLARE
        mark text := format('%s %s ', pg_current_xact_id(), extract(epoch FROM statement_timestamp()));
        counted text := coalesce(current_setting('fieldgate.counted', true), '');
        uncounted uuid[];
      BEGIN
        IF NOT starts_with(counted, mark) THEN
          counted := mark;
        END IF;
        uncounted := ARRAY(SELECT id FROM unnest(touched) AS id WHERE position(id::text IN counted) = 0);
        -- In the order of ids: two statements that touch the same accounts then wait, and do not kill each other.
        PERFORM FROM account WHERE id = ANY (uncounted) ORDER BY id FOR NO KEY UPDATE;
        UPDATE account SET revision = revision + 1 WHERE id = ANY (uncounted);
        PERFORM set_config('fieldgate.counted', counted || array_to_string(uncounted, ' '), true);
      END $$`);
  }

  private count(table: string): void {
    const changes = {
      insert: ["NEW TABLE AS new_rows", "SELECT DISTINCT account_id FROM new_rows"],
      update: [
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "SELECT account_id FROM old_rows UNION SELECT account_id FROM new_rows",
      ],
      delete: ["OLD TABLE AS old_rows", "SELECT DISTINCT account_id FROM old_rows"],
    };
    for (const [change, [rows, accounts]] of Object.entries(changes)) {
      const name = `${table}_${change}_counts`;
      this.addSql(`
        CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
          PERFORM count_change(ARRAY(${accounts}));
          RETURN NULL;
        END $$`);
      this.addSql(`
        CREATE TRIGGER ${name} AFTER ${change.toUpperCase()} ON ${table} REFERENCING ${rows}
        FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`);
      this.addSql(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`);
    }
    this.refuse(`${table}_truncate`, `BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT`, `${table} is never truncated`);
  }

  /** A revision that had been before would bring back what was compiled then. */
  private neverBack(): void {
    const when = `BEFORE UPDATE OF revision ON account FOR EACH ROW WHEN (new.revision < old.revision)`;
    this.refuse("account_revision_back", when, "the revision of an account is never lowered");
  }

  private appendOnly(): void {
    const when = `BEFORE UPDATE OR DELETE OR TRUNCATE ON toggle_change FOR EACH STATEMENT`;
    this.refuse("toggle_change_kept", when, "what was changed stays written down");
  }

  /** ALWAYS: also where a session pretends to be a replica, in which ordinary triggers sleep. */
  private refuse(name: string, when: string, words: string): void {
    const table = / ON (\w+) /.exec(when)?.[1];
    this.addSql(`
      CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = '${name}', TABLE = '${table}', MESSAGE = '${words}';
      END $$`);
    this.addSql(`CREATE TRIGGER ${name} ${when} EXECUTE FUNCTION ${name}()`);
    this.addSql(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`);
  }
}
