import { describe, expect, it } from "@jest/globals";
import { remembered } from "../../src/identity/remembered.ts";
import { standingClock } from "./issuing.ts";

describe("what is remembered", () => {
  it("is at most what it may be, and the least recently used goes first", () => {
    const clock = standingClock();
    const memory = remembered<number>(3, clock);
    const until = new Date(clock.now().getTime() + 1000);
    for (const [value, key] of ["a", "b", "c"].entries()) memory.set(key, value, until);
    memory.get("a");
    memory.set("d", 3, until);
    expect(["a", "b", "c", "d"].map((key) => memory.get(key))).toEqual([0, undefined, 2, 3]);
    expect(memory.size).toBe(3);
  });

  it("is gone at the moment at which it ends", () => {
    const clock = standingClock();
    const memory = remembered<number>(3, clock);
    memory.set("a", 1, new Date(clock.now().getTime() + 1000));
    expect(memory.get("a")).toBe(1);
    clock.forward(1);
    expect(memory.get("a")).toBeUndefined();
    expect(memory.size).toBe(0);
  });
});
