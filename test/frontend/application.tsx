/** All together: one client, one revision, and the abilities around every page. */
import { ApolloProvider } from "@apollo/client/react";
import { useState, type ReactNode } from "react";
import { Abilities } from "./abilities.tsx";
import { connect } from "./client.ts";
import { Revision } from "./revision.ts";

export interface ApplicationProps {
  readonly address: string;
  readonly token: string;
  readonly children: ReactNode;
}

export function Application({ address, token, children }: ApplicationProps): ReactNode {
  const [{ client, revision }] = useState(() => {
    const revision = new Revision();
    return { client: connect({ address, token, revision }), revision };
  });
  return (
    <ApolloProvider client={client}>
      <Abilities revision={revision}>{children}</Abilities>
    </ApolloProvider>
  );
}
