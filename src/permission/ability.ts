/**
 * Rules as CASL's ability: the meaning of the rules, and the only file that knows CASL. It is asked once for every
 * coordinate when a permission set is compiled, never while a request is judged.
 */
import { packRules } from "@casl/ability/extra";
import { Ability as CaslAbility, type RawRuleOf } from "@casl/ability";
import { ALL, any, NONE, some, type Condition, type Rows } from "./condition.ts";
import { ITSELF, type Action, type Reason, type Rule } from "./rules.ts";

export interface Ability {
  mayUse(type: string, member: string): boolean;
  /** The reason on the rule that denies it; a coordinate that no rule speaks of is denied to the role. */
  whyNot(type: string, member: string): Reason;
  /** The only rows on which a usable field may be seen; undefined where it may be seen on every visible row. */
  maskOf(type: string, member: string): Condition | undefined;
  rowsOf(type: string): Rows;
}

type Engine = CaslAbility<[Action, string], Condition>;

export function buildAbility(rules: readonly Rule[]): Ability {
  const engine: Engine = new CaslAbility<[Action, string], Condition>(rules.map(toRaw), {
    // Conditions are compiled to SQL, never matched against objects here: a class-level question has to be answered by
    // the rules themselves, so a matcher that is reached is a mistake.
    conditionsMatcher: () => () => {
      throw new Error("Conditions are not matched in memory.");
    },
    // Exact names: CASL's own matcher reads patterns, and a coordinate must never be one.
    fieldMatcher: (fields) => {
      const names = new Set(fields);
      return (field) => names.has(field);
    },
  });
  return {
    mayUse: (type, member) => engine.relevantRuleFor("use", type, named(member))?.inverted === false,
    whyNot: (type, member) => reasonOf(engine.relevantRuleFor("use", type, named(member))?.reason),
    maskOf: (type, member) => engine.rulesFor("mask", type, named(member))[0]?.conditions,
    rowsOf: (type) => rowsOf(engine, type),
  };
}

const named = (member: string): string => (member === "" ? ITSELF : member);

const reasonOf = (reason: string | undefined): Reason =>
  reason === "SWITCHED_OFF_BY_ACCOUNT" ? "SWITCHED_OFF_BY_ACCOUNT" : "ROLE";

function toRaw(rule: Rule): RawRuleOf<Engine> {
  return {
    action: rule.action,
    subject: rule.subject,
    ...(rule.fields === undefined ? {} : { fields: [...rule.fields] }),
    ...(rule.conditions === undefined ? {} : { conditions: rule.conditions }),
    ...(rule.inverted === undefined ? {} : { inverted: true }),
    ...(rule.reason === undefined ? {} : { reason: rule.reason }),
  };
}

function rowsOf(engine: Engine, type: string): Rows {
  const conditions: Condition[] = [];
  for (const rule of engine.rulesFor("see", type)) {
    if (rule.inverted) throw new Error(`Rows of ${type} are denied by a rule: rows are only ever allowed.`);
    if (rule.conditions === undefined) return ALL;
    conditions.push(rule.conditions);
  }
  const [first, ...rest] = conditions;
  if (first === undefined) return NONE;
  return some(rest.length === 0 ? first : any(first, ...rest));
}

export interface Packable {
  readonly action: string;
  readonly subject: string;
  readonly fields: readonly string[];
  readonly conditions?: Readonly<Record<string, unknown>>;
  readonly inverted?: true;
  readonly reason?: string;
}

/** For `unpackRules` in a frontend. Names of fields are joined by commas there: a coordinate has none. */
export const packAbilities = (rules: readonly Packable[]): readonly (readonly unknown[])[] =>
  packRules(rules.map((rule) => ({ ...rule, fields: [...rule.fields] })));
