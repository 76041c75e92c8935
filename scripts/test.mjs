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
  const counts = join(folder, 'counts.json');
  try {
    const code = await runJest(process.argv.slice(2), { ...process.env, PLINTH_TEST_COUNTS: counts });
    process.exitCode = code;
    const { passed, failed } = count(counts, code);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function runJest(args, env) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, jest, ...args], { cwd: root, env, stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => name === 'SIGTERM' && child.kill(name));
  return new Promise((resolve) => child.once('close', (code) => resolve(code === null ? 1 : code)));
}

/** What scripts/lib/count-reporter.mjs counted; where Jest did not get that far, one failure. */
function count(counts, code) {
  try {
    return JSON.parse(readFileSync(counts, 'utf8'));
  } catch {
    return { passed: 0, failed: code === 0 ? 0 : 1 };
  }
}
