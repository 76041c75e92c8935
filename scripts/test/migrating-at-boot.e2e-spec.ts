import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { createTestDatabase, withAdmin, type TestDatabase } from '#database/testing';
import { ServiceProcess, statusOf, until } from './support/service-process.js';

const TIMEOUT_MS = 120_000;
const WITHIN_MS = 60_000;

describe.each(['api', 'worker'] as const)('the %s that migrates when it starts', (name) => {
  let database: TestDatabase;
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    const env = { ...process.env, DATABASE_URL: database.urls.login, DATABASE_OWNER_URL: database.urls.owner };
    execFileSync(process.execPath, ['dist/libs/database/src/cli/main.js', 'migration:revert', '--yes'], { env, stdio: 'pipe' });
  }, TIMEOUT_MS);

  afterAll(async () => {
    await service?.end('SIGKILL');
    await database?.drop();
  }, TIMEOUT_MS);

  it(
    'lives meanwhile, is not ready, says how far it is, and is ready afterwards',
    async () => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}/health`;
      await withAdmin(database.urls.admin, async (admin) => {
        // What the runner notes in the transaction of each migration waits for this, so that the migration is still at work.
        await admin.query('begin');
        await admin.query('lock table app.schema_ledger in access exclusive mode');
        service = start(port);
        await until('it says that it migrates, and who is in its way', WITHIN_MS, async () =>
          /^Migrating 1 of 1: \w+\d{13}: waits for a lock held by process \d+/.test(await reasonOf(`${url}/ready`)),
        );
        expect(await statusOf(`${url}/ready`)).toBe(503);
        expect(await statusOf(`${url}/live`)).toBe(200);
        expect(await statusOf(`http://127.0.0.1:${port}/v1/me`)).toBe(503);
        await admin.query('rollback');
      });
      await until('it is ready', WITHIN_MS, async () => (await statusOf(`${url}/ready`)) === 200);
      expect(service?.log).toContain('Migrating 1 of 1: ');
    },
    TIMEOUT_MS,
  );

  function start(port: number): ServiceProcess {
    const { login, privileged, queue, owner } = database.urls;
    return new ServiceProcess(name, {
      ...{ NODE_ENV: 'test', ENABLE_AUTO_MIGRATION: 'true', PORT: String(port), WORKER_PORT: String(port) },
      ...{ DATABASE_URL: login, DATABASE_PRIVILEGED_URL: privileged, DATABASE_QUEUE_URL: queue, DATABASE_OWNER_URL: owner },
    });
  }
});

/** Empty while nobody answers. */
async function reasonOf(url: string): Promise<string> {
  try {
    const { reason = '' } = (await (await fetch(url)).json()) as { reason?: string };
    return reason;
  } catch {
    return '';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
