/** Writes the demo data. The seeds stand outside the product's rooms and are loaded only when they are asked for. */
import { problem } from "../problem.ts";
import type { OpenDatabase } from "../storage/open.ts";
import { print, type CommandContext } from "./context.ts";

export async function seed(context: CommandContext, { json }: { readonly json: boolean }): Promise<void> {
  if (context.config.production) throw problem("SEED_IN_PRODUCTION");
  await writeDemoData(context.database);
  print(context.output, { words: "The demo data is in the database.", json: { seeded: true } }, json);
}

export async function writeDemoData(database: OpenDatabase): Promise<void> {
  // The ending is that of this file: .ts where it is read as it is, .js where it was built.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf("."));
  const address = new URL(`../../seeds/seeding${ending}`, import.meta.url).href;
  const seeds: unknown = await import(address);
  if (!isSeeding(seeds)) throw problem("INTERNAL", { log: "seeds/seeding has no seedDemo." });
  await seeds.seedDemo(database);
}

interface Seeding {
  seedDemo(database: OpenDatabase): Promise<void>;
}

function isSeeding(module: unknown): module is Seeding {
  return typeof module === "object" && module !== null && "seedDemo" in module && typeof module.seedDemo === "function";
}
