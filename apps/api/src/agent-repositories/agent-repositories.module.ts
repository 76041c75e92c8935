import { Module } from '@nestjs/common';
import { AgentsModule } from '#agents';
import { AgentRepositoriesController } from './agent-repositories.controller.js';

@Module({ imports: [AgentsModule], controllers: [AgentRepositoriesController] })
export class AgentRepositoriesModule {}
