/**
 * Who had which role when. It is the database that writes it down, so that nobody can forget to. What there is when this
 * begins is written down as found: before that moment nobody can say who had it.
 */
import { Migration } from "@mikro-orm/migrations";

export class RoleHistory extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE member_role_change (
        account_id uuid NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        revision integer NOT NULL,
        member_id uuid NOT NULL,
        role text COLLATE "C" NOT NULL,
        given boolean NOT NULL,
        found boolean NOT NULL DEFAULT false,
        changed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT member_role_change_pkey PRIMARY KEY (account_id, id),
        CONSTRAINT member_role_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT member_role_change_role_one_of CHECK (role IN ('EMPLOYEE', 'MANAGER', 'FINANCE', 'ADMIN', 'INTEGRATION'))
      )`);
    this.addSql(
      `CREATE INDEX member_role_change_member_id_idx ON member_role_change (account_id, member_id, role, id)`,
    );
    this.addSql(`
      INSERT INTO member_role_change (account_id, revision, member_id, role, given, found)
      SELECT r.account_id, a.revision, r.member_id, r.role, true, true
      FROM member_role r JOIN account a ON a.id = r.account_id ORDER BY r.account_id, r.member_id, r.role`);
    this.written("insert", "NEW TABLE AS new_rows", this.change("new_rows", true));
    this.written("delete", "OLD TABLE AS old_rows", this.change("old_rows", false));
    // A role that a row had before and has after was neither taken nor given.
    this.written("update", "OLD TABLE AS old_rows NEW TABLE AS new_rows", [
      ...this.change("(SELECT * FROM old_rows EXCEPT SELECT * FROM new_rows)", false),
      ...this.change("(SELECT * FROM new_rows EXCEPT SELECT * FROM old_rows)", true),
    ]);
    this.kept();
  }

  private change(rows: string, given: boolean): readonly string[] {
    return [
      `INSERT INTO member_role_change (account_id, revision, member_id, role, given)
        SELECT r.account_id, a.revision, r.member_id, r.role, ${String(given)}
        FROM ${rows} AS r JOIN account a ON a.id = r.account_id ORDER BY r.account_id, r.member_id, r.role`,
    ];
  }

  /** The name sorts behind the trigger that counts, so that the revision is the one the change has made. */
  private written(change: string, rows: string, statements: readonly string[]): void {
    const name = `member_role_${change}_written`;
    this.addSql(`
      CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        ${statements.join(";\n        ")};
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE TRIGGER ${name} AFTER ${change.toUpperCase()} ON member_role REFERENCING ${rows}
      FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`);
    this.addSql(`ALTER TABLE member_role ENABLE ALWAYS TRIGGER ${name}`);
  }

  private kept(): void {
    this.addSql(`
      CREATE FUNCTION member_role_change_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'member_role_change_kept',
          TABLE = 'member_role_change', MESSAGE = 'who had which role stays written down';
      END $$`);
    this.addSql(`
      CREATE TRIGGER member_role_change_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON member_role_change
      FOR EACH STATEMENT EXECUTE FUNCTION member_role_change_kept()`);
    this.addSql(`ALTER TABLE member_role_change ENABLE ALWAYS TRIGGER member_role_change_kept`);
  }
}
