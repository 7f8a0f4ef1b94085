/** One value of one row, or why it is not there. */
import { Can } from "@casl/react";
import type { ReactNode } from "react";
import { inWords, type Denials } from "./denials.ts";

export interface FieldProps<T> {
  /** Its schema coordinate: `TimeEntry.costRate`. */
  readonly of: `${string}.${string}`;
  readonly value: T | null | undefined;
  readonly denials: Denials;
  readonly children: (value: T) => ReactNode;
}

export function Field<T>({ of, value, denials, children }: FieldProps<T>): ReactNode {
  const [type = "", field = ""] = of.split(".");
  return (
    <Can I="read" a={type} field={field} passThrough>
      {({ isAllowed, reason }) => {
        // The answer is never older than the ability, so what it says comes first.
        if (value !== null && value !== undefined) return children(value);
        if (denials.has(of)) return <em>{inWords(denials.get(of))}</em>;
        return isAllowed ? "–" : <em>{inWords(reason)}</em>;
      }}
    </Can>
  );
}
