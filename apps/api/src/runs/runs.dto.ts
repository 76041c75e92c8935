import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { AGENT_LIMITS } from '#agents';
import { RUN_STATUSES, type RunStatus } from '#database';
import { PageQuery } from '../http/paging.dto.js';
import { EXAMPLE_AGENT, EXAMPLE_ID, EXAMPLE_PROMPT, EXAMPLE_SESSION, EXAMPLE_TIME } from './examples.js';
import { LONGEST_SESSION, RunLimitsRequest } from './start-run.dto.js';

export class RunQuery extends PageQuery {
  @ApiProperty({ required: false, enum: RUN_STATUSES, example: 'RUNNING', description: 'Only runs in this state.' })
  @IsOptional()
  @IsIn(RUN_STATUSES)
  readonly status?: RunStatus;

  @ApiProperty({ required: false, type: String, example: EXAMPLE_AGENT, description: 'Only runs of the agent with exactly this name.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(AGENT_LIMITS.nameLength)
  readonly agentName?: string;

  @ApiProperty({ required: false, type: String, example: EXAMPLE_SESSION, description: 'Only runs that were started with this sessionId.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_SESSION)
  readonly sessionId?: string;
}

export class RunResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: EXAMPLE_AGENT })
  readonly agentName: string;

  @ApiProperty({ example: 'COMPLETED', enum: RUN_STATUSES })
  readonly status: RunStatus;

  @ApiProperty({ example: EXAMPLE_SESSION, nullable: true, type: String })
  readonly sessionId: string | null;

  @ApiProperty({ example: null, format: 'uuid', nullable: true, type: String, description: 'The run that called this one.' })
  readonly parentRunId: string | null;

  @ApiProperty({ example: [], type: [String], description: 'The agents above this run, the outermost first.' })
  readonly callStack: readonly string[];

  @ApiProperty({ example: EXAMPLE_PROMPT, nullable: true, type: String })
  readonly prompt: string | null;

  @ApiProperty({ example: { text: 'Two: 2026-113 and 2026-118.' }, nullable: true, type: 'object', additionalProperties: true })
  readonly output: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ example: null, nullable: true, type: String, description: 'Why it failed; stable.' })
  readonly errorCode: string | null;

  @ApiProperty({ example: null, nullable: true, type: String })
  readonly errorMessage: string | null;

  @ApiProperty({ type: RunLimitsRequest, example: { maxSteps: 100, maxDepth: 8, maxWallMs: 3_600_000, maxTokens: 1_000_000, maxCostMicros: 100_000_000 } })
  readonly limits: RunLimitsRequest;

  @ApiProperty({ example: 3 })
  readonly stepCount: number;

  @ApiProperty({ example: 9, description: 'The number of the last event.' })
  readonly eventCount: number;

  @ApiProperty({ example: 1_240, description: 'Without those of nested runs; so is the cost.' })
  readonly totalTokens: number;

  @ApiProperty({ example: 3_100, description: 'Millionths of the currency unit.' })
  readonly costMicros: number;

  @ApiProperty({
    example: EXAMPLE_ID,
    format: 'uuid',
    nullable: true,
    type: String,
    description: 'The person who started it; null: an API key, a task or another run.',
  })
  readonly createdBy: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', nullable: true })
  readonly startedAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', nullable: true })
  readonly completedAt: Date | null;
}

export class RunPage {
  @ApiProperty({ type: [RunResponse] })
  readonly items: readonly RunResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
