/** Puts the gate's answer beside the naive one, to the byte, and says in words where they part. */
import type { NaiveAnswer } from "./naive-execute.ts";
import type { Use } from "./naive-argument.ts";

/** The gate's answer as it came. */
export interface GateBody {
  readonly data?: unknown;
  readonly errors?: readonly GateError[];
}

export interface GateError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Cursors of the gate with what the naive side calls them. */
export type Cursors = Map<string, string>;

const isMasked = ({ extensions }: GateError): boolean => extensions?.["reason"] === "ROW_CONDITION";

export function difference(naive: NaiveAnswer, body: GateBody, cursors: Cursors): string | undefined {
  if (naive.kind === "refused") return refusedDifference(naive, body);
  const { refused, problems } = naive.judgement.beneath;
  const mayRefuse = refused.length + problems.length > 0;
  if (mayRefuse && (body.data === null || body.data === undefined)) return undefined;
  const said = body.errors ?? [];
  const other = said.find((error) => codeOf(error) !== DENIED);
  if (other !== undefined) return `an error that should not be: ${codeOf(other)} ${other.message}`;
  return (
    deniedDifference(
      naive.denied,
      said.filter((error) => !isMasked(error)),
    ) ??
    maskedDifference(naive.masked, said.filter(isMasked)) ??
    dataDifference(naive.data, body.data, cursors)
  );
}

function maskedDifference(masked: ReadonlyMap<string, number>, said: readonly GateError[]): string | undefined {
  const expected = inOrder([...masked].map(([coordinate, count]) => `${coordinate} ${count}`));
  const found = inOrder(
    said.map(({ extensions }) => `${String(extensions?.["coordinate"])} ${String(extensions?.["count"])}`),
  );
  return expected === found ? undefined : `masked cells [${found}], not [${expected}]`;
}

const DENIED = "UNAUTHORIZED_FIELD_OR_TYPE";
const codeOf = ({ extensions }: GateError): string => String(extensions?.["code"]);

function refusedDifference(
  { judgement }: Extract<NaiveAnswer, { kind: "refused" }>,
  body: GateBody,
): string | undefined {
  const errors = body.errors ?? [];
  if (body.data !== null && body.data !== undefined) return "answered, and should be refused";
  if (errors.length === 0) return "refused without an error";
  const problems = [...judgement.problems, ...judgement.beneath.problems];
  const codes = errors.map(codeOf);
  const denials = codes.every((code) => code === DENIED);
  if (!denials) {
    return codes.every((code) => problems.includes(code))
      ? undefined
      : `refused with ${codes.join()}, not ${problems.join()}`;
  }
  if (judgement.refused.length === 0) return `refused as ${errors.map(described).join()}, not ${problems.join()}`;
  const allowed = [...judgement.refused, ...judgement.beneath.refused];
  const stranger = errors.find((error) => !allowed.some((use) => isSame(use, error)));
  if (stranger !== undefined) return `refused for ${described(stranger)}, which nothing forbids`;
  const missing = judgement.refused.find((use) => !errors.some((error) => isSame(use, error)));
  return missing && `does not name ${missing.coordinate} among the refusals`;
}

const described = ({ extensions }: GateError): string =>
  `${String(extensions?.["coordinate"])} (${String(extensions?.["reason"])}, ${String(extensions?.["usage"])})`;

const isSame = (use: Use, { extensions }: GateError): boolean =>
  extensions?.["coordinate"] === use.coordinate &&
  extensions["usage"] === use.usage &&
  [...use.reasons].some((reason) => reason === extensions["reason"]);

const inOrder = (coordinates: readonly string[]): string => coordinates.toSorted().join(", ");

function deniedDifference(denied: readonly Use[], said: readonly GateError[]): string | undefined {
  // In whatever order: beneath an interface each side goes through the types in its own.
  const expected = inOrder(denied.map(({ coordinate }) => coordinate));
  const found = inOrder(said.map(({ extensions }) => String(extensions?.["coordinate"])));
  if (expected !== found) return `errors for [${found}], not for [${expected}]`;
  for (const use of denied) {
    const error = said.find(({ extensions }) => extensions?.["coordinate"] === use.coordinate);
    if (error === undefined || !isSame(use, error)) return `a wrong reason: ${error && described(error)}`;
    if (error.message !== "Unauthorized field or type") return `a wrong message: ${error.message}`;
    const path = error.extensions?.["affectedPath"];
    if (path !== use.path.join(".")) return `the path ${String(path)}, not ${use.path.join(".")}`;
  }
  return undefined;
}

function dataDifference(expected: unknown, found: unknown, cursors: Cursors): string | undefined {
  const fault: string[] = [];
  const translated = translate({ expected, found, path: "" }, { cursors, places: new Map(), fault });
  if (fault[0] !== undefined) return fault[0];
  // Once more as text: keys must come in the order of the document.
  const [one, other] = [JSON.stringify(expected), JSON.stringify(translated)];
  return one === other ? undefined : `keys or values in another order:\n${other}\nnot\n${one}`;
}

interface Pair {
  readonly expected: unknown;
  readonly found: unknown;
  readonly path: string;
}

interface Notes {
  readonly cursors: Cursors;
  /** Places of lists with the gate's cursor for them: the same place has the same cursor wherever it is said. */
  readonly places: Map<string, string>;
  readonly fault: string[];
}

/** Of a.edges[0].cursor and of a.pageInfo.endCursor it is a. */
const listOf = (path: string): string => path.replace(/\.\w+(\[\d+\])?\.\w+$/, "");

/** The found value with its cursors in naive words; every way in which it parts from the expected one is a fault. */
function translate({ expected, found, path }: Pair, notes: Notes): unknown {
  const { cursors, places, fault } = notes;
  if (Array.isArray(expected) && Array.isArray(found)) {
    if (expected.length !== found.length) fault.push(`${path}: ${found.length} elements, not ${expected.length}`);
    return found.map((element: unknown, at) =>
      translate({ expected: expected[at], found: element, path: `${path}[${at}]` }, notes),
    );
  }
  if (isObject(expected) && isObject(found)) {
    const missing = Object.keys(expected).find((key) => !(key in found));
    if (missing !== undefined) fault.push(`${path}.${missing} is missing`);
    return Object.fromEntries(
      Object.entries(found).map(([key, value]) => {
        const pair = { expected: expected[key], found: value, path: `${path}.${key}` };
        return [key, translate(pair, notes)] as const;
      }),
    );
  }
  if (typeof expected === "string" && expected.startsWith("cursor:") && typeof found === "string") {
    const known = cursors.get(found) ?? expected;
    const again = places.get(listOf(path) + expected) ?? found;
    if (known !== expected) fault.push(`${path}: one cursor for two places`);
    if (again !== found) fault.push(`${path}: two cursors for one place of a list`);
    cursors.set(found, expected);
    places.set(listOf(path) + expected, found);
    return expected;
  }
  if (!Object.is(expected, found)) {
    fault.push(`${path}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
  }
  return found;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
