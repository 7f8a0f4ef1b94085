/**
 * Which statements keep a name at the server. A name spares parsing and planning, and costs every connection memory, some
 * two hundred times the text, for as long as it lives: whoever sends ever new documents must not fill the server with them.
 */
import type { Statement } from "./database.ts";

/** Worth a name from here on. */
const USES = 3;
/** Characters of named statements; beyond it all names are given up, with the connections that know them. */
const ROOM = 512 * 1024;
/** A statement that is longer costs more to keep than to plan. */
const LONGEST = 64 * 1024;
/** Statements that are counted at all. */
const COUNTED = 10_000;

export interface Naming {
  /** Undefined for a statement that is planned each time. */
  nameOf(statement: Statement): string | undefined;
  /** Names of an earlier generation are known only to connections that have to go. */
  readonly generation: number;
}

export function makeNaming(): Naming {
  const uses = new Map<string, number>();
  let room = ROOM;
  let generation = 0;
  return {
    get generation() {
      return generation;
    },
    nameOf({ name, text }) {
      if (name === "" || text.length > LONGEST) return undefined;
      const count = (uses.get(name) ?? 0) + 1;
      if (count > USES) return name;
      if (uses.size >= COUNTED) uses.clear();
      uses.set(name, count);
      if (count < USES) return undefined;
      room -= text.length;
      if (room >= 0) {
        uses.set(name, USES + 1);
        return name;
      }
      room = ROOM;
      generation += 1;
      uses.clear();
      return undefined;
    },
  };
}
