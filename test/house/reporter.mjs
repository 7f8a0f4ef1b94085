// Ends every run with one line a machine can read: "12 passed, 0 failed", and how many were skipped, if any were.
// A test file that could not even be loaded counts as one failure, or its tests would vanish without a trace.
export default class LastLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const tail = skipped > 0 ? `, ${skipped} skipped` : "";
    // Jest puts its own summary after every other reporter, so the line waits for the next turn.
    setImmediate(() => process.stdout.write(`${results.numPassedTests} passed, ${failed} failed${tail}\n`));
  }
}
