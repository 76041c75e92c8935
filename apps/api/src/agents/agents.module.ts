import { Module } from '@nestjs/common';
import { AgentsModule } from '#agents';
import { AgentsController } from './agents.controller.js';

@Module({ imports: [AgentsModule], controllers: [AgentsController] })
export class AgentConfigurationsModule {}
