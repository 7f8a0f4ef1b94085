/** What the caller may do, for all components below: the rules of the gate as an ability of CASL, kept up to date. */
import { useApolloClient, useQuery } from "@apollo/client/react";
import { createMongoAbility, type MongoAbility, type RawRuleOf } from "@casl/ability";
import { unpackRules, type PackRule } from "@casl/ability/extra";
import { AbilityProvider } from "@casl/react";
import { useEffect, useMemo, useSyncExternalStore, type ReactNode } from "react";
import { whatIMayDo } from "./frontend.documents.ts";
import type { Revision } from "./revision.ts";

type Packed = PackRule<RawRuleOf<MongoAbility>>[];

/** Apollo asks for it with every row, so rows can be asked about as they are. */
const typeOf = (row: object): string => ("__typename" in row ? String(row.__typename) : "");

export interface AbilitiesProps {
  readonly revision: Revision;
  readonly children: ReactNode;
}

export function Abilities({ revision, children }: AbilitiesProps): ReactNode {
  const client = useApolloClient();
  const newest = useSyncExternalStore(revision.subscribe, revision.newest);
  const { data, error } = useQuery(whatIMayDo);
  const [known, packed] = [data?.viewer.revision, data?.viewer.abilities];

  useEffect(() => {
    // Somebody changed the settings since: what this page knows and what it shows are asked for again.
    if (known !== undefined && known < newest) void client.refetchQueries({ include: "active" });
  }, [client, known, newest]);

  const ability = useMemo(
    () => createMongoAbility(unpackRules((packed ?? []) as Packed), { detectSubjectType: typeOf }), // cast: a scalar of the schema
    [packed],
  );
  if (error !== undefined) return <p role="alert">You cannot be signed in: {error.message}</p>;
  if (packed === undefined) return <p>Loading …</p>;
  return <AbilityProvider value={ability}>{children}</AbilityProvider>;
}
