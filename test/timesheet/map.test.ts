import { describe, expect, it } from "@jest/globals";
import { findColumns, parseMap } from "../../src/timesheet/import/map.ts";

const least = { columns: { member: "who", date: "day", durationHours: "hours" } };
const timed = { columns: { member: "who", start: "from", end: "to", durationMinutes: "minutes" } };

describe("a map of an import", () => {
  it("needs little", () => {
    expect(parseMap(least)).toEqual({
      columns: least.columns,
      dateTimeFormat: undefined,
      dateFormat: undefined,
      where: {},
      nulls: [],
      delimiter: ",",
      encoding: undefined,
      decimal: ".",
    });
  });

  it.each([
    ["nothing", null, "the map must be an object"],
    ["a setting that nobody knows", { ...least, colums: {} }, `"colums" is not a setting`],
    ["a meaning that nobody knows", { columns: { ...least.columns, mail: "e" } }, `"columns.mail" is not something`],
    ["a column that is not named", { columns: { ...least.columns, team: 3 } }, `"columns.team" must name a column`],
    ["nobody who worked", { columns: { date: "d", durationHours: "h" } }, `"columns.member" is needed`],
    ["no day", { columns: { member: "m", durationHours: "h" } }, `"columns.start" or "columns.date" is needed`],
    ["no duration", { columns: { member: "m", start: "s", end: "e" } }, "never made from start and end"],
    ["two durations", { columns: { ...least.columns, durationMinutes: "m" } }, "cannot both be the duration"],
    ["an end without a start", { columns: { ...least.columns, end: "e" } }, `"columns.end" needs "columns.start"`],
    ["a decimal mark that is none", { ...least, decimal: ";" }, `"decimal" must be`],
    ["two delimiters", { ...least, delimiter: ",;" }, `"delimiter" must be one character`],
    ["a quote as delimiter", { ...least, delimiter: '"' }, `"delimiter" must be one character`],
    ["an encoding that nobody knows", { ...least, encoding: "utf-9" }, `"encoding" is not one`],
    ["nulls that are no list", { ...least, nulls: "NA" }, `"nulls" must be a list`],
    ["a where that is no text", { ...least, where: { organization: 5 } }, `"where.organization" must be a list`],
    ["a format without a year", { ...timed, dateTimeFormat: "M/d H:mm" }, `"dateTimeFormat" does not say`],
    ["a format without minutes", { ...timed, dateTimeFormat: "M/d/yyyy H" }, `"dateTimeFormat" does not say`],
    ["half a day's hours without noon", { ...timed, dateTimeFormat: "M/d/yyyy h:mm" }, `"dateTimeFormat" does not say`],
    ["a format of dates without a day", { ...least, dateFormat: "MM/yyyy" }, `"dateFormat" does not say`],
  ])("with %s is refused", (_name, map, words) => {
    const thrown = caught(() => parseMap(map));
    expect(thrown).toMatchObject({ code: "IMPORT_MAP_INVALID" });
    expect(reasons(thrown)).toContainEqual(expect.stringContaining(words));
  });

  it("is told all that is wrong with it at once", () => {
    expect(reasons(caught(() => parseMap({ colums: {}, decimal: "x" })))).toHaveLength(5);
  });

  it.each([
    ["M/d/yyyy H:mm"],
    ["M/d/yyyy h:mm a"],
    ["dd.MM.yyyy HH:mm:ss"],
    ["yyyy-MM-dd'T'HH:mm:ssZZ"],
    ["d LLL yy, HH:mm"],
  ])("may write times as %s", (dateTimeFormat) => {
    expect(parseMap({ ...timed, dateTimeFormat })).toMatchObject({ dateTimeFormat });
  });
});

describe("a map and a file", () => {
  const map = parseMap({ ...least, where: { organization: "B" } });

  it("meet in the header", () => {
    const place = findColumns(map, ["hours", "organization", "who", "day"]);
    expect(["who", "day", "hours", "organization"].map(place)).toEqual([2, 3, 0, 1]);
  });

  it("do not fit where a column is missing, and both are told", () => {
    expect(reasons(caught(() => findColumns(map, ["who", "day"])))).toEqual([
      `the file has no column "hours"`,
      `the file has no column "organization"`,
      `its columns are "who", "day"`,
    ]);
  });

  it("do not fit where a column is there twice", () => {
    const thrown = caught(() => findColumns(map, ["who", "day", "hours", "hours", "organization"]));
    expect(reasons(thrown)[0]).toBe(`the file has the column "hours" 2 times`);
  });
});

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function reasons(thrown: unknown): readonly string[] {
  expect(thrown).toMatchObject({ extensions: { because: expect.any(Array) } });
  return (thrown as { extensions: { because: string[] } }).extensions.because; // as was just looked at
}
