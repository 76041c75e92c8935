import type { JobHandler, JobWork, PayloadOf } from '#queue';
import { runAdvance, RunEngine } from '#runs';
import { Injectable } from '@nestjs/common';

/** Takes one run on until it ends or waits. What fails the run is written on the run; only an absent database fails the job. */
@Injectable()
export class RunAdvanceJob implements JobHandler<typeof runAdvance> {
  constructor(private readonly engine: RunEngine) {}

  async handle({ payload, db, signal, draining, logger }: JobWork<PayloadOf<typeof runAdvance>>): Promise<void> {
    const { runId, turn } = payload;
    const started = performance.now();
    const outcome = await this.engine.advance({ db, runId, turn, signal, draining, logger });
    logger.info({ runId, outcome, durationMs: Math.round(performance.now() - started) }, 'run advanced');
  }
}
