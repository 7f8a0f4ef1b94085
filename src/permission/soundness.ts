/**
 * What declarations must not say of a role, whatever an account switches: that it may never have what it could work out, or
 * that what it sees depends on what it may not see. Asked at every start and whenever the schema is emitted.
 */
import { ROLES, type Role } from "../caller.ts";
import type { Catalogue } from "./catalogue.ts";
import { cellRuleFaults, rowRuleFaults } from "./cell.ts";
import { compileSet, type PermissionSet } from "./compile.ts";
import { inferences } from "./inference.ts";
import { NO_SETTINGS, settingsOf, type Settings } from "./settings.ts";

/** Throws an Error that names every fault. */
export function demandSound(catalogue: Catalogue): void {
  const faults = ROLES.flatMap((role) => [
    ...rowRuleFaults(role, catalogue),
    ...cellRuleFaults(role, compileSet([role], NO_SETTINGS, catalogue).closed, catalogue),
    ...ceilingFaults(role, catalogue),
  ]);
  if (faults.length > 0) throw new Error(`the declarations cannot hold:\n  ${faults.join("\n  ")}`);
}

/** With all on that can be on, only that is closed which never opens; what more is open, more can be worked out. */
function ceilingFaults(role: Role, catalogue: Catalogue): readonly string[] {
  return inferences(widestSet(role, catalogue), catalogue).map(({ hidden, from, how }) => {
    const sources = from.length === 0 ? "" : ` from ${from.join(", ")}`;
    return `${role} may never have ${hidden} and could work it out${sources} (${how}): what can be told is off, not never`;
  });
}

function widestSet(role: Role, catalogue: Catalogue): PermissionSet {
  return compileSet([role], everythingOn(role, catalogue), catalogue);
}

function everythingOn(role: Role, catalogue: Catalogue): Settings {
  return settingsOf(
    [...catalogue.entries.values()]
      .filter(({ declared: { fixed, access } }) => !fixed && access[role] !== undefined && access[role] !== "never")
      .map(({ coordinate }) => ({ coordinate, audience: role, enabled: true })),
  );
}
