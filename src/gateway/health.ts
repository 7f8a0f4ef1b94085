/** Alive, ready, and why not: what a supervisor and a load balancer ask. Names of causes, never addresses or values. */

/** One thing that must hold: undefined when it does, else what does not. */
export type Check = () => Promise<string | undefined>;

export interface Health {
  readonly ready: boolean;
  readonly why: readonly string[];
}

const LIMIT_MILLISECONDS = 2000;

export async function readiness(checks: readonly Check[]): Promise<Health> {
  const found = await Promise.all(checks.map(inTime));
  const why = found.filter((cause) => cause !== undefined);
  return { ready: why.length === 0, why };
}

/** A database that does not answer must not make the question hang: the one who asks would wait instead of looking elsewhere. */
async function inTime(check: Check): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("A check did not answer in time."), LIMIT_MILLISECONDS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return "A check could not be made.";
  } finally {
    clearTimeout(timer);
  }
}
