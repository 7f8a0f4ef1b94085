/**
 * What one role may do in one account: the roles' declarations and the account's toggles, as a list of rules in a fixed
 * order. Allows come first and denials last, so that a denial beats an allow in whatever order toggles were set.
 */
import type { Role } from "../caller.ts";
import type { Catalogue, Entry } from "./catalogue.ts";
import type { Condition } from "./condition.ts";
import { splitCoordinate } from "./coordinate.ts";
import type { Access } from "./declare.ts";
import { toggleOf, type Settings } from "./settings.ts";

/** Why something is denied. Closed list: clients switch on it. */
export type Reason = "SWITCHED_OFF_BY_ACCOUNT" | "ROLE";

/** `use`: a coordinate, without a condition. `mask`: a field, on some rows only. `see`: rows of a type, without fields. */
export type Action = "use" | "mask" | "see";

export interface Rule {
  readonly action: Action;
  readonly subject: string;
  readonly fields?: readonly string[];
  readonly conditions?: Condition;
  readonly inverted?: true;
  readonly reason?: Reason;
}

/** The name by which a rule's field list knows the type itself. */
export const ITSELF = "(itself)";

/** Pure: the same role, settings and catalogue give the same rules. */
export function rulesFor(role: Role, settings: Settings, catalogue: Catalogue): readonly Rule[] {
  const allowed = new Map<string, string[]>();
  const masks: Rule[] = [];
  const denied: Rule[] = [];
  for (const entry of catalogue.entries.values()) {
    const { type, member } = splitCoordinate(entry.coordinate);
    const field = member === "" ? ITSELF : member;
    const decision = decide(entry, role, settings);
    if (decision.kind === "closed") {
      denied.push({ action: "use", subject: type, fields: [field], inverted: true, reason: decision.reason });
      continue;
    }
    if (decision.on !== undefined)
      masks.push({ action: "mask", subject: type, fields: [field], conditions: decision.on });
    const fields = allowed.get(type);
    if (fields === undefined) allowed.set(type, [field]);
    else fields.push(field);
  }
  const uses = [...allowed].map(([subject, fields]): Rule => ({ action: "use", subject, fields }));
  return [...rowRules(role, catalogue), ...uses, ...masks, ...denied];
}

function rowRules(role: Role, catalogue: Catalogue): Rule[] {
  return [...catalogue.subjects.values()].flatMap((subject): Rule[] => {
    const rows = subject.rows[role];
    if (rows.kind === "none") return [];
    const rule: Rule = { action: "see", subject: subject.name };
    return [rows.kind === "all" ? rule : { ...rule, conditions: rows.where }];
  });
}

type Decision =
  { readonly kind: "open"; readonly on?: Condition } | { readonly kind: "closed"; readonly reason: Reason };

const OPEN: Decision = { kind: "open" };
const BY_ROLE: Decision = { kind: "closed", reason: "ROLE" };
const BY_ACCOUNT: Decision = { kind: "closed", reason: "SWITCHED_OFF_BY_ACCOUNT" };

/** What the role may ever have and has by default, moved by the toggles within that. */
function decide(entry: Entry, role: Role, settings: Settings): Decision {
  const access: Access = entry.declared.access[role] ?? "on";
  if (access === "never") return BY_ROLE;
  if (entry.declared.fixed) return OPEN;
  if (toggleOf(settings, entry.coordinate, "EVERYONE") === false) return BY_ACCOUNT;
  const toggle = toggleOf(settings, entry.coordinate, role);
  if (toggle === false) return BY_ACCOUNT;
  if (access === "on") return OPEN;
  if (access === "off") return toggle === true ? OPEN : BY_ROLE;
  return toggle === true && access.beyond === "off" ? OPEN : { kind: "open", on: access.on };
}
