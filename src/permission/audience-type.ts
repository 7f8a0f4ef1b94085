/** Audiences of toggles, as the API names them. */
import { fixedEnumeration } from "./enumeration.ts";
import { AUDIENCES } from "./settings.ts";

export const Audience = fixedEnumeration("Audience", "For whom a toggle speaks.", AUDIENCES);
