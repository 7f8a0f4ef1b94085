/** A page: entries and people, with what this person may not see said where it would stand. */
import { useQuery } from "@apollo/client/react";
import { Can } from "@casl/react";
import { useState, type ReactNode } from "react";
import { denialsOf, inWords, type Denials } from "./denials.ts";
import { Field } from "./field.tsx";
import { timesheetPage } from "./frontend.documents.ts";
import type { TimeEntryOrder, TimesheetPageQuery } from "../generated/graphql.ts";

export interface TimesheetProps {
  /** Rather an error than a page with gaps: what is printed, exported or signed. */
  readonly whole?: boolean;
}

export function Timesheet({ whole = false }: TimesheetProps): ReactNode {
  const headers = { "fieldgate-on-denied": whole ? "reject" : "null" };
  const [orderBy, setOrder] = useState<TimeEntryOrder[]>([]);
  const { data, error, loading, refetch } = useQuery(timesheetPage, { variables: { orderBy }, context: { headers } });
  const denials = denialsOf(error);
  // Null where the operation was refused whole.
  if (!data) return loading ? <p>Loading …</p> : <Refused denials={denials} />;
  return (
    <main>
      <Entries nodes={data.timeEntries?.nodes ?? []} denials={denials} />
      <People nodes={data.members?.nodes ?? []} denials={denials} />
      <button onClick={() => void refetch()}>Reload</button>
      {/* To order by what one may not use is refused whole: so it is not offered. */}
      <Can I="use" a="TimeEntryOrderField" field="COST_RATE" passThrough>
        {({ isAllowed, reason }) => (
          <button disabled={!isAllowed} onClick={() => setOrder([{ field: "COST_RATE", direction: "DESC" }])}>
            {isAllowed ? "Dearest first" : `Dearest first: ${inWords(reason)}`}
          </button>
        )}
      </Can>
    </main>
  );
}

interface Rows<Name extends "timeEntries" | "members"> {
  readonly nodes: readonly NonNullable<TimesheetPageQuery[Name]>["nodes"][number][];
  readonly denials: Denials;
}

function Entries({ nodes, denials }: Rows<"timeEntries">): ReactNode {
  return (
    <ul aria-label="Entries">
      {nodes.map((row) => (
        <li key={row.id}>
          {row.date}:{" "}
          <Field row={row} of="TimeEntry.durationSeconds" value={row.durationSeconds} denials={denials}>
            {(seconds) => `${String(seconds / 3600)} h`}
          </Field>{" "}
          at{" "}
          <Field row={row} of="TimeEntry.costRate" value={row.costRate} denials={denials}>
            {({ minor, currency }) => `${(minor / 100).toFixed(2)} ${currency}`}
          </Field>
        </li>
      ))}
    </ul>
  );
}

function People({ nodes, denials }: Rows<"members">): ReactNode {
  return (
    <ul aria-label="People">
      {nodes.map((row) => (
        <li key={row.id}>
          {row.name}:{" "}
          <Field row={row} of="Member.email" value={row.email} denials={denials}>
            {(address) => <a href={`mailto:${address}`}>{address}</a>}
          </Field>
        </li>
      ))}
    </ul>
  );
}

function Refused({ denials }: { readonly denials: Denials }): ReactNode {
  if (denials.size === 0) return <p role="alert">The page could not be loaded. Try again.</p>;
  return (
    <div role="alert">
      The page cannot be shown whole:
      {[...denials].map(([coordinate, reason]) => (
        <p key={coordinate}>
          {coordinate} {inWords(reason)}
        </p>
      ))}
    </div>
  );
}
