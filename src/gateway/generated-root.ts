/** The roots of Query that the plan answers. */
import { declared, fixedPart, type Subject } from "../permission/declare.ts";
import type { Written } from "../resolvers.ts";
import { pageArguments } from "./generated-object.ts";
import { reportQuery } from "./generated-report.ts";
import { makeQueries, type Part, type Parts, type Workshop } from "./workshop.ts";

export function makeRoots(shop: Workshop, subjects: readonly Subject[]): Written {
  return makeQueries(shop, { ...nodeRoots(), ...listRoots(subjects), timeReport: reportQuery() });
}

/** Fixed: what they show is judged by the types and fields that are selected on them. */
function nodeRoots(): Parts {
  const id = { type: "ID!", description: "Its global id.", declared: fixedPart };
  const ids = { type: "[ID!]!", description: "Their global ids.", declared: fixedPart };
  return {
    account: { type: "Account!", description: "The account that the caller works in.", declared: fixedPart },
    node: {
      type: "Node",
      description: "The row with this id; null when there is none that the caller may see.",
      declared: fixedPart,
      arguments: { id },
    },
    nodes: {
      type: "[Node]!",
      description: "The rows with these ids, in their order; null for each that the caller may not see.",
      declared: fixedPart,
      arguments: { ids },
    },
  };
}

function listRoots(subjects: readonly Subject[]): Parts {
  const roots = subjects.flatMap(({ name, root }): readonly (readonly [string, Part])[] => {
    if (root === undefined) return [];
    const inputs = { ...(root.filter && { filter: name }), ...(root.order && { orderBy: name }) };
    const part: Part = {
      type: `${name}Connection`,
      description: `Those ${name} rows that the caller may see.`,
      declared: declared({ sensitivity: "INTERNAL" }),
      arguments: pageArguments(inputs),
    };
    return [[root.name, part]];
  });
  return Object.fromEntries(roots);
}
