import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { RunsModule } from '#runs';
import { AccessWatch } from '../auth/access-watch.js';
import { InputRequestsController } from '../input-requests/input-requests.controller.js';
import { RunEventsController } from './events/run-events.controller.js';
import { RunStreams } from './events/run-streams.js';
import { RunsController } from './runs.controller.js';

/** Runs over HTTP: started and answered here, carried out by workers, followed live. */
@Module({
  imports: [RunsModule, IdentityModule],
  controllers: [RunsController, RunEventsController, InputRequestsController],
  providers: [AccessWatch, RunStreams],
})
export class AgentRunsModule {}
