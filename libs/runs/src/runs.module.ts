import { Module } from '@nestjs/common';
import { InputRequestsService } from './input-requests.service.js';
import { storedAgents } from './persistence/agent-source.js';
import { RunEvents } from './run-events.service.js';
import { RunsService } from './runs.service.js';
import { AGENT_SOURCE } from './runs.tokens.js';
import { WorkflowDataService } from './workflow-data.service.js';

/** Starting, reading and answering runs. Needs DatabaseModule and the configuration area RunsConfig. Carrying them out: RunExecutionModule. */
@Module({
  providers: [{ provide: AGENT_SOURCE, useValue: storedAgents }, RunsService, InputRequestsService, WorkflowDataService, RunEvents],
  exports: [RunsService, InputRequestsService, WorkflowDataService, RunEvents],
})
export class RunsModule {}
