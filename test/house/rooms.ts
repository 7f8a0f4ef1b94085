// Law 1: a room imports only rooms beneath it. The table is the ladder, one line a room.
import { imports, type Source, type Violation } from "./source.ts";

const ground = ["config", "clock", "caller", "problem", "signal"];
const registers = ["tables", "resolvers", "promises"];
const heart = ["identity", "plan", "permission", "ground"];
const domain = ["timesheet", "support", "custody", "oversight", "watch"];
const rooms = [...domain, "identity", "plan", "permission", "ledger", "storage", "ground"];

/** `storage/table` is one file of a room: how a table is declared may be known where its rows may not be touched. */
const ladder: Readonly<Record<string, readonly string[]>> = {
  ground: [],
  storage: ["ground"],
  ledger: ["storage", "ground"],
  permission: ["ledger", "storage", "ground"],
  plan: ["permission", "storage", "ground"],
  identity: ["plan", "permission", "ledger", "storage", "ground"],
  timesheet: [...heart, "storage/table"],
  support: [...heart, "ledger", "storage/table"],
  custody: [...heart, "ledger", "storage"],
  oversight: [...heart, "ledger", "storage/table"],
  watch: ["identity", "ground"],
  registers: rooms,
  gateway: [...rooms, "registers"],
  proof: [...rooms, "registers", "gateway"],
  command: [...rooms, "registers", "gateway", "proof"],
  main: [...rooms, "registers", "gateway", "command", "proof"],
  console: [],
};

/** The room a file of `src` lies in; absent when the house has no such room. */
export function roomOf(path: string): string | undefined {
  const [, first = "", ...rest] = path.split("/");
  if (rest.length > 0) return first in ladder && first !== "ground" && first !== "registers" ? first : undefined;
  const name = first.replace(/\.\w+$/, "");
  if (ground.includes(name)) return "ground";
  if (registers.includes(name)) return "registers";
  return name === "main" ? "main" : undefined;
}

export function climbs(file: Source): readonly Violation[] {
  const room = roomOf(file.path);
  if (room === undefined) return [{ path: file.path, line: 1, words: "lies in no room the house knows" }];
  return imports(file).flatMap(({ target, specifier, line }) => {
    if (target === undefined || mayImport(room, target)) return [];
    return [{ path: file.path, line, words: `${room} may not import ${specifier}` }];
  });
}

function mayImport(room: string, target: string): boolean {
  if (!target.startsWith("src/")) return false;
  const other = roomOf(target);
  // The five on the ground are words that stand alone: they do not import each other either.
  if (room === other) return room !== "ground";
  const allowed = ladder[room] ?? [];
  if (other !== undefined && allowed.includes(other)) return true;
  return allowed.some((entry) => entry.includes("/") && target === `src/${entry}.ts`);
}

/** Each ring of files that import one another, once, named from its first file. */
export function cycles(files: readonly Source[]): readonly Violation[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const next = new Map(
    files.map((file) => [
      file.path,
      imports(file).flatMap(({ target }) => (target && known.has(target) ? [target] : [])),
    ]),
  );
  const finished = new Set<string>();
  const found: Violation[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      found.push({ path, line: 1, words: `imports itself by way of ${[...trail.slice(start), path].join(" → ")}` });
      return;
    }
    if (finished.has(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return found;
}

/** Law 17: a folder directly below `src` is a room, and a room has a page that says what it is for. */
export function roomsWithoutReadme(all: readonly string[]): readonly Violation[] {
  const present = new Set(all.flatMap((path) => (path.split("/").length > 2 ? [path.split("/")[1] ?? ""] : [])));
  return [...present]
    .filter((room) => !all.includes(`src/${room}/README.md`))
    .map((room) => ({ path: `src/${room}/README.md`, line: 1, words: "is missing: say what the room is for" }));
}
