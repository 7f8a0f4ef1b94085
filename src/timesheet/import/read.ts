/** Reads a CSV file as a stream of records: plain or gzipped, in the encoding stated, a piece of it in memory at a time. */
import { parse } from "csv-parse";
import { open, type FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TextDecoder } from "node:util";
import { createGunzip } from "node:zlib";
import { Problem, problem } from "../../problem.ts";

export interface CsvRecord {
  /** On which it begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvFile {
  /** Reads the file as it is asked for records. Throws a problem where the file cannot be read any further. */
  readonly records: AsyncIterable<CsvRecord>;
  readonly bytesTotal: number;
  readonly bytesRead: () => number;
  readonly close: () => void;
}

export interface CsvForm {
  readonly delimiter: string;
  readonly encoding: string | undefined;
}

export async function openCsv(path: string, form: CsvForm): Promise<CsvFile> {
  const { handle, size } = await openFile(path);
  const head = Buffer.alloc(4);
  await handle.read(head, 0, head.length, 0);
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  if (head.toString("latin1", 0, 2) === "PK") {
    await handle.close();
    throw unreadable("is a ZIP archive or a spreadsheet: unpack it, or save it as CSV");
  }
  const bytes = handle.createReadStream({ start: 0 });
  return {
    records: records({ bytes, gzipped, form }),
    bytesTotal: size,
    bytesRead: () => bytes.bytesRead,
    close: () => void bytes.destroy(),
  };
}

async function openFile(path: string): Promise<{ handle: FileHandle; size: number }> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (cause) {
    throw unreadable("cannot be opened: look at its name and whether you may read it", cause);
  }
  const status = await handle.stat();
  if (status.isFile()) return { handle, size: status.size };
  await handle.close();
  throw unreadable(status.isDirectory() ? "is a folder: the generic format is one file" : "is not a file");
}

interface Source {
  readonly bytes: Readable;
  readonly gzipped: boolean;
  readonly form: CsvForm;
}

/** A quote that is opened and never closed would draw the rest of the file into one cell. */
const LONGEST_RECORD = 1_048_576;

async function* records({ bytes, gzipped, form }: Source): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter: form.delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    // Whether a record is short or long is for the row to say; a quote inside a cell is taken as it stands.
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    info: true,
  });
  const text = (chunks: AsyncIterable<Buffer>) => decoded(chunks, form.encoding);
  const flow = gzipped ? pipeline(bytes, createGunzip(), text, parser) : pipeline(bytes, text, parser);
  // The parser is destroyed with what goes wrong anywhere in the flow, and tells it below; leaving early is no failure.
  flow.catch(() => undefined);
  const lineOf = lineCounter();
  let last = 0;
  try {
    // What `info: true` makes of a record is not in the parser's types.
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      last = lineOf(record, info);
      yield { line: last, cells: record };
    }
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(wordsFor(error, last), error);
  }
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The parser knows the line a record ends on, and counts a CR LF inside of quotes twice. */
function lineCounter(): (cells: readonly string[], info: Parsed["info"]) => number {
  let counted = 0;
  let twice = 0;
  return (cells, { lines }) => {
    let inside = 0;
    if (lines - counted > 1) {
      for (const cell of cells) {
        inside += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
        twice += cell.match(/\r\n/g)?.length ?? 0;
      }
    }
    counted = lines;
    return lines - twice - inside;
  };
}

async function* decoded(chunks: AsyncIterable<Buffer>, stated: string | undefined): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  const encoding = () => decoder?.encoding ?? "utf-8";
  try {
    for await (const chunk of chunks) {
      decoder ??= new TextDecoder(stated ?? encodingByMark(chunk), { fatal: true });
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder?.decode() ?? "";
  } catch (error) {
    // `fatal` makes an error of bytes that the encoding does not know; they would become a mark for an unknown letter.
    if (codeOf(error) !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    throw problem("IMPORT_ENCODING", { extensions: { encoding: encoding() }, cause: error });
  }
}

/** Spreadsheets write UTF-16 with a mark in front; a mark of UTF-8 is dropped by the decoder. */
function encodingByMark(chunk: Buffer): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return "utf-16le";
  return chunk[0] === 0xfe && chunk[1] === 0xff ? "utf-16be" : "utf-8";
}

function wordsFor(error: unknown, last: number): string {
  const code = codeOf(error);
  if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE") {
    return `has a quote that is opened after line ${last} and never closed`;
  }
  if (code.startsWith("Z_")) return "is gzipped and damaged, or cut short";
  return `could not be read beyond line ${last}`;
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

const unreadable = (because: string, cause?: unknown): Problem =>
  problem("IMPORT_FILE_UNREADABLE", { extensions: { because: [because] }, cause });
