/** The command `emit`: writes the files that are made from the source, and names them. */
import { print, type Surroundings } from "./context.ts";
import { emitSchema } from "./emit.ts";

export async function emit({ output }: Surroundings, json: boolean): Promise<number> {
  const written = await emitSchema();
  print(output, { words: `Wrote ${written.join(", ")}.`, json: { written } }, json);
  return 0;
}
