import { Global, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Database, TenantConnection } from '#database';
import { defineCatalogue } from './catalogue/catalogue.js';
import type { JobHandler, JobWork } from './catalogue/handlers.js';
import { enqueue } from './enqueue/enqueue.js';
import { QueueModule } from './queue.module.js';
import { hold } from './testing/jobs.js';
import { createQueueFixture, gate, until, type QueueFixture } from './testing/queue-fixture.js';
import { QueueWorker } from './worker/queue-worker.js';

const ran = gate<string>();
let queue: QueueFixture;

/** Reads the tenant through the injected connection, as a team's services do. */
@Injectable()
class HoldJob implements JobHandler<typeof hold> {
  constructor(private readonly tenant: TenantConnection) {}

  handle({ db }: JobWork<object>): Promise<void> {
    expect(this.tenant.orgId).toBe(db.orgId);
    ran.open(this.tenant.orgId);
    return Promise.resolve();
  }
}

@Global()
@Module({
  providers: [
    { provide: Database, useFactory: () => queue.database },
    { provide: TenantConnection, useFactory: () => queue.database.current },
  ],
  exports: [Database, TenantConnection],
})
class OpenDatabaseModule {}

beforeAll(async () => {
  queue = await createQueueFixture();
});
afterAll(() => queue.drop());

it('runs jobs with handlers made by Nest, in their organization, and drains when the application closes', async () => {
  const orgId = await queue.organization();
  const module = await Test.createTestingModule({
    imports: [OpenDatabaseModule, QueueModule.forRoot({ catalogue: defineCatalogue(hold), handlers: { hold: HoldJob }, options: { concurrency: 2 } })],
  }).compile();
  await module.init();
  await queue.database.tenant(orgId).transaction((tx) => enqueue(tx, hold, {}));
  expect(await ran.promise).toBe(orgId);
  const worker = module.get(QueueWorker);
  await until(() => worker.stats.done === 1);
  await module.close();
  const { id } = await queue.database.tenant(orgId).transaction((tx) => enqueue(tx, hold, {}));
  worker.wake();
  expect((await queue.jobs()).map((job) => [job.id, job.state])).toEqual([[id, 'READY']]);
});
