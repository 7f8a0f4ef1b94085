/** Text → document, as far as anybody's text is read; and what is said of text that is none. */
import { GraphQLError, parse, type DocumentNode } from "graphql";
import { problem, type Problem } from "../problem.ts";

/** A hundred times what people write; the parser then stops before a hostile document costs anything. */
export const MOST_TOKENS = 20_000;

/** A string in a document may be somebody's name: say where it stands, not what it says. */
export const syntaxWords = (message: string): string =>
  // The parser's stack ends before a document does that is nested deeply enough: those words are the engine's.
  message.startsWith("Syntax Error: ")
    ? message.replace(/(String|BlockString|Int|Float|Comment) ".*"/s, "$1")
    : problem("GRAPHQL_PARSE_FAILED").message;

/** Throws GRAPHQL_PARSE_FAILED. */
export function parseDocument(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: MOST_TOKENS });
  } catch (thrown) {
    throw unreadable(thrown);
  }
}

function unreadable(thrown: unknown): Problem {
  if (!(thrown instanceof GraphQLError)) return problem("GRAPHQL_PARSE_FAILED");
  const { message, locations } = thrown;
  return problem("GRAPHQL_PARSE_FAILED", { faults: [{ message: syntaxWords(message), locations }] });
}
