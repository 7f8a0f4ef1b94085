/** MikroORM seeders: each writes what a generator gives, table by table, in one transaction. */
import type { Entity, Orm } from "../src/storage/orm.ts";
import { tables } from "../src/tables.ts";
import { demoRows } from "./demo.ts";
import { largeRows, type LargeSize } from "./large.ts";
import { countRows, type SeedRows } from "./rows.ts";
import { smallRows } from "./small.ts";

type EntityManager = Orm["em"];
type SeederClass = Parameters<Orm["seeder"]["seed"]>[number];

/** Rows a statement: larger ones were no faster. */
const BATCH = 500;

export interface RowSeeder {
  /** For `orm.seeder.seed`, which makes it by itself and gives nothing back. */
  readonly seeder: SeederClass;
  readonly written: () => number;
}

export const smallSeeder = (): RowSeeder => seederOf(() => [smallRows()]);
export const demoSeeder = (): RowSeeder => seederOf(() => [demoRows()]);
/** One account, so one transaction each: fifty in one would be lost together. */
export const largeSeeder = (number: number, size: LargeSize): RowSeeder => seederOf(() => largeRows(number, size));

function seederOf(portions: () => Iterable<SeedRows>): RowSeeder {
  let rows = 0;
  class PortionSeeder {
    run(em: EntityManager): Promise<void> {
      return em.transactional(async (transaction) => {
        for (const portion of portions()) {
          await write(transaction, portion);
          rows += countRows(portion);
        }
      });
    }
  }
  return { seeder: PortionSeeder, written: () => rows };
}

/** In the order of the register, in which nothing points at what is not there yet. */
async function write(em: EntityManager, rows: SeedRows): Promise<void> {
  for (const { name } of tables) {
    const all = rows[name] ?? [];
    const entity = em.getMetadata().getByClassName<Entity>(name).class;
    for (let at = 0; at < all.length; at += BATCH) await em.insertMany<Entity>(entity, all.slice(at, at + BATCH));
  }
}
