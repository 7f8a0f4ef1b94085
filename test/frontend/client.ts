/** Apollo Client for Fieldgate: signed in, with what was denied beside the data, and listening for new revisions. */
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { tap } from "rxjs";
import type { Revision } from "./revision.ts";

/** Apollo types results by the defaults, once they are declared: with "all" there may be data and an error. */
declare module "@apollo/client" {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: "all";
      }
      interface Query {
        errorPolicy: "all";
      }
      interface Mutate {
        errorPolicy: "all";
      }
    }
  }
}

export interface Connection {
  readonly address: string;
  readonly token: string;
  readonly revision: Revision;
}

export function connect({ address, token, revision }: Connection): ApolloClient {
  const http = new HttpLink({ uri: `${address}/graphql`, headers: { authorization: `Bearer ${token}` } });
  return new ApolloClient({
    link: ApolloLink.from([hearing(revision), http]),
    cache: new InMemoryCache(),
    defaultOptions: {
      // "all": a denied field is null with an error, and the rest of the answer is as good as ever. The cache keeps data
      // and no errors, so what is shown comes from the network, or a null could not say why it is one.
      watchQuery: { errorPolicy: "all", fetchPolicy: "network-only" },
      query: { errorPolicy: "all", fetchPolicy: "network-only" },
      mutate: { errorPolicy: "all" },
    },
  });
}

/** Every answer that the gate has judged says by which revision, denied or not. */
function hearing(revision: Revision): ApolloLink {
  return new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap(({ extensions }) => {
        const access: unknown = extensions?.["access"];
        if (typeof access !== "object" || access === null || !("revision" in access)) return;
        revision.hear(Number(access.revision));
      }),
    ),
  );
}
