import { ApiProperty } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import type { JsonValue } from '#runs';
import { anyJson } from '../http/any-json.js';
import { LARGEST_PAGE, USUAL_PAGE } from '../http/paging.dto.js';
import { wholeNumber } from '../http/transforms.js';
import { EXAMPLE_AGENT, EXAMPLE_ID, EXAMPLE_TIME } from './examples.js';

const LONGEST_KEY = 255;
const MOST_TAGS = 20;

/** A parameter that may be repeated, as a list. */
function listed({ value }: TransformFnParams): unknown {
  return typeof value === 'string' ? [value] : value;
}

export class WorkflowDataQuery {
  @ApiProperty({ required: false, type: String, example: 'plan', description: 'Only values with this key.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_KEY)
  readonly key?: string;

  @ApiProperty({ required: false, type: [String], example: ['october'], description: 'Only values with all of these tags; repeat it for more than one.' })
  @IsOptional()
  @Transform(listed)
  @ArrayMaxSize(MOST_TAGS)
  @IsString({ each: true })
  @MaxLength(LONGEST_KEY, { each: true })
  readonly tag?: readonly string[];

  @ApiProperty({ required: false, type: Number, minimum: 1, maximum: LARGEST_PAGE, default: USUAL_PAGE, description: 'How many values a page has at most.' })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  readonly limit?: number;

  @ApiProperty({ required: false, type: String, description: 'The nextCursor of the page before. Opaque.' })
  @IsOptional()
  @IsUUID()
  readonly cursor?: string;
}

export class WorkflowDataResponse {
  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: EXAMPLE_ID, format: 'uuid', description: 'The run whose agent left it.' })
  readonly runId: string;

  @ApiProperty({ example: 'plan' })
  readonly key: string;

  @ApiProperty(anyJson({ invoices: 2 }, 'What was left: any JSON.'))
  readonly value: JsonValue;

  @ApiProperty({ example: 'json', nullable: true, type: String })
  readonly dataType: string | null;

  @ApiProperty({ example: ['october'], type: [String] })
  readonly tags: readonly string[];

  @ApiProperty({ example: EXAMPLE_AGENT, nullable: true, type: String })
  readonly createdByAgent: string | null;

  @ApiProperty({ example: EXAMPLE_TIME, type: String, format: 'date-time' })
  readonly createdAt: Date;
}

export class WorkflowDataPage {
  @ApiProperty({ type: [WorkflowDataResponse] })
  readonly items: readonly WorkflowDataResponse[];

  @ApiProperty({ nullable: true, type: String, example: null, description: 'null on the last page.' })
  readonly nextCursor: string | null;
}
