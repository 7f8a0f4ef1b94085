// What the scalars take, how they write it, and that what they refuse is never repeated.
import { describe, expect, it } from "@jest/globals";
import { GraphQLError, parseValue as parseLiteral, type GraphQLScalarType } from "graphql";
import {
  Coordinate,
  DateTime,
  LocalDate,
  PackedRule,
  SafeInt,
  scalars,
  TimeZone,
} from "../../src/permission/scalar.ts";

describe("an instant", () => {
  it.each([
    ["2024-03-31T00:30:00Z", "2024-03-31T00:30:00.000Z"],
    ["2024-03-31T02:30:00+02:00", "2024-03-31T00:30:00.000Z"],
    ["2024-03-30T18:30:00.5-06:00", "2024-03-31T00:30:00.500Z"],
    ["2024-02-29T23:59:59.123456789Z", "2024-02-29T23:59:59.123Z"],
    ["2024-03-31t00:30:00z", "2024-03-31T00:30:00.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ])("%s is written %s", (given, written) => {
    expect(DateTime.parseValue(given)).toBe(written);
    expect(DateTime.parseLiteral(parseLiteral(JSON.stringify(given)))).toBe(written);
    expect(DateTime.serialize(given)).toBe(written);
  });

  it("from the database is written in UTC with milliseconds", () => {
    expect(DateTime.serialize(new Date(Date.UTC(2024, 2, 31, 0, 30)))).toBe("2024-03-31T00:30:00.000Z");
  });
});

describe("an integer", () => {
  it.each([0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])("%d goes in and comes out", (value) => {
    expect(SafeInt.parseValue(value)).toBe(value);
    expect(SafeInt.parseLiteral(parseLiteral(String(value)))).toBe(value);
    expect(SafeInt.serialize(value)).toBe(value);
  });

  it("comes out of the database's text and of a bigint", () => {
    expect(SafeInt.serialize("-9007199254740991")).toBe(Number.MIN_SAFE_INTEGER);
    expect(SafeInt.serialize(12n)).toBe(12);
    expect(() => SafeInt.serialize("9007199254740993")).toThrow("SafeInt");
  });

  it("below nothing is nothing", () => {
    expect(Object.is(SafeInt.parseValue(-0), 0)).toBe(true);
  });
});

it.each([
  [LocalDate, "2024-02-29"],
  [TimeZone, "Europe/Berlin"],
  [TimeZone, "Etc/GMT+1"],
  [TimeZone, "UTC"],
  [Coordinate, "TimeEntry.costRate"],
  [Coordinate, "Query.timeEntries(orderBy:)"],
])("a %s can be %s", (scalar, value) => {
  expect(scalar.parseValue(value)).toBe(value);
  expect(scalar.parseLiteral(parseLiteral(JSON.stringify(value)))).toBe(value);
  expect(scalar.serialize(value)).toBe(value);
});

it("a packed rule is only ever an answer", () => {
  expect(PackedRule.serialize(["read", "TimeEntry"])).toEqual(["read", "TimeEntry"]);
  expect(() => PackedRule.parseValue(["read", "TimeEntry"])).toThrow(GraphQLError);
});

const wrong: readonly (readonly [GraphQLScalarType, unknown])[] = [
  [DateTime, "2023-06-30T01:02:03"],
  [DateTime, "2024-03-31 00:30:00Z"],
  [DateTime, "2024-02-30T00:00:00Z"],
  [DateTime, "2023-02-29T00:00:00Z"],
  [DateTime, "2024-03-31T24:00:00Z"],
  [DateTime, "2024-03-31T00:00:60Z"],
  [DateTime, "2024-03-31T00:00:00+24:00"],
  [DateTime, "0000-01-01T00:00:00Z"],
  [DateTime, "0001-01-01T00:00:00+01:00"],
  [DateTime, "9999-12-31T23:59:59-01:00"],
  [DateTime, "+12024-03-31T00:00:00Z"],
  [DateTime, 1711845000],
  [LocalDate, "2024-02-30"],
  [LocalDate, "2024-2-3"],
  [LocalDate, "2024-02-03T00:00:00Z"],
  [LocalDate, "0000-02-03"],
  [LocalDate, 20240203],
  [TimeZone, "Mars/Olympus"],
  [TimeZone, "+02:00"],
  [TimeZone, ""],
  [TimeZone, "Europe/Berlin'; drop"],
  [Coordinate, "TimeEntry.cost rate"],
  [Coordinate, "Member."],
  [SafeInt, 9007199254740992],
  [SafeInt, 12.5],
  [SafeInt, "1234567"],
  [SafeInt, Number.NaN],
];

it.each(wrong)("a %s cannot be %p, and the refusal does not repeat it", (scalar, value) => {
  const literal = typeof value === "string" ? JSON.stringify(value) : String(value);
  for (const attempt of [() => scalar.parseValue(value), () => scalar.parseLiteral(parseLiteral(literal))]) {
    const failure = failureOf(attempt);
    // graphql-js prints the value beside any error that is not its own.
    expect(failure).toBeInstanceOf(GraphQLError);
    expect(failure.message.includes(String(value) || "nothing")).toBe(false);
  }
});

it("no scalar takes an object, a list or a boolean", () => {
  for (const scalar of scalars) {
    for (const value of [{}, [], true]) expect(() => scalar.parseValue(value)).toThrow(GraphQLError);
    for (const value of ["{}", "[]", "true"])
      expect(() => scalar.parseLiteral(parseLiteral(value))).toThrow(GraphQLError);
  }
});

function failureOf(attempt: () => unknown): Error {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was refused");
}
