import { Module } from '@nestjs/common';
import { RunsModule } from '#runs';
import { AuthModule } from '../auth/auth.module.js';
import { InputRequestsController } from '../input-requests/input-requests.controller.js';
import { RunEventsController } from './events/run-events.controller.js';
import { RunStreams } from './events/run-streams.js';
import { RunsController } from './runs.controller.js';

/** Runs over HTTP: started and answered here, carried out by workers, followed live. */
@Module({
  imports: [RunsModule, AuthModule],
  controllers: [RunsController, RunEventsController, InputRequestsController],
  providers: [RunStreams],
})
export class AgentRunsModule {}
