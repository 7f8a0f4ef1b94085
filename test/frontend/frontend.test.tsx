// A frontend on the real server: what the gate denies stands in its place on the page, with the reason, beside the rest.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { openPage, type Page } from "./browser.ts";
import type { ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { setTimeout as sleep } from "node:timers/promises";
import { seedSmall } from "../../seeds/seeding.ts";
import { databaseFor, sql } from "../database.ts";
import { serveOn, type Served } from "../gateway/serving.ts";
import { Application } from "./application.tsx";
import { connect } from "./client.ts";
import { switchToggle } from "./frontend.documents.ts";
import { Revision } from "./revision.ts";
import { Timesheet } from "./timesheet.tsx";

const [ADMIN, MANAGER, EMPLOYEE] = ["m01", "m03", "m04"];
const OFF = "switched off by your administrator";
const database = databaseFor("pglite");
let served: Served;
const closing: (() => void)[] = [];

beforeAll(async () => {
  await seedSmall(database());
  served = await serveOn(database());
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
afterAll(() => served.server.stop(1000));

const tokenOf = (member = ""): Promise<string> =>
  served.token({ kind: "accounts", accounts: [{ account: "harbour", member }] });

async function open(member: string | undefined, page: ReactElement): Promise<Page> {
  const opened = openPage();
  const root = createRoot(opened.root);
  closing.push(() => root.unmount());
  root.render(
    <Application address={served.address} token={await tokenOf(member)}>
      {page}
    </Application>,
  );
  await until(() => opened.alert() !== undefined || opened.list("Entries").length > 0);
  return opened;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 3000; tries += 1) {
    if (holds()) return;
    await sleep(10);
  }
  throw new Error("the page never came to show it");
}

async function asAdmin(coordinate: string, enabled: boolean): Promise<void> {
  const client = connect({ address: served.address, token: await tokenOf(ADMIN), revision: new Revision() });
  const { data, error } = await client.mutate({ mutation: switchToggle, variables: { coordinate, enabled } });
  client.stop();
  if (error !== undefined || data?.setToggles.userErrors.length !== 0) throw new Error("the toggle was not set");
}

describe("the page", () => {
  it("shows an admin all, and no excuses", async () => {
    const page = await open(ADMIN, <Timesheet />);
    expect(page.list("Entries")).toContain("2026-03-25: 7.25 h at 58.00 GBP");
    expect(page.list("Entries")).toContain("2026-03-27: 0 h at –");
    expect(page.list("People")).toHaveLength(5);
    for (const person of page.list("People")) expect(person).toContain("@harbour.example");
  });

  it.each([
    ["an employee", EMPLOYEE, "2026-03-17: 3.5 h at not for your role"],
    ["a manager", MANAGER, "2026-03-25: 7.25 h at not for your role"],
  ])("says to %s that a field is not for their role, beside the data that is", async (_who, member, line) => {
    const page = await open(member, <Timesheet />);
    expect(page.list("Entries")).toContain(line);
    for (const entry of page.list("Entries")) expect(entry).toContain("not for your role");
  });

  it("puts a lock where a field shows on other rows only", async () => {
    const page = await open(EMPLOYEE, <Timesheet />);
    const people = page.list("People");
    expect(people).toContain("Aisha Rahman: aisha.rahman@harbour.example");
    expect(people.filter((person) => person.endsWith(": 🔒"))).toHaveLength(people.length - 1);
    expect(people.length).toBeGreaterThan(1);
  });

  it("puts no lock where nobody filled it in", async () => {
    const written = "select id, email from member where external_id = 'm04' and email like '%harbour%'";
    const [[id = "", email = ""] = []] = await sql(database(), written);
    await sql(database(), "update member set email = null where id = $1", [id]);
    const people = (await open(EMPLOYEE, <Timesheet />)).list("People");
    await sql(database(), "update member set email = $2 where id = $1", [id, email]);
    expect(people).toContain("Aisha Rahman: –");
    expect(people.filter((person) => person.endsWith(": 🔒"))).toHaveLength(people.length - 1);
  });

  it("says why something cannot be asked for, before it is asked", async () => {
    const [own, others] = [await open(ADMIN, <Timesheet />), await open(EMPLOYEE, <Timesheet />)];
    expect(own.buttons()).toEqual(["Reload", "Dearest first"]);
    expect(others.buttons()).toEqual(["Reload", "Dearest first: not for your role"]);
  });
});

describe("a field that an admin switches off", () => {
  it("goes from a page that stands open, with the reason, and comes back", async () => {
    const page = await open(EMPLOYEE, <Timesheet />);
    expect(page.list("Entries")[0]).toContain(" h at ");
    await asAdmin("TimeEntry.durationSeconds", false);
    page.press("Reload");
    await until(() => page.list("Entries").includes(`2026-03-17: ${OFF} at not for your role`));
    expect(page.list("People")).toContain("Aisha Rahman: aisha.rahman@harbour.example");
    await asAdmin("TimeEntry.durationSeconds", true);
    page.press("Reload");
    await until(() => page.list("Entries").includes("2026-03-17: 3.5 h at not for your role"));
    expect(page.text()).not.toContain(OFF);
  });

  it("is no longer offered to order by, as soon as any answer tells of the new revision, and then again", async () => {
    const page = await open(ADMIN, <Timesheet />);
    expect(page.buttons()).toContain("Dearest first");
    await asAdmin("TimeEntry.costRate", false);
    page.press("Reload");
    await until(() => page.buttons().includes(`Dearest first: ${OFF}`));
    await asAdmin("TimeEntry.costRate", true);
    page.press("Reload");
    await until(() => page.buttons().includes("Dearest first"));
    page.press("Dearest first");
    await until(() => page.list("Entries")[0] === "2026-03-25: 7.25 h at 58.00 GBP");
  });

  it("is refused, and said why, to whom it was offered before it was off", async () => {
    const page = await open(ADMIN, <Timesheet />);
    await asAdmin("TimeEntry.costRate", false);
    page.press("Dearest first");
    await until(() => page.alert() !== undefined);
    expect(page.alert()).toContain(`TimeEntryOrderField.COST_RATE ${OFF}`);
    expect(page.text()).not.toContain("2026-03");
    await asAdmin("TimeEntry.costRate", true);
  });

  it("is off for the admin too, on the next page that is opened", async () => {
    await asAdmin("TimeEntry.costRate", false);
    const page = await open(ADMIN, <Timesheet />);
    for (const entry of page.list("Entries")) expect(entry).toContain(`h at ${OFF}`);
    await asAdmin("TimeEntry.costRate", true);
    expect((await open(ADMIN, <Timesheet />)).list("Entries")).toContain("2026-03-25: 7.25 h at 58.00 GBP");
  });
});

describe("a page that must be whole", () => {
  it("is an error that names what is missing and why, and shows no row", async () => {
    const page = await open(EMPLOYEE, <Timesheet whole />);
    expect(page.alert()).toContain("TimeEntry.costRate not for your role");
    expect(page.list("Entries")).toEqual([]);
    expect(page.text()).not.toContain("2026-03");
  });

  it("is shown to who may see all of it", async () => {
    const page = await open(ADMIN, <Timesheet whole />);
    expect(page.alert()).toBeUndefined();
    expect(page.list("Entries")).toContain("2026-03-25: 7.25 h at 58.00 GBP");
  });
});

it("an application whose token is not believed shows that, and no page", async () => {
  const opened = openPage();
  const root = createRoot(opened.root);
  closing.push(() => root.unmount());
  root.render(
    <Application address={served.address} token="a.b.c">
      <Timesheet />
    </Application>,
  );
  await until(() => opened.alert() !== undefined);
  expect(opened.alert()).toContain("You cannot be signed in");
});
