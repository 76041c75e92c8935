import { ApiProperty, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { RUN_STATUSES } from '#database';
import { LONGEST_PERIOD, type ModelFigures } from '#runs';
import { EXAMPLE_TIME } from '../runs/examples.js';

const DAY = /^\d{4}-\d\d-\d\d$/;
const EXAMPLE_MODEL = { calls: 3, inputTokens: 1200, outputTokens: 300, costMicros: 4500 };

export class UsageQuery {
  @ApiProperty({ example: '2026-11-01', type: String, format: 'date', description: 'The first day.' })
  @Matches(DAY, { message: '$property must be a day such as 2026-11-20' })
  readonly from: string;

  @ApiProperty({ example: '2026-11-30', type: String, format: 'date', description: `The last day, included; at most ${LONGEST_PERIOD} days in all.` })
  @Matches(DAY, { message: '$property must be a day such as 2026-11-20' })
  readonly to: string;
}

export class ModelUsageResponse implements ModelFigures {
  @ApiProperty({ example: EXAMPLE_MODEL.calls })
  readonly calls: number;

  @ApiProperty({ example: EXAMPLE_MODEL.inputTokens })
  readonly inputTokens: number;

  @ApiProperty({ example: EXAMPLE_MODEL.outputTokens })
  readonly outputTokens: number;

  @ApiProperty({ example: EXAMPLE_MODEL.costMicros, description: 'Millionths of the currency unit.' })
  readonly costMicros: number;
}

@ApiExtraModels(ModelUsageResponse)
class UsageFiguresResponse {
  @ApiProperty({ example: 2, description: 'Runs that ended, nested ones included.' })
  readonly runs: number;

  @ApiProperty({ example: 1500 })
  readonly tokens: number;

  @ApiProperty({ example: 4500, description: 'Millionths of the currency unit.' })
  readonly costMicros: number;

  @ApiProperty({
    example: { COMPLETED: 1, FAILED: 1 },
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: `Number of runs by how they ended: ${RUN_STATUSES.slice(3).join(', ')}.`,
  })
  readonly runsByStatus: Readonly<Partial<Record<string, number>>>;

  @ApiProperty({
    example: { 'gpt-4.1-mini': EXAMPLE_MODEL },
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ModelUsageResponse) },
    description: 'By language model.',
  })
  readonly models: Readonly<Record<string, ModelUsageResponse>>;
}

export class UsageResponse extends UsageFiguresResponse {
  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly from: Date;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time', description: 'The first moment after the period.' })
  readonly to: Date;
}

export class UsageOfDayResponse extends UsageFiguresResponse {
  @ApiProperty({ example: '2026-11-20', type: String, format: 'date' })
  readonly date: string;
}

export class UsageOfDaysResponse extends UsageResponse {
  @ApiProperty({ type: [UsageOfDayResponse], description: 'In order; days on which no run ended are left out.' })
  readonly days: readonly UsageOfDayResponse[];
}
