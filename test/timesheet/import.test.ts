import { describe, expect, it } from "@jest/globals";
import { writeFile } from "node:fs/promises";
import { parseMap } from "../../src/timesheet/import/map.ts";
import { reportText } from "../../src/timesheet/import/report.ts";
import { databaseFor, KINDS } from "../database.ts";
import { acts, columns, fileNamed, first, header, second } from "./importing.ts";

describe.each(KINDS)("an import, on %s,", (kind) => {
  const { everything, imported, newAccount, rows } = acts(databaseFor(kind));

  it("makes the people, teams, projects and the rest that its bookings name", async () => {
    const id = await newAccount();
    expect(await imported(id, [first, second])).toMatchObject({
      rows: 2,
      created: 2,
      leftOut: 0,
      made: { members: 2, teams: 1, customers: 1, projects: 1, tasks: 2, activities: 2, tags: 2 },
    });
    expect(await rows(id, ENTRIES)).toEqual([
      [
        "1",
        "ann",
        "red",
        "bridge",
        "plan",
        "acme",
        "design",
        "2024-03-04",
        "2024-03-04 08:00:00+00",
        "3600",
        "5000",
        "t",
      ],
      ["2", "bob", "red", "bridge", "build", "acme", "code", "2024-03-04", "2024-03-04 08:00:00+00", "3300", null, "f"],
    ]);
    expect(await rows(id, ROLES)).toEqual([
      ["ann", "EMPLOYEE"],
      ["bob", "EMPLOYEE"],
    ]);
    expect(await rows(id, TAGS)).toEqual([["1", "x,y"]]);
    expect(await rows(id, "SELECT lead, count(*) FROM team_member WHERE account_id = $1 GROUP BY 1")).toEqual([
      ["f", "2"],
    ]);
  });

  it("changes nothing the second time: not one row is written", async () => {
    const id = await newAccount();
    await imported(id, [first, second]);
    const before = await everything(id);
    expect(await imported(id, [second, first])).toMatchObject({ created: 0, updated: 0, unchanged: 2, leftOut: 0 });
    expect(await everything(id)).toEqual(before);
  });

  it("updates the rows that have changed, and only those", async () => {
    const id = await newAccount();
    await imported(id, [first, second]);
    const changed = second.replace(",55,", ",50,");
    expect(await imported(id, [first, changed])).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    const text =
      "SELECT external_id, duration_seconds, updated_at > created_at + interval '1 ms' FROM time_entry WHERE account_id = $1 ORDER BY 1";
    expect(await rows(id, text)).toEqual([
      ["1", "3600", "f"],
      ["2", "3000", "t"],
    ]);
  });

  it("updates a row whose tags alone have changed", async () => {
    const id = await newAccount();
    await imported(id, [first, second]);
    expect(await imported(id, [first.replace("x,y", "y,z"), second])).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await rows(id, TAGS)).toEqual([["1", "y,z"]]);
  });

  it("keeps roles, names and leads that were given since", async () => {
    const id = await newAccount();
    await imported(id, [first]);
    await rows(id, "UPDATE member_role SET role = 'MANAGER' WHERE account_id = $1");
    await rows(id, "UPDATE member SET name = 'Ann Lee' WHERE account_id = $1");
    await rows(id, "UPDATE team_member SET lead = true WHERE account_id = $1");
    const revision = await rows(id, "SELECT revision FROM account WHERE id = $1");
    await imported(id, [first]);
    expect(await rows(id, "SELECT role FROM member_role WHERE account_id = $1")).toEqual([["MANAGER"]]);
    expect(await rows(id, "SELECT name FROM member WHERE account_id = $1")).toEqual([["Ann Lee"]]);
    expect(await rows(id, "SELECT lead FROM team_member WHERE account_id = $1")).toEqual([["t"]]);
    expect(await rows(id, "SELECT revision FROM account WHERE id = $1")).toEqual(revision);
  });

  it("does not know the zone of Olympus, and tells the operator which one it was", async () => {
    const id = await newAccount();
    const before = await everything(id);
    await expect(imported(id, [first], { timezone: "Mars/Olympus" })).rejects.toMatchObject({
      code: "TIME_ZONE_UNKNOWN",
      extensions: { timezone: "Mars/Olympus" },
    });
    expect(await everything(id)).toEqual(before);
  });

  it("does not touch what the map does not speak of", async () => {
    const id = await newAccount();
    await imported(id, [first]);
    const { externalId, member, start, end, durationMinutes } = columns;
    const map = parseMap({ columns: { externalId, member, start, end, durationMinutes } });
    expect(await imported(id, [first], { map })).toMatchObject({ unchanged: 1 });
    expect(await imported(id, [first.replace(",60,", ",61,")], { map })).toMatchObject({ updated: 1 });
    expect(await rows(id, TAGS)).toEqual([["1", "x,y"]]);
    expect(await rows(id, ENTRIES)).toEqual([expect.arrayContaining(["red", "bridge", "acme", "5000", "3660"])]);
  });

  it("keeps a task with the project it was first seen under", async () => {
    const id = await newAccount();
    await imported(id, [first, second.replace("bridge,build", "tunnel,plan")]);
    const text = "SELECT t.name, p.name FROM task t JOIN project p ON p.id = t.project_id WHERE t.account_id = $1";
    expect(await rows(id, text)).toEqual([["plan", "bridge"]]);
  });

  it("gives a project its customer once one is named", async () => {
    const id = await newAccount();
    await imported(id, [first.replace(",acme,", ",,")]);
    await imported(id, [first, second.replace(",acme,", ",other,")]);
    const text = "SELECT p.name, c.name FROM project p JOIN customer c ON c.id = p.customer_id WHERE p.account_id = $1";
    expect(await rows(id, text)).toEqual([["bridge", "acme"]]);
  });

  it("tells equal rows without an id apart by how many came before", async () => {
    const id = await newAccount();
    const nameless = first.replace("1,ann", ",ann");
    expect(await imported(id, [nameless, second, nameless])).toMatchObject({ created: 3 });
    expect(await imported(id, [second, nameless, nameless, nameless])).toMatchObject({ created: 1, unchanged: 3 });
  });
});

describe.each(KINDS)("rows that cannot be kept, on %s,", (kind) => {
  const { everything, imported, newAccount } = acts(databaseFor(kind));

  const bad = [
    "3,ann",
    `${second.replace("2,bob", "4,bob")},more`,
    second.replace("2024-03-04 09", "2024-13-04 09"),
    first,
  ];

  it("are left out with line and reason, and the others are kept", async () => {
    const id = await newAccount();
    const report = await imported(id, [first, ...bad, second]);
    expect(report).toMatchObject({ rows: 6, created: 2, leftOut: 4 });
    expect(report.listed).toEqual([
      { line: 3, reason: "ROW_SHORT" },
      { line: 4, reason: "ROW_LONG" },
      { line: 5, reason: "START_UNREADABLE" },
      { line: 6, reason: "ID_REPEATED" },
    ]);
    expect(reportText(report)).toContain(
      "line 5: has a start that is not in the map's dateTimeFormat (START_UNREADABLE)",
    );
  });

  it("are told by a strict import, and nothing is written", async () => {
    const id = await newAccount();
    const before = await everything(id);
    const refused = imported(id, [first, ...bad, second], { strict: true });
    await expect(refused).rejects.toMatchObject({
      code: "IMPORT_ROWS_UNREADABLE",
      extensions: { report: { rows: 6, leftOut: 4, reasons: { ROW_SHORT: 1, ROW_LONG: 1 } } },
    });
    expect(await everything(id)).toEqual(before);
  });

  it("end the import where the bytes are not of the encoding, and nothing is written", async () => {
    const id = await newAccount();
    const before = await everything(id);
    const source = fileNamed("latin.csv");
    const many = Array.from({ length: 3_000 }, (_, at) => second.replace("2,bob", `${at},bob`));
    await writeFile(source, Buffer.from([header, ...many, first.replace("drew", "dr\u00e9w")].join("\n"), "latin1"));
    await expect(imported(id, [], { source })).rejects.toMatchObject({ code: "IMPORT_ENCODING" });
    expect(await everything(id)).toEqual(before);
  });

  it("are counted by reason when they are too many to list", async () => {
    const id = await newAccount();
    const report = await imported(
      id,
      Array.from({ length: 150 }, () => "short"),
    );
    expect(report).toMatchObject({ leftOut: 150, reasons: { ROW_SHORT: 150 } });
    expect(report.listed).toHaveLength(100);
    expect(reportText(report)).toContain("and 50 more, by reason:\n  ROW_SHORT 150");
  });

  it("are none of a file with nothing but a header, and a file without one is refused", async () => {
    const id = await newAccount();
    expect(await imported(id, [])).toMatchObject({ rows: 0, created: 0 });
    const source = fileNamed("empty.csv");
    await writeFile(source, "");
    await expect(imported(id, [], { source })).rejects.toMatchObject({ code: "IMPORT_FILE_UNREADABLE" });
  });
});

describe("two imports at once", () => {
  const { imported, newAccount, rows } = acts(databaseFor("postgresql"));

  it("of the same bookings in another order make them once", async () => {
    const id = await newAccount();
    const lines = Array.from({ length: 2_500 }, (_, at) => second.replace("2,bob", `${at},person ${at % 40}`));
    const reports = await Promise.all([imported(id, lines), imported(id, lines.toReversed()), imported(id, lines)]);
    expect(reports.map(({ created }) => created).toSorted((one, other) => one - other)).toEqual([0, 0, 2_500]);
    expect(await rows(id, "SELECT count(*) FROM time_entry WHERE account_id = $1")).toEqual([["2500"]]);
  });
});

const ENTRIES = `
  SELECT e.external_id, m.name, t.name, p.name, k.name, c.name, a.name, e.date, e.started_at, e.duration_seconds,
    e.billable_rate_minor, e.billable
  FROM time_entry e JOIN member m ON m.id = e.member_id JOIN team t ON t.id = e.team_id
    JOIN project p ON p.id = e.project_id JOIN task k ON k.id = e.task_id JOIN customer c ON c.id = p.customer_id
    JOIN activity a ON a.id = e.activity_id
  WHERE e.account_id = $1 ORDER BY 1`;
const ROLES = `
  SELECT m.external_id, r.role FROM member m JOIN member_role r ON r.member_id = m.id WHERE m.account_id = $1 ORDER BY 1`;
const TAGS = `
  SELECT e.external_id, string_agg(g.name, ',' ORDER BY g.name)
  FROM time_entry_tag j JOIN tag g ON g.id = j.tag_id JOIN time_entry e ON e.id = j.time_entry_id
  WHERE j.account_id = $1 GROUP BY 1 ORDER BY 1`;
