/**
 * How much a single row may hold, whoever writes it. The database has the same limits as constraints: one row beyond them could
 * make a product or a sum that no integer holds, and then no list of amounts could be read any more.
 */

/** Of minor units in an hour's rate: times the seconds of the longest entry it stays an integer that JavaScript can count to. */
export const HIGHEST_RATE = 1_000_000_000_000;

/** Of an entry, and of its breaks: 100 days. Other tools note a task of months as one entry; the longest in real logs is of 88. */
export const LONGEST_SECONDS = 8_640_000;

/** Of what people write themselves, a week: what is longer is a slip of the hand. */
export const LONGEST_BY_HAND = 604_800;
