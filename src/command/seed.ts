/** Writes the demo data. The seeds stand outside the product's rooms and are loaded only when they are asked for. */
import { problem } from "../problem.ts";
import type { OpenDatabase } from "../storage/open.ts";
import { print, type CommandContext } from "./context.ts";

export async function seed(context: CommandContext, { json }: { readonly json: boolean }): Promise<void> {
  if (context.config.production) throw problem("SEED_IN_PRODUCTION");
  const { words, outcome, accounts, rows } = await writeDemoData(context.database);
  print(context.output, { words, json: { outcome, accounts, rows } }, json);
}

export async function writeDemoData(database: OpenDatabase): Promise<Seeded> {
  // The ending is that of this file: .ts where it is read as it is, .js where it was built.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf("."));
  const seeds: unknown = await import(new URL(`../../seeds/seeding${ending}`, import.meta.url).href);
  if (!isSeeding(seeds)) throw problem("INTERNAL", { log: "seeds/seeding has no seedDemo." });
  return seeds.seedDemo(database);
}

export interface Seeded {
  readonly outcome: string;
  readonly accounts: readonly string[];
  readonly rows: number;
  readonly words: string;
}

interface Seeding {
  seedDemo(database: OpenDatabase): Promise<Seeded>;
}

function isSeeding(module: unknown): module is Seeding {
  return typeof module === "object" && module !== null && "seedDemo" in module && typeof module.seedDemo === "function";
}
