import { Module } from '@nestjs/common';
import { AgentsModule } from '#agents';
import { GitAgentsController } from './git-agents.controller.js';

@Module({ imports: [AgentsModule], controllers: [GitAgentsController] })
export class GitAgentsModule {}
