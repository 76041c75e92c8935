import { Module } from '@nestjs/common';
import { RunsModule } from '#runs';
import { UsageController } from './usage.controller.js';

@Module({ imports: [RunsModule], controllers: [UsageController] })
export class UsageModule {}
