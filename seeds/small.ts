/** Two accounts, six people, one of each thing: where every hand-written test begins. */
import { together, type SeedRow, type SeedRows } from "./rows.ts";
import { rowsOf } from "./small-rows.ts";

export const smallRows = (): SeedRows => together([harbour(), kestrel()]);

function harbour(): SeedRows {
  const on = rowsOf("harbour", "GBP");
  const { joins } = on;
  return {
    account: [on.account({ name: "Harbour Consulting", timezone: "Europe/London" })],
    ...harbourPeople(),
    ...on.plans("Medway Port Authority", "Berth booking"),
    project_member: [
      joins({ project: "p01", member: "m03" }),
      joins({ project: "p01", member: "m04" }),
      joins({ project: "p02", member: "m05" }),
    ],
    activity: [on.named("activity", "a1", "Development")],
    tag: [on.tag],
    timesheet: [
      on.sheet({ name: "s1", member: "m04", monday: "16", status: "APPROVED", by: "m03", comment: "Clear as ever." }),
      on.sheet({ name: "s2", member: "m04", monday: "23", status: "OPEN" }),
      on.sheet({ name: "s3", member: "m03", monday: "23", status: "SUBMITTED" }),
      on.sheet({
        name: "s4",
        member: "m05",
        monday: "23",
        status: "REJECTED",
        by: "m01",
        comment: "On what was this?",
      }),
    ],
    time_entry: harbourEntries(),
    time_entry_tag: [joins({ time_entry: "e01", tag: "urgent" })],
    expense: [
      on.expense({ name: "x1", member: "m04", project: "p01", description: "Train to Medway and back", amount: 42.5 }),
      on.expense({ name: "x2", member: "m05", project: null, description: "Two books on type", amount: 61.25 }),
    ],
  };
}

/** m04 is in both teams, and so is led by two. */
function harbourPeople(): SeedRows {
  const { member, role, joins, named } = rowsOf("harbour", "GBP");
  const people = { timezone: "Europe/London", weekly_hours: 37.5 };
  return {
    member: [
      member({ ...people, name: "m01 Margaret Oyelaran", manager: null, rate: 195, cost: null, salary: 148000 }),
      member({ ...people, name: "m02 Priya Raghunathan", manager: "m01", rate: null, cost: 38.5, salary: 61500 }),
      member({ ...people, name: "m03 Daniel Achterberg", manager: "m01", rate: 150, cost: 58, salary: 98500 }),
      member({ ...people, name: "m04 Aisha Rahman", manager: "m03", rate: 115, cost: 43.5, salary: 70500 }),
      member({ ...people, name: "m05 Sofia Marchetti", manager: "m01", rate: 135, cost: 52, salary: 88000 }),
    ],
    member_role: [
      role("m01", "ADMIN"),
      role("m02", "FINANCE"),
      role("m03", "MANAGER"),
      role("m04", "EMPLOYEE"),
      role("m05", "MANAGER"),
    ],
    team: [named("team", "t1", "Platform"), named("team", "t2", "Design")],
    team_member: [
      { ...joins({ team: "t1", member: "m03" }), lead: true },
      { ...joins({ team: "t1", member: "m04" }), lead: false },
      { ...joins({ team: "t2", member: "m04" }), lead: false },
      { ...joins({ team: "t2", member: "m05" }), lead: true },
    ],
  };
}

/** In e02 a member books under the team of another lead; e05 is over midnight; e06 runs; e07 spans the change of clocks. */
function harbourEntries(): readonly SeedRow[] {
  const { entry } = rowsOf("harbour", "GBP");
  const aisha = { member: "m04", project: "p01", rate: 120, cost: 43.5 };
  return [
    entry("e01 INVOICED 2026-03-17T09:00 210", { ...aisha, team: "t1", sheet: "s1", note: "Took twice the estimate." }),
    entry("e02 APPROVED 2026-03-18T13:00 90", { ...aisha, team: "t2", sheet: "s1", note: "Our own mistake." }),
    { ...entry("e03 OPEN 2026-03-24 150", { ...aisha, team: "t1", sheet: "s2" }), billable: false },
    entry("e04 SUBMITTED 2026-03-25T08:30 435 30", { ...aisha, member: "m03", team: "t1", cost: 58, sheet: "s3" }),
    entry("e05 REJECTED 2026-03-26T22:00 180", { member: "m05", team: "t2", project: "p02", cost: 52, sheet: "s4" }),
    { ...entry("e06 OPEN 2026-03-27T09:00 0", { member: "m01" }), ended_at: null, description: "Board papers" },
    { ...entry("e07 OPEN 2026-03-29T00:30 180", { ...aisha, team: "t1", sheet: "s2" }), description: null },
  ];
}

function kestrel(): SeedRows {
  const on = rowsOf("kestrel", "USD");
  const zone = "America/New_York";
  const { member, joins } = on;
  const entry = on.entry("e01 OPEN 2026-03-24T13:00 240", {
    member: "m01",
    team: "t1",
    project: "p01",
    rate: 160,
    cost: 80,
    sheet: "s1",
    note: "Quoted at three hours.",
  });
  const denise = { name: "m01 Denise Whitaker", manager: null, rate: 240, cost: 80, salary: 210000 };
  return {
    account: [on.account({ name: "Kestrel Analytics", timezone: zone })],
    member: [member({ ...denise, timezone: zone, weekly_hours: 40 })],
    member_role: [on.role("m01", "ADMIN"), on.role("m01", "MANAGER")],
    team: [on.named("team", "t1", "Forecasting")],
    team_member: [{ ...joins({ team: "t1", member: "m01" }), lead: true }],
    ...on.plans("Hudson Valley Growers", "Orchard frost model"),
    project_member: [joins({ project: "p01", member: "m01" })],
    activity: [on.named("activity", "a1", "Analysis")],
    tag: [on.tag],
    timesheet: [on.sheet({ name: "s1", member: "m01", monday: "23", status: "OPEN" })],
    time_entry: [{ ...entry, timezone: zone }],
    time_entry_tag: [joins({ time_entry: "e01", tag: "urgent" })],
    expense: [on.expense({ name: "x1", member: "m01", project: "p01", description: "Frost probe", amount: 89.9 })],
  };
}
