import type { JobHandler, JobWork, PayloadOf } from '#queue';
import { countUsage, type usageCount } from '#runs';
import { Injectable } from '@nestjs/common';

/** Adds the runs of one organization that have ended to its usage. */
@Injectable()
export class UsageCountJob implements JobHandler<typeof usageCount> {
  async handle({ db, signal, logger }: JobWork<PayloadOf<typeof usageCount>>): Promise<void> {
    const runs = await countUsage(db, { signal });
    logger.info({ runs }, 'usage counted');
  }
}
