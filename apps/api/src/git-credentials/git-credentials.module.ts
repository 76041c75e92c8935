import { Module } from '@nestjs/common';
import { AgentsModule } from '#agents';
import { GitCredentialsController } from './git-credentials.controller.js';

@Module({ imports: [AgentsModule], controllers: [GitCredentialsController] })
export class GitCredentialsModule {}
