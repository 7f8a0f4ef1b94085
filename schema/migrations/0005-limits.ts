/**
 * How much money and time one row may hold. Without it a single row, by whatever road it came, can make a product or a sum that
 * no integer holds, and every list of amounts then fails. Rates below zero are refused where they are read; sums may be.
 */
import { Migration } from "@mikro-orm/migrations";

const MONEY = {
  member: ["billable_rate", "cost_rate", "salary"],
  customer: ["billable_rate"],
  project: ["budget", "billable_rate"],
  time_entry: ["billable_rate", "cost_rate"],
  expense: ["amount"],
} as const;

export class Limits extends Migration {
  override up(): void {
    for (const [table, names] of Object.entries(MONEY)) {
      for (const name of names) {
        const range = `${name}_minor BETWEEN -1000000000000 AND 1000000000000`;
        this.addSql(`ALTER TABLE ${table} ADD CONSTRAINT ${table}_${name}_range CHECK (${range})`);
      }
    }
    for (const column of ["duration_seconds", "break_seconds"]) {
      const name = `time_entry_${column}_range`;
      this.addSql(`ALTER TABLE time_entry DROP CONSTRAINT ${name}`);
      this.addSql(`ALTER TABLE time_entry ADD CONSTRAINT ${name} CHECK (${column} BETWEEN 0 AND 8640000)`);
    }
  }
}
