/** Every reason for which a row is left out of an import: a closed list, so that scripts can count on the names. */

export const ROW_REASONS = {
  ROW_SHORT: "has fewer cells than the header",
  ROW_LONG: "has more cells than the header",
  CHARACTER_IMPOSSIBLE: "holds a zero byte, which no text can",
  MEMBER_MISSING: "does not say who worked",
  WHEN_MISSING: "says neither when it began nor on which day",
  START_UNREADABLE: "has a start that is not in the map's dateTimeFormat",
  START_SKIPPED: "begins at a time that clocks in its zone skipped when they were put forward",
  END_UNREADABLE: "has an end that is not in the map's dateTimeFormat",
  END_SKIPPED: "ends at a time that clocks in its zone skipped when they were put forward",
  END_WITHOUT_START: "says when it ended, but not when it began",
  END_BEFORE_START: "ends before it begins",
  DATE_UNREADABLE: "has a date that is not in the map's dateFormat",
  DURATION_MISSING: "does not say how long it took",
  DURATION_UNREADABLE: "has a duration that is not a number with the map's decimal mark",
  DURATION_NEGATIVE: "took less than no time",
  DURATION_TOO_LONG: "took longer than 100 days",
  BREAK_UNREADABLE: "has a break that is not a number with the map's decimal mark",
  BREAK_NEGATIVE: "has a break of less than no time",
  BREAK_TOO_LONG: "has a break of more than 100 days",
  BILLABLE_UNREADABLE: "says neither yes nor no to billable",
  RATE_UNREADABLE: "has a rate that is not an amount with the map's decimal mark and the digits of its currency",
  RATE_NEGATIVE: "has a rate below zero",
  RATE_TOO_HIGH: "has a rate above 10^12 minor units",
  CURRENCY_UNKNOWN: "has a currency that is not an ISO 4217 code",
  ID_TOO_LONG: "has an id of more than 500 characters",
  ID_REPEATED: "has the id of an earlier row of the file",
  ENTRY_LOCKED: "differs from an entry that is handed in, approved or invoiced, which stays as it was",
} as const satisfies Readonly<Record<string, string>>;

export type RowReason = keyof typeof ROW_REASONS;
