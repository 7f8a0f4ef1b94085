/** What roots that a person wrote by hand count for among the rows: their lists have no pages, and some are long to work out. */
import type { Catalogue } from "../permission/catalogue.ts";
import type { Picked } from "../permission/check.ts";
import { splitCoordinate } from "../permission/coordinate.ts";
import type { Variables } from "../permission/input.ts";
import { AUDIENCES } from "../permission/settings.ts";

/** Undefined where a root has no price of its own. */
export type Price = (picked: Picked) => ((variables: Variables) => number) | undefined;

const CHANGE = 1_000;
/** What was recorded is read and judged twice. */
const IMPACT = 5_000;
const FIXED: Readonly<Record<string, number>> = {
  "Query.toggleHistory": 10_000,
  "Query.toggleDifference": 10_000,
  // As many as may wait, each with as many changes as one operation may name.
  "Query.scheduledToggles": 20_000,
  "Query.toggleProposals": 20_000,
  "Mutation.setToggles": CHANGE,
  "Mutation.revertToggles": CHANGE,
  "Mutation.confirmToggles": CHANGE,
  "Mutation.withdrawToggles": CHANGE,
  "Mutation.cancelScheduledToggles": CHANGE,
};
/** What is set is read whole, whatever is shown of it. */
const TOGGLES = 500;
const EXPLANATION = { coordinate: 1_000, document: 5_000 } as const;

export function pricesOf({ entries }: Pick<Catalogue, "entries">): Price {
  const ofType = new Map<unknown, number>();
  for (const coordinate of entries.keys()) {
    const { type } = splitCoordinate(coordinate);
    ofType.set(type, (ofType.get(type) ?? 0) + 1);
  }
  return (picked) => {
    const { type, field } = picked;
    if (type === "Query" && field === "toggles") {
      return (variables) => {
        const named = valueOf(picked, "type", variables);
        const listed = named === undefined ? entries.size : (ofType.get(named) ?? 0);
        return TOGGLES + listed * (picked.arguments.get("audience")?.kind === "value" ? 1 : AUDIENCES.length);
      };
    }
    if (type === "Query" && field === "explainAccess") {
      return (variables) =>
        EXPLANATION[valueOf(picked, "document", variables) === undefined ? "coordinate" : "document"];
    }
    const fixed = FIXED[`${type}.${field}`];
    if (fixed === undefined) return undefined;
    const price = [...picked.picks.values()].flat().some((inner) => inner.field === "impact") ? IMPACT : fixed;
    return () => price;
  };
}

/** Undefined where it is left out, or null. */
function valueOf(picked: Picked, argument: string, variables: Variables): unknown {
  const input = picked.arguments.get(argument);
  return input?.kind === "leaf" ? (input.read(variables) ?? undefined) : undefined;
}
