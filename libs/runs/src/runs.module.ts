import { Database, TenantConnection } from '#database';
import { Module } from '@nestjs/common';
import { RunWatch } from './engine/run-watch.js';
import { RunFollower } from './events/run-follower.js';
import { InputRequestsService } from './input-requests.service.js';
import { storedAgents } from './persistence/agent-source.js';
import { RunEvents } from './run-events.service.js';
import { RunsService } from './runs.service.js';
import { TasksService } from './tasks/tasks.service.js';
import { UsageService } from './usage/usage.service.js';
import { AGENT_SOURCE } from './runs.tokens.js';
import { WorkflowDataService } from './workflow-data.service.js';

/** Starting, reading, following and answering runs. Needs DatabaseModule and the configuration area RunsConfig. Carrying them out: RunExecutionModule. */
@Module({
  providers: [
    { provide: AGENT_SOURCE, useValue: storedAgents },
    { provide: RunWatch, inject: [Database], useFactory: (database: Database) => new RunWatch(database) },
    RunsService,
    InputRequestsService,
    WorkflowDataService,
    RunEvents,
    { provide: RunFollower, inject: [TenantConnection, RunWatch], useFactory: (db: TenantConnection, watch: RunWatch) => new RunFollower(db, watch) },
    TasksService,
    UsageService,
  ],
  exports: [RunsService, InputRequestsService, WorkflowDataService, RunEvents, RunFollower, TasksService, UsageService],
})
export class RunsModule {}
