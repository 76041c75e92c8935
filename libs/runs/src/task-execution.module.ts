import { Module } from '@nestjs/common';
import { storedAgents } from './persistence/agent-source.js';
import { RunsService } from './runs.service.js';
import { AGENT_SOURCE } from './runs.tokens.js';
import { TaskRunner } from './tasks/task-runner.js';

/** Beginning and ending tasks: for the worker. Needs DatabaseModule and the configuration area RunsConfig. */
@Module({
  providers: [{ provide: AGENT_SOURCE, useValue: storedAgents }, RunsService, TaskRunner],
  exports: [TaskRunner],
})
export class TaskExecutionModule {}
