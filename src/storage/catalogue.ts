/** A live database described as text, one line a thing, so that two databases can be compared and a change be reviewed. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Reader } from "./database.ts";

/**
 * Each query gives lines that begin with what they describe. What an extension has brought is left out, and so is what
 * differs between servers: owners, the order in which columns were added, and NOT NULL as a constraint (it is said at its column).
 */
const PARTS: Readonly<Record<string, string>> = {
  extensions: `
    SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'`,
  columns: `
    SELECT format('column %s.%s %s', class.relname, attname, format_type(atttypid, atttypmod))
      || CASE WHEN collation_row.collname <> 'default' THEN format(' collate %I', collation_row.collname) ELSE '' END
      || CASE WHEN attnotnull THEN ' not null' ELSE '' END
      || CASE WHEN attidentity <> '' THEN ' identity' WHEN attgenerated <> '' THEN
           format(' generated %s as %s', attgenerated, pg_get_expr(adbin, adrelid))
         WHEN adbin IS NOT NULL THEN format(' default %s', pg_get_expr(adbin, adrelid)) ELSE '' END
    FROM pg_attribute JOIN ours AS class ON class.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    LEFT JOIN pg_collation AS collation_row ON collation_row.oid = attcollation
    WHERE attnum > 0 AND NOT attisdropped AND class.relkind IN ('r', 'p', 'v', 'm', 'f')`,
  relations: `
    SELECT format('%s %s', CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence'
        WHEN 'm' THEN 'materialized view' WHEN 'p' THEN 'partitioned table' ELSE 'relation' END, relname)
      || CASE WHEN relpersistence <> 'p' THEN ' persistence ' || relpersistence::text ELSE '' END
      || CASE WHEN relrowsecurity THEN ' row security' ELSE '' END
      || CASE WHEN relforcerowsecurity THEN ' forced' ELSE '' END
      || CASE WHEN relkind IN ('v', 'm') THEN ' as ' || pg_get_viewdef(oid) ELSE '' END
    FROM ours WHERE relkind NOT IN ('i', 'I', 't', 'c')`,
  constraints: `
    SELECT format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(con.oid))
      || CASE WHEN NOT convalidated THEN ' not validated' ELSE '' END
      || CASE WHEN NOT conenforced THEN ' not enforced' ELSE '' END
      || CASE WHEN EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = con.oid AND tgenabled NOT IN ('O', 'A')) THEN ' asleep' ELSE '' END
    FROM pg_constraint AS con JOIN ours ON ours.oid = conrelid WHERE contype <> 'n'`,
  indexes: `
    SELECT format('index %s.%s %s', class.relname, ours.relname, pg_get_indexdef(indexrelid))
      || CASE WHEN NOT indisvalid THEN ' not valid' ELSE '' END
    FROM pg_index JOIN ours ON ours.oid = indexrelid JOIN pg_class AS class ON class.oid = indrelid`,
  statistics: `
    SELECT 'statistics ' || stxname || ' ' || pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
    WHERE stxnamespace = 'public'::regnamespace`,
  triggers: `
    SELECT format('trigger %s.%s %s %s', relname, tgname, pg_get_triggerdef(trigger_row.oid),
      CASE tgenabled WHEN 'O' THEN 'enabled' WHEN 'A' THEN 'always' WHEN 'D' THEN 'disabled' ELSE 'replica' END)
    FROM pg_trigger AS trigger_row JOIN ours ON ours.oid = tgrelid WHERE NOT tgisinternal`,
  functions: `
    SELECT format('function %s(%s) %s', proname, pg_get_function_identity_arguments(oid), pg_get_functiondef(oid))
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')`,
  policies: `
    SELECT format('policy %s.%s %s %s using (%s) check (%s) to %s', relname, polname, polcmd,
      CASE WHEN polpermissive THEN 'permissive' ELSE 'restrictive' END, pg_get_expr(polqual, polrelid),
      pg_get_expr(polwithcheck, polrelid),
      (SELECT string_agg(coalesce(rolname, 'public'), ',' ORDER BY rolname)
       FROM unnest(polroles) AS role LEFT JOIN pg_roles ON pg_roles.oid = role))
    FROM pg_policy JOIN ours ON ours.oid = polrelid`,
  rules: `
    SELECT format('rule %s.%s %s', relname, rulename, pg_get_ruledef(pg_rewrite.oid))
    FROM pg_rewrite JOIN ours ON ours.oid = ev_class WHERE rulename <> '_RETURN'`,
};

const OURS = `
  WITH ours AS (
    SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'))`;

const STATEMENT = {
  name: "catalogue",
  text: `${OURS} SELECT line FROM (${Object.values(PARTS).join(" UNION ALL ")}) AS lines (line) ORDER BY line COLLATE "C"`,
};

/** One thing after the other, sorted; what has several lines goes on indented. The same tables give the same text everywhere. */
export async function describeCatalogue(database: Reader): Promise<string> {
  const rows = await database.run(STATEMENT, []);
  return rows.map(([thing]) => `${(thing ?? "").trimEnd().replace(/\n\s*/g, "\n  ")}\n`).join("");
}

/** What differs, each by its kind and name: `trigger member_role.x is missing`. */
export function differences(pinned: string, live: string): readonly string[] {
  const wanted = byName(pinned);
  const found = byName(live);
  const names = [...new Set([...wanted.keys(), ...found.keys()])].toSorted();
  return names.flatMap((name) => {
    if (wanted.get(name) === found.get(name)) return [];
    if (!found.has(name)) return [`${name} is missing`];
    return [wanted.has(name) ? `${name} differs` : `${name} is not ours`];
  });
}

const NAME = /^(?:materialized view|partitioned table|\w+) (?:\w+\([^)]*\)|\S+)/;

/** Two words name a thing; a function is named with its arguments, which may hold spaces. */
function byName(text: string): ReadonlyMap<string, string> {
  const things = text.split(/\n(?! )/).filter((thing) => thing !== "");
  return new Map(things.map((thing) => [NAME.exec(thing)?.[0] ?? thing, thing]));
}

/** The catalogue of a database freshly migrated by this version, as committed. */
export function pinnedCatalogue(): string {
  return readFileSync(join(packageRoot(import.meta.dirname), "schema/tables.sql"), "utf8");
}

/** The nearest folder above with the package's own description: src/ and dist/src/ lie at different depths beneath it. */
function packageRoot(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error("package.json lies nowhere above the program");
  return packageRoot(above);
}
