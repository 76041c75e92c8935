import { Module } from '@nestjs/common';
import { RunsModule } from '#runs';
import { TasksController } from './tasks.controller.js';

@Module({ imports: [RunsModule], controllers: [TasksController] })
export class TasksModule {}
