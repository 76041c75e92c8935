import type { JobHandler, JobWork, PayloadOf } from '#queue';
import { TaskRunner, taskStart } from '#runs';
import { Injectable } from '@nestjs/common';

/** Begins one task at its time. */
@Injectable()
export class TaskStartJob implements JobHandler<typeof taskStart> {
  constructor(private readonly tasks: TaskRunner) {}

  async handle({ payload, db, logger }: JobWork<PayloadOf<typeof taskStart>>): Promise<void> {
    const { taskId, scheduledAt } = payload;
    const outcome = await this.tasks.start(db, taskId, scheduledAt);
    logger.info({ taskId, scheduledAt, outcome }, 'task due');
  }
}
