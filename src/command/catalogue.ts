/** The schema with all its coordinates, as the server and the command `toggle` need it. */
import { buildGatewaySchema } from "../gateway/schema.ts";
import { buildCatalogue, type Catalogue } from "../permission/catalogue.ts";
import { demandSound } from "../permission/soundness.ts";
import { subjects } from "../tables.ts";

export async function readCatalogue(): Promise<Catalogue> {
  const { schema, declarations } = await buildGatewaySchema({ subjects });
  const catalogue = buildCatalogue({ schema, declarations, subjects });
  demandSound(catalogue);
  return catalogue;
}
