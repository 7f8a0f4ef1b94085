// Logs that nobody here wrote, and the totals that their own notes state. They are not part of the product.
import { afterAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/clock.ts";
import { createAccount } from "../../src/identity/create-account.ts";
import type { Database } from "../../src/storage/database.ts";
import { importGeneric } from "../../src/timesheet/import/generic.ts";
import { parseMap, type GenericMap } from "../../src/timesheet/import/map.ts";
import { databaseFor, KINDS, sql } from "../database.ts";
import { cesaw, data, mapOf, sip, there } from "./real-data.ts";

const told: string[] = [];

async function imported(database: Database, source: string, { slug, map }: { slug: string; map: GenericMap }) {
  const known = await sql(database, "SELECT id FROM account WHERE slug = $1", [slug]);
  const timezone = "America/New_York";
  const account = { slug, name: slug, timezone, currency: "USD" };
  const id = known[0]?.[0] ?? (await database.write((transaction) => createAccount(transaction, account)));
  const before = process.memoryUsage().rss;
  let most = before;
  const onProgress = () => (most = Math.max(most, process.memoryUsage().rss));
  const report = await importGeneric({
    database,
    account: { id, timezone, currency: "USD" },
    source,
    map,
    onProgress,
    clock: systemClock,
  });
  const grown = Math.round((most - before) / 1e6);
  told.push(`${slug} on ${database.kind}: ${report.rows} rows in ${report.seconds.toFixed(1)} s, memory + ${grown} MB`);
  return report;
}

(there ? describe : describe.skip).each(KINDS)("real logs, on %s,", (kind) => {
  const database = databaseFor(kind);

  afterAll(() => void process.stderr.write(`${told.splice(0).join("\n")}\n`));

  const rows = (text: string) => sql(database(), text);
  const ofBoth = "FROM time_entry e JOIN account o ON o.id = e.account_id AND o.slug IN ('org-b', 'org-d')";
  const largest = (table: string, limit: number) =>
    rows(`SELECT x.external_id, sum(duration_seconds) / 60 ${ofBoth} JOIN ${table} x ON x.id = e.${table}_id
      GROUP BY 1 ORDER BY 2 DESC LIMIT ${limit}`);

  it("of two organisations are kept whole", async () => {
    const reports = [];
    for (const name of ["B", "D"]) {
      reports.push(await imported(database(), cesaw, { slug: `org-${name.toLowerCase()}`, map: mapOf(name) }));
    }
    expect(reports.map(({ created, leftOut, updated }) => ({ created, leftOut, updated }))).toEqual([
      { created: 32_493, leftOut: 0, updated: 0 },
      { created: 19_576, leftOut: 0, updated: 0 },
    ]);
    expect(await rows(`SELECT count(*), sum(duration_seconds) / 60 ${ofBoth}`)).toEqual([["52069", "1912086"]]);
  });

  it("add up to what is known of them, by project, person, phase and month", async () => {
    expect(await largest("project", 5)).toEqual([
      ["95", "330890"],
      ["181", "235577"],
      ["184", "189931"],
      ["101", "174672"],
      ["180", "156612"],
    ]);
    expect(await largest("member", 5)).toEqual([
      ["649", "135981"],
      ["643", "105177"],
      ["645", "97728"],
      ["647", "82162"],
      ["650", "53006"],
    ]);
    expect(await largest("activity", 3)).toEqual([
      ["Code", "239920"],
      ["Code Inspect", "158628"],
      ["Design", "129353"],
    ]);
    const months = `SELECT to_char(date, 'YYYY-MM'), sum(duration_seconds) / 60 ${ofBoth} GROUP BY 1 ORDER BY 2 DESC LIMIT 3`;
    expect(await rows(months)).toEqual([
      ["2012-10", "163559"],
      ["2012-08", "142737"],
      ["2012-09", "142373"],
    ]);
  });

  it("have the people, teams and oddities that are known of them", async () => {
    const facts = `
      SELECT count(*) FILTER (WHERE ended_at = started_at),
        count(*) FILTER (WHERE ended_at AT TIME ZONE e.timezone - started_at AT TIME ZONE e.timezone > interval '1 day'),
        count(*) FILTER (WHERE break_seconds > 0),
        count(*) FILTER (WHERE date(started_at AT TIME ZONE e.timezone) <> date(ended_at AT TIME ZONE e.timezone)),
        min(started_at AT TIME ZONE e.timezone), max(ended_at AT TIME ZONE e.timezone),
        count(DISTINCT member_id), count(DISTINCT team_id), count(DISTINCT project_id)
      ${ofBoth}`;
    expect(await rows(facts)).toEqual([
      ["201", "8", "9432", "146", "2011-08-19 08:13:00", "2014-12-19 11:30:00", "96", "4", "19"],
    ]);
    const teams = `
      SELECT t.external_id, count(DISTINCT e.member_id), count(DISTINCT e.project_id), count(DISTINCT m.member_id)
      ${ofBoth} JOIN team t ON t.id = e.team_id JOIN team_member m ON m.team_id = t.id GROUP BY 1 ORDER BY 1`;
    expect(await rows(teams)).toEqual([
      ["148", "12", "1", "12"],
      ["22", "36", "10", "36"],
      ["31", "31", "3", "31"],
      ["61", "18", "5", "18"],
    ]);
  });

  it("change nothing when they are imported again", async () => {
    const state = `SELECT sum(hashtextextended(e::text || e.xmin::text, 0)) ${ofBoth}`;
    const before = await rows(state);
    for (const [name, unchanged] of [["B", 32_493] as const, ["D", 19_576] as const]) {
      const report = await imported(database(), cesaw, { slug: `org-${name.toLowerCase()}`, map: mapOf(name) });
      expect(report).toMatchObject({ created: 0, updated: 0, unchanged, leftOut: 0 });
    }
    expect(await rows(state)).toEqual(before);
  });

  it("of tasks in Windows-1252, with hours alone, are kept whole too", async () => {
    const map = parseMap({
      columns: {
        member: "DeveloperID",
        project: "ProjectCode",
        task: "TaskNumber",
        activity: "SubCategory",
        description: "Summary",
        date: "EstimateOn",
        durationHours: "DeveloperHoursActual",
      },
      dateFormat: "dd-LLL-yy",
      encoding: "windows-1252",
      nulls: ["NA"],
      decimal: ".",
    });
    const folder = await mkdtemp(join(tmpdir(), "fieldgate-sip-"));
    const source = join(folder, "dated.csv");
    await writeFile(source, await datedTasks());
    const order = { slug: "sip", map };
    const refused = imported(database(), source, { ...order, map: { ...map, encoding: undefined } });
    await expect(refused).rejects.toMatchObject({ code: "IMPORT_ENCODING" });
    expect(await imported(database(), source, order)).toMatchObject({ created: 12_299, leftOut: 0 });
    expect(await imported(database(), source, order)).toMatchObject({ created: 0, unchanged: 12_299 });
    await rm(folder, { recursive: true });

    const ofSip = "FROM time_entry e JOIN account o ON o.id = e.account_id AND o.slug = 'sip'";
    const hours = "round(sum(duration_seconds) / 3600.0, 2)";
    const facts = `SELECT ${hours}, count(DISTINCT member_id), count(DISTINCT task_id), count(started_at) ${ofSip}`;
    expect(await rows(facts)).toEqual([["95001.98", "22", "10266", "0"]]);
    const projects = `SELECT p.name, ${hours} ${ofSip} JOIN project p ON p.id = e.project_id GROUP BY 1 ORDER BY 2 DESC LIMIT 2`;
    expect(await rows(projects)).toEqual([
      ["PC18", "26865.49"],
      ["PC2", "21667.39"],
    ]);
    expect(await rows(`SELECT count(*) ${ofSip} WHERE description ~ '[\u2018\u2019\u2013]'`)).not.toEqual([["0"]]);
    expect(await rows(`SELECT count(*) ${ofSip} WHERE description ~ '[\u0080-\u009f]'`)).toEqual([["0"]]);
  });
});

/** The days of the tasks are in a file of their own, in another order. The bytes of both stay as they are. */
async function datedTasks(): Promise<Buffer> {
  const days = new Map(
    (await linesOf(join(data, "sip/est-act-dates.csv"))).map((line) => [line.split(",")[0], line.split(",")[1]]),
  );
  const tasks = await linesOf(sip);
  return Buffer.from(tasks.map((line) => `${line},${days.get(line.split(",")[0])}\n`).join(""), "latin1");
}

const linesOf = async (path: string) => (await readFile(path, "latin1")).trimEnd().split("\n");
