import { repositorySync, RepositorySyncService } from '#agents';
import type { JobHandler, JobWork, PayloadOf } from '#queue';
import { Injectable } from '@nestjs/common';

/** Reads one agent repository. What is wrong with the repository is recorded on it; only what may mend itself fails the job. */
@Injectable()
export class RepositorySyncJob implements JobHandler<typeof repositorySync> {
  constructor(private readonly sync: RepositorySyncService) {}

  async handle({ payload, db, job, signal, logger }: JobWork<PayloadOf<typeof repositorySync>>): Promise<void> {
    const { repositoryId } = payload;
    const started = performance.now();
    const outcome = await this.sync.run({ db, repositoryId, signal, logger, assertHeld: (tx) => job.assertHeld(tx) });
    logger.info({ repositoryId, outcome, durationMs: Math.round(performance.now() - started) }, 'repository synced');
  }
}
