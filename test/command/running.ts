/** Starts the program that was built, as people do, in a folder of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Said } from "./calling.ts";

/** `npm test` builds before it tests. */
export const program = join(import.meta.dirname, "../../dist/src/main.js");

export interface Started {
  readonly process: ChildProcess;
  readonly said: { out: string; error: string };
  readonly ended: Promise<number | null>;
}

export interface Server extends Started {
  readonly graphql: string;
}

export interface Workplace {
  readonly folder: string;
  readonly fieldgate: (words: string, more?: Record<string, string>) => Promise<Said>;
  /** Once it is ready. */
  readonly serve: () => Promise<Server>;
}

export function openWorkplace(environment: (folder: string) => Record<string, string>): Workplace {
  const folder = mkdtempSync(join(tmpdir(), "fieldgate-"));
  const columns = { member: "who", start: "start", durationMinutes: "minutes", externalId: "id" };
  writeFileSync(join(folder, "map.json"), JSON.stringify({ columns }));
  writeFileSync(join(folder, "one.csv"), "id,who,start,minutes\n1,ada,2026-03-02T09:00,60\n");
  writeFileSync(join(folder, "two.csv"), "id,who,start,minutes\n2,bo,2026-03-02T10:00,30\n");
  const start = (argv: readonly string[], more: Record<string, string>): Started => {
    const env = { PATH: process.env["PATH"], PORT: "0", ...environment(folder), ...more };
    const child = spawn(process.execPath, [program, ...argv], { cwd: folder, env });
    const said = { out: "", error: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.error += text));
    const ended = new Promise<number | null>((done) => child.once("close", done));
    return { process: child, said, ended };
  };
  return {
    folder,
    async fieldgate(words, more = {}) {
      const { said, ended } = start(words.split(" "), more);
      return { exit: (await ended) ?? -1, ...said };
    },
    async serve() {
      const started = start(["serve", "--json"], {});
      let over = false;
      void started.ended.then(() => (over = true));
      while (!started.said.out.includes("\n")) {
        if (over) throw new Error(`the server ended: ${started.said.error}`);
        await new Promise((soon) => setTimeout(soon, 20));
      }
      const { graphql }: { graphql: string } = JSON.parse(started.said.out);
      return { ...started, graphql };
    },
  };
}
