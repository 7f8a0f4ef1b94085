import { describe, expect, it } from "@jest/globals";
import { demoRows } from "../../seeds/demo.ts";
import { tables } from "../../src/tables.ts";
import { accounts, entries, find, grouped, of, rows, values } from "./demo-year.ts";
import { digestOf } from "./dump.ts";

/** What the database says of an account where nobody has. */
const BY_ITSELF = ["account_id", "denied_as", "on_denied", "waiting_from"];

describe("the demo's rows", () => {
  it("are the same to the byte each time, on every machine", () => {
    expect(digestOf(demoRows())).toBe(digestOf(rows));
    // Pinned: another digest means that the demo has changed, and everybody's screenshots with it.
    expect(digestOf(rows)).toBe("kNa6PEOzJdJ9Am1c0sjD1XVkyzlqi4VzZ2xyiKwq5FI");
  });

  it("have the columns that their tables declare, and no others", () => {
    const wrong = tables.flatMap(({ name, columns }) => {
      const declared = Object.keys(columns).filter((column) => name !== "account" || !BY_ITSELF.includes(column));
      return of(name).filter((row) => Object.keys(row).toSorted().join() !== declared.toSorted().join());
    });
    expect(wrong).toEqual([]);
  });

  it("point only at rows that are there, in the same account", () => {
    const wrong = tables.flatMap(({ name, columns }) =>
      Object.entries(columns).flatMap(([column, { references }]) =>
        references === undefined
          ? []
          : of(name).filter((row) => row[column] !== null && find(row[column])["account_id"] !== row["account_id"]),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("have ids of version 7, each once, in the order in which the rows were made", () => {
    const ids = tables.flatMap(({ name }) => of(name).flatMap((row) => row["id"] ?? []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^\w{8}-\w{4}-7\w{3}-[89ab]\w{3}-\w{12}$/.test(String(id)))).toEqual([]);
    const made = entries.toSorted((one, other) => (String(one["id"]) < String(other["id"]) ? -1 : 1));
    const instants = made.map((row) => String(row["created_at"]));
    expect(instants).toEqual(instants.toSorted());
  });
});

describe("the demo's people", () => {
  it("are thirty in each account, called m01 to m30, each with an address of its own", () => {
    const wanted = Array.from({ length: 30 }, (_, at) => `m${String(at + 1).padStart(2, "0")}`);
    for (const account of accounts) {
      const people = of("member").filter((row) => row["account_id"] === account);
      expect(values(people, "external_id")).toEqual(wanted);
      expect(values(people, "email")).toHaveLength(30);
      expect(values(people, "email").filter((email) => !/^[a-z]+(\.[a-z]+)+@\w+\.example$/.test(email))).toEqual([]);
    }
  });

  it.each([
    ["ADMIN", 1, 2],
    ["FINANCE", 1, 2],
    ["MANAGER", 4, 5],
    ["EMPLOYEE", 20, 24],
  ])("with the role %s are %d to %d in each account", (role, least, most) => {
    for (const account of accounts) {
      const found = of("member_role").filter((row) => row["account_id"] === account && row["role"] === role);
      expect(found.length).toBeGreaterThanOrEqual(least);
      expect(found.length).toBeLessThanOrEqual(most);
    }
  });

  it("have one role each, but for one person of each account who has two", () => {
    const counts = [...grouped(of("member_role"), (row) => String(row["member_id"])).values()].map(
      (found) => found.length,
    );
    expect(counts.length).toBe(of("member").length);
    expect(counts.toSorted((one, other) => one - other).slice(-3)).toEqual([1, 2, 2]);
  });

  it("are led in every team by somebody who is a MANAGER, and every MANAGER leads a team", () => {
    const leads = of("team_member").filter((row) => row["lead"] === true);
    const managers = of("member_role").filter((row) => row["role"] === "MANAGER");
    expect(values(leads, "team_id")).toEqual(values(of("team"), "id"));
    expect(values(leads, "member_id")).toEqual(values(managers, "member_id"));
  });

  it("book also under a second team, so that a lead sees only a part of what they did", () => {
    const led = grouped(entries, (row) => String(row["member_id"]));
    const split = [...led.values()].filter((found) => values(found, "team_id").length > 1);
    expect(split.length).toBeGreaterThanOrEqual(6);
  });
});
