import { writeFileSync } from 'node:fs';

/** A Jest reporter that writes how many tests passed and failed to the file of its option `file`. */
export default class CountReporter {
  constructor(_globalConfig, { file }) {
    this.file = file;
  }

  /** A file that could not even be loaded holds no tests that Jest could count: it counts as one that failed. */
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    writeFileSync(this.file, JSON.stringify({ passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites }));
  }
}
