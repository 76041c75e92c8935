import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operationsOf } from '../openapi/lint.mjs';
import { root } from './say.mjs';

/** Where the tests' API writes which operations it has answered: a file of `METHOD /path` lines for each API that was started. */
export const ANSWERED_FOLDER = 'PLINTH_TEST_ANSWERED';
const TESTS = join(root, 'apps', 'api', 'test');

/**
 * Sees that the e2e tests use every operation of docs/openapi.json, with an answer below 400. It asks the API that was tested and not
 * the texts of the tests: what was called by a helper or with a path put together counts, and a call that was refused does not.
 * Only a run of all e2e specs in which nothing failed can say so; any other says nothing.
 */
export default class OperationsReporter {
  onRunStart() {
    this.folder = mkdtempSync(join(tmpdir(), 'plinth-answered-'));
    process.env[ANSWERED_FOLDER] = this.folder;
  }

  onRunComplete(_contexts, { testResults, numFailedTests, numRuntimeErrorTestSuites }) {
    const answered = readdirSync(this.folder).flatMap((file) => readFileSync(join(this.folder, file), 'utf8').split('\n'));
    rmSync(this.folder, { recursive: true, force: true });
    const ran = new Set(testResults.map(({ testFilePath }) => testFilePath));
    const isWhole = readdirSync(TESTS).every((file) => !file.endsWith('.e2e-spec.ts') || ran.has(join(TESTS, file)));
    if (!isWhole || numFailedTests + numRuntimeErrorTestSuites > 0) return;
    const untested = untestedOperations(JSON.parse(readFileSync(join(root, 'docs', 'openapi.json'), 'utf8')), answered);
    if (untested.length === 0) return;
    this.error = new Error(`No e2e test uses these operations with success:\n${untested.map((name) => `  ${name}`).join('\n')}\nAdd one in apps/api/test.`);
    process.stderr.write(`${this.error.message}\n`);
  }

  /** Jest ends with a failure where this answers one. */
  getLastError() {
    return this.error;
  }
}

/** The operations of the document that are not among the answered ones, which are written as Fastify writes routes: `GET /v1/runs/:id`. */
export function untestedOperations(document, answered) {
  const known = new Set(answered.map((line) => line.replaceAll(/:([A-Za-z]+)/g, '{$1}')));
  return operationsOf(document).flatMap(({ name }) => (known.has(name) ? [] : [name]));
}
