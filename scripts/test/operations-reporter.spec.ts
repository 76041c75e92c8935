import { jest } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import OperationsReporter, { ANSWERED_FOLDER, untestedOperations } from '../lib/operations-reporter.mjs';
import { operationsOf } from '../openapi/lint.mjs';

const ROOT = process.cwd();
const document: unknown = JSON.parse(readFileSync(join(ROOT, 'docs', 'openapi.json'), 'utf8'));
const names = operationsOf(document).map(({ name }) => name);
const asFastify = (name: string): string => name.replaceAll(/\{(\w+)\}/g, ':$1');
const specs = readdirSync(join(ROOT, 'apps', 'api', 'test'))
  .filter((file) => file.endsWith('.e2e-spec.ts'))
  .map((file) => ({ testFilePath: join(ROOT, 'apps', 'api', 'test', file) }));

/** What a run says that ran these specs and answered these operations. */
function verdict(testResults: typeof specs, answered: readonly string[], numFailedTests = 0): Error | undefined {
  const outer = process.env[ANSWERED_FOLDER];
  const reporter = new OperationsReporter();
  reporter.onRunStart();
  writeFileSync(join(process.env[ANSWERED_FOLDER] ?? '', 'one'), answered.map(asFastify).join('\n'));
  process.env[ANSWERED_FOLDER] = outer;
  const say = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  reporter.onRunComplete(undefined, { testResults, numFailedTests, numRuntimeErrorTestSuites: 0 });
  say.mockRestore();
  return reporter.getLastError();
}

describe('the report of operations that no e2e test uses', () => {
  it('knows routes as Fastify writes them', () => {
    expect(names.length).toBeGreaterThan(60);
    expect(untestedOperations(document, names.map(asFastify))).toEqual([]);
    expect(untestedOperations(document, names.slice(1).map(asFastify))).toEqual(names.slice(0, 1));
  });

  it('fails a whole run that left one out, and names it', () => {
    expect(verdict(specs, names)).toBeUndefined();
    expect(verdict(specs, names.slice(1))?.message).toContain(names[0]);
  });

  it('says nothing of a part of the specs, or where tests failed', () => {
    expect(verdict(specs.slice(1), [])).toBeUndefined();
    expect(verdict(specs, [], 1)).toBeUndefined();
  });
});
