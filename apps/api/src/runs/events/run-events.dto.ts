import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { RUN_EVENT_TYPES, type RunEventType } from '#database';
import { wholeNumber } from '../../http/transforms.js';
import { EXAMPLE_TIME } from '../examples.js';
import { HIGHEST_NUMBER } from './wanted-events.js';

export class RunEventQuery {
  @ApiProperty({ required: false, type: Number, minimum: 0, default: 0, description: 'Only events after the one with this number. Last-Event-ID wins.' })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(HIGHEST_NUMBER)
  readonly after?: number;

  @ApiProperty({
    required: false,
    type: Number,
    minimum: 1,
    maximum: 1000,
    default: 100,
    description: 'The most events of a page; a stream has no end of its own.',
  })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly limit?: number;
}

export class RunEventResponse {
  @ApiProperty({ example: 3, description: 'From 1, without gaps: the id of the message in a stream.' })
  readonly number: number;

  @ApiProperty({ example: 'STEP_STARTED', enum: RUN_EVENT_TYPES })
  readonly type: RunEventType;

  @ApiProperty({
    example: { stepId: '0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', sequenceNumber: 1, type: 'MODEL' },
    type: 'object',
    additionalProperties: true,
    description: 'What happened; its properties follow from the type.',
  })
  readonly data: Readonly<Record<string, unknown>>;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;
}

export class RunEventPage {
  @ApiProperty({ type: [RunEventResponse] })
  readonly items: readonly RunEventResponse[];

  @ApiProperty({ example: 3, description: 'What to ask for as `after` next.' })
  readonly nextAfter: number;

  @ApiProperty({ example: false, description: 'True: the run has ended, and nothing comes after these.' })
  readonly isOver: boolean;
}
