/**
 * Which operations an account's people and programs sent in the last days: their documents without any value, what they
 * touch, and sums of requests. From these an administrator is told what a change of toggles would take from whom.
 */
import { Migration } from "@mikro-orm/migrations";

export class Usage extends Migration {
  override up(): void {
    // `beneath` says of each coordinate where in the same list the field stands beneath which it is used; -1 for none, -2 for what the document names.
    this.addSql(`
      CREATE TABLE operation (
        account_id uuid NOT NULL,
        hash text COLLATE "C" NOT NULL,
        name text COLLATE "C",
        document text COLLATE "C" NOT NULL,
        coordinates text[] COLLATE "C" NOT NULL,
        beneath integer[] NOT NULL,
        CONSTRAINT operation_pkey PRIMARY KEY (account_id, hash),
        CONSTRAINT operation_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT operation_beneath_whole CHECK (cardinality(beneath) = cardinality(coordinates))
      )`);
    // A member is missing where nobody in particular asked. What a person used goes with the person.
    this.addSql(`
      CREATE TABLE operation_use (
        account_id uuid NOT NULL,
        hash text COLLATE "C" NOT NULL,
        day date NOT NULL,
        roles text[] COLLATE "C" NOT NULL,
        member_id uuid,
        requests bigint NOT NULL,
        CONSTRAINT operation_use_key UNIQUE NULLS NOT DISTINCT (account_id, hash, day, roles, member_id),
        CONSTRAINT operation_use_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT operation_use_hash_fkey FOREIGN KEY (account_id, hash) REFERENCES operation (account_id, hash),
        CONSTRAINT operation_use_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES member (account_id, id)
          ON DELETE CASCADE,
        CONSTRAINT operation_use_requests_range CHECK (requests >= 1),
        CONSTRAINT operation_use_roles_known
          CHECK (roles <@ ARRAY['EMPLOYEE', 'MANAGER', 'FINANCE', 'ADMIN', 'INTEGRATION'])
      )`);
    this.addSql(`CREATE INDEX operation_use_member_id_idx ON operation_use (account_id, member_id)`);
    this.addSql(`CREATE INDEX operation_use_account_id_day_idx ON operation_use (account_id, day)`);
    this.addSql(`CREATE INDEX operation_use_day_idx ON operation_use (day)`);
  }
}
