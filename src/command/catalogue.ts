/** The schema with all its coordinates, as the server and the command `toggle` need it. */
import { buildGatewaySchema } from "../gateway/schema.ts";
import { buildCatalogue, type Catalogue } from "../permission/catalogue.ts";
import { subjects } from "../tables.ts";

export async function readCatalogue(): Promise<Catalogue> {
  const { schema, declarations } = await buildGatewaySchema({ subjects });
  return buildCatalogue({ schema, declarations, subjects });
}
