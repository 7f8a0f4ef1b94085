/** How many changes of toggles may wait at once: each of them is read by whoever opens the list of what waits. */
import type { AccountId } from "../caller.ts";
import { problem } from "../problem.ts";
import type { Reader } from "../storage/database.ts";

/** Of an account, for each of the two: those that wait for their moment, and those that wait for a second administrator. */
const MOST_WAITING = 100;

/** Under the account's lock. Throws SCHEDULE_FULL. */
export async function demandRoom(
  transaction: Reader,
  account: AccountId,
  waiting: keyof typeof WAITING,
): Promise<void> {
  const [row] = await transaction.run(WAITING[waiting], [account]);
  if (Number(row?.[0]) < MOST_WAITING) return;
  throw problem("SCHEDULE_FULL", { extensions: { most: MOST_WAITING } });
}

const WAITING = {
  scheduled: {
    name: "toggle-room-scheduled",
    text: `select count(*)::text from toggle_schedule where account_id = $1::uuid and settled_revision is null
      and cancelled_at is null and effective_at > clock_timestamp()`,
  },
  proposed: {
    name: "toggle-room-proposed",
    text: `select count(*)::text from toggle_proposal where account_id = $1::uuid and made_at is null
      and withdrawn_at is null and expires_at > clock_timestamp()`,
  },
} as const;
