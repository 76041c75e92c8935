import type { JobHandler, PayloadOf, SystemJobWork } from '#queue';
import { scanUsage, type usageScan } from '#runs';
import { Injectable } from '@nestjs/common';

/** Finds the organizations whose runs are to be counted. */
@Injectable()
export class UsageScanJob implements JobHandler<typeof usageScan> {
  async handle(work: SystemJobWork<PayloadOf<typeof usageScan>>): Promise<void> {
    const organizations = await scanUsage(work);
    if (organizations > 0) work.logger.info({ organizations }, 'usage to count');
  }
}
