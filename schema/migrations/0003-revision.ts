/**
 * An account's revision counts changes of its switches and of its people's roles. It is the database that counts, so that
 * nobody can forget to, not even by SQL of their own: a revision that stands still lets old rights live on in every cache.
 */
import { Migration } from "@mikro-orm/migrations";

export class Revision extends Migration {
  override up(): void {
    this.count("toggle");
    this.count("member_role");
    this.neverBack();
    this.appendOnly();
  }

  /** One step for a statement and an account, however many rows it changed; none where it changed no row. */
  private count(table: string): void {
    const changes = {
      insert: "NEW TABLE AS new_rows",
      update: "OLD TABLE AS old_rows NEW TABLE AS new_rows",
      delete: "OLD TABLE AS old_rows",
    };
    const touched = {
      insert: "SELECT account_id FROM new_rows",
      update: "SELECT account_id FROM old_rows UNION SELECT account_id FROM new_rows",
      delete: "SELECT account_id FROM old_rows",
    };
    for (const change of ["insert", "update", "delete"] as const) {
      const name = `${table}_${change}_counts`;
      this.addSql(`
        CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
          -- In the order of ids: two statements that touch the same accounts then wait, and do not kill each other.
          PERFORM FROM account WHERE id IN (${touched[change]}) ORDER BY id FOR NO KEY UPDATE;
          UPDATE account SET revision = revision + 1 WHERE id IN (${touched[change]});
          RETURN NULL;
        END $$`);
      this.addSql(`
        CREATE TRIGGER ${name} AFTER ${change.toUpperCase()} ON ${table} REFERENCING ${changes[change]}
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
