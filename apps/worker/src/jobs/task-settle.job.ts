import type { JobHandler, JobWork, PayloadOf } from '#queue';
import { TaskRunner, taskSettle } from '#runs';
import { Injectable } from '@nestjs/common';

/** Takes note of the end of a run that a task made. */
@Injectable()
export class TaskSettleJob implements JobHandler<typeof taskSettle> {
  constructor(private readonly tasks: TaskRunner) {}

  async handle({ payload, db, logger }: JobWork<PayloadOf<typeof taskSettle>>): Promise<void> {
    const { taskId, runId } = payload;
    const outcome = await this.tasks.settle(db, taskId, runId);
    logger.info({ taskId, runId, outcome }, 'task settled');
  }
}
