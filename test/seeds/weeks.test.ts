import { describe, expect, it } from "@jest/globals";
import { weekday } from "../../seeds/calendar.ts";
import type { SeedRow } from "../../seeds/rows.ts";
import { ENTRY_STATUSES } from "../../src/timesheet/entry.ts";
import { TIMESHEET_STATUSES } from "../../src/timesheet/sheet.ts";
import { accounts, entries, find, grouped, of, share, values } from "./demo-year.ts";

const decided = (row: SeedRow): boolean => row["status"] === "APPROVED" || row["status"] === "REJECTED";

const project = (row: SeedRow): SeedRow => find(row["project_id"]);

/** Where an entry has its rate from. */
const sourceOf = (row: SeedRow): string => {
  const rate = row["billable_rate_minor"];
  if (rate === project(row)["billable_rate_minor"]) return "project";
  if (rate === find(project(row)["customer_id"])["billable_rate_minor"]) return "customer";
  return rate === find(row["member_id"])["billable_rate_minor"] ? "person" : "entry";
};

const some = (table: string, test: (row: SeedRow) => boolean): boolean => of(table).some(test);

describe("the demo's weeks", () => {
  const sheets = of("timesheet");

  it("hold only entries of their member and of their days", () => {
    const wrong = entries.filter((row) => {
      if (row["timesheet_id"] === null) return false;
      const sheet = find(row["timesheet_id"]);
      const date = String(row["date"]);
      const inside = String(sheet["period_start"]) <= date && date <= String(sheet["period_end"]);
      return sheet["member_id"] !== row["member_id"] || !inside;
    });
    expect(wrong).toEqual([]);
    expect(
      values(
        entries.filter((row) => row["timesheet_id"] !== null),
        "timesheet_id",
      ),
    ).toEqual(values(sheets, "id"));
    expect(sheets.filter((row) => weekday(String(row["period_start"])) !== 1)).toEqual([]);
  });

  it("are in every state in each account, the older ones agreed", () => {
    for (const account of accounts) {
      const found = sheets.filter((row) => row["account_id"] === account);
      expect(values(found, "status")).toEqual(TIMESHEET_STATUSES.toSorted());
      const older = found.filter((row) => String(row["period_end"]) < "2026-09-01");
      expect(values(older, "status")).toEqual(["APPROVED"]);
    }
  });

  it("are handed in and decided exactly when their state says so, by somebody else, and sent back with words", () => {
    expect(sheets.filter((row) => (row["submitted_at"] === null) !== (row["status"] === "OPEN"))).toEqual([]);
    expect(sheets.filter((row) => (row["decided_by_id"] !== null) !== decided(row))).toEqual([]);
    expect(sheets.filter((row) => (row["decided_at"] !== null) !== decided(row))).toEqual([]);
    expect(sheets.filter((row) => row["decided_by_id"] === row["member_id"])).toEqual([]);
    expect(sheets.filter((row) => row["status"] === "REJECTED" && row["comment"] === null)).toEqual([]);
    expect(sheets.filter((row) => row["comment"] !== null && !decided(row))).toEqual([]);
    expect(sheets.filter((row) => decided(row) && String(row["decided_at"]) < String(row["submitted_at"]))).toEqual([]);
  });

  it("give their entries their state; what is agreed and billable goes on an invoice", () => {
    const wrong = entries.filter((row) => {
      if (row["timesheet_id"] === null) return false;
      const { status } = { status: find(row["timesheet_id"])["status"] };
      return row["status"] === "INVOICED"
        ? status !== "APPROVED" || row["billable"] !== true
        : row["status"] !== status;
    });
    expect(wrong).toEqual([]);
    for (const account of accounts) {
      const own = (found: readonly SeedRow[]): SeedRow[] => found.filter((row) => row["account_id"] === account);
      expect(values(own(entries), "status")).toEqual(ENTRY_STATUSES.toSorted());
      expect(values(own(of("expense")), "status")).toEqual(ENTRY_STATUSES.toSorted());
    }
  });
});

describe("the demo's money and words", () => {
  it("sell hours at rates of the project, the customer, the person and the entry, in three currencies", () => {
    expect(values(entries, "billable_rate_currency")).toEqual(["EUR", "GBP", "USD", "null"]);
    const paid = entries.filter((row) => row["billable_rate_minor"] !== null);
    const counts = grouped(paid, sourceOf);
    for (const source of ["project", "customer", "person", "entry"]) {
      expect((counts.get(source)?.length ?? 0) / paid.length).toBeGreaterThan(0.02);
    }
  });

  it("leave out each sum somewhere: a budget, a rate, a cost, a salary; and keep the rate of work done for nothing", () => {
    expect(some("project", (row) => row["budget_minor"] === null)).toBe(true);
    expect(some("member", (row) => row["cost_rate_minor"] === null)).toBe(true);
    expect(some("member", (row) => row["salary_minor"] === null)).toBe(true);
    expect(some("time_entry", (row) => row["billable"] === true && row["billable_rate_minor"] === null)).toBe(true);
    expect(some("time_entry", (row) => row["billable"] === false && row["billable_rate_minor"] !== null)).toBe(true);
  });

  it("are spent mostly within budgets, in a few projects beyond them", () => {
    const used = of("project").flatMap((project) => {
      const found = entries.filter((row) => row["project_id"] === project["id"] && row["billable"] === true);
      const cost = found.reduce(
        (all, row) => all + (Number(row["duration_seconds"]) * Number(row["billable_rate_minor"])) / 3600,
        0,
      );
      return project["budget_minor"] === null || cost === 0 ? [] : [cost / Number(project["budget_minor"])];
    });
    expect(Math.max(...used)).toBeLessThan(1.5);
    expect(used.filter((part) => part > 1).length).toBeGreaterThan(2);
    expect(used.filter((part) => part < 1).length).toBeGreaterThan(20);
  });

  it("say what was done in many different words, none of them left half written", () => {
    const texts = values(entries, "description");
    expect(texts.length).toBeGreaterThan(500);
    expect(texts.filter((text) => /[{}]|undefined|lorem/i.test(text))).toEqual([]);
    expect(share((row) => row["internal_note"] !== null)).toBeGreaterThan(0.02);
    expect(share((row) => row["description"] === null)).toBeGreaterThan(0.02);
  });

  it("are on projects that run, by people who are on them", () => {
    const onProject = new Set(
      of("project_member").map((row) => `${String(row["project_id"])} ${String(row["member_id"])}`),
    );
    const strangers = entries.filter(
      (row) => row["project_id"] !== null && !onProject.has(`${String(row["project_id"])} ${String(row["member_id"])}`),
    );
    expect(strangers).toEqual([]);
    const archived = entries.filter((row) => find(row["project_id"])["archived"] === true);
    expect(archived.length).toBeGreaterThan(100);
    expect(archived.filter((row) => String(row["date"]) > "2026-06-30")).toEqual([]);
    expect(
      entries.filter((row) => row["task_id"] !== null && find(row["task_id"])["project_id"] !== row["project_id"]),
    ).toEqual([]);
  });
});
