import { transformFile } from '@swc/core';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const COPIED = ['apps', 'docs', 'libs', 'dist', 'scripts', 'package.json', 'jest.config.mjs', '.swcrc', 'tsconfig.json'];
/** A test that hangs without its guard has seen it too, but says so too late to be of use. */
const LONGEST_RUN_MS = 120_000;

const JEST_CONFIG = `
import base from './jest.config.mjs';
const { globalSetup, globalTeardown, ...rest } = base;
const setUp = process.env.PLINTH_TEST_URLS ? {} : { globalSetup, globalTeardown };
export default { ...rest, ...setUp, roots: ['<rootDir>/apps', '<rootDir>/libs'], cacheDirectory: '<rootDir>/.jest-cache' };
`;

/**
 * A copy of the apps and libraries in which guards are taken out one at a time, to see that a test notices. Needs a current build and, in
 * the environment, the tests' server (PLINTH_TEST_URLS), as the global set-up of Jest publishes it.
 */
export class MutantBench {
  #folder;

  /** @param {string} root the folder of the checkout; nothing in it is changed */
  constructor(root) {
    this.#folder = mkdtempSync(join(tmpdir(), 'plinth-mutants-'));
    chmodSync(this.#folder, 0o755);
    for (const name of COPIED) cpSync(join(root, name), join(this.#folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.#folder, 'node_modules'));
    writeFileSync(join(this.#folder, 'jest.mutants.mjs'), JEST_CONFIG);
  }

  /**
   * Takes one guard out, runs its test and puts the guard back.
   * @param {import('./guards.mjs').Mutant} mutant
   * @returns {Promise<{ verdict: 'seen' | 'unseen' | 'no test', detail: string }>} `unseen`: the test stays green without the guard
   * @throws where the guard does not stand in its file exactly once
   */
  async run(mutant) {
    const source = join(this.#folder, mutant.file);
    const compiled = join(this.#folder, 'dist', mutant.file.replace(/\.ts$/, '.js'));
    const [guarded, built] = [readFileSync(source, 'utf8'), readFileSync(compiled, 'utf8')];
    try {
      writeFileSync(source, without(guarded, mutant));
      const { code } = await transformFile(source, { swcrc: true, cwd: this.#folder, sourceMaps: false });
      writeFileSync(compiled, code);
      return verdictOn(await this.test(mutant));
    } finally {
      writeFileSync(source, guarded);
      writeFileSync(compiled, built);
    }
  }

  /**
   * Runs a spec as it stands in the copy.
   * @param {Pick<import('./guards.mjs').Mutant, 'spec' | 'test' | 'schema'>} what
   * @returns {Promise<{ passed: number, failed: number, unloadable: number, output: string }>}
   */
  async test({ spec, test, schema }) {
    const results = join(this.#folder, 'results.json');
    rmSync(results, { force: true });
    const name = test === undefined ? [] : ['--testNamePattern', test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')];
    const args = [
      'node_modules/jest/bin/jest.js',
      '--config',
      'jest.mutants.mjs',
      '--runInBand',
      // Without its guard a test may wait for ever: that is seen as well, and soon.
      '--testTimeout=20000',
      '--forceExit',
      '--json',
      `--outputFile=${results}`,
      ...name,
      '--runTestsByPath',
      spec,
    ];
    const output = await this.#node(['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', ...args], schema === true);
    if (!existsSync(results)) return { passed: 0, failed: 0, unloadable: 1, output };
    const report = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests, unloadable: report.numRuntimeErrorTestSuites, output };
  }

  /** Stops what runs for the copy and removes it. */
  async close() {
    if (existsSync(join(this.#folder, '.plinth', 'test'))) {
      const embedded = await import(pathToFileURL(join(this.#folder, 'dist/libs/database/src/embedded/index.js')).href);
      await embedded.stopServer(embedded.embeddedHome(join(this.#folder, '.plinth', 'test')), { force: true });
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A schema without its guard is made in a server of the copy's own, so that nobody else's template is touched. */
  #node(args, ownServer) {
    const { PLINTH_TEST_URLS, PLINTH_TEST_TEMPLATE, PLINTH_TEST_HOME, PLINTH_TEST_ADMIN_URL, JEST_WORKER_ID, ...rest } = process.env;
    const shared = { PLINTH_TEST_URLS, PLINTH_TEST_TEMPLATE };
    const env = ownServer ? { ...rest, PLINTH_EMBEDDED_GRACE_MS: '60000' } : { ...rest, ...shared };
    const child = spawn(process.execPath, args, { cwd: this.#folder, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_RUN_MS, killSignal: 'SIGKILL' });
    return new Promise((resolve) => {
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text) => {
          output += text;
        });
      child.once('close', () => resolve(output));
    });
  }
}

/**
 * The text of a file without one guard.
 * @param {string} text
 * @param {Pick<import('./guards.mjs').Mutant, 'rule' | 'file' | 'replace' | 'with'>} mutant
 * @throws unless the guard stands there exactly once
 */
export function without(text, mutant) {
  const found = text.split(mutant.replace).length - 1;
  if (found !== 1)
    throw new Error(`"${mutant.file}" holds the guard of "${mutant.rule}" ${found} times. Say in scripts/mutations/guards.mjs how it reads now.`);
  return text.replace(mutant.replace, () => mutant.with);
}

function verdictOn({ passed, failed, unloadable, output }) {
  if (failed > 0) return { verdict: 'seen', detail: `${failed} failed` };
  if (unloadable > 0 || passed === 0) return { verdict: 'no test', detail: output.slice(-2_000) };
  return { verdict: 'unseen', detail: `${passed} passed` };
}
