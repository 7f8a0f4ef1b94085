/**
 * What an account's people are told of what they may not use: that it is denied to them, or nothing, as if it were not
 * there. Both columns decide answers, so a change of either is a change of the rules, and the database counts it.
 */
import { Migration } from "@mikro-orm/migrations";

export class Denials extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE account ADD COLUMN denied_as text COLLATE "C" NOT NULL DEFAULT 'DENIED'`);
    this.addSql(`ALTER TABLE account ADD COLUMN on_denied text COLLATE "C" NOT NULL DEFAULT 'NULL'`);
    this.addSql(
      `ALTER TABLE account ADD CONSTRAINT account_denied_as_one_of CHECK (denied_as IN ('DENIED', 'HIDDEN'))`,
    );
    this.addSql(`ALTER TABLE account ADD CONSTRAINT account_on_denied_one_of CHECK (on_denied IN ('NULL', 'REJECT'))`);
    this.counted();
    this.history();
  }

  private counted(): void {
    this.addSql(`
      CREATE FUNCTION account_denials_count() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        new.revision := greatest(new.revision, old.revision + 1);
        RETURN new;
      END $$`);
    this.addSql(`
      CREATE TRIGGER account_denials_count BEFORE UPDATE OF denied_as, on_denied ON account FOR EACH ROW
      WHEN (new.denied_as <> old.denied_as OR new.on_denied <> old.on_denied)
      EXECUTE FUNCTION account_denials_count()`);
    this.addSql(`ALTER TABLE account ENABLE ALWAYS TRIGGER account_denials_count`);
  }

  private history(): void {
    this.addSql(`
      CREATE TABLE denial_change (
        account_id uuid NOT NULL,
        revision integer NOT NULL,
        denied_as text COLLATE "C" NOT NULL,
        on_denied text COLLATE "C" NOT NULL,
        was_denied_as text COLLATE "C" NOT NULL,
        was_on_denied text COLLATE "C" NOT NULL,
        reason text COLLATE "C",
        changed_by text COLLATE "C" NOT NULL,
        changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT denial_change_pkey PRIMARY KEY (account_id, revision),
        CONSTRAINT denial_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT denial_change_denied_as_one_of CHECK (denied_as IN ('DENIED', 'HIDDEN')),
        CONSTRAINT denial_change_on_denied_one_of CHECK (on_denied IN ('NULL', 'REJECT'))
      )`);
    this.addSql(`
      CREATE FUNCTION denial_change_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'denial_change_kept', TABLE = 'denial_change',
          MESSAGE = 'what was changed stays written down';
      END $$`);
    this.addSql(`
      CREATE TRIGGER denial_change_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON denial_change
      FOR EACH STATEMENT EXECUTE FUNCTION denial_change_kept()`);
    this.addSql(`ALTER TABLE denial_change ENABLE ALWAYS TRIGGER denial_change_kept`);
  }
}
