/** What a person reads when a command could not do all of its work: what is wrong, and what to do. Never a secret. */
import { Problem } from "../problem.ts";
import type { Output } from "./context.ts";

export function tellFailure(output: Output, failure: unknown, json: boolean): void {
  if (json) {
    output.note(JSON.stringify({ error: asJson(failure) }));
    return;
  }
  const [first, ...others] = failure instanceof Problem ? problemLines(failure) : unexpectedLines(failure);
  output.note(`fieldgate: ${first ?? "It failed."}`);
  for (const line of others) output.note(`  ${line}`);
}

function asJson(failure: unknown): Readonly<Record<string, unknown>> {
  if (!(failure instanceof Problem)) return { code: "INTERNAL", message: unexpectedLines(failure)[0] };
  return { code: failure.code, message: failure.message, ...failure.extensions };
}

function problemLines(failure: Problem): readonly string[] {
  const details = Object.entries(failure.extensions).flatMap(([name, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    // Larger things are for scripts, which ask for JSON.
    return values.flatMap((one) => (typeof one === "string" || typeof one === "number" ? [`${name}: ${one}`] : []));
  });
  const lines = [`${failure.message} (${failure.code})`, ...details];
  return failure.log === undefined ? lines : [...lines, failure.log];
}

/** Messages of foreign errors may repeat values and addresses with passwords in them; names, codes and places do not. */
function unexpectedLines(failure: unknown): readonly string[] {
  if (!(failure instanceof Error)) return ["Something went wrong on our side."];
  const code = "code" in failure && typeof failure.code === "string" ? ` ${failure.code}` : "";
  const places = (failure.stack ?? "").split("\n").filter((line) => /^\s*at .+:\d+:\d+\)?$/.test(line));
  return [
    `Something went wrong on our side: ${failure.name}${code}`,
    ...places.map((place) => place.trim()).slice(0, 8),
  ];
}
