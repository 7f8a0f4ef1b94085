/** MikroORM seeders: each writes what a generator gives, table by table, in one transaction. */
import type { Entity, Orm } from "../src/storage/orm.ts";
import { tables } from "../src/tables.ts";
import { demoRows } from "./demo.ts";
import { largeRows, type LargeSize } from "./large.ts";
import { countRows, type SeedRows } from "./rows.ts";
import { smallRows } from "./small.ts";

type EntityManager = Orm["em"];

/** Rows a statement: larger ones were no faster, on PGlite nor on PostgreSQL. */
const BATCH = 500;

export class SmallSeeder {
  run(em: EntityManager): Promise<void> {
    return em.transactional((transaction) => write(transaction, smallRows()));
  }
}

export class DemoSeeder {
  run(em: EntityManager): Promise<void> {
    return em.transactional((transaction) => write(transaction, demoRows()));
  }
}

/** One transaction an account: fifty accounts in one would be lost together. */
export function largeSeeder(number: number, size: LargeSize): { seeder: typeof SmallSeeder; written(): number } {
  let rows = 0;
  class LargeSeeder {
    run(em: EntityManager): Promise<void> {
      return em.transactional(async (transaction) => {
        for (const portion of largeRows(number, size)) {
          await write(transaction, portion);
          rows += countRows(portion);
        }
      });
    }
  }
  return { seeder: LargeSeeder, written: () => rows };
}

/** In the order of the register, in which nothing points at what is not there yet. */
async function write(em: EntityManager, rows: SeedRows): Promise<void> {
  for (const { name } of tables) {
    const all = rows[name] ?? [];
    const entity = em.getMetadata().getByClassName<Entity>(name).class;
    for (let at = 0; at < all.length; at += BATCH) await em.insertMany<Entity>(entity, all.slice(at, at + BATCH));
  }
}
