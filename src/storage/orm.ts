/**
 * MikroORM over an open database: its metadata comes from the declared tables. For migrations, seeds and administration;
 * requests of the gateway never pass here. Its schema differ is never run: tables change by migrations written by hand.
 */
import type { EventEmitter } from "node:events";
import { BigIntType, EntitySchema, type EntityName, type MigrationsOptions } from "@mikro-orm/core";
import { Migrator } from "@mikro-orm/migrations";
import { MikroORM as PgliteOrm } from "@mikro-orm/pglite";
import { MikroORM as PostgresqlOrm } from "@mikro-orm/postgresql";
import { SeedManager } from "@mikro-orm/seeder";
import type { ClientBase } from "pg";
import type { OpenDatabase } from "./open.ts";
import type { Column, ColumnType, Table } from "./table.ts";

export const MIGRATION_TABLE = "migration";

export type Orm = PgliteOrm | PostgresqlOrm;
/**
 * What `orm.em` wants for a table's name. References are plain columns and no relations, because all of them share account_id:
 * so the order of writing is the caller's. One flush a table, in the order of the declarations.
 */
export function entityOf(orm: Orm, table: string): EntityName<Entity> {
  return orm.getMetadata().getByClassName<Entity>(table).class;
}

/** A row as the ORM keeps it: columns by their names, big numbers as text. */
export type Entity = Record<string, string | number | boolean | Date | null>;

export interface OrmOptions {
  readonly tables?: readonly Table[];
  readonly migrations?: MigrationsOptions;
}

/** Whoever opens it closes it; the database stays open. */
export async function openOrm(database: OpenDatabase, { tables = [], migrations = {} }: OrmOptions = {}): Promise<Orm> {
  const options = {
    entities: tables.map(entity),
    extensions: [Migrator, SeedManager],
    discovery: { warnWhenNoEntities: false },
    // Nothing of a row may reach a log, and the log is not the ORM's.
    debug: false,
    migrations: {
      tableName: MIGRATION_TABLE,
      snapshot: false,
      silent: true,
      transactional: true,
      allOrNothing: true,
      // The other way would put triggers and foreign keys to sleep while migrations run.
      disableForeignKeys: false,
      ...migrations,
    },
  };
  if (database.kind === "postgresql") {
    // The address is read by the driver, as the ORM would leave out what it says of encryption.
    const driverOptions = { connectionString: database.url, onPoolCreated: prepareConnections };
    const pool = { min: 0, max: 2 };
    const orm: PostgresqlOrm = await PostgresqlOrm.init({
      ...options,
      dbName: nameOf(database.url),
      driverOptions,
      pool,
    });
    return orm;
  }
  const pglite = { dbName: "postgres", driverOptions: { pglite: database.instance } };
  const orm: PgliteOrm = await PgliteOrm.init({ ...options, ...pglite });
  return orm;
}

/** Whatever the role or the server would set: tables are made where they are looked for, and times are the same everywhere. */
function prepareConnections(pool: EventEmitter): void {
  pool.on("connect", (client: ClientBase) => {
    // Sent before anything else can be; where it fails, the connection is lost and the next statement says so.
    client.query("SET search_path = public; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'").catch(() => undefined);
  });
}

const nameOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1)) || "postgres";

function entity({ name, columns }: Table): EntitySchema<Entity> {
  const key = keyOf({ name, columns });
  const properties = Object.entries(columns).map(([column, declared]) => {
    const generated = name === ROOT && column === "account_id" ? { generated: "(id) stored" } : {};
    const made = column === "id" ? { defaultRaw: "uuidv7()" } : {};
    const property = {
      type: typeOf(declared.type),
      fieldName: column,
      columnType: declared.type,
      ...generated,
      ...made,
    };
    return [column, { ...property, nullable: declared.nullable, primary: key.includes(column) }] as const;
  });
  return new EntitySchema<Entity>({
    name,
    tableName: name,
    properties: Object.fromEntries(properties),
  });
}

const ROOT = "account";

/** Minor units beyond 2^53 would lose their last digits as numbers, and as bigint they cannot be written as JSON. */
const typeOf = (type: ColumnType) => (type === "bigint" ? new BigIntType("string") : TYPES[type]);

const TYPES: Readonly<Record<Exclude<ColumnType, "bigint">, string>> = {
  uuid: "uuid",
  text: "text",
  integer: "integer",
  "double precision": "double",
  boolean: "boolean",
  date: "date",
  "timestamp with time zone": "datetime",
};

/** The columns of a table's key, in its order. */
export function keyOf({ name, columns }: Table): readonly string[] {
  if (name === ROOT) return ["id"];
  if ("id" in columns) return ["account_id", "id"];
  return Object.entries(columns).flatMap(([column, declared]) => (isOfKey(column, declared) ? [column] : []));
}

/** A table that only joins has all its references in its key, and every closed list: a role is held once. */
const isOfKey = (column: string, { references, oneOf }: Column): boolean =>
  column === "account_id" || references !== undefined || oneOf !== undefined;
