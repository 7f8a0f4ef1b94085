/** Reads a file's texts of dates and times, by the format that its map states or by ISO 8601. */
import { DateTime } from "luxon";
import type { Instant, WallTime } from "../period.ts";

/** A text that names its zone or offset is an instant; one that does not is what the clock on the wall showed. */
export type Moment =
  { readonly kind: "wall"; readonly wall: WallTime } | { readonly kind: "instant"; readonly instant: Instant };

/** What a text says, or undefined where it cannot be read: month 13, letters, a date that is no date. */
export type MomentReader = (text: string) => Moment | undefined;
export type DateReader = (text: string) => string | undefined;

/** Month names are read in English whatever the machine speaks, so that a file reads the same everywhere. */
const LOCALE = "en-US";

/** What a format has to bring back unharmed. No part is what luxon would take for one that the format leaves out. */
const SAMPLE = DateTime.fromObject(
  { year: 2023, month: 11, day: 24, hour: 17, minute: 38 },
  { zone: "utc", locale: LOCALE },
);

/** Undefined where the format does not say the whole date and time: luxon would fill the rest from today's date. */
export function momentReader(format: string | undefined): MomentReader | undefined {
  if (format === undefined) return isoMoment;
  const read = formatReader(format);
  if (read(SAMPLE.toFormat(format))?.toMillis() !== SAMPLE.toMillis()) return undefined;
  const kind = saysZone(format) ? "instant" : "wall";
  return (text) => moment(read(text), kind);
}

export function dateReader(format = "yyyy-MM-dd"): DateReader | undefined {
  const read = formatReader(format);
  const start = SAMPLE.startOf("day").toMillis();
  if (saysZone(format) || read(SAMPLE.toFormat(format))?.startOf("day").toMillis() !== start) return undefined;
  return (text) => {
    const date = read(text);
    return date !== undefined && isOfOurEra(date) ? (date.toISODate() ?? undefined) : undefined;
  };
}

/** Reading as if in UTC leaves the wall time as it was written; the zone's own law is applied later, by its rows. */
function formatReader(format: string): (text: string) => DateTime | undefined {
  const parser = DateTime.buildFormatParser(format, { locale: LOCALE });
  return (text) => {
    const date = DateTime.fromFormatParser(text, parser, { zone: "utc", locale: LOCALE });
    return date.isValid ? date : undefined;
  };
}

/** A format's words in single quotes are not tokens. */
const saysZone = (format: string): boolean => /[ZzXx]/.test(format.replaceAll(/'[^']*'/g, ""));

const ISO_MOMENT = /^\d{4}-?\d{2}-?\d{2}[T ]\d{2}(?::?\d{2}){1,2}(?:[.,]\d{1,9})?(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Only a whole date and time, as luxon also takes a lone year for its first day and a lone hour for one of today's. */
const isoMoment: MomentReader = (text) => {
  const match = ISO_MOMENT.exec(text);
  if (match === null) return undefined;
  const kind = match.groups?.["zone"] === undefined ? "wall" : "instant";
  return moment(DateTime.fromISO(text.replace(" ", "T"), { zone: "utc" }), kind);
};

function moment(date: DateTime | undefined, kind: Moment["kind"]): Moment | undefined {
  if (date === undefined || !date.isValid || !isOfOurEra(date)) return undefined;
  const milliseconds = date.toMillis();
  return kind === "wall" ? { kind, wall: milliseconds } : { kind, instant: milliseconds };
}

/** Luxon takes 0012 for the year 12; nobody booked time then, so it is a slip of the hand. */
const isOfOurEra = (date: DateTime): boolean => date.year >= 1900 && date.year <= 2200;
