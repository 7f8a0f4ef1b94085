// Asks why, as a caller does, with all that can be told.
import type { Caller } from "../../src/caller.ts";
import type { Answer, Gateway } from "./asking.ts";

const PARTS = `coordinate roles at state reason words ask rows
  decidedBy { kind coordinate role audience words changedBy changedAt why } chain { kind coordinate words }
  fix { coordinate audience enabled } whyNoFix verdicts { role state reason decidedBy { kind coordinate } }
  usage affectedPath refused faults { message line column }`;

export interface Explaining {
  readonly why: (who: Caller, args: string) => Promise<Answer>;
  readonly told: (who: Caller, args: string) => Promise<unknown>;
}

export function explaining(gateway: () => Gateway): Explaining {
  const why: Explaining["why"] = (who, args) =>
    gateway().ask(who, `{ explainAccess(${args}) { ${PARTS} denials { ${PARTS} } masked { ${PARTS} } } }`);
  return { why, told: async (who, args) => (await why(who, args)).at("explainAccess") };
}
