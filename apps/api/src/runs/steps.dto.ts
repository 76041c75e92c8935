import { ApiProperty } from '@nestjs/swagger';
import { STEP_STATUSES, STEP_TYPES, type StepStatus, type StepType } from '#database';
import { EXAMPLE_ID, EXAMPLE_TIME } from './examples.js';

export class StepResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 2, description: 'Its place in the run, from 1, without gaps.' })
  readonly sequenceNumber: number;

  @ApiProperty({ example: 'DATA', enum: STEP_TYPES })
  readonly type: StepType;

  @ApiProperty({ example: 'COMPLETED', enum: STEP_STATUSES })
  readonly status: StepStatus;

  @ApiProperty({
    example: { toolCallId: 'call_1', name: 'read_data', arguments: { tags: ['october'] } },
    nullable: true,
    type: 'object',
    additionalProperties: true,
    description: 'What it was asked: a call with its arguments. null for a model call, which is asked the conversation so far.',
  })
  readonly input: Readonly<Record<string, unknown>> | null;

  @ApiProperty({
    example: { result: [] },
    nullable: true,
    type: 'object',
    additionalProperties: true,
    description: 'What came of it: { result }, or of a model call { content, toolCalls, finishReason, isEstimate }.',
  })
  readonly output: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ example: null, nullable: true, type: String })
  readonly errorCode: string | null;

  @ApiProperty({ example: null, nullable: true, type: String })
  readonly errorMessage: string | null;

  @ApiProperty({ example: null, nullable: true, type: String, description: 'The model of a model call.' })
  readonly model: string | null;

  @ApiProperty({ example: 0 })
  readonly inputTokens: number;

  @ApiProperty({ example: 0 })
  readonly outputTokens: number;

  @ApiProperty({ example: 0, description: 'Millionths of the currency unit.' })
  readonly costMicros: number;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', nullable: true })
  readonly startedAt: Date | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', nullable: true })
  readonly completedAt: Date | null;
}

export class StepPage {
  @ApiProperty({ type: [StepResponse] })
  readonly items: readonly StepResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
