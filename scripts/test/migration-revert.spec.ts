import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

describe('npm run migration:revert', () => {
  it('changes nothing without --yes, and says which flag it takes', async () => {
    const failure = await run(process.execPath, ['scripts/migration.mjs', 'migration:revert']).then(
      () => undefined,
      (error: unknown) => error as { code: number; stderr: string },
    );

    expect(failure?.code).toBe(1);
    expect(failure?.stderr).toContain('npm run migration:revert -- --yes');
  });
});
