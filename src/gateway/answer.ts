/** The only way out for an error: a problem in the caller's words, or an id that finds the rest in the log. */
import { Problem, problem, type ProblemCode } from "../problem.ts";
import type { Signals } from "../signal.ts";
import type { GateAnswer } from "./operation.ts";

/** Every answer is about one caller: no cache between us and them may keep it. */
export const PRIVATE = { "cache-control": "private" } as const;

/** What a status obliges us to say beside it (RFC 9110). */
const HEADERS: Partial<Readonly<Record<ProblemCode, Readonly<Record<string, string>>>>> = {
  UNAUTHENTICATED: { "www-authenticate": "Bearer" },
  TOKEN_EXPIRED: { "www-authenticate": "Bearer" },
  ACCESS_UNAVAILABLE: { "retry-after": "1" },
  STOPPING: { "retry-after": "1" },
};

/** A problem as GraphQL says it. It has no `data`: nothing ran. */
export function answerProblem(found: Problem, headers: Readonly<Record<string, string>> = {}): GateAnswer {
  const extensions = { code: found.code, ...found.extensions };
  const faults = found.faults.length > 0 ? found.faults : [{ message: found.message }];
  const errors = faults.map((fault) => ({ ...fault, extensions }));
  return {
    status: found.status,
    headers: { ...PRIVATE, ...HEADERS[found.code], ...headers },
    body: JSON.stringify({ errors }),
  };
}

export interface Failing {
  readonly requestId: string;
  readonly signals: Signals;
}

/** Whatever was thrown. What is no problem of ours is told to the log, and to the caller by its id alone. */
export function answerError(thrown: unknown, failing: Failing): GateAnswer {
  return answerProblem(problemOf(thrown, failing));
}

export function problemOf(thrown: unknown, { requestId, signals }: Failing): Problem {
  if (thrown instanceof Problem && thrown.log === undefined) return thrown;
  signals.publish({ kind: "failed", requestId, what: whatHappened(thrown), where: whereItHappened(thrown) });
  return thrown instanceof Problem ? thrown : problem("INTERNAL", { extensions: { id: requestId }, cause: thrown });
}

/**
 * Names and codes, never a message: PostgreSQL and graphql-js put values into theirs. Only a problem's own words for
 * the log are written, as those hold no values.
 */
export function whatHappened(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const said = thrown instanceof Problem ? [thrown.code, thrown.log ?? ""] : [thrown.name, codeOf(thrown)];
  const cause = thrown.cause === undefined ? "" : `caused by ${whatHappened(thrown.cause)}`;
  return [...said, cause].filter((part) => part !== "").join(" ");
}

function codeOf(thrown: Error): string {
  return "code" in thrown && typeof thrown.code === "string" && /^\w+$/.test(thrown.code) ? thrown.code : "";
}

function whereItHappened(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [];
  const lines = (thrown.stack ?? "").split("\n").map((line) => line.trim());
  return lines.filter((line) => /^at .+:\d+:\d+\)?$/.test(line)).slice(0, 12);
}
