/** Operations now running, so that a stop finishes what runs and takes in nothing new. */

export interface Running {
  /** Gives back the end of the operation. */
  begin(): () => void;
  readonly count: number;
  readonly stopping: boolean;
  /** Takes in nothing new; true when all that ran has ended in time. */
  stop(limitMilliseconds: number): Promise<boolean>;
}

export function makeRunning(): Running {
  const operations = new Set<symbol>();
  let stopping = false;
  let ended: (() => void) | undefined;
  return {
    begin() {
      const operation = Symbol("operation");
      operations.add(operation);
      return () => {
        operations.delete(operation);
        if (operations.size === 0) ended?.();
      };
    },
    get count() {
      return operations.size;
    },
    get stopping() {
      return stopping;
    },
    async stop(limitMilliseconds) {
      stopping = true;
      if (operations.size === 0) return true;
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), limitMilliseconds);
        ended = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
    },
  };
}
