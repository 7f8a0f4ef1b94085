/**
 * How much a single row may hold, whoever writes it. The database has the same limits as constraints: one row beyond them could
 * make a product or a sum that no integer holds, and then no list of amounts could be read any more.
 */

/** Of minor units in an hour's rate: times the seconds of the longest entry it stays an integer that JavaScript can count to. */
export const HIGHEST_RATE = 1_000_000_000_000;

/** Of an entry, and of its breaks: a week. Logs of other tools know entries over days, which somebody forgot to end. */
export const LONGEST_SECONDS = 604_800;
