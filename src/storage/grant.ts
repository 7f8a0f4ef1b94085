/**
 * What the gateway's login may do in tables that another login owns: read and write rows, and nothing else. It can change
 * no table, and what is only ever added to it cannot change or take away.
 */
import type { Reader, Row } from "./database.ts";
import { MIGRATION_TABLE } from "./orm.ts";

/** Kept for ever: no UPDATE, no DELETE. */
const ADDED_TO = ["toggle_change", "denial_change", "member_role_change", "toggle_approval"];

/** Run by the owner, after each migration: a new table has no rights yet. Does nothing where both are one login. */
export async function grantRows(owner: Reader, login: string): Promise<void> {
  const [row] = await owner.run(WHO, [login]);
  const [quoted, same] = row ?? [];
  if (quoted === undefined || quoted === null || same === "true") return;
  const tables = (await owner.run(TABLES, [])).map(nameOf);
  const grants = [
    `grant usage on schema public to ${quoted}`,
    ...tables.map((table) => `grant ${rightsOn(table)} on public.${table} to ${quoted}`),
  ];
  for (const text of grants) await owner.run({ name: "", text }, []);
}

/** Quoted by the database itself: a login's name is not ours to trust. */
const WHO = { name: "grant_who", text: "select quote_ident($1::text), ($1::text = current_user)::text" };
const TABLES = {
  name: "grant_tables",
  text: "select quote_ident(tablename) from pg_tables where schemaname = 'public' order by tablename",
};

const nameOf = ([name]: Row): string => name ?? "";

function rightsOn(table: string): string {
  if (table === MIGRATION_TABLE) return "select";
  return ADDED_TO.includes(table) ? "select, insert" : "select, insert, update, delete";
}
