/** One value of one row, or why it is not there. */
import { Can } from "@casl/react";
import type { ReactNode } from "react";
import { inWords, type Denials } from "./denials.ts";

export interface FieldProps<T> {
  /** As Apollo gives it, with what the rules about its type speak of: whose it is, and of which team. */
  readonly row: object;
  /** The schema coordinate: `TimeEntry.costRate`. */
  readonly of: `${string}.${string}`;
  readonly value: T | null | undefined;
  readonly denials: Denials;
  readonly children: (value: T) => ReactNode;
}

export function Field<T>({ row, of, value, denials, children }: FieldProps<T>): ReactNode {
  // What the answer says comes first: it is never older than the ability.
  if (value !== null && value !== undefined) return children(value);
  const denied = denials.get(of);
  if (denied !== undefined && denied !== "ROW_CONDITION") return <em>{inWords(denied)}</em>;
  const [, field = ""] = of.split(".");
  return (
    <Can I="read" this={row} field={field} passThrough>
      {/* A field that shows on some rows only: is this one of the others, or did nobody fill it in? */}
      {({ isAllowed, reason }) => (isAllowed ? "–" : <em>{inWords(reason)}</em>)}
    </Can>
  );
}
