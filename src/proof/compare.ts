/** Asks a gate as the server would, and says where two answers differ: not by a byte may they. */
import { answerProblem } from "../gateway/answer.ts";
import type { Gate, GateAnswer } from "../gateway/operation.ts";
import type { Caller } from "../caller.ts";
import { Problem } from "../problem.ts";
import type { Operation } from "./generate.ts";

export interface Answer extends GateAnswer {
  /** A failure that is nobody's expectation: it is the same in both worlds, and should not be. */
  readonly failed: boolean;
}

export async function ask(gate: Gate, caller: Caller, operation: Operation): Promise<Answer> {
  const { text, document, variables, strict } = operation;
  const onDenied = strict ? "reject" : "null";
  try {
    const request = {
      caller,
      text,
      document,
      operationName: undefined,
      variables,
      onDenied,
      requestId: "proof",
    } as const;
    return { ...(await gate.execute(request)), failed: false };
  } catch (thrown) {
    if (thrown instanceof Problem) return { ...answerProblem(thrown), failed: thrown.code === "INTERNAL" };
    return { status: 500, headers: {}, body: thrown instanceof Error ? thrown.name : "failed", failed: true };
  }
}

/** Where, never what: it may be somebody's salary. Undefined where not a byte differs. */
export function differenceOf(one: Answer, other: Answer): string | undefined {
  if (one.status !== other.status) return "the status";
  for (const name of new Set([...Object.keys(one.headers), ...Object.keys(other.headers)])) {
    if (one.headers[name] !== other.headers[name]) return `the header ${name}`;
  }
  if (one.body === other.body) return undefined;
  try {
    return placeOf(JSON.parse(one.body), JSON.parse(other.body), "") ?? "the form of the body";
  } catch {
    return "the body";
  }
}

function placeOf(one: unknown, other: unknown, path: string): string | undefined {
  if (Object.is(one, other)) return undefined;
  if (!isObject(one) || !isObject(other)) return path;
  if (Object.keys(one).join("\0") !== Object.keys(other).join("\0")) {
    return Array.isArray(one) ? `the number of elements in ${path}` : `the members of ${path}`;
  }
  for (const [key, value] of Object.entries(one)) {
    const found = placeOf(value, other[key], path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** For the count of what was tried: a run in which everything was refused would prove nothing. */
export function answersData({ status, body }: GateAnswer): boolean {
  return status === 200 && body.includes('"data":{');
}

/** A cursor of the answer for each list of the operation that takes one. */
export function cursorsIn({ body }: GateAnswer, hooks: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const wanted = new Map(hooks.map((hook) => [`x${hook}`, hook]));
  const look = (value: unknown): void => {
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const hook = wanted.get(key);
      if (hook !== undefined && typeof inner === "string") found.set(hook, [...(found.get(hook) ?? []), inner]);
      else look(inner);
    }
  };
  if (hooks.length > 0) look(JSON.parse(body));
  return found;
}
