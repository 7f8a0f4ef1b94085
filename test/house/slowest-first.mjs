// The longest files first, or at the end one worker waits for the other: jest knows how long they take only where it ran before.
import TestSequencer from "@jest/test-sequencer";

const SLOWEST = [
  "oracle/plan.property",
  "proof/prove",
  "proof/leaks",
  "command/prove",
  "timesheet/real-logs",
  "attack/hostile",
  "gateway/totals",
  "gateway/usage",
  "attack/guessing",
  "seeds/seeding",
  "timesheet/real-reports",
  "oracle/worlds",
  "house/check",
];

const placeOf = ({ path }) => {
  const at = SLOWEST.findIndex((name) => path.includes(`/test/${name}`));
  return at < 0 ? SLOWEST.length : at;
};

export default class SlowestFirst extends TestSequencer {
  sort(tests) {
    return [...tests].toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
