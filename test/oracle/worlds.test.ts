// Random declarations, toggles and roles: the compiled set, CASL asked one question after the other, and the law read by
// another hand agree about every coordinate, every row and every cell. `WORLDS=50000` asks about so many.
import { expect, it } from "@jest/globals";
import { random } from "./random.ts";
import { disagreement, noTally, told } from "./worlds-compare.ts";
import { smallest } from "./worlds-smallest.ts";
import { smallWorld } from "./worlds.ts";

const WORLDS = Number(process.env["WORLDS"] ?? 6_000);

it(`${WORLDS} random worlds are judged by the compiled set as by CASL and by the law`, () => {
  const tally = noTally();
  for (let seed = 0; seed < WORLDS; seed += 1) {
    const world = smallWorld(random(seed));
    const found = disagreement(world, tally);
    if (found === undefined) continue;
    const small = smallest(world);
    throw new Error(
      `world ${seed}:\n${found}\n\nthe smallest in which it is so:\n${disagreement(small)}\n\n${told(small)}`,
    );
  }
  // A run in which hardly anything is closed, masked or shown would prove little.
  expect(Object.entries(tally).filter(([, times]) => times < WORLDS / 50)).toEqual([]);
}, 900_000);
