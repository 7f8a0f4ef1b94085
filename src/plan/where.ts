/** Row rules as SQL. Sets are read as arrays: `= any(array(...))` is evaluated once a statement, where `in` was six times slower. */
import type { Condition } from "../permission/condition.ts";
import { memberCoordinate } from "../permission/coordinate.ts";
import { ACCOUNT, MEMBER, type Build, type Source } from "./build.ts";

/** Everything that makes a row visible: its account and its type's rule. Empty rows are `false`, never a missing condition. */
export function visible(build: Build, source: Source): readonly string[] {
  const rows = build.set.rows.get(source.subject.name) ?? { kind: "none" };
  const account = `${source.alias}.account_id = ${ACCOUNT}`;
  if (rows.kind !== "all") build.filtered.add(source.subject.name);
  switch (rows.kind) {
    case "none":
      return [account, "false"];
    case "all":
      return [account];
    case "some":
      return [account, conditionSql(rows.where, (column) => source.column(column))];
    default:
      return rows satisfies never;
  }
}

/** The rows on which a field shows; undefined where it shows on all. */
export function maskOf(build: Build, source: Source, field: string): string | undefined {
  const mask = build.set.masks.get(memberCoordinate(source.subject.name, field));
  return mask === undefined ? undefined : conditionSql(mask, (column) => source.column(column));
}

export function conditionSql(condition: Condition, column: (name: string) => string): string {
  switch (condition.kind) {
    case "own":
      return `${column(condition.column)} = ${MEMBER}`;
    case "among":
      return `${column(condition.column)} = any(array(${setSql(condition.set)}))`;
    case "flag":
      return column(condition.column);
    case "noneOf": {
      const words = condition.values.map((value) => `'${value.replaceAll("'", "''")}'`);
      const name = column(condition.column);
      return `(${name} is null or ${name} not in (${words.join(", ")}))`;
    }
    case "any":
      return joined(condition.of, " or ", column);
    case "every":
      return joined(condition.of, " and ", column);
    default:
      return condition satisfies never;
  }
}

const joined = (of: readonly Condition[], by: string, column: (name: string) => string): string =>
  of.length === 0 ? String(by === " and ") : `(${of.map((part) => conditionSql(part, column)).join(by)})`;

/** Inside a set, columns carry the table's name: sets nest, and each has a scope of its own. */
function setSql(set: Extract<Condition, { kind: "among" }>["set"]): string {
  const where = conditionSql(set.where, (name) => `${set.table}.${name}`);
  return `select ${set.table}.${set.pick} from ${set.table} where ${set.table}.account_id = ${ACCOUNT} and ${where}`;
}
