/** Every event worth hearing: one union, one channel, no listener known here. Signals carry no values of rows. */

export type Signal =
  /** An answer has left, of whatever kind. */
  | {
      readonly kind: "answered";
      readonly requestId: string;
      readonly method: string;
      /** The route, never the address: a query string holds documents and variables. */
      readonly route: string;
      readonly status: number;
      readonly milliseconds: number;
    }
  /** Something broke that is no expected outcome; the caller got the id. */
  | { readonly kind: "failed"; readonly requestId: string; readonly what: string; readonly where: readonly string[] }
  /** Requests were answered and are not yet in the account's usage: they wait in memory for the next try. */
  | { readonly kind: "unrecorded"; readonly requests: number; readonly what: string };

export interface Signals {
  publish(signal: Signal): void;
  /** Gives back the end of listening. */
  listen(listener: (signal: Signal) => void): () => void;
}

export function makeSignals(): Signals {
  const listeners = new Set<(signal: Signal) => void>();
  return {
    publish: (signal) => {
      for (const listener of listeners) listener(signal);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
