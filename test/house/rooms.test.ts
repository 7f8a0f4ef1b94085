import { describe, expect, it } from "@jest/globals";
import { climbs, cycles, roomsWithoutReadme } from "./rooms.ts";
import { paths, report, source, sources } from "./source.ts";

describe("the rooms of the house", () => {
  const files = sources("src");

  it("import only downwards, and sisters never each other", () => {
    expect(report(files.flatMap(climbs))).toBe("");
  });

  it("never import in a ring", () => {
    expect(report(cycles(files))).toBe("");
  });

  it("each have a page that says what they are for", () => {
    expect(report(roomsWithoutReadme(paths("src")))).toBe("");
  });
});

describe("the ladder refuses", () => {
  it.each([
    ["the ground importing anything of ours", "src/clock.ts", `import { x } from "./config.ts";`],
    ["a room importing the room above", "src/permission/rules.ts", `import { x } from "../plan/door.ts";`],
    ["a type from above, which is a dependency too", "src/ledger/line.ts", `import type { X } from "../plan/door.ts";`],
    ["a sister", "src/timesheet/entry.ts", `import { x } from "../support/grant.ts";`],
    ["a re-export from a sister", "src/support/grant.ts", `export { x } from "../custody/hold.ts";`],
    ["a dynamic import from a sister", "src/oversight/proposal.ts", `await import("../watch/log.ts");`],
    ["a type named in place", "src/watch/log.ts", `let x: import("../ledger/line.ts").Line;`],
    ["rows in a domain room", "src/timesheet/entry.ts", `import { x } from "../storage/select.ts";`],
    ["the ledger in the timesheet", "src/timesheet/entry.ts", `import { x } from "../ledger/append.ts";`],
    ["the register of tables below the gateway", "src/custody/erasure.ts", `import { x } from "../tables.ts";`],
    ["the gateway in a room beneath", "src/identity/session.ts", `import { x } from "../gateway/http.ts";`],
    ["main imported by a command", "src/command/seed.ts", `import { x } from "../main.ts";`],
    ["tests imported by the product", "src/command/seed.ts", `import { x } from "../../test/database.ts";`],
    ["anything of ours in the console", "src/console/ask.ts", `import { x } from "../caller.ts";`],
    ["a room nobody planned", "src/stuff/thing.ts", ""],
    ["a sixth file on the ground", "src/strings.ts", ""],
  ])("%s", (_name, path, text) => {
    expect(climbs(source(path, text))).toHaveLength(1);
  });

  it.each([
    ["a room beneath", "src/plan/door.ts", `import { x } from "../permission/check.ts";`],
    ["a neighbour in the room", "src/timesheet/entry.ts", `import { x } from "./task.ts";`],
    ["a format of import its subject", "src/timesheet/import/toggl.ts", `import { x } from "../entry.ts";`],
    ["how a table is declared", "src/timesheet/entry.ts", `import { x } from "../storage/table.ts";`],
    ["the registers at the gate", "src/gateway/schema.ts", `import { x } from "../resolvers.ts";`],
    ["a package, which is another test's affair", "src/clock.ts", `import { x } from "luxon";`],
  ])("but not %s", (_name, path, text) => {
    expect(climbs(source(path, text))).toEqual([]);
  });

  it("a ring of three files", () => {
    const ring = [
      source("src/plan/a.ts", `import { b } from "./b.ts";`),
      source("src/plan/b.ts", `export * from "./c.ts";`),
      source("src/plan/c.ts", `import type { A } from "./a.ts";`),
    ];
    expect(report(cycles(ring))).toContain("src/plan/a.ts → src/plan/b.ts → src/plan/c.ts → src/plan/a.ts");
  });

  it("a room without its page", () => {
    expect(roomsWithoutReadme(["src/main.ts", "src/plan/door.ts", "src/plan/README.md"])).toEqual([]);
    expect(roomsWithoutReadme(["src/main.ts", "src/plan/door.ts"])).toHaveLength(1);
  });
});
