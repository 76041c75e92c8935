/** `npm test`: sets up what is missing and runs Jest with the given arguments. The last line says `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, root } from './lib/say.mjs';
import { setUp } from './lib/set-up.mjs';

await main(async () => {
  await setUp();
  const folder = mkdtempSync(join(tmpdir(), 'plinth-jest-'));
  const results = join(folder, 'results.json');
  try {
    const code = await runJest(['--json', `--outputFile=${results}`, ...process.argv.slice(2)]);
    process.exitCode = code;
    const { passed, failed } = count(results, code);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function runJest(args) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, jest, ...args], { cwd: root, stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => name === 'SIGTERM' && child.kill(name));
  return new Promise((resolve) => child.once('close', (code) => resolve(code === null ? 1 : code)));
}

/** A file that could not even be loaded holds no tests that Jest could count: it counts as one that failed. */
function count(results, code) {
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: code === 0 ? 0 : 1 };
  }
}
