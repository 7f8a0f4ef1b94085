import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asksTheTime, packagesWithoutDoor, readsEnvironment, wrongDoors } from "./doors.ts";
import { report, source, sources, top } from "./source.ts";

describe("the doors of the house", () => {
  const files = sources("src", "schema", "seeds");

  it("let each package in at one place", () => {
    expect(report(files.flatMap(wrongDoors))).toBe("");
  });

  it("are written down for every package we depend on", () => {
    const { dependencies } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
    expect(packagesWithoutDoor(Object.keys(dependencies))).toEqual([]);
  });

  it("let the environment in at config.ts", () => {
    expect(report(files.flatMap(readsEnvironment))).toBe("");
  });

  it("let the time in at clock.ts", () => {
    expect(report(files.flatMap(asksTheTime))).toBe("");
  });
});

describe("the doors refuse", () => {
  it.each([
    ["CASL beside its door", wrongDoors, "src/permission/compile.ts", `import { x } from "@casl/ability";`],
    ["a deeper path of a package", wrongDoors, "src/gateway/http.ts", `import { x } from "@apollo/server/plugin/y";`],
    ["a type of a package", wrongDoors, "src/watch/log.ts", `import type { X } from "fastify";`],
    ["the ORM in a domain room", wrongDoors, "src/timesheet/entry.ts", `import { x } from "@mikro-orm/core";`],
    ["cryptography in the wrong room", wrongDoors, "src/gateway/http.ts", `import { x } from "node:crypto";`],
    ["a package loaded later", wrongDoors, "src/main.ts", `await import("commander");`],
    ["a package nobody gave a door", wrongDoors, "src/plan/page.ts", `import x from "left-pad";`],
    ["a test tool in the product", wrongDoors, "src/plan/page.ts", `import x from "fast-check";`],
    ["the environment", readsEnvironment, "src/main.ts", "process.env.PORT;"],
    ["the environment in brackets", readsEnvironment, "src/main.ts", `process["env"];`],
    ["the environment by another name", readsEnvironment, "src/main.ts", "const { env } = process;"],
    ["the environment imported", readsEnvironment, "src/main.ts", `import { env } from "node:process";`],
    ["the time", asksTheTime, "src/ledger/line.ts", "Date.now();"],
    ["the time as a function", asksTheTime, "src/ledger/line.ts", "const now = Date.now;"],
    ["the time as a date", asksTheTime, "src/ledger/line.ts", "new Date();"],
    ["the time as a date without brackets", asksTheTime, "src/ledger/line.ts", "new Date;"],
    ["the time as words", asksTheTime, "src/ledger/line.ts", "Date();"],
    ["the time from luxon", asksTheTime, "src/timesheet/period.ts", "DateTime.now();"],
  ])("%s", (_name, check, path, text) => {
    expect(check(source(path, text))).toHaveLength(1);
  });

  it("a dependency without a row", () => {
    expect(packagesWithoutDoor(["pg", "left-pad"])).toEqual(["left-pad"]);
  });
});

describe("the doors let in", () => {
  it.each([
    ["CASL at its door", wrongDoors, "src/permission/ability.ts", `import { x } from "@casl/ability";`],
    [
      "type-graphql at a resolver",
      wrongDoors,
      "src/permission/settings-resolver.ts",
      `import { x } from "type-graphql";`,
    ],
    [
      "what a migration is",
      wrongDoors,
      "schema/migrations/0001-accounts.ts",
      `import { x } from "@mikro-orm/migrations";`,
    ],
    ["what Node brings", wrongDoors, "src/watch/log.ts", `import { x } from "node:stream";`],
    ["the environment at config.ts", readsEnvironment, "src/config.ts", "process.env.PORT;"],
    ["what else a process has", readsEnvironment, "src/main.ts", "process.exit(1);"],
    ["the time at clock.ts", asksTheTime, "src/clock.ts", "Date.now();"],
    ["a date from a number", asksTheTime, "src/ledger/line.ts", "new Date(0);"],
    ["our own clock", asksTheTime, "src/ledger/line.ts", "clock.now();"],
  ])("%s", (_name, check, path, text) => {
    expect(check(source(path, text))).toEqual([]);
  });
});
