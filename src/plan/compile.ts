/**
 * A clearance becomes one statement, whatever it asks for: one statement is one snapshot, so rows, revision and account
 * can never be of different moments. Made once for (document, operation, permission class) and the variables that decide.
 */
import type { Clearance, Picked } from "../permission/check.ts";
import type { PermissionSet } from "../permission/compile.ts";
import type { Guard, Variables } from "../permission/input.ts";
import { revisionNow } from "../permission/revision.ts";
import type { Statement } from "../storage/database.ts";
import { digest } from "../storage/digest.ts";
import { ACCOUNT, Build, Source, type Cell, type CursorList, type Model, type Parameter } from "./build.ts";
import { concatenate } from "./json.ts";
import { listSql } from "./list.ts";
import { nodesSql, nodeSql, rowSql } from "./node.ts";
import { objectPieces } from "./object.ts";
import { reportSql } from "./report-sql.ts";
import { visible } from "./where.ts";

/** Where the JSON of one response key comes from. */
export type Root =
  /** A column of the statement's one row; null there is null in the answer. */
  | { readonly kind: "read"; readonly key: string; readonly column: number }
  /** A resolver written by hand. */
  | { readonly kind: "resolved"; readonly key: string; readonly picked: Picked }
  | { readonly kind: "constant"; readonly key: string; readonly json: string };

export interface Plan {
  readonly statement: Statement;
  readonly parameters: readonly Parameter[];
  readonly lists: readonly CursorList[];
  readonly roots: readonly Root[];
  /** Fields that show on some rows only, by the number in their marks. */
  readonly cells: readonly Cell[];
  /** Types of which only some rows were looked at. */
  readonly filtered: readonly string[];
  /** Holds for the variables of every run. */
  readonly guards: readonly Guard[];
}

/** Columns before the roots: the account's revision, and the account that the row is of. */
export const FIRST_ROOT = 2;

/** Throws the problems of arguments that no run could ever be right with. */
export function compilePlan(clearance: Clearance, model: Model, variables: Variables): Plan {
  const build = new Build(clearance.set, model);
  const guards: Guard[] = [...clearance.guards];
  const columns: string[] = [];
  const roots = clearance.roots.map((picked): Root => {
    const { key } = picked;
    if (picked.denied) return { kind: "constant", key, json: "null" };
    if (picked.field === "__typename") return { kind: "constant", key, json: JSON.stringify(clearance.rootType) };
    const sql = clearance.kind === "query" ? rootSql(build, { picked, variables, guards }) : undefined;
    if (sql === undefined) return { kind: "resolved", key, picked };
    return { kind: "read", key, column: FIRST_ROOT - 1 + columns.push(sql) };
  });
  return { ...finish(build, columns), roots, guards };
}

/** No variable of a document can have this name: it holds the uuid of the row that a payload shows. */
export const ROW = "(row)";

/** The rows of a payload: what was picked of one row, whose uuid is given beside the operation's variables. */
export function compileRow(set: PermissionSet, model: Model, picked: Picked): Plan {
  const build = new Build(set, model);
  const [type] = picked.picks.keys();
  const subject = build.subject(type ?? "");
  const id = build.parameter((run) => String(run.variables[ROW]), "uuid");
  const sql = rowSql(build, { picked, tag: subject.tag, id });
  return { ...finish(build, [sql]), roots: [{ kind: "read", key: picked.key, column: FIRST_ROOT }], guards: [] };
}

function finish(build: Build, columns: readonly string[]): Omit<Plan, "roots" | "guards"> {
  const selected = [`${revisionNow("account")}::text`, "account.id::text", ...columns].join(", ");
  const whole = `select ${selected} from account where account.id = ${ACCOUNT} and $2::uuid is not null`;
  const text = [whole, ...unused(build, whole)].join(" and ");
  const statement = { name: digest(text).slice(0, 32), text };
  return {
    statement,
    parameters: build.parameters,
    lists: build.lists,
    cells: build.cells,
    filtered: [...build.filtered],
  };
}

/** The database refuses a parameter that the statement does not name: those that nothing came to need are named here. */
function unused(build: Build, text: string): readonly string[] {
  const named = new Set(text.match(/\$\d+/g));
  const all = build.parameters.map((_, index) => `$${String(index + 1)}`);
  return all.filter((parameter) => !named.has(parameter)).map((parameter) => `(${parameter}::text is null or true)`);
}

interface Asked {
  readonly picked: Picked;
  readonly variables: Variables;
  readonly guards: Guard[];
}

/** Undefined where a resolver has to answer. */
function rootSql(build: Build, asked: Asked): string | undefined {
  const { picked } = asked;
  switch (picked.field) {
    case "node":
      return nodeSql(build, asked);
    case "nodes":
      return nodesSql(build, asked);
    case "account":
      return accountSql(build, picked);
    case "timeReport":
      return reportSql(build, picked);
    default: {
      const subject = [...build.subjects.values()].find((one) => one.root?.name === picked.field);
      return subject === undefined ? undefined : listSql(build, { type: subject.name, picked, object: objectPieces });
    }
  }
}

function accountSql(build: Build, picked: Picked): string {
  const rows = new Source(build.alias(), build.subject("Account"));
  const object = concatenate(objectPieces(build, rows, picked.picks.get("Account") ?? []));
  return `(select ${object} from account ${rows.alias} where ${visible(build, rows).join(" and ")})`;
}
