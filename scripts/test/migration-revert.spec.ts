import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '#database/testing';

const run = promisify(execFile);

describe('npm run migration:revert', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('changes nothing without --yes, and says which flag it takes', async () => {
    const env = { ...process.env, LOG_LEVEL: 'silent', DATABASE_URL: database.urls.login, DATABASE_OWNER_URL: database.urls.owner };
    const failure = await run(process.execPath, ['scripts/cli.mjs', 'migration:revert'], { env }).then(
      () => undefined,
      (error: unknown) => error as { code: number; stdout: string; stderr: string },
    );

    expect(failure?.code).toBe(1);
    expect(failure?.stdout).toMatch(/^Reverting "\w+\d{13}" drops/);
    expect(failure?.stderr).toContain('npm run migration:revert -- --yes');
  }, 60_000);
});
