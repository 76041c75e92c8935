import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsDefined, IsOptional, IsUUID, ValidateIf } from 'class-validator';
import type { JsonObject } from '#runs';
import { anyJson } from '../http/any-json.js';
import { PageQuery } from '../http/paging.dto.js';
import { flag } from '../http/transforms.js';
import { EXAMPLE_AGENT, EXAMPLE_ID, EXAMPLE_TIME } from '../runs/examples.js';

const EXAMPLE_SCHEMA = { type: 'object', required: ['approved'], properties: { approved: { type: 'boolean' } } };

export class InputRequestQuery extends PageQuery {
  @ApiProperty({ required: false, type: Boolean, description: 'True: only those that a run waits for.' })
  @IsOptional()
  @Transform(flag)
  @IsBoolean()
  readonly open?: boolean;

  @ApiProperty({ required: false, type: String, format: 'uuid', description: 'Only those of this run.' })
  @IsOptional()
  @IsUUID()
  readonly runId?: string;
}

export class AnswerRequest {
  @ApiProperty(anyJson({ approved: true }, 'Any JSON that satisfies the schema of the question.'))
  @ValidateIf((_body: object, value: unknown) => value !== null)
  @IsDefined()
  readonly response: unknown;
}

export class InputRequestResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly runId: string;

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid', nullable: true, type: String })
  readonly stepId: string | null;

  @ApiProperty({ example: EXAMPLE_AGENT, description: 'The agent that asks.' })
  readonly agentName: string;

  @ApiProperty({ example: 'Shall I remind both customers?' })
  readonly prompt: string;

  @ApiProperty({
    example: EXAMPLE_SCHEMA,
    nullable: true,
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema that the answer must satisfy. null: any answer will do.',
  })
  readonly schema: JsonObject | null;

  @ApiProperty(anyJson(null, 'The answer; null until it is given.'))
  readonly response: unknown;

  @ApiProperty({ example: null, format: 'uuid', nullable: true, type: String, description: 'The person who answered; null: an API key, or nobody yet.' })
  readonly respondedBy: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly requestedAt: Date;

  @ApiProperty({ example: null, type: String, format: 'date-time', nullable: true })
  readonly respondedAt: Date | null;

  @ApiProperty({ example: true, description: 'True: the run waits for the answer.' })
  readonly isOpen: boolean;
}

export class InputRequestPage {
  @ApiProperty({ type: [InputRequestResponse] })
  readonly items: readonly InputRequestResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
