/** Imports a CSV file by a map. */
import type { Clock } from "../../clock.ts";
import { isTimeZone } from "../../permission/scalar.ts";
import { takeTurn, type Transaction, type Writer } from "../../plan/bulk.ts";
import { problem } from "../../problem.ts";
import { zoneNamed } from "../period.ts";
import type { Booking } from "./booking.ts";
import { idGiver } from "./ids.ts";
import { findColumns, type GenericMap, type Mapped } from "./map.ts";
import { openCsv, type CsvFile, type CsvRecord } from "./read.ts";
import type { RowReason } from "./reason.ts";
import { startRecord, type ImportReport, type Recorder } from "./report.ts";
import { rowReader } from "./row.ts";
import { bookingWriter, SAID, type Numbered, type Said } from "./write.ts";

export interface GenericImport {
  readonly database: Writer;
  readonly account: { readonly id: string; readonly timezone: string; readonly currency: string };
  /** The path of the file, plain or gzipped. */
  readonly source: string;
  readonly map: GenericMap;
  /** Whose clocks the file's times are of; the account's where it is not given. */
  readonly timezone?: string;
  /** One row that cannot be kept, and nothing is written. */
  readonly strict?: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly clock: Clock;
}

export interface ImportProgress {
  readonly rows: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** Writes all that can be kept, in one transaction. Throws a problem where nothing was written. */
export async function importGeneric(order: GenericImport): Promise<ImportReport> {
  const record = startRecord(order.clock);
  const file = await openCsv(order.source, order.map);
  try {
    await order.database.write((transaction) => importInto({ order, file, record, transaction }));
  } finally {
    file.close();
  }
  return record.report();
}

interface Run {
  readonly order: GenericImport;
  readonly file: CsvFile;
  readonly record: Recorder;
  readonly transaction: Transaction;
}

/** Large enough that a statement costs little beside its rows; small enough that a batch is nothing to keep in memory. */
const BATCH = 1_000;

async function importInto(run: Run): Promise<void> {
  const { order, file, record, transaction } = run;
  const { id: account, timezone } = order.account;
  await takeTurn(transaction, account);
  const said = saidBy(order.map);
  const writer = bookingWriter({ transaction, account, timezone: order.timezone ?? timezone, said, record });
  // After a row that cannot be kept, a strict import goes on reading, so that all such rows are told at once.
  const isLost = () => order.strict === true && record.report().leftOut > 0;
  for await (const batch of batches(numbered(run))) {
    if (!isLost()) await writer.write(batch);
    order.onProgress?.({ rows: record.rows(), bytesRead: file.bytesRead(), bytesTotal: file.bytesTotal });
  }
  if (isLost()) throw problem("IMPORT_ROWS_UNREADABLE", { extensions: { report: record.report() } });
  await writer.finish();
}

async function* batches<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The bookings of a file; rows that are none are noted on the way. */
async function* numbered({ order, file, record }: Run): AsyncGenerator<Numbered> {
  let read: ((row: CsvRecord) => Booking | RowReason | undefined) | undefined;
  const giveId = idGiver("generic");
  for await (const row of file.records) {
    if (read === undefined) {
      read = recordReader(order, row.cells);
      continue;
    }
    const booking = read(row);
    if (booking === undefined) {
      record.count("elsewhere");
      continue;
    }
    record.count("rows");
    const id = typeof booking === "string" ? undefined : giveId(booking);
    if (typeof booking === "string") record.leaveOut({ line: row.line, reason: booking });
    else if (id === undefined) record.leaveOut({ line: row.line, reason: "ID_REPEATED" });
    else yield { line: row.line, id, booking };
  }
  if (read === undefined) throw problem("IMPORT_FILE_UNREADABLE", { extensions: { because: ["has no header"] } });
}

/** Undefined for rows that `where` keeps away. */
function recordReader(order: GenericImport, headerCells: readonly string[]) {
  const { map, account } = order;
  const header = headerCells.map((name) => name.trim());
  const place = findColumns(map, header);
  const name = order.timezone ?? account.timezone;
  // An operator gave it, or made the account with it: here, unlike in requests, it may be told.
  if (!isTimeZone(name)) throw problem("TIME_ZONE_UNKNOWN", { extensions: { timezone: name } });
  const readRow = rowReader({ map, place, zone: zoneNamed(name), currency: account.currency });
  const where = Object.entries(map.where).map(([column, accepted]) => ({ at: place(column), accepted }));
  return ({ cells }: CsvRecord): Booking | RowReason | undefined => {
    const isElsewhere = where.some(({ at, accepted }) => {
      const cell = cells[at];
      return cell !== undefined && !accepted.includes(cell.trim());
    });
    if (isElsewhere) return undefined;
    if (cells.length < header.length) return "ROW_SHORT";
    return cells.length > header.length ? "ROW_LONG" : readRow(cells);
  };
}

/** A file without a column for it says nothing of it. Rates say what is billable where nothing else does. */
const SAYS: Readonly<Record<Said, readonly Mapped[]>> = {
  team: ["team"],
  project: ["project"],
  task: ["task"],
  activity: ["activity"],
  start: ["start"],
  end: ["end"],
  break: ["breakMinutes"],
  description: ["description"],
  tags: ["tags"],
  billable: ["billable", "rate"],
  billableRate: ["rate"],
  costRate: ["costRate"],
};

function saidBy({ columns }: GenericMap): ReadonlySet<Said> {
  return new Set(SAID.filter((said) => SAYS[said].some((name) => columns[name] !== undefined)));
}
