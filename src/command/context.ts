/** What a command is given, so that it runs alike in a process of its own and inside the server that holds the database. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Catalogue } from "../permission/catalogue.ts";
import type { OpenDatabase } from "../storage/open.ts";

export interface Output {
  /** A line of the result. */
  line(text: string): void;
  /** A line for the person, beside the result. */
  note(text: string): void;
  /** What is happening right now, over what was said before; nothing where nobody looks. */
  progress(text: string): void;
}

export interface Surroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly output: Output;
  /** Where the person is who called: paths in arguments begin there. */
  readonly directory: string;
}

export interface CommandContext extends Surroundings {
  readonly database: OpenDatabase;
  /** Made when it is asked for, as that takes a moment; a server has it already. */
  readonly catalogue: () => Promise<Catalogue>;
}

/** The result in both forms; a script asks for JSON. */
export interface Result {
  readonly words: string;
  readonly json: unknown;
}

export function print(output: Output, result: Result, json: boolean): void {
  output.line(json ? JSON.stringify(result.json) : result.words);
}

export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether somebody looks at the error stream. */
  readonly watched: boolean;
}

export function makeOutput({ out, error, watched }: Terminal): Output {
  let shown = false;
  const wipe = (): void => {
    if (shown) error("\r\u001B[K");
    shown = false;
  };
  return {
    line(text) {
      wipe();
      out(`${text}\n`);
    },
    note(text) {
      wipe();
      error(`${text}\n`);
    },
    progress(text) {
      if (!watched) return;
      error(`\r\u001B[K${text}`);
      shown = true;
    },
  };
}
