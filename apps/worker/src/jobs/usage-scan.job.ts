import type { JobHandler, PayloadOf, SystemJobWork } from '#queue';
import { scanUsage, type usageScan } from '#runs';
import { Injectable } from '@nestjs/common';

/** Finds the organizations whose runs are to be counted. */
@Injectable()
export class UsageScanJob implements JobHandler<typeof usageScan> {
  async handle({ unrestricted, tenant, signal, logger }: SystemJobWork<PayloadOf<typeof usageScan>>): Promise<void> {
    const organizations = await scanUsage({ unrestricted, tenant, signal });
    if (organizations > 0) logger.info({ organizations }, 'usage to count');
  }
}
