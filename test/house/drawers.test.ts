import { describe, expect, it } from "@jest/globals";
import { drawers } from "./drawers.ts";
import { paths, report } from "./source.ts";

describe("the house has no drawers", () => {
  it("nowhere in its folders", () => {
    expect(report(drawers(paths("src", "schema", "seeds", "test")))).toBe("");
  });

  it.each([
    "src/plan/utils.ts",
    "src/utils/money.ts",
    "src/helper.ts",
    "test/helpers/database.ts",
    "src/common/x.ts",
    "src/shared/x.ts",
    "src/misc.tsx",
    "src/plan/types.ts",
    "src/plan/types.test.ts",
    "src/interfaces/x.ts",
    "src/constants.mjs",
    "src/plan/string-utils.ts",
    "src/plan/index.ts",
    "src/console/parts/index.tsx",
  ])("so %s would be refused", (path) => {
    expect(drawers([path])).toHaveLength(1);
  });

  it.each(["src/plan/door.ts", "src/console/index.html", "src/support/types-of-leave.ts"])(
    "and %s would not",
    (path) => {
      expect(drawers([path])).toEqual([]);
    },
  );
});
