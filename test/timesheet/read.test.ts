import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openCsv, type CsvForm, type CsvRecord } from "../../src/timesheet/import/read.ts";

let folder = "";
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fieldgate-read-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function records(content: string | Uint8Array, form: Partial<CsvForm> = {}): Promise<readonly CsvRecord[]> {
  const path = join(folder, `${files++}.csv`);
  await writeFile(path, content);
  const file = await openCsv(path, { delimiter: ",", encoding: undefined, ...form });
  const all: CsvRecord[] = [];
  for await (const record of file.records) all.push(record);
  return all;
}

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe("a CSV file", () => {
  it("is read record by record, each with the line that it begins on", async () => {
    expect(await records('a,b\n1,"two\nlines"\n\n3,4\n')).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["1", "two\nlines"] },
      { line: 5, cells: ["3", "4"] },
    ]);
  });

  it("may end its lines as Windows does, inside of quotes too", async () => {
    const lines = (await records('a,b\r\n1,"two\r\nlines"\r\n3,4\r\n5,"\r\n\r\n"\r\n\r\n7,8')).map(({ line }) => line);
    expect(lines).toEqual([1, 2, 4, 5, 9]);
  });

  it("may have records of any length, and quotes inside of cells", async () => {
    expect((await records('a,b\n1\n1,2,3\n14" screen,"a "b" c"\n')).map(({ cells }) => cells)).toEqual([
      ["a", "b"],
      ["1"],
      ["1", "2", "3"],
      ['14" screen', '"a "b" c"'],
    ]);
  });

  it.each([
    ["plain, with a byte order mark", Buffer.from("\ufeffä,b\n"), undefined],
    ["gzipped", gzipSync("ä,b\n"), undefined],
    ["gzipped, with a byte order mark", gzipSync("\ufeffä,b\n"), undefined],
    ["UTF-16 by its mark", Buffer.from("\ufeffä,b\n", "utf16le"), undefined],
    ["UTF-16 as stated", Buffer.from("ä,b\n", "utf16le"), "utf-16le"],
    ["Windows-1252 as stated", latin("\u00e4,b\n"), "windows-1252"],
  ])("may be %s", async (_name, content, encoding) => {
    expect(await records(content, { encoding })).toEqual([{ line: 1, cells: ["ä", "b"] }]);
  });

  it("knows the curly quotes of Windows from control characters", async () => {
    expect((await records(latin("\x91a\x92,\x96"), { encoding: "windows-1252" }))[0]?.cells).toEqual(["‘a’", "–"]);
  });

  it("survives letters that fall between two pieces of the file", async () => {
    const text = `${"x".repeat(65_535)}ä,b\n`;
    expect((await records(text))[0]?.cells).toEqual([`${"x".repeat(65_535)}ä`, "b"]);
  });
});

describe("a file is refused", () => {
  it.each([
    ["with bytes that are not of its encoding", latin("a,b\n1,\x92\n"), "IMPORT_ENCODING", "utf-8"],
    ["cut short in the middle of a letter", Buffer.from("a,ä").subarray(0, 3), "IMPORT_ENCODING", "utf-8"],
    ["with a quote never closed", 'a,b\n1,"x\n2,3\n', "IMPORT_FILE_UNREADABLE", "after line 1 and never closed"],
    [
      "with a quote never closed, however long",
      `a,b\n1,"${"x\n".repeat(1e6)}`,
      "IMPORT_FILE_UNREADABLE",
      "after line 1 and never closed",
    ],
    ["gzipped and cut short", gzipSync("a,b\n".repeat(9)).subarray(0, 20), "IMPORT_FILE_UNREADABLE", "cut short"],
    ["that is a spreadsheet", Buffer.from("PK\u0003\u0004rest"), "IMPORT_FILE_UNREADABLE", "save it as CSV"],
  ])("%s", async (_name, content, code, words) => {
    const error = await records(content).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect(JSON.stringify(error)).toContain(words);
  });

  it("that is a folder, or not there", async () => {
    const form = { delimiter: ",", encoding: undefined };
    await expect(openCsv(folder, form)).rejects.toMatchObject({
      code: "IMPORT_FILE_UNREADABLE",
      extensions: { because: ["is a folder: the generic format is one file"] },
    });
    await expect(openCsv(join(folder, "none.csv"), form)).rejects.toMatchObject({ code: "IMPORT_FILE_UNREADABLE" });
  });
});
