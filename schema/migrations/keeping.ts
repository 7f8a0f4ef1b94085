/**
 * What migrations that keep changes of toggles have in common. They have been applied in this form: what they do must not
 * change, so neither may this.
 */
import { Migration } from "@mikro-orm/migrations";

const AUDIENCES = `ARRAY['EVERYONE', 'EMPLOYEE', 'MANAGER', 'FINANCE', 'ADMIN', 'SUPPORT', 'INTEGRATION']`;

export interface Rule {
  readonly name: string;
  readonly unless: string;
  readonly when?: string;
  readonly words: string;
}

export abstract class Keeping extends Migration {
  /** What a row changes is in the row itself: it cannot grow when the row is there. */
  protected changes(table: string): string {
    return `
        coordinates text[] COLLATE "C" NOT NULL,
        audiences text[] COLLATE "C" NOT NULL,
        enabled boolean[] NOT NULL,
        CONSTRAINT ${table}_changes_whole CHECK (cardinality(coordinates) > 0 AND array_position(coordinates, NULL) IS NULL
          AND cardinality(audiences) = cardinality(coordinates) AND cardinality(enabled) = cardinality(coordinates)),
        CONSTRAINT ${table}_audiences_one_of CHECK (audiences <@ ${AUDIENCES})`;
  }

  protected guard(table: string, moment: string, rule: Rule): void {
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
  protected onlyEnds(table: string, ends: readonly string[], waiting: string): void {
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

  protected kept(table: string, changes: string): void {
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
