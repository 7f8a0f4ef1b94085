// A gate whose cursors hold what they should not: the cost rate of the row at that place.
import type { Gate } from "../../src/gateway/operation.ts";
import type { Database } from "../../src/storage/database.ts";

const CURSOR = /("\w*":)"([A-Za-z0-9_-]{40,})"/g;
const COST = {
  name: "cost-of",
  text: "select cost_rate_minor::text from time_entry where account_id = $1 and id = $2",
};

export const tellingCursors =
  (makeGate: (database: Database) => Gate, account: string) =>
  (database: Database): Gate => {
    const gate = makeGate(database);
    return {
      execute: async (request) => {
        const answer = await gate.execute(request);
        let body = answer.body;
        for (const [whole, key = "", cursor = ""] of answer.body.matchAll(CURSOR)) {
          const id = idIn(cursor);
          const [row] = id === undefined ? [] : await database.run(COST, [account, id]);
          if (row?.[0]) body = body.replace(whole, `${key}"${cursor}${Buffer.from(row[0]).toString("base64url")}"`);
        }
        return { ...answer, body };
      },
    };
  };

/** The last value of a row's place, behind twelve bytes that authenticate it. */
function idIn(cursor: string): string | undefined {
  const text = Buffer.from(cursor, "base64url").subarray(12).toString();
  return /"([\da-f-]{36})"\]$/.exec(text)?.[1];
}
