/** The sets of ids that row rules are written with, for a caller who is told of them: only of rows that they see. */
import type { PermissionSet } from "../permission/compile.ts";
import { among } from "../permission/condition.ts";
import { factName, type Fact } from "../permission/frontend-rule.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";
import { Build, Source, type Model } from "./build.ts";
import { named } from "./door-sql.ts";
import { conditionSql, visible } from "./where.ts";

export interface FactReading {
  readonly set: PermissionSet;
  readonly model: Model;
  readonly account: string;
  readonly member: string;
  readonly reader: Reader;
}

/** Uuids by the fact's name, all of them read in one statement and so in one snapshot. */
export async function readFacts(
  facts: readonly Fact[],
  { set, model, account, member, reader }: FactReading,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (facts.length === 0) return new Map();
  const build = new Build(set, model);
  const columns = facts.map(({ set: ids, type }) => {
    const source = new Source(build.alias(), build.subject(type));
    const where = [...visible(build, source), conditionSql(among("id", ids), (name) => source.column(name))];
    const { alias, subject } = source;
    return `(select coalesce(json_agg(${alias}.id order by ${alias}.id), '[]')::text from ${subject.table.name} ${alias} where ${where.join(" and ")})`;
  });
  const text = `select ${columns.join(", ")} where $1::uuid is not null and $2::uuid is not null`;
  const [row] = await reader.run(named(text), [account, member]);
  return new Map(facts.map((fact, at) => [factName(fact), idsIn(row?.[at])]));
}

function idsIn(json: string | null | undefined): readonly string[] {
  const ids: unknown = JSON.parse(json ?? "null");
  if (!Array.isArray(ids)) throw problem("ACCESS_UNAVAILABLE");
  return ids.map(String);
}
