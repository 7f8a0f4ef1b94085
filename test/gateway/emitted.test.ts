// What is emitted is committed and compared: whoever changes what can be seen shows it in the difference.
import { expect, it } from "@jest/globals";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emitSchema } from "../../src/command/emit.ts";
import { emittedTexts, writeToggles } from "../../src/gateway/emitted.ts";
import { writeInferences } from "../../src/gateway/inferred.ts";
import { buildGatewaySchema } from "../../src/gateway/schema.ts";
import { buildCatalogue } from "../../src/permission/catalogue.ts";
import { declared, scalar } from "../../src/permission/declare.ts";
import { subjects as real } from "../../src/tables.ts";
import { top } from "../house/source.ts";

it.each(["schema.graphql", "toggles.txt", "inferences.txt"])(
  "schema/%s is what the source emits: mend it with npm run emit",
  async (name) => {
    const texts = await emittedTexts();
    expect(await readFile(join(top, "schema", name), "utf8")).toBe(texts[name]);
  },
);

it("the command writes the emitted files where it is told to", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fieldgate-"));
  try {
    const written = await emitSchema(folder);
    expect(written).toEqual(
      ["schema.graphql", "toggles.txt", "inferences.txt", "tables.sql"].map((name) => join(folder, name)),
    );
    expect(await readFile(join(folder, "toggles.txt"), "utf8")).toContain("TimeEntry.costRate");
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("a role has no more of a coordinate than of what it is made from", () => {
  const text = writeToggles(
    new Map([
      ["T.source", declared({ sensitivity: "SECRET", access: { EMPLOYEE: "never", MANAGER: "off" } })],
      ["T.made", declared({ reads: ["T.source"], madeFrom: ["T.source"], access: { FINANCE: "off" } })],
      ["T.twice", declared({ fixed: true, reads: ["T.made"] })],
    ]),
  );
  const lines = text.split("\n").filter((line) => line.startsWith("T."));
  expect(lines.map((line) => line.replaceAll(/ +/g, " "))).toEqual([
    "T.made PUBLIC EMPLOYEE=never MANAGER=off FINANCE=off ADMIN=on INTEGRATION=on made from T.source",
    "T.source SECRET EMPLOYEE=never MANAGER=off FINANCE=on ADMIN=on INTEGRATION=on",
    "T.twice PUBLIC fixed EMPLOYEE=never MANAGER=off FINANCE=off ADMIN=on INTEGRATION=on reads T.made",
  ]);
});

it("what a role can work out of its defaults is listed, with what tells it and how", async () => {
  const subjects = real.map((subject) => {
    if (subject.name !== "Tag") return subject;
    const loud = scalar("String", "name", {
      description: "In capitals.",
      access: { EMPLOYEE: "off" },
      determinedBy: [{ from: ["Tag.name"], how: "in capitals" }],
    });
    return { ...subject, fields: { ...subject.fields, loud } };
  });
  const { schema, declarations } = await buildGatewaySchema({ subjects });
  const lines = writeInferences(buildCatalogue({ schema, declarations, subjects })).split("\n");
  expect(lines.filter((line) => line.includes("Tag.loud")).map((line) => line.replaceAll(/ +/g, " "))).toEqual([
    "EMPLOYEE Tag.loud from Tag.name: in capitals",
    "EVERYONE Tag.loud from Tag.name: in capitals",
  ]);
});
