/** Writes down what the schema has become, so that a change of it is read by people before it is served to anybody. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emittedTexts } from "../gateway/emitted.ts";
import { freshCatalogue } from "../storage/migrate.ts";

/** Answers with the files it wrote. */
export async function emitSchema(folder = "schema"): Promise<readonly string[]> {
  const texts = Object.entries({ ...(await emittedTexts()), "tables.sql": await freshCatalogue() });
  for (const [name, text] of texts) await writeFile(join(folder, name), text);
  return texts.map(([name]) => join(folder, name));
}
