import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { defineCatalogue } from '../catalogue/catalogue.js';
import { enqueue } from '../enqueue/enqueue.js';
import { hold } from '../testing/jobs.js';
import { createQueueFixture, gate, type QueueFixture } from '../testing/queue-fixture.js';

const LEASE_MS = 2_000;
const PROGRAM = join(process.cwd(), 'dist/libs/queue/src/testing/lone-worker.js');

let queue: QueueFixture;

beforeAll(async () => {
  queue = await createQueueFixture();
});
afterAll(() => queue.drop());

function startLoneWorker(): ChildProcess {
  const { login, queue: queueUrl } = queue.test.urls;
  const env = { ...process.env, LONE_WORKER_URLS: JSON.stringify({ login, queue: queueUrl }), LONE_WORKER_LEASE_MS: String(LEASE_MS) };
  return spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

it('runs the job of a worker that was killed within its lease and two seconds', async () => {
  const child = startLoneWorker();
  try {
    const began = once(child.stdout ?? child, 'data');
    const orgId = await queue.organization();
    const { id } = await queue.database.tenant(orgId).transaction((tx) => enqueue(tx, hold, {}));
    expect(String((await began)[0]).trim()).toBe(id);

    const ran = gate<{ attempt: number; fence: number }>();
    await queue.worker({
      catalogue: defineCatalogue(hold),
      handlers: { hold: { handle: ({ job: { attempt, fence } }) => Promise.resolve(ran.open({ attempt, fence })) } },
      options: { leaseMs: LEASE_MS },
    });
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    const killedAt = performance.now();
    expect(await ran.promise).toEqual({ attempt: 2, fence: 2 });
    expect(performance.now() - killedAt).toBeLessThan(LEASE_MS + 2_000);
  } finally {
    child.kill('SIGKILL');
  }
});
