import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDate, IsIn, IsInt, IsNotEmpty, IsObject, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { TASK_STATUSES, type TaskStatus } from '#database';
import { TASK_LIMITS, type TaskInput } from '#runs';
import { Given } from '../http/given.decorator.js';
import { MaxJsonBytes } from '../http/max-json-bytes.decorator.js';
import { PageQuery } from '../http/paging.dto.js';
import { pointInTime, trimmed } from '../http/transforms.js';
import { EXAMPLE_ID, EXAMPLE_PROMPT, EXAMPLE_TIME } from '../runs/examples.js';

const EXAMPLE_INPUT = { prompt: EXAMPLE_PROMPT, month: '2026-10' };
const EXAMPLE_CRON = '30 8 * * 1-5';
const EXAMPLE_ZONE = 'Europe/Berlin';
const PRIORITIES = [-1, 0, 1];
const LONGEST_CRON = 255;

const ABOUT_INPUT = 'What the agent is given: the prompt, and below it everything else as JSON. At most 262,144 bytes.';
const ABOUT_TIME = 'Not before this moment; one that is over is now. Not together with cron.';
const ABOUT_CRON = 'It repeats: minute, hour, day of the month, month, day of the week.';
const ABOUT_ZONE =
  'The time zone of the IANA database in which cron is read; UTC where it is left out. A time that the clocks leave out comes right behind the gap, one that comes twice is the first.';

/** What both making and changing a task say about its time and its attempts. */
class TaskTerms {
  @ApiProperty({ example: 0, enum: PRIORITIES, required: false, description: "1 begins before the organization's other tasks, -1 after them." })
  @Given()
  @IsIn(PRIORITIES)
  readonly priority?: number;

  @ApiProperty({ example: 3, minimum: 1, maximum: TASK_LIMITS.attempts, required: false, description: 'How often it is tried, before it has failed.' })
  @Given()
  @IsInt()
  @Min(1)
  @Max(TASK_LIMITS.attempts)
  readonly maxAttempts?: number;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', required: false, description: ABOUT_TIME })
  @Given()
  @Transform(pointInTime)
  @IsDate()
  readonly scheduledAt?: Date;

  @ApiProperty({ example: EXAMPLE_CRON, type: String, required: false, nullable: true, maxLength: LONGEST_CRON, description: ABOUT_CRON })
  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_CRON)
  readonly cron?: string | null;

  @ApiProperty({ example: EXAMPLE_ZONE, type: String, required: false, maxLength: 64, description: ABOUT_ZONE })
  @Given()
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  readonly timeZone?: string;
}

export class CreateTaskRequest extends TaskTerms {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid', description: "One of the organization's own agents." })
  @IsUUID()
  readonly agentId: string;

  @ApiProperty({ example: 'Unpaid invoices', maxLength: TASK_LIMITS.titleLength, description: 'In one line.' })
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(TASK_LIMITS.titleLength)
  readonly title: string;

  @ApiProperty({ example: EXAMPLE_INPUT, type: 'object', additionalProperties: true, properties: { prompt: { type: 'string' } }, description: ABOUT_INPUT })
  @IsObject()
  @MaxJsonBytes(TASK_LIMITS.inputBytes)
  readonly input: TaskInput;
}

export class UpdateTaskRequest extends TaskTerms {
  @ApiProperty({ example: 'Unpaid invoices', maxLength: TASK_LIMITS.titleLength, required: false, description: 'In one line.' })
  @Given()
  @Transform(trimmed)
  @IsString()
  @IsNotEmpty()
  @MaxLength(TASK_LIMITS.titleLength)
  readonly title?: string;

  @ApiProperty({
    example: EXAMPLE_INPUT,
    type: 'object',
    additionalProperties: true,
    properties: { prompt: { type: 'string' } },
    selfRequired: false,
    description: ABOUT_INPUT,
  })
  @Given()
  @IsObject()
  @MaxJsonBytes(TASK_LIMITS.inputBytes)
  readonly input?: TaskInput;
}

export class TaskQuery extends PageQuery {
  @ApiProperty({ required: false, enum: TASK_STATUSES, example: 'PENDING', description: 'Only tasks in this state.' })
  @IsOptional()
  @IsIn(TASK_STATUSES)
  readonly status?: TaskStatus;

  @ApiProperty({ required: false, type: String, format: 'uuid', example: EXAMPLE_ID, description: 'Only tasks of this agent.' })
  @IsOptional()
  @IsUUID()
  readonly agentId?: string;
}

export class TaskResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly agentId: string;

  @ApiProperty({ example: 'Unpaid invoices' })
  readonly title: string;

  @ApiProperty({ example: EXAMPLE_INPUT, type: 'object', additionalProperties: true })
  readonly input: Readonly<Record<string, unknown>>;

  @ApiProperty({
    example: 'PENDING',
    enum: TASK_STATUSES,
    description: 'PENDING waits for its time, QUEUED for room or its next attempt, RUNNING for its run. One that repeats goes back to PENDING.',
  })
  readonly status: TaskStatus;

  @ApiProperty({ example: 0, enum: PRIORITIES })
  readonly priority: number;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', nullable: true, description: 'Of a task that repeats, its next time.' })
  readonly scheduledAt: Date | null;

  @ApiProperty({ example: EXAMPLE_CRON, type: String, nullable: true })
  readonly cron: string | null;

  @ApiProperty({ example: EXAMPLE_ZONE, type: String, nullable: true })
  readonly timeZone: string | null;

  @ApiProperty({ example: 0, description: 'How often it was tried; of a task that repeats: this time.' })
  readonly attempts: number;

  @ApiProperty({ example: 3 })
  readonly maxAttempts: number;

  @ApiProperty({ example: null, type: String, format: 'uuid', nullable: true, description: 'The run that carries it out, or did so last.' })
  readonly runId: string | null;

  @ApiProperty({ example: null, type: 'object', additionalProperties: true, nullable: true, description: 'What the agent answered last.' })
  readonly output: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ example: null, type: String, nullable: true, description: 'Why the last attempt failed.' })
  readonly errorMessage: string | null;

  @ApiProperty({ example: null, type: String, format: 'date-time', nullable: true })
  readonly startedAt: Date | null;

  @ApiProperty({ example: null, type: String, format: 'date-time', nullable: true })
  readonly completedAt: Date | null;

  @ApiProperty({ example: EXAMPLE_ID, type: String, format: 'uuid', nullable: true, description: 'The user who made it; null where an API key did.' })
  readonly createdBy: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly updatedAt: Date;
}

export class TaskPage {
  @ApiProperty({ type: [TaskResponse] })
  readonly items: readonly TaskResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
