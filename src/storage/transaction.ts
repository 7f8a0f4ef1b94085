/**
 * Keeps the work of a transaction to its own handle. On the embedded database a statement beside the open transaction waits for
 * its end, and the transaction for the statement: for ever. On PostgreSQL it would not see what the transaction has written.
 */
import { AsyncLocalStorage } from "node:async_hooks";

export interface Fence {
  /** Runs the work as the inside of a transaction. */
  within<T>(work: () => Promise<T>): Promise<T>;
  /** Throws when called from inside the work, at once and not after waiting for ever. */
  demandOutside(): void;
}

export function makeFence(): Fence {
  const present = new AsyncLocalStorage<{ open: boolean }>();
  return {
    within: async (work) => {
      const transaction = { open: true };
      try {
        return await present.run(transaction, work);
      } finally {
        transaction.open = false; // what the work has left running may go on beside it from now
      }
    },
    demandOutside: () => {
      if (present.getStore()?.open === true) throw new Error("inside a transaction, only its own handle may be used");
    },
  };
}

/** COMMIT of a transaction in which a statement failed is a rollback, and the server does not call that an error. */
export const undone = (): Error => new Error("the transaction was undone, because one of its statements had failed");
